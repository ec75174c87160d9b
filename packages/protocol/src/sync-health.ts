/**
 * How the synchronisation with an ATS fares (`GET /app/api/admin/sync?atsNo=&hours=24` → `SyncHealthAnswer`, for administrators), and
 * the door by which an ATS says how much it holds itself. Times are epoch milliseconds.
 */
import type { RecordKind } from './records/schemas.ts';

export const SYNC_RANGES_HOURS = [1, 24, 168, 2160] as const;

/** Off: nothing of the ATS is enabled. Delayed: silent for longer than two of its usual pauses. */
export type SyncState = 'up-to-date' | 'syncing' | 'delayed' | 'attention' | 'off';

export interface SyncHealthAnswer {
  readonly hours: number;
  /** All of the organisation's, to choose from. */
  readonly atss: readonly { readonly atsNo: number; readonly name: string }[];
  /** Null: the organisation has no ATS. */
  readonly ats: SyncHealth | null;
  readonly answeredAt: number;
}

export interface SyncHealth {
  readonly atsNo: number;
  readonly name: string;
  readonly state: SyncState;
  readonly lastCallAt: number | null;
  /** Between two rounds of calls, as a rule. */
  readonly usualPauseMs: number;
  /** The left ends of equal spans of time; the other lists of points run along these. */
  readonly times: readonly number[];
  readonly spanMs: number;
  readonly calls: readonly number[];
  /** Of the calls of a span; null without one. */
  readonly p50Ms: readonly (number | null)[];
  readonly p95Ms: readonly (number | null)[];
  readonly kinds: readonly SyncedKind[];
  readonly funnel: {
    readonly candidates: number;
    /** With an e-mail, a phone number or a profile address. */
    readonly identifiable: number;
    readonly linked: number;
    readonly pastApplicants: number;
  };
  readonly completeness: Completeness;
  readonly quotas: readonly QuotaUse[];
  readonly warnings: readonly SyncWarning[];
  /** The last twenty. */
  readonly latest: readonly SyncCall[];
}

export interface SyncedKind {
  readonly kind: RecordKind;
  readonly stored: number;
  readonly lastReceivedAt: number | null;
  /** Between a change in the ATS and its arrival: the median of what was changed and came in the range; null where there is none. */
  readonly lagMs: number | null;
  /** Accepted in each span. */
  readonly accepted: readonly number[];
  readonly failed: number;
}

/** Cells run along `years`; a record without a date counts in no year. */
export interface Completeness {
  readonly years: readonly number[];
  readonly rows: readonly {
    readonly kind: RecordKind;
    readonly cells: readonly { readonly ours: number; readonly theirs: number | null }[];
  }[];
  /** When the ATS last said how much it holds; null: never. */
  readonly countedAt: number | null;
}

export interface QuotaUse {
  /** `v2/atsCandidates` */
  readonly resource: string;
  /** `requests-per-day` … */
  readonly limit: string;
  readonly most: number;
  readonly used: number;
}

export type SyncWarning =
  | { readonly code: 'never-sent'; readonly kind: RecordKind }
  | {
      readonly code: 'mostly-empty';
      readonly kind: RecordKind;
      readonly field: string;
      readonly empty: number;
      readonly of: number;
    }
  | { readonly code: 'short-history'; readonly since: number }
  /** Of the last day's candidates with an identifier, the share that was linked by itself, beside that of those before. */
  | { readonly code: 'links-changed'; readonly share: number; readonly usual: number; readonly of: number };

export interface SyncCall {
  readonly requestId: string;
  readonly at: number;
  readonly method: string | null;
  readonly resource: string;
  readonly status: number;
  readonly records: number;
  readonly failed: number;
  readonly ms: number;
}

/**
 * `PUT /ats/record-counts`, ours: with the token of the customer's application an ATS says how many records of a kind it holds, by the
 * year (UTC) of `atsCreatedAt`, of a job `listedAt`. The list replaces what it said before. → 204.
 */
export interface RecordCounts {
  readonly counts: readonly { readonly kind: RecordKind; readonly year: number; readonly count: number }[];
}
