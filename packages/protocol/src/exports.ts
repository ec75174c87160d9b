/**
 * One-Click Export in the recruiter app's API (`/app/api/exports*`). Times are epoch milliseconds; what the viewer may not see
 * (an export to a job that is hidden) is not there.
 */
import type { Ats } from './recruiter.ts';

/** What the ATS gets of a person, and the words for it in the dialog. No address and no number. */
export const EXPORTED_FIELDS = ['name', 'employer', 'location', 'profileUrl', 'memberId'] as const;

/** So many exports has a seat in a calendar month of UTC. */
export const EXPORTS_A_MONTH = 300;
/** So many people are exported by one press: a page of results. */
export const PEOPLE_AN_EXPORT = 25;

/** `GET /app/api/exports/options` → `ExportOptions`: what the dialog needs before anything is typed. */
export interface ExportOptions {
  readonly atss: readonly ExportAts[];
  readonly quota: ExportQuota;
  /** Whom to tell when something is missing. */
  readonly admins: readonly { readonly name: string; readonly email: string }[];
}
export interface ExportAts extends Ats {
  /** Open ones that the viewer may see. */
  readonly openJobs: number;
  /** When the newest of them arrived; null without any. */
  readonly jobsSyncedAt: number | null;
}
export interface ExportQuota {
  readonly used: number;
  readonly most: number;
  readonly resetsAt: number;
}

/** `GET /app/api/exports/jobs?atsNo=1&q=acc` → `ExportJobsAnswer`: open jobs that the viewer may see, by title, id or code. */
export interface ExportJobsAnswer {
  readonly jobs: readonly ExportJob[];
}
export interface ExportJob {
  readonly id: string;
  readonly title: string;
  /** The requisition's code, where the ATS sends one. */
  readonly code: string | null;
  readonly location: string | null;
}

/** `POST /app/api/exports` → 202 `ExportAnswer` where at least one was taken; else the refusal of the first. */
export interface ExportRequest {
  /** Made anew by each dialog: pressing twice is one export. */
  readonly key: string;
  readonly people: readonly string[];
  readonly atsNo: number;
  readonly jobId: string;
  /** True: also those who are on the job already. */
  readonly isConfirmed?: boolean;
}
export interface ExportAnswer {
  readonly outcomes: readonly ExportOutcome[];
  readonly quota: ExportQuota;
}
export type ExportOutcome =
  | { readonly person: string; readonly exportId: string }
  | { readonly person: string; readonly code: string; readonly message: string };

/** `GET /app/api/exports?person={id}` → `PersonExports`, the newest first: those of the viewer's contract. */
export interface PersonExports {
  readonly exports: readonly ExportSummary[];
  readonly answeredAt: number;
}

/**
 * sending: the ATS is about to be told; waiting: it takes its time; not-picked-up: it was told for the last time and did not come;
 * complete: it has fetched the profile; withdrawn: the person no longer allows it.
 */
export const EXPORT_STATES = ['sending', 'waiting', 'not-picked-up', 'complete', 'withdrawn'] as const;
export type ExportState = (typeof EXPORT_STATES)[number];

export interface ExportSummary {
  /** To quote when asking for help. */
  readonly id: string;
  readonly ats: Ats;
  readonly job: { readonly id: string; readonly title: string };
  readonly exporter: string;
  readonly exportedAt: number;
  readonly fetchedAt: number | null;
  readonly state: ExportState;
  /** How the ATS was told; null where it has no address to be told at. */
  readonly delivery: {
    readonly host: string | null;
    readonly attempts: number;
    readonly attemptedAt: number | null;
    /** HTTP status of its last answer. */
    readonly status: number | null;
    readonly failure: string | null;
  } | null;
}

/**
 * For administrators: `GET /app/api/exports/list?state=complete&before={next}` → `ExportList`, the newest first: those of the
 * contract, to jobs that the administrator may see. `…/list.csv?state=complete`: all of them as a spreadsheet.
 */
export interface ExportList {
  readonly exports: readonly ListedExport[];
  /** To ask on with; null at the end. */
  readonly next: string | null;
  readonly answeredAt: number;
}
export interface ListedExport
  extends Pick<ExportSummary, 'id' | 'job' | 'exporter' | 'exportedAt' | 'fetchedAt' | 'state'> {
  readonly ats: string;
  /** Null of a closed account. */
  readonly person: { readonly id: string; readonly name: string } | null;
}

/** For administrators: `GET /app/api/exports/closed` → `ClosedProfiles`: exported people whose account is closed since. */
export interface ClosedProfiles {
  readonly profiles: readonly ClosedProfile[];
}
export interface ClosedProfile {
  readonly person: string;
  readonly ats: Ats;
  /** Records that the ATS ties to the person. */
  readonly candidateIds: readonly string[];
  readonly closedAt: number;
  /** By when the ATS has to have asked. */
  readonly dueAt: number;
  /** When it did. */
  readonly toldAt: number | null;
  readonly decision: ClosedProfileDecision | null;
  /** Oldest first. */
  readonly decisions: readonly {
    readonly decision: ClosedProfileDecision;
    readonly by: string;
    readonly at: number;
  }[];
}
export const CLOSED_PROFILE_DECISIONS = ['DELETED', 'KEPT'] as const;
/** `POST /app/api/exports/closed` with `{person, atsNo, decision}` → 204. */
export type ClosedProfileDecision = (typeof CLOSED_PROFILE_DECISIONS)[number];
