import { useSyncExternalStore } from 'react';
import { makeKey } from '../api/make-key.ts';

/** Whom the composer writes to. */
export interface Addressee {
  readonly id: string;
  readonly name: string;
}

export interface OpenedComposer {
  /** Made anew for each composer: pressing twice sends once. */
  readonly key: string;
  readonly people: readonly Addressee[];
  /** Where the focus goes back to. */
  readonly opener: HTMLElement | null;
}

let opened: OpenedComposer | null = null;
const listeners = new Set<() => void>();

function show(next: OpenedComposer | null): void {
  opened = next;
  for (const listener of listeners) listener();
}

/** Opens the composer, from wherever. `opener`: what was pressed, if it is not what has the focus. */
export function openComposer(people: readonly Addressee[], opener?: HTMLElement | null): void {
  if (people.length === 0) return;
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  show({ key: makeKey(), people, opener: opener ?? focused });
}

export function closeComposer(): void {
  show(null);
}

export function useOpenedComposer(): OpenedComposer | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => opened,
  );
}
