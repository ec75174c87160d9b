import { useSyncExternalStore } from 'react';

/** The app's one polite live region: what changed without the user's focus being there. */
let text = '';
const listeners = new Set<() => void>();

export function announce(news: string): void {
  // The same words twice must be read twice: a trailing no-break space makes them differ.
  text = news === text ? `${news}\u00a0` : news;
  for (const listener of listeners) listener();
}

export function Announcer() {
  const news = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => text,
  );
  return (
    <output className="visually-hidden" aria-live="polite">
      {news}
    </output>
  );
}
