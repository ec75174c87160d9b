/**
 * Messages of recruiters to members, in the recruiter app's API (`/app/api/messages…`). What the viewer may not read is absent:
 * of a colleague's conversation that is not open to the viewer only who and when remain.
 */

export const MESSAGE_VISIBILITIES = ['ORGANISATION', 'PROJECT', 'PRIVATE'] as const;
export type MessageVisibility = (typeof MESSAGE_VISIBILITIES)[number];

/** SCHEDULED: not sent yet. ACCEPTED: "Yes, interested". DECLINED: "No thanks". REPLIED: the member wrote. */
export const CONVERSATION_STATES = ['SCHEDULED', 'SENT', 'ACCEPTED', 'REPLIED', 'DECLINED'] as const;
export type ConversationState = (typeof CONVERSATION_STATES)[number];

export const MESSAGE_FOLDERS = ['inbox', 'awaiting', 'sent', 'declined', 'scheduled', 'drafts'] as const;
export type MessageFolder = (typeof MESSAGE_FOLDERS)[number];

/** New conversations that a seat may begin in a calendar month (UTC); one that the member answers gives its credit back. */
export const MESSAGE_CREDITS = 150;
export const MESSAGE_LIMITS = { subject: 200, body: 20_000, templateName: 80, people: 25 } as const;

export interface ConversationPerson {
  readonly id: string;
  readonly name: string;
  readonly headline: string | null;
  readonly pictureUrl: string | null;
}

/** `GET /app/api/messages?folder=inbox&before=` → `InboxAnswer`: the viewer's own conversations, newest first. */
export interface InboxAnswer {
  readonly folder: MessageFolder;
  readonly counts: Readonly<Record<MessageFolder, number>>;
  readonly unread: number;
  readonly entries: readonly InboxEntry[];
  /** For `before`; null: that is all. */
  readonly next: string | null;
}
export interface InboxEntry {
  /** Null: a draft. */
  readonly conversationId: string | null;
  readonly person: ConversationPerson;
  readonly subject: string;
  readonly excerpt: string;
  readonly state: ConversationState | 'DRAFT';
  readonly isUnread: boolean;
  readonly at: number;
}

/** `GET /app/api/messages/{id}` → `Thread`; `POST …/{id}/read` → 204. */
export interface Thread {
  readonly conversationId: string;
  readonly person: ConversationPerson;
  readonly owner: string;
  readonly isOwn: boolean;
  readonly state: ConversationState;
  readonly visibility: MessageVisibility;
  /** What the owner may still do. */
  readonly canReply: boolean;
  readonly sendAt: number | null;
  readonly messages: readonly ThreadMessage[];
}
export interface ThreadMessage {
  readonly no: number;
  readonly isFromMember: boolean;
  readonly author: string;
  readonly kind: 'MESSAGE' | 'REPLY' | 'ACCEPT' | 'DECLINE';
  readonly subject: string | null;
  readonly body: string;
  readonly at: number;
}

/** The last message of a colleague to a person within 30 days: who and when, never what. */
export interface Outreach {
  readonly by: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** `GET /app/api/messages/outreach?person=…&person=…`: by person id; whom nobody wrote to is missing. */
export interface OutreachAnswer {
  readonly people: Readonly<Record<string, Outreach>>;
}

/** `GET /app/api/messages/with/{personId}` → `PersonMessages`: the tab of the profile, and what a composer needs. */
export interface PersonMessages {
  readonly person: ConversationPerson;
  readonly conversations: readonly PersonConversation[];
  /** A colleague wrote within 30 days: the last one. */
  readonly recentOutreach: Outreach | null;
  /** Why nothing can be sent; null: it can. */
  readonly blocked: { readonly code: string; readonly message: string } | null;
  readonly creditsLeft: number;
  readonly draft: MessageDraft | null;
  readonly templates: readonly MessageTemplate[];
}
export interface PersonConversation {
  readonly conversationId: string;
  readonly by: string;
  readonly isOwn: boolean;
  readonly at: number;
  readonly state: ConversationState;
  /** Null where the viewer may not read it. */
  readonly thread: Thread | null;
}
export interface MessageDraft {
  readonly subject: string;
  readonly body: string;
  readonly visibility: MessageVisibility;
  readonly updatedAt: number;
}

/** `GET /app/api/message-templates` → `{templates}`; `POST` stores one → `MessageTemplate`; `POST …/{no}/delete` → 204. */
export interface MessageTemplate {
  readonly no: number;
  readonly name: string;
  readonly subject: string;
  readonly body: string;
  readonly isShared: boolean;
  readonly isOwn: boolean;
}

/** `POST /app/api/messages` → `SendAnswer`: one conversation with each person. */
export interface SendRequest {
  readonly to: readonly string[];
  readonly subject: string;
  readonly body: string;
  readonly visibility: MessageVisibility;
  /** Made up once for each composer that is opened: sent twice, nothing is sent twice. */
  readonly requestKey: string;
  /** Later than now; null: now. */
  readonly sendAt: number | null;
}
export interface SendAnswer {
  readonly sent: readonly { readonly personId: string; readonly conversationId: string }[];
  /** To whom nothing was sent, and why. */
  readonly refused: readonly {
    readonly personId: string;
    readonly code: string;
    readonly message: string;
  }[];
}
