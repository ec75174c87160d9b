import { announce } from './announcer.tsx';

/** The one short notice over the page: what was done, and for ten seconds the way back. */
export interface Notice {
  /** Tells apart two notices of the same words. */
  readonly no: number;
  readonly text: string;
  readonly undo: (() => Promise<void>) | null;
}

let current: Notice | null = null;
let count = 0;
const listeners = new Set<() => void>();

function show(notice: Notice | null): void {
  current = notice;
  for (const listener of listeners) listener();
}

export function say(text: string): void {
  announce(text);
  show({ no: ++count, text, undo: null });
}

export function offerUndo(text: string, undo: () => Promise<void>): void {
  announce(text);
  show({ no: ++count, text, undo });
}

export function dismissNotice(): void {
  show(null);
}

/** Undoes what the notice on the screen is about; false where there is nothing to undo. */
export function undoLatest(): boolean {
  if (!current?.undo) return false;
  const { undo } = current;
  show(null);
  void undo();
  return true;
}

export function subscribeNotice(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const currentNotice = (): Notice | null => current;
