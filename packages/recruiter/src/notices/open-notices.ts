import { useSyncExternalStore } from 'react';

let isOpen = false;
const listeners = new Set<() => void>();

export function setNoticesOpen(now: boolean): void {
  isOpen = now;
  for (const listener of listeners) listener();
}

/** The bell is in the top bar; pages lead to it too. */
export const useNoticesOpen = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isOpen,
  );
