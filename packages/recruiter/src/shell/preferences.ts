import { useSyncExternalStore } from 'react';

/** What this browser remembers for its user. Every choice has a default, so a refused storage does no harm. */
const CHOICES = {
  theme: ['system', 'light', 'dark'],
  // The last is made up, to find words that were never translated; no menu offers it.
  language: ['en', 'de', 'en-XA'],
  results: ['cards', 'table'],
  pipeline: ['table', 'board'],
  singleKeys: ['on', 'off'],
} as const;
type Choices = typeof CHOICES;
export type PreferenceName = keyof Choices;
export type Preference<Name extends PreferenceName> = Choices[Name][number];
export const THEMES = CHOICES.theme;

const storageKey = (name: PreferenceName) => `carrick.${name}`;
const listeners = new Set<() => void>();
/** Choices of this page that the browser refused to store. */
const unstored = new Map<PreferenceName, string>();

export function readPreference<Name extends PreferenceName>(name: Name): Preference<Name> {
  const choices: readonly Preference<Name>[] = CHOICES[name];
  let stored = unstored.get(name) ?? null;
  try {
    stored ??= localStorage.getItem(storageKey(name));
  } catch {
    // The browser's settings refuse storage: the default holds.
  }
  return choices.find((choice) => choice === stored) ?? firstOf(choices);
}

function firstOf<Value>(values: readonly Value[]): Value {
  const [first] = values;
  if (first === undefined) throw new Error('a preference without choices');
  return first;
}

export function setPreference<Name extends PreferenceName>(name: Name, value: Preference<Name>): void {
  try {
    localStorage.setItem(storageKey(name), value);
    unstored.delete(name);
  } catch {
    unstored.set(name, value);
  }
  applyTheme();
  for (const listener of listeners) listener();
}

/** Also follows what another tab chose. */
export function usePreference<Name extends PreferenceName>(name: Name): Preference<Name> {
  return useSyncExternalStore(
    (listener) => {
      const follow = () => {
        applyTheme();
        listener();
      };
      listeners.add(listener);
      window.addEventListener('storage', follow);
      return () => {
        listeners.delete(listener);
        window.removeEventListener('storage', follow);
      };
    },
    () => readPreference(name),
  );
}

/** Puts the chosen theme on the page; tokens.css does the rest. */
export function applyTheme(): void {
  document.documentElement.dataset.theme = readPreference('theme');
}
