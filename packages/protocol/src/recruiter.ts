/**
 * The recruiter app's API (`/app/api/*`, JSON, same origin, session cookie). Every answer is already reduced to what
 * the viewer may see, counts included; nothing is left for the browser to hide.
 * Times are epoch milliseconds; `id` of a person is opaque and scoped to the viewer's organisation.
 */
export * from './activities.ts';
export * from './conversations.ts';

/** `POST /app/api/sign-in` with {email, password, seatId?} → `SignInAnswer`; `POST /app/api/sign-out` → 204. */
export interface SignInRequest {
  email: string;
  password: string;
  /** Chosen contract seat, when the person has several. */
  seatId?: string;
}
export type SignInAnswer =
  | { readonly status: 'signed-in'; readonly me: Me }
  | {
      readonly status: 'choose-contract';
      readonly seats: readonly {
        readonly seatId: string;
        readonly contract: string;
        readonly organisation: string;
      }[];
    };

/** `GET /app/api/me`; 401 without a session. */
export interface Me {
  readonly name: string;
  readonly email: string;
  readonly organisation: string;
  readonly contract: string;
  readonly isAdmin: boolean;
  readonly hasOtherContracts: boolean;
  /** Enabled ATSs whose indicator may be shown. */
  readonly atss: readonly Ats[];
  /** What stands in place of the word ATS on shared controls: its own name when there is one, else "ATS". */
  readonly atsLabel: string;
  /** ATSs that the contract may export to; empty = there is no export. */
  readonly exportAtss: readonly Ats[];
  readonly exportLabel: string;
}
export interface Ats {
  readonly atsNo: number;
  readonly name: string;
}

export const SPOTLIGHTS = [
  'pastApplicants',
  'openToWork',
  'companyConnections',
  'engagedWithBrand',
  'likelyToRespond',
] as const;
export type SpotlightId = (typeof SPOTLIGHTS)[number];
export const IN_ATS_FILTERS = ['any', 'only', 'exclude'] as const;
export type InAtsFilter = (typeof IN_ATS_FILTERS)[number];

/** `GET /app/api/search?q=&spotlights=a,b&inAts=only&title=&location=&page=1` → `SearchAnswer`. */
export interface SearchQuery {
  readonly q: string;
  readonly spotlights: readonly SpotlightId[];
  readonly inAts: InAtsFilter;
  /** Exact title or location facets, repeatable. */
  readonly titles: readonly string[];
  readonly locations: readonly string[];
  /** From 1; 25 people a page. */
  readonly page: number;
}
export interface SearchAnswer {
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  readonly people: readonly PersonRow[];
  readonly spotlights: readonly SpotlightCount[];
  readonly titles: readonly Facet[];
  readonly locations: readonly Facet[];
  readonly answeredAt: number;
}
export interface SpotlightCount {
  readonly id: SpotlightId;
  readonly count: number;
  /** Why it cannot be chosen; absent when it can. */
  readonly unavailable?: 'no-ats' | 'no-data' | 'nobody';
}
export interface Facet {
  readonly value: string;
  readonly count: number;
}

export interface Position {
  readonly title: string | null;
  readonly companyName: string | null;
  /** "2019-03" or "2019". */
  readonly startDate: string | null;
  readonly endDate: string | null;
}
export interface Education {
  readonly school: string | null;
  readonly degree: string | null;
  readonly field: string | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
}
export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly degree: 1 | 2 | 3 | null;
  readonly headline: string | null;
  readonly location: string | null;
  readonly industry: string | null;
  readonly pictureUrl: string | null;
  readonly current: readonly Position[];
  readonly past: readonly Position[];
  readonly educations: readonly Education[];
  readonly spotlights: readonly SpotlightId[];
  /** What the viewer's team did: profile views, and ATS notes the viewer may read. */
  readonly activity: { readonly views: number; readonly notes: number };
  /** The ATSs that hold a record of this person; empty = no indicator. */
  readonly inAts: readonly Ats[];
  /** Whether the person's settings allow sharing with other systems. */
  readonly isExportable: boolean;
}

