import { REVIEW_KINDS, type ReviewKind } from '@carrick/protocol/recruiter';

const VIEWS = ['unlinked', 'log', 'merged'] as const;

/** What the address of the matches page holds; defaults are left out. */
export interface MatchesAddress {
  view?: (typeof VIEWS)[number];
  ats?: number;
  kind?: Exclude<ReviewKind, 'all'>;
  q?: string;
  /** From 2 on. */
  page?: number;
}

/** What it does not understand is dropped. */
export function readMatchesAddress(raw: Record<string, unknown>): MatchesAddress {
  const kind = REVIEW_KINDS.find((each) => each === raw.kind);
  const view = VIEWS.find((each) => each === raw.view);
  const [ats, page] = [Number(raw.ats), Number(raw.page)];
  return {
    ...(view ? { view } : {}),
    ...(Number.isSafeInteger(ats) && ats > 0 ? { ats } : {}),
    ...(kind && kind !== 'all' ? { kind } : {}),
    ...(typeof raw.q === 'string' && raw.q.trim() ? { q: raw.q.trim() } : {}),
    ...(Number.isSafeInteger(page) && page > 1 ? { page } : {}),
  };
}
