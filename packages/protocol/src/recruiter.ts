/**
 * The recruiter app's API (`/app/api/*`, JSON, same origin, session cookie). Every answer is already reduced to what
 * the viewer may see, counts included; nothing is left for the browser to hide.
 * Times are epoch milliseconds; `id` of a person is opaque and scoped to the viewer's organisation.
 */
export * from './activities.ts';
export * from './conversations.ts';
export * from './projects.ts';
export * from './search.ts';

import type { SpotlightId } from './search.ts';

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
  /** Whether this seat corrects links and goes through proposals. */
  readonly decidesMatches: boolean;
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
  /** Those that hold a record of which a person has yet to say whether it is theirs; always empty for seats that may not say. */
  readonly maybeInAts: readonly Ats[];
  /** Whether the person's settings allow sharing with other systems. */
  readonly isExportable: boolean;
  /** Set where there is no member's profile: somebody an ATS knows and the directory does not. */
  readonly onlyInAts?: { readonly lastAppliedAt: number | null };
}

/** `GET /app/api/people/{id}/card` → `AtsCard`. One section per ATS, most recent first. */
export interface AtsCard {
  readonly personId: string;
  readonly sections: readonly AtsCardSection[];
  /** Records that may be this person's, likeliest first; empty for seats that may not decide. */
  readonly possible: readonly PossibleRecord[];
}
export interface PossibleRecord {
  readonly candidate: CandidateSummary;
  readonly evidence: MatchEvidence;
}
export interface AtsCardSection {
  readonly ats: Ats;
  /** The newest record's, where the ATS holds several of this person. */
  readonly candidateId: string;
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
  /** How far the person got in each ATS, most recent first, of what the viewer may see. */
  readonly atsEntries: readonly AtsEntry[];
  /** "Feedback (n)": interview feedback on visible applications. */
  readonly feedback: number;
  /** "Attachments (n)": files of the candidate and of visible applications. */
  readonly attachments: number;
  /** What the person chose to share with the viewer's contract, and nothing else; null: nothing. */
  readonly contact: { readonly email: string; readonly phone: string | null } | null;
  /** Conversations that were begun with this person and that the viewer knows of: "Messages (n)". */
  readonly conversations: number;
}