/** `GET /app/api/people/{id}/card` → `AtsCard`. One section per ATS, most recent first. */
export interface AtsCard {
  readonly personId: string;
  readonly sections: readonly AtsCardSection[];
}
export interface AtsCardSection {
  readonly ats: Ats;
  readonly candidateName: string;
  readonly email: string | null;
  /** Deep link into the ATS, http(s) only. */
  readonly url: string | null;
  readonly addedAt: number;
  readonly activeJobs: number;
  readonly pastJobs: number;
  readonly newestJob: {
    readonly jobId: string;
    readonly title: string;
    readonly isActive: boolean;
    readonly stage: string | null;
    readonly stageAt: number | null;
  } | null;
  readonly latestContact: { readonly author: string; readonly at: number } | null;
  readonly syncedAt: number;
}

/** `GET /app/api/people/{id}` → `Profile`. */
export interface Profile extends PersonRow {
  readonly connections: number;
  readonly summary: string | null;
  readonly skills: readonly string[];
  readonly recommendations: readonly {
    readonly author: string;
    readonly authorTitle: string | null;
    readonly text: string;
  }[];
  readonly websites: readonly string[];
  readonly isOpenToWork: boolean;
  /** Visible jobs in the ATS tab: "{ATS} (n)". */
  readonly atsJobs: number;
  readonly atsActiveJobs: number;
  readonly atsUrl: string | null;
  /** What the person chose to share with the viewer's contract, and nothing else; null: nothing. */
  readonly contact: { readonly email: string; readonly phone: string | null } | null;
  /** Conversations that were begun with this person and that the viewer knows of: "Messages (n)". */
  readonly conversations: number;
}

/** `GET /app/api/people/{id}/ats` → `AtsTab`. */
export interface AtsTab {
  readonly personId: string;
  readonly records: readonly AtsRecord[];
  readonly answeredAt: number;
}
export interface AtsRecord {
  readonly ats: Ats;
  readonly candidateId: string;
  readonly name: string;
  readonly url: string | null;
  readonly title: string | null;
  readonly employer: string | null;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly addresses: readonly string[];
  readonly source: string | null;
  readonly doNotContact: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly syncedAt: number;
  readonly matchedBy: 'automatic' | 'manual';
  readonly matchReasons: readonly string[];
  /** Active first, then by latest stage date. */
  readonly jobs: readonly AtsJob[];
  /** Notes on the candidate, not on one application. */
  readonly notes: readonly AtsNote[];
  readonly attachments: readonly AtsAttachment[];
  /** False when this ATS has sent neither notes nor feedback for anybody. */
  readonly sharesNotes: boolean;
  readonly sharesFeedback: boolean;
}
export interface AtsJob {
  readonly applicationId: string;
  readonly jobId: string;
  readonly title: string;
  readonly isActive: boolean;
  readonly appliedAt: number;
  readonly source: string | null;
  readonly dispositionReason: string | null;
  /** Newest first. */
  readonly stages: readonly { readonly id: string; readonly stage: string; readonly at: number }[];
  readonly notes: readonly AtsNote[];
  readonly feedback: readonly AtsFeedback[];
  readonly attachments: readonly AtsAttachment[];
}
/** A file, newest first; `GET /app/api/people/{id}/attachments/{no}` sends it. */
export interface AtsAttachment {
  readonly no: number;
  readonly fileName: string;
  readonly contentType: string;
  /** In bytes. */
  readonly size: number;
  /** When it was made, or else received. */
  readonly at: number;
}
export interface AtsNote {
  readonly id: string;
  readonly author: string | null;
  /** The stage the application was in when it was written. */
  readonly stage: string | null;
  readonly at: number | null;
  readonly text: string;
}
export interface AtsFeedback extends AtsNote {
  readonly interviewType: 'PHONE_SCREEN' | 'ONSITE' | null;
  readonly evaluations: readonly { readonly attribute: string; readonly result: string | null }[];
}

/** `GET /app/api/events` (server-sent events): `{"person": id}`: fetch that person again. `{"search": true}`: counts may differ. */
export interface LiveEvent {
  readonly person?: string;
  readonly search?: true;
}

/** Every refusal of the app API: status ≥ 400 with this body. */
export interface AppError {
  readonly code: string;
  readonly message: string;
  /** To quote when asking for help. */
  readonly errorId?: string;
}
