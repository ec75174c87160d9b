/**
 * The jobs that the ATSs sent, as far as the viewer may see them (`GET /app/api/jobs?state=open|closed&q=&page=1` → `JobsAnswer`). Every
 * count is of visible jobs and visible applications. Times are epoch milliseconds.
 */
export const JOB_LIST_STATES = ['open', 'closed'] as const;
export type JobListState = (typeof JOB_LIST_STATES)[number];
export const JOBS_A_PAGE = 50;

export interface JobsAnswer {
  /** Whether any ATS is switched on for the viewer's contract; without one there is nothing to see. */
  readonly hasAts: boolean;
  readonly open: number;
  /** Closed by the ATS, or expired. */
  readonly closed: number;
  /** Of the state that was asked for. */
  readonly jobs: readonly ListedJob[];
  readonly answeredAt: number;
}
export interface ListedJob {
  readonly atsNo: number;
  readonly ats: string;
  readonly id: string;
  readonly title: string;
  readonly place: string | null;
  readonly receivedAt: number;
  readonly applications: number;
  /** By the newest stage of each, in the ATS's words; null: none was sent. The most frequent first. */
  readonly stages: readonly { readonly stage: string | null; readonly applications: number }[];
}
