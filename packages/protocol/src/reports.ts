/** How a contract uses what it has: of what the viewer may see, in a number of days up to now. */

export const REPORT_DAYS = [7, 30, 90, 365] as const;
export type ReportDays = (typeof REPORT_DAYS)[number];

/** Searches with the past applicants spotlight that one recruiter makes within this time count once. */
export const SAME_SEARCH_MS = 60_000;

/** What the estimate of saved time assumes, in minutes. */
export const SAVED_MINUTES = {
  /** To type a person into the ATS by hand, by completed export. */
  export: 8,
  /** To look up in the ATS what is known of a past applicant, by day on which a recruiter looked at one. */
  pastApplicantView: 3,
} as const;

/** `GET /app/api/reports?days=30` → `ReportAnswer`; `…/reports.csv?days=30`: the days, and by recruiter for administrators. */
export interface ReportAnswer {
  readonly days: ReportDays;
  readonly totals: Usage;
  /** One row for each day of UTC, the oldest first, days without anything included. */
  readonly byDay: readonly (Usage & {
    /** When it begins. */
    readonly at: number;
  })[];
  /** For administrators only; else null. Who did nothing is not there. */
  readonly byRecruiter: readonly (Usage & { readonly name: string })[] | null;
  readonly answeredAt: number;
}
export interface Usage {
  readonly exports: number;
  readonly exportsComplete: number;
  /** Made with the past applicants spotlight; those of one recruiter within SAME_SEARCH_MS make one. */
  readonly spotlightSearches: number;
  /** A recruiter, a past applicant and a day make one. */
  readonly pastApplicantViews: number;
  readonly toPastApplicants: Answered;
  readonly toOthers: Answered;
}
export interface Answered {
  /** Begun conversations whose first message is sent. */
  readonly messages: number;
  /** Those that the member answered, refusals included. */
  readonly answered: number;
}
