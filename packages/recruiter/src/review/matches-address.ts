import { REVIEW_KINDS, type ReviewKind } from '@carrick/protocol/recruiter';

/** What the address of the matches page holds; defaults are left out. */
export interface MatchesAddress {
  view?: 'unlinked' | 'log';
  ats?: number;
  kind?: Exclude<ReviewKind, 'all'>;
  q?: string;
  /** From 2 on. */
  page?: number;
}

/** What it does not understand is dropped. */
export function readMatchesAddress(raw: Record<string, unknown>): MatchesAddress {
  const kind = REVIEW_KINDS.find((each) => each === raw.kind);
  const [ats, page] = [Number(raw.ats), Number(raw.page)];
  return {
    ...(raw.view === 'unlinked' || raw.view === 'log' ? { view: raw.view } : {}),
    ...(Number.isSafeInteger(ats) && ats > 0 ? { ats } : {}),
    ...(kind && kind !== 'all' ? { kind } : {}),
    ...(typeof raw.q === 'string' && raw.q.trim() ? { q: raw.q.trim() } : {}),
    ...(Number.isSafeInteger(page) && page > 1 ? { page } : {}),
  };
}
