import {
  askConsent,
  giveConsent,
  type Language,
  readConsents,
  refuseConsent,
  type SharedContact,
} from '../consent/index.ts';
import type { Tx } from '../kernel/db.ts';
import type { InboundOutcome, InboundReply } from '../mail/index.ts';
import { canMail } from '../mail/index.ts';
import { readMembers } from '../members/index.ts';
import { type MemberLink, openLink, openReplyLink } from './links.ts';
import { type InvitationMail, mailInvitation, mailQuestion } from './mails.ts';
import type { Conversation, ConversationScope, MemberPage, MemberReply } from './member-page.ts';

/** A conversation as a reply link opens it. */
export interface OpenedReply {
  readonly link: MemberLink;
  readonly scope: ConversationScope;
  readonly conversation: Conversation;
}

export type ReplyProblem = 'unknown' | 'expired' | 'revoked' | 'gone';

/** The conversation behind a link's token. Null scope of another member or organisation is impossible: both stand in the signed link. */
export async function openReply(
  page: MemberPage,
  token: string,
): Promise<OpenedReply | { readonly problem: ReplyProblem }> {
  const opened = await openLink(page.ctx, token, 'reply');
  return 'problem' in opened ? opened : withConversation(page, opened.link);
}

async function withConversation(
  page: MemberPage,
  link: MemberLink,
): Promise<OpenedReply | { readonly problem: ReplyProblem }> {
  const scope = scopeOf(link);
  const { conversations, ctx } = page;
  if (!scope || !conversations) return { problem: 'gone' };
  const conversation = await ctx.db.read(scope.tenantId, (tx) => conversations.read(tx, scope));
  return conversation ? { link, scope, conversation } : { problem: 'gone' };
}

function scopeOf({ memberId, subject }: MemberLink): ConversationScope | null {
  const { tenantId, conversationId } = subject;
  return typeof tenantId === 'number' && typeof conversationId === 'string'
    ? { tenantId, memberId, conversationId }
    : null;
}

export interface RecordedReply {
  readonly outcome: 'stored' | 'repeated' | 'closed';
  /** The member is to be asked now whether to share contact data. */
  readonly isAsked: boolean;
}

/** Stores a reply and, in the same transaction, decides whether the question about contact data follows it. */
export async function recordReply(
  page: MemberPage,
  { scope, conversation }: OpenedReply,
  reply: MemberReply,
): Promise<RecordedReply> {
  const { ctx, conversations, outbox } = page;
  if (!conversations) throw new Error('a conversation was opened without conversations');
  const recorded = await ctx.db.transaction(scope.tenantId, async (tx): Promise<RecordedReply> => {
    const outcome = await conversations.reply(tx, scope, reply);
    if (outcome !== 'stored' || reply.kind === 'declined') return { outcome, isAsked: false };
    const { contractId, seatId } = conversation;
    const isAsked = await askConsent(tx, { ...scope, contractId, seatId, at: reply.at });
    if (isAsked && reply.via === 'mail') await askByMail(page, tx, scope, conversation, reply);
    return { outcome, isAsked };
  });
  outbox.signal();
  return recorded;
}

/** Under a mail stands no page: the question is mailed. */
async function askByMail(
  page: MemberPage,
  tx: Tx,
  { memberId, conversationId }: ConversationScope,
  { recruiter, organisation }: Conversation,
  { key }: MemberReply,
): Promise<void> {
  const to = (await readMembers(tx, [memberId])).get(memberId)?.emails[0];
  if (to === undefined || !canMail(page.ctx)) return;
  const mail = { memberId, conversationId, messageId: `q${key}`, recruiter, organisation };
  await tx.flight([...mailQuestion(page, tx, to, 'en', mail)]);
}

/** An answer that came by ordinary mail. */
export function takeMailReply(page: MemberPage): (reply: InboundReply) => Promise<InboundOutcome> {
  return async ({ linkId, text, key }) => {
    const opened = await openReplyLink(page.ctx, linkId);
    if ('problem' in opened) return 'ignored';
    const reply = await withConversation(page, opened.link);
    if ('problem' in reply) return 'ignored';
    if (page.throttles.link.attempt(linkId) > 0) return 'ignored';
    const at = page.ctx.clock.now();
    const { outcome } = await recordReply(page, reply, { kind: 'text', text, via: 'mail', key, at });
    return outcome === 'closed' ? 'ignored' : 'taken';
  };
}

/**
 * Mails a recruiter's message to the member, with a link of 30 days to answer it; in the transaction that stores the message.
 * @returns false where the member has no address, or closed the account: nothing is mailed
 */
export async function inviteReply(
  page: MemberPage,
  tx: Tx,
  mail: InvitationMail,
  language: Language = 'en',
): Promise<boolean> {
  const member = (await readMembers(tx, [mail.memberId])).get(mail.memberId);
  const to = member?.emails[0];
  if (!member || member.isClosed || to === undefined) return false;
  await tx.flight([...mailInvitation(page, tx, to, language, mail)]);
  return true;
}

/** What the question shows of the member: the name and headline, and the contact data that would be shared. */
export interface Question {
  readonly name: string;
  readonly headline: string | null;
  readonly emails: readonly string[];
  readonly phone: string;
}

/** Null where no question is open. */
export async function readQuestion(
  { ctx }: MemberPage,
  { tenantId, memberId }: ConversationScope,
): Promise<Question | null> {
  return ctx.db.read(tenantId, async (tx) => {
    const consent = (await readConsents(tx, tenantId, [memberId])).get(memberId);
    const member = (await readMembers(tx, [memberId])).get(memberId);
    if (consent?.state !== 'none' || !member) return null;
    return {
      name: `${member.firstName} ${member.lastName}`.trim(),
      headline: member.headline,
      emails: member.emails,
      phone: member.phones[0] ?? '',
    };
  });
}

/** `contact` null: No. @returns false where no question is open any more */
export async function answerQuestion(
  page: MemberPage,
  scope: ConversationScope,
  contact: SharedContact | null,
  language: Language,
): Promise<boolean> {
  const { ctx, consentHooks, outbox } = page;
  const at = ctx.clock.now();
  const isStored = await ctx.db.transaction(scope.tenantId, (tx) =>
    contact
      ? giveConsent(tx, consentHooks, scope, { contact, language, at })
      : refuseConsent(tx, consentHooks, scope, { language, at }),
  );
  outbox.signal();
  return isStored;
}
