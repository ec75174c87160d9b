import { useSyncExternalStore } from 'react';

export interface Noted {
  readonly id: string;
  readonly name: string;
}

/** The dialog that is open: a note on one person, one shared with a colleague, or a tag for one or many. */
export interface OpenedActivity {
  readonly kind: 'note' | 'tag' | 'share';
  readonly people: readonly Noted[];
  /** Where the focus goes back to. */
  readonly opener: HTMLElement | null;
}

let opened: OpenedActivity | null = null;
const listeners = new Set<() => void>();

function show(next: OpenedActivity | null): void {
  opened = next;
  for (const listener of listeners) listener();
}

export function openActivity(
  kind: OpenedActivity['kind'],
  people: readonly Noted[],
  opener: HTMLElement | null,
): void {
  if (people.length > 0) show({ kind, people, opener });
}

export function closeActivity(): void {
  show(null);
}

export function useOpenedActivity(): OpenedActivity | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => opened,
  );
}