/** The newest visible application in one ATS, an active one first. */
export interface AtsEntry {
  readonly ats: Ats;
  /** Null: no application, or none that the viewer may see. */
  readonly job: { readonly jobId: string; readonly title: string; readonly stage: string | null } | null;
  /** When that stage was reached; without one when the person applied; without an application when the record was made. */
  readonly at: number;
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
  /** Null: nobody is matched with this record. */
  readonly matchedBy: 'automatic' | 'manual' | null;
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
/** What browsers show by themselves. */
export const VIEWABLE_CONTENT_TYPES: readonly string[] = ['application/pdf', 'text/plain'];

/** A file, newest first; `GET /app/api/people/{id}/attachments/{no}` sends it, `…/{no}/view` one that can be shown in a frame. */
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

// ── who is who ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** A record of an ATS, as a reader of links sees it. */
export interface CandidateSummary {
  readonly ats: Ats;
  readonly candidateId: string;
  readonly name: string;
  readonly url: string | null;
  readonly title: string | null;
  readonly employer: string | null;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  /** As the ATS wrote it; not necessarily an address. */
  readonly profileUrl: string | null;
  readonly addresses: readonly string[];
  readonly addedAt: number;
  /** Visible applications, and the newest one's job. */
  readonly applications: number;
  readonly newestJob: string | null;
}

export interface EvidenceStep {
  /** name, email, phone, url, company, title, place, … */
  readonly field: string;
  readonly level: string;
  /** For one person (positive) or against. */
  readonly bits: number;
  /** What of them is due to the value being rarer or more frequent than usual. */
  readonly tf: number | null;
}
/** How a pair was weighed: levels and bits, never a value of the member's side. */
export interface MatchEvidence {
  /** The prior and all steps: log2 of the odds of being one person, were they independent. */
  readonly weight: number;
  /** The share of such pairs that was one person where it was counted. */
  readonly probability: number;
  readonly prior: number;
  readonly steps: readonly EvidenceStep[];
  /** Codes: what agrees, or what stood against a link. */
  readonly reasons: readonly string[];
  /** From here on a link is made, and a proposal. */
  readonly autoAt: number;
  readonly reviewAt: number;
}

/** One field of both sides. */
export interface ComparedField {
  readonly field: string;
  readonly ats: readonly string[];
  /** Null: the member's contact data, which is not shown. */
  readonly member: readonly string[] | null;
  readonly verdict: 'agrees' | 'similar' | 'differs' | 'unknown';
  readonly level: string | null;
  readonly bits: number | null;
}

export interface DecisionEntry {
  readonly decisionNo: number;
  readonly verdict: 'LINK' | 'UNLINK';
  readonly origin: 'api' | 'app' | 'widget' | 'merge' | 'undo';
  readonly ats: Ats;
  readonly candidateId: string;
  /** Null: the ATS deleted the record. */
  readonly candidateName: string | null;
  readonly person: { readonly id: string; readonly name: string } | null;
  /** Whose seat; null: the ATS. */
  readonly by: string | null;
  readonly reason: string | null;
  readonly note: string | null;
  readonly at: number;
  /** Null: in force. */
  readonly liftedAt: number | null;
  readonly liftedBy: string | null;
}

export const REVIEW_KINDS = ['all', 'single', 'several', 'disputed'] as const;
export type ReviewKind = (typeof REVIEW_KINDS)[number];

/** `GET /app/api/review?ats=1&kind=several&page=1` → `ReviewAnswer`. Disputed ones first, then by weight. */
export interface ReviewAnswer {
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  readonly items: readonly ReviewItem[];
  readonly counts: Readonly<Record<ReviewKind, number>>;
  /** What became of proposals so far. */
  readonly accepted: number;
  readonly rejected: number;
  readonly answeredAt: number;
}
export interface ReviewItem {
  readonly candidate: CandidateSummary;
  /** Two links made by hand that exclude each other. */
  readonly isDisputed: boolean;
  /** Likeliest first. */
  readonly proposals: readonly Proposal[];
}
export interface Proposal {
  readonly person: PersonRow;
  /** Null where the matcher has not looked at the pair. */
  readonly evidence: MatchEvidence | null;
  readonly fields: readonly ComparedField[];
}

/** `GET /app/api/review/log?page=1` → `DecisionLog`, newest first. */
export interface DecisionLog {
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  readonly entries: readonly DecisionEntry[];
  readonly answeredAt: number;
}

/**
 * `GET /app/api/candidates?q=&ats=1&linked=no&words=any&page=1` → `CandidateList`: by name, e-mail or id; newest first. With `words=any` one
 * word of the name is enough, and those on whom more are found come first.
 */
export interface CandidateList {
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  readonly candidates: readonly (CandidateSummary & {
    readonly linkedTo: { readonly id: string; readonly name: string } | null;
  })[];
  readonly answeredAt: number;
}

/** `GET /app/api/matches?ats=1&candidate=12345` → why this record is linked with whom it is, or why with nobody. */
export interface MatchExplanation {
  readonly candidate: CandidateSummary;
  readonly person: PersonRow | null;
  readonly standing: 'automatic' | 'manual' | 'proposed' | 'disputed' | 'none';
  readonly linkedAt: number | null;
  /** What the matcher makes of the pair; null where it has not looked at it. */
  readonly evidence: MatchEvidence | null;
  readonly fields: readonly ComparedField[];
  /** Identifiers of this record that other records of the organisation carry too. */
  readonly alsoOn: readonly { readonly kind: IdentifierKind; readonly candidates: number }[];
  /** Without a link: what of the record could identify somebody, and what stands against it. */
  readonly identifiers: readonly IdentifierStanding[];
  readonly proposals: number;
  readonly log: readonly DecisionEntry[];
  readonly answeredAt: number;
}
export type IdentifierKind = 'email' | 'phone' | 'url';
export interface IdentifierStanding {
  readonly kind: IdentifierKind;
  /** As the ATS wrote it; null: it sent none. */
  readonly value: string | null;
  /** Null: it identifies. */
  readonly problem:
    | null
    | 'missing'
    | 'unreadable'
    | 'role'
    | 'placeholder'
    | 'disposable'
    | 'shared'
    | 'suspect'
    | 'recruiter';
}

export const UNLINK_REASONS = ['other-person', 'shared-address', 'wrong-address', 'other'] as const;
export type UnlinkReason = (typeof UNLINK_REASONS)[number];

/**
 * `POST /app/api/matches/decide` → `Decided`; 404 for who is not there, 403 for seats that may not decide.
 * `POST /app/api/matches/lift` {decisionNo} undoes one → 204; 404 where it is not in force.
 */
export interface DecideRequest {
  readonly atsNo: number;
  readonly candidateId: string;
  readonly personId: string;
  readonly verdict: 'LINK' | 'UNLINK';
  readonly reason?: UnlinkReason;
  /** At most 500 characters. */
  readonly note?: string;
}
export interface Decided {
  /** Null: it was decided so already. */
  readonly decisionNo: number | null;
}
/**
 * `POST /app/api/matches/merge` → `Merged`; `POST /app/api/matches/undo-merge` {mergeNo} → 204. 409 MERGED_ALREADY where a later or
 * earlier merge of one of the two stands in the way.
 */
export interface MergeRequest {
  readonly atsNo: number;
  readonly fromId: string;
  readonly intoId: string;
}
export interface Merged {
  readonly mergeNo: number;
}

/** `GET /app/api/review/merges?page=1` → `MergeList`, newest first. */
export interface MergeList {
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  readonly merges: readonly MergeEntry[];
  readonly answeredAt: number;
}
export interface MergeEntry {
  readonly mergeNo: number;
  readonly ats: Ats;
  readonly from: MergedRecord;
  readonly into: MergedRecord;
  /** How many decisions it moved. */
  readonly moved: number;
  /** Null: whoever it was is no seat any more. */
  readonly by: string | null;
  readonly at: number;
  readonly undoneAt: number | null;
  readonly undoneBy: string | null;
}
export interface MergedRecord {
  readonly candidateId: string;
  /** Null: the record is gone. */
  readonly name: string | null;
}

/** `GET /app/api/events` (server-sent events): `{"person": id}`: fetch that person again. `{"search": true}`: counts may differ. `{"project": id}`: that one too. */
export interface LiveEvent {
  readonly person?: string;
  readonly search?: true;
  readonly project?: string;
}

/** Every refusal of the app API: status ≥ 400 with this body. */
export interface AppError {
  readonly code: string;
  readonly message: string;
  /** To quote when asking for help. */
  readonly requestId?: string;
}
