import type { RecordKind, RecordOf } from '@carrick/protocol';
import type { ResumeRef } from '../resumes/resume.ts';

/**
 * How the ATS names a record of each kind. Ids are the ATS's own. A user of an access rule is named by the ATS's user id, and
 * follows once that user is bound to a seat (`customers.bindUser`).
 */
export interface ChangeKeys {
  job: string;
  candidate: string;
  application: string;
  candidateNote: { readonly candidate: string; readonly id: string };
  applicationNote: { readonly application: string; readonly id: string };
  interviewFeedback: { readonly application: string; readonly id: string };
  stage: { readonly application: string; readonly id: string };
  /** The group `acl` secures the job. */
  entityAcl: { readonly acl: string; readonly job: string };
  /** The user is in the group. */
  entityAclAssignee: { readonly acl: string; readonly user: string };
}

/** A record as the wire has it (v2 field names, times in epoch milliseconds); of a job what is its own, without id and organisation; of an application also its résumé. */
export type RecordFor<K extends RecordKind> = K extends 'job'
  ? Omit<RecordOf<'job'>, 'externalJobPostingId' | 'integrationContext'>
  : K extends 'entityAcl' | 'entityAclAssignee'
    ? Readonly<Record<string, never>>
    : K extends 'application'
      ? RecordOf<'application'> & { readonly resume?: ResumeRef }
      : RecordOf<K>;

/** One record of a history. */
export interface HistoryRow<K extends RecordKind> {
  readonly key: ChangeKeys[K];
  readonly record: RecordFor<K>;
}

/**
 * All that an ATS holds of each kind. Each is read once, as fast as the platform takes it, in the order in which nothing is
 * shown before its access rule. Rows of one parent (the stages of an application) belong together: a request carries the
 * children of one parent only.
 */
export type History = { readonly [K in RecordKind]?: HistoryRows<K> };

/** With a total, progress comes with the time that is left. */
export type HistoryRows<K extends RecordKind> =
  | Rows<HistoryRow<K>>
  | { readonly total: number; readonly rows: Rows<HistoryRow<K>> };

type Rows<T> = AsyncIterable<T> | Iterable<T>;
