import { useSyncExternalStore } from 'react';
import { makeKey } from '../api/make-key.ts';

/** Whom the dialog is about. */
export interface ExportPerson {
  readonly id: string;
  readonly name: string;
  readonly headline: string | null;
  /** Title and employer of today, in one line. */
  readonly summary: string;
  readonly isExportable: boolean;
}

export interface OpenedExport {
  /** Made anew for each dialog: pressing twice is one export. */
  readonly key: string;
  readonly people: readonly ExportPerson[];
  /** The job that is chosen already, if the viewer may export to it: that of the project one came from. */
  readonly job: TiedJob | null;
  /** Where the focus goes back to. */
  readonly opener: HTMLElement | null;
}

export interface TiedJob {
  readonly atsNo: number;
  readonly jobId: string;
}

let opened: OpenedExport | null = null;
const listeners = new Set<() => void>();

function show(next: OpenedExport | null): void {
  opened = next;
  for (const listener of listeners) listener();
}

/** Opens the dialog, from wherever. `opener`: what was pressed, if it is not what has the focus. */
export function openExport(
  people: readonly ExportPerson[],
  { opener, job = null }: { readonly opener?: HTMLElement | null; readonly job?: TiedJob | null } = {},
): void {
  if (people.length === 0) return;
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  show({ key: makeKey(), people, job, opener: opener ?? focused });
}

export function closeExport(): void {
  show(null);
}

export function useOpenedExport(): OpenedExport | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => opened,
  );
}
