import type { Ats } from '@carrick/protocol/recruiter';

const KEY = 'carrick.exportAts';

/** The one that was exported to last, if it is among them. */
export function lastAts(atss: readonly Ats[]): number {
  let stored: string | null = null;
  try {
    stored = localStorage.getItem(KEY);
  } catch {
    // The browser's settings refuse storage: the first one it is.
  }
  return (atss.find(({ atsNo }) => String(atsNo) === stored) ?? atss[0])?.atsNo ?? 0;
}

export function rememberAts(atsNo: number): void {
  try {
    localStorage.setItem(KEY, String(atsNo));
  } catch {
    // As above.
  }
}
