/**
 * What the profile widget asks (`/widgets/api/profile…`, JSON, with the headers that every request of a frame has: the candidate is
 * named there). Every answer is reduced to what the viewer may see.
 */
import type { RecruiterNote } from './activities.ts';
import type { ConversationState, MessageTemplate, MessageVisibility } from './conversations.ts';
import type { Education, PersonRow, Position } from './recruiter.ts';

/** `GET /widgets/api/profile`: the candidate beside whose record the widget stands. */
export type WidgetProfileAnswer = WidgetStanding & {
  readonly ats: string;
  /** The viewer's. */
  readonly contract: string;
  readonly undoable: WidgetUndoable | null;
  readonly answeredAt: number;
};

/** `GET /widgets/api/profile/record`, for somebody without a seat: what the ATS holds itself, and nothing of the network. */
export interface WidgetOwnRecord {
  readonly ats: string;
  /** Null: the ATS has not sent it. */
  readonly record: WidgetRecord | null;
}

type WidgetStanding =
  /** The ATS has not sent this candidate. The same for one that it never had. */
  | { readonly state: 'not-synced' }
  /** Nobody is matched with it; `possible` are those who may be, likeliest first. */
  | {
      readonly state: 'unmatched';
      readonly record: WidgetRecord;
      readonly possible: readonly PersonRow[];
      readonly canDecide: boolean;
    }
  | {
      readonly state: 'matched';
      readonly record: WidgetRecord;
      readonly person: WidgetMember;
      readonly canDecide: boolean;
    }
  /** The member has closed the account. */
  | { readonly state: 'closed'; readonly record: WidgetRecord; readonly canDecide: boolean };

/** What the viewer decided about the record in the last ten seconds, and may take back; `urn` for the page's callback. */
export interface WidgetUndoable {
  readonly decisionNo: number;
  readonly verdict: 'LINK' | 'UNLINK';
  readonly name: string;
  readonly urn: string;
}

/** What the ATS itself sent of the candidate; its applications are none of it. */
export interface WidgetRecord {
  readonly name: string;
  readonly title: string | null;
  readonly employer: string | null;
  readonly place: string | null;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly addedAt: number;
}

/** A member, as live as the directory is. */
export interface WidgetMember {
  readonly id: string;
  /** As the ATS knows the person. */
  readonly urn: string;
  readonly name: string;
  readonly degree: 1 | 2 | 3 | null;
  readonly headline: string | null;
  readonly location: string | null;
  readonly industry: string | null;
  readonly pictureUrl: string | null;
  readonly current: readonly Position[];
  readonly past: readonly Position[];
  readonly educations: readonly Education[];
  readonly websites: readonly string[];
  readonly summary: string | null;
  readonly skills: readonly string[];
  readonly recommendations: readonly {
    readonly author: string;
    readonly authorTitle: string | null;
    readonly text: string;
  }[];
  /** What the company may have: shared by the member with this contract, or held by the ATS anyway. */
  readonly emails: readonly { readonly address: string; readonly source: 'member' | 'ats' }[];
  /** Shortest ways from the viewer to the member: those in between, nearest to the viewer first. */
  readonly paths: readonly (readonly PathPerson[])[];
  /** Newest first. */
  readonly activities: readonly TeamActivity[];
  readonly messages: readonly TeamMessage[];
  readonly notes: readonly RecruiterNote[];
  /** "Update me" is on. */
  readonly isFollowed: boolean;
}

export interface PathPerson {
  readonly id: string;
  readonly name: string;
}

/** What one of the contract did with the person, and how often; `at`: the last time. */
export interface TeamActivity {
  readonly kind: 'viewed' | 'saved' | 'archived';
  readonly by: string;
  readonly isOwn: boolean;
  /** Of a project that the viewer sees; null of a view. */
  readonly project: string | null;
  /** Of having been archived, where one was given; whoever archived the person reads it, and nobody else hears of it. */
  readonly reason: string | null;
  readonly times: number;
  readonly at: number;
}

/** A conversation that somebody of the company began, newest first. */
export interface TeamMessage {
  readonly conversationId: string;
  readonly by: string;
  readonly isOwn: boolean;
  readonly at: number;
  /** Null where the viewer may not read it. */
  readonly subject: string | null;
  /** The first message, to its writer alone. */
  readonly text: string | null;
  /** Whether the member answered is part of what was said: SENT where the viewer may not read it. */
  readonly state: ConversationState;
}

/** `POST /widgets/api/profile/find` → `WidgetFindAnswer`: members by name and employer, or by the address of a profile. */
export interface WidgetFindRequest {
  readonly name: string;
  readonly employer: string;
  readonly profileUrl: string;
}
export interface WidgetFindAnswer {
  readonly people: readonly PersonRow[];
  /** With those on further pages, which nobody sees: who wants them says more. */
  readonly total: number;
}

/** `POST /widgets/api/profile/decide` → `WidgetDecided`: says that the candidate is this person, or is not. */
export interface WidgetDecideRequest {
  readonly personId: string;
  readonly verdict: 'LINK' | 'UNLINK';
}
export interface WidgetDecided {
  /** For `POST /widgets/api/profile/undo` {decisionNo} → 204; null: it was decided so already. */
  readonly decisionNo: number | null;
  /** For the page's callback. */
  readonly urn: string;
}

/** `POST /widgets/api/profile/follow` → 204. */
export interface WidgetFollowRequest {
  readonly personId: string;
  readonly isOn: boolean;
}

/** `POST /widgets/api/profile/projects` {personId} → `WidgetProjects`: the contract's, last used first; `savedIn` by id. */
export interface WidgetProjects {
  readonly projects: readonly { readonly id: string; readonly title: string; readonly isPrivate: boolean }[];
  readonly savedIn: readonly string[];
}
/** `POST /widgets/api/profile/save` → `WidgetSaved`: into a project, or into a new one of this title. */
export interface WidgetSaveRequest {
  readonly personId: string;
  readonly project: { readonly id: string } | { readonly title: string };
}
export interface WidgetSaved {
  readonly projectId: string;
  readonly title: string;
  /** Was in it before. */
  readonly isAlready: boolean;
}

/** `POST /widgets/api/profile/composer` {personId} → `WidgetComposer`. */
export interface WidgetComposer {
  /** Why nothing can be sent; null: it can. */
  readonly blocked: string | null;
  readonly creditsLeft: number;
  readonly recentOutreach: { readonly by: string; readonly at: number } | null;
  /** What the viewer began to write to the person, here or in the app. */
  readonly draft: WidgetDraft | null;
  /** The viewer's own and those that the contract shares. */
  readonly templates: readonly Pick<MessageTemplate, 'no' | 'name' | 'subject' | 'body'>[];
}
export interface WidgetDraft {
  readonly subject: string;
  readonly body: string;
  readonly visibility: MessageVisibility;
}
/** `POST /widgets/api/profile/draft` → 204: kept until it is sent, or empty. */
export interface WidgetDraftRequest extends WidgetDraft {
  readonly personId: string;
}
/** `POST /widgets/api/profile/send` → 204. */
export interface WidgetSendRequest {
  readonly personId: string;
  readonly subject: string;
  readonly body: string;
  readonly visibility: MessageVisibility;
  /** Made up once for each composer that is opened: sent twice, nothing is sent twice. */
  readonly requestKey: string;
}
