import { CONSENT_TEXTS, type ConsentHook, type Language } from '../consent/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import type { Outbox } from '../kernel/outbox.ts';
import { Throttle } from '../kernel/throttle.ts';
import { type ReplyAddresses, replyAddressesOf } from '../mail/index.ts';
import type { MemberHook } from '../members/index.ts';

/** One conversation of a recruiter with a member, as its owner, the messages slice, names it. */
export interface ConversationScope {
  readonly tenantId: number;
  readonly memberId: number;
  readonly conversationId: string;
}

/** What the member may see of it. */
export interface Conversation {
  readonly organisation: string;
  /** Name of the one who wrote first. */
  readonly recruiter: string;
  readonly seatId: number;
  readonly contractId: number;
  /** `declined`: by the member, with "No thanks" alone; `closed`: nobody answers any more. */
  readonly state: 'open' | 'declined' | 'closed';
  /** Oldest first. */
  readonly messages: readonly {
    readonly isFromMember: boolean;
    readonly author: string;
    readonly subject: string | null;
    readonly text: string;
    readonly at: number;
  }[];
}

export interface MemberReply {
  readonly kind: 'text' | 'interested' | 'declined';
  /** May be empty with a quick answer. */
  readonly text: string;
  readonly via: 'page' | 'mail';
  /** The same reply has the same key: a form that was sent twice, a mail that came twice. */
  readonly key: string;
  readonly at: number;
}

/** What the messages slice does for the member's page; handed over by the composition root. In transactions of the tenant. */
export interface Conversations {
  /** Null: there is none, or not with this member. */
  read(tx: Tx, scope: ConversationScope): Promise<Conversation | null>;
  /** `repeated`: the key is stored already, and nothing was done; `closed`: it can no longer be answered. */
  reply(tx: Tx, scope: ConversationScope, reply: MemberReply): Promise<'stored' | 'repeated' | 'closed'>;
  /** What a member wrote and was written, in every organisation, for the download. */
  ofMember(memberId: number): Promise<readonly unknown[]>;
  /** The member was erased, just before: what he or she wrote goes. */
  forget(memberId: number): Promise<void>;
}

/** One export of the member's profile, by the slice that keeps exports. */
export interface OwnExport {
  readonly organisation: string;
  readonly ats: string;
  readonly exportedAt: number;
}

export interface MemberPageOptions {
  /** Under which members reach this platform. Never taken from a request: a forged Host would end up in mails. */
  readonly baseUrl: string;
  readonly memberHooks: readonly MemberHook[];
  readonly consentHooks: readonly ConsentHook[];
  readonly conversations: Conversations | null;
  /** Asked just before a member is erased: sees to what logs, projections and files still hold. */
  readonly orderErasure?: (memberId: number) => Promise<void>;
  /** Newest first. */
  readonly exportsOf: (memberId: number) => Promise<readonly OwnExport[]>;
}

/** What the parts of the member's page work with. */
export interface MemberPage extends MemberPageOptions {
  readonly ctx: Context;
  readonly outbox: Outbox;
  readonly replyAddresses: ReplyAddresses | null;
  readonly throttles: Readonly<Record<'address' | 'client' | 'member' | 'link', Throttle>>;
}

const HOUR_MS = 3_600_000;

export function openMemberPage(ctx: Context, outbox: Outbox, options: MemberPageOptions): MemberPage {
  const perHour = (most: number) => new Throttle(ctx.clock, { most, windowMs: HOUR_MS });
  return {
    ...options,
    ctx,
    outbox,
    replyAddresses: replyAddressesOf(ctx),
    // Mails to one address; requests for links of one client; addresses one member adds; replies by one link.
    throttles: { address: perHour(3), client: perHour(30), member: perHour(5), link: perHour(30) },
  };
}

const EMAIL = /^[^\s<>()[\]\\,;:@"\0]{1,64}@[^\s<>()[\]\\,;:@"\0]{1,250}\.[^\s<>()[\]\\,;:@"\0.]{2,63}$/;

/** As a person types it into a form; null: that is none. */
export function emailOf(text: string | null): string | null {
  const email = (text ?? '').trim();
  return EMAIL.test(email) ? email : null;
}

export function isLanguage(text: string | null): text is Language {
  return text !== null && Object.hasOwn(CONSENT_TEXTS, text);
}
