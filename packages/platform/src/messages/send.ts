import { MESSAGE_LIMITS, type MessageVisibility } from '@carrick/protocol';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import type { Outbox, WorkHandler } from '../kernel/outbox.ts';
import { tellOfPerson } from '../live/index.ts';
import { inviteReply, type MemberPage } from '../member-page/index.ts';
import { Refusal, type Session } from '../session/index.ts';
import { contactBlock, spendCredit } from './outreach.ts';

/** What the slice works with: mails leave by the member's page, which makes the links to answer them. */
export interface Messages {
  readonly ctx: Context;
  readonly outbox: Outbox;
  readonly page: MemberPage;
}

/** Work: a message whose time has come. */
export const SCHEDULED_LANE = 'scheduled-message';
/** Nobody plans farther ahead, and a typing mistake in the year is caught. */
const FARTHEST_MS = 366 * 24 * 3_600_000;

export interface NewConversation {
  readonly memberId: number;
  readonly subject: string;
  readonly body: string;
  readonly visibility: MessageVisibility;
  readonly requestKey: string;
  readonly sendAt: number | null;
}

/**
 * Begins a conversation: mails the message, or keeps it until its time. What came with the same key before is answered as it was.
 * @returns the conversation's id
 * @throws Refusal NOT_FOUND, MESSAGE_NOT_VALID, SEND_TIME_NOT_VALID, MESSAGE_DO_NOT_CONTACT, MESSAGE_NO_ADDRESS, MESSAGE_NO_CREDITS, MESSAGE_TOO_MANY,
 *   MESSAGES_OFF; nothing is stored then
 */
export async function beginConversation(
  messages: Messages,
  session: Session,
  given: NewConversation,
): Promise<number> {
  const { ctx, outbox } = messages;
  const { tenantId, seatId, contractId } = session;
  const { memberId, visibility, requestKey, sendAt } = given;
  const at = ctx.clock.now();
  const [subject, body] = [given.subject.trim(), given.body.trim()];
  if (
    subject === '' ||
    body === '' ||
    subject.length > MESSAGE_LIMITS.subject ||
    body.length > MESSAGE_LIMITS.body
  )
    throw new Refusal('MESSAGE_NOT_VALID');
  if (sendAt !== null && (sendAt <= at || sendAt > at + FARTHEST_MS))
    throw new Refusal('SEND_TIME_NOT_VALID');
  const conversationId = await ctx.db.transaction(tenantId, async (tx) => {
    // The seat's row first: two tabs that send at once come one behind the other, and the second finds what the first stored.
    await tx`select from seat where tenant_id = ${tenantId} and seat_id = ${seatId} for update`;
    const [before] = await tx<{ conversation_id: number }>`
      select conversation_id from conversation
      where tenant_id = ${tenantId} and seat_id = ${seatId} and member_id = ${memberId} and request_key = ${requestKey}`;
    if (before) return before.conversation_id;
    const block = await contactBlock(ctx, tx, { tenantId, memberId, seat: session });
    if (block) throw block;
    await spendCredit(tx, session, at);
    const [begun] = await tx<{ conversation_id: number }>`
      insert into conversation
        (tenant_id, contract_id, seat_id, member_id, visibility, request_key, state, send_at, sent_at, last_at, is_awaiting)
      values (${tenantId}, ${contractId}, ${seatId}, ${memberId}, ${visibility}, ${requestKey},
        ${sendAt === null ? 'SENT' : 'SCHEDULED'}, ${sendAt}, ${sendAt === null ? at : null}, ${at}, ${sendAt === null})
      returning conversation_id`;
    if (!begun) throw new Error('an insert returned no row');
    const id = begun.conversation_id;
    await tx.flight([
      tx`insert into conversation_message (tenant_id, conversation_id, seat_id, kind, subject, body, created_at)
         values (${tenantId}, ${id}, ${seatId}, 'MESSAGE', ${subject}, ${body}, ${at})`,
      tx`delete from message_draft where tenant_id = ${tenantId} and seat_id = ${seatId} and member_id = ${memberId}`,
      ...(sendAt === null
        ? []
        : [outbox.append(tx, SCHEDULED_LANE, { conversationId: id }, { dueAt: sendAt })]),
      tellOfPerson(outbox, tx, { memberId, seatId: sendAt === null ? null : seatId }),
    ]);
    if (sendAt === null) await mailLast(messages, tx, id);
    return id;
  });
  outbox.signal();
  return conversationId;
}

/**
 * The owner writes again in a conversation.
 * @throws Refusal NO_SUCH_CONVERSATION, also for a colleague's; THREAD_CLOSED after "No thanks"; as `beginConversation`
 */
export async function writeAgain(
  messages: Messages,
  session: Session,
  conversationId: number,
  { body: given, requestKey }: { readonly body: string; readonly requestKey: string },
): Promise<void> {
  const { ctx, outbox } = messages;
  const { tenantId, seatId } = session;
  const at = ctx.clock.now();
  const body = given.trim();
  if (body === '' || body.length > MESSAGE_LIMITS.body) throw new Refusal('MESSAGE_EMPTY');
  await ctx.db.transaction(tenantId, async (tx) => {
    const [found] = await tx<{ member_id: number; state: string; is_closed: boolean }>`
      select member_id, state, is_closed from conversation
      where tenant_id = ${tenantId} and conversation_id = ${conversationId} and seat_id = ${seatId} for update`;
    if (!found || found.state === 'SCHEDULED') throw new Refusal('NO_SUCH_CONVERSATION');
    if (found.is_closed) throw new Refusal('THREAD_CLOSED');
    const block = await contactBlock(ctx, tx, { tenantId, memberId: found.member_id, seat: session });
    if (block) throw block;
    const stored = await tx`
      insert into conversation_message (tenant_id, conversation_id, seat_id, kind, body, reply_key, created_at)
      values (${tenantId}, ${conversationId}, ${seatId}, 'MESSAGE', ${body}, ${`seat ${requestKey}`}, ${at})
      on conflict do nothing returning message_no`;
    if (stored.length === 0) return;
    await tx.flight([
      tx`update conversation set last_at = ${at}, is_awaiting = true
         where tenant_id = ${tenantId} and conversation_id = ${conversationId}`,
      tellOfPerson(outbox, tx, { memberId: found.member_id, seatId }),
    ]);
    await mailLast(messages, tx, conversationId);
  });
  outbox.signal();
}

/** A scheduled message that has not left yet is forgotten. @throws Refusal NO_SUCH_CONVERSATION */
export async function cancelScheduled(
  { ctx, outbox }: Messages,
  { tenantId, seatId }: Session,
  conversationId: number,
): Promise<void> {
  await ctx.db.transaction(tenantId, async (tx) => {
    const [gone] = await tx<{ member_id: number }>`
      delete from conversation
      where tenant_id = ${tenantId} and conversation_id = ${conversationId} and seat_id = ${seatId} and state = 'SCHEDULED'
      returning member_id`;
    if (!gone) throw new Refusal('NO_SUCH_CONVERSATION');
    await tellOfPerson(outbox, tx, { memberId: gone.member_id, seatId });
  });
  outbox.signal();
}

const Scheduled = Type.Object({ conversationId: Type.Number() });

/**
 * Sends what was scheduled. What may no longer be sent (the person left, or was marked "do not contact" meanwhile) becomes a draft
 * again: nothing that was written is lost, and nobody is written to against a mark.
 */
export function sendScheduled(messages: Messages): WorkHandler {
  const { ctx, outbox } = messages;
  return async (tx, payload) => {
    if (!Value.Check(Scheduled, payload) || tx.tenantId === null)
      throw new Error('not a payload of this lane');
    const { tenantId } = tx;
    const { conversationId } = payload;
    const at = ctx.clock.now();
    const [due] = await tx<{ seat_id: number; member_id: number }>`
      select seat_id, member_id from conversation
      where tenant_id = ${tenantId} and conversation_id = ${conversationId} and state = 'SCHEDULED' for update`;
    if (!due) return;
    const { seat_id: seatId, member_id: memberId } = due;
    if (await contactBlock(ctx, tx, { tenantId, memberId, seat: null })) {
      await tx.flight([
        tx`insert into message_draft (tenant_id, seat_id, member_id, subject, body, visibility, updated_at)
           select c.tenant_id, c.seat_id, c.member_id, coalesce(m.subject, ''), m.body, c.visibility, ${at}
           from conversation c
           join conversation_message m on m.tenant_id = c.tenant_id and m.conversation_id = c.conversation_id
           where c.tenant_id = ${tenantId} and c.conversation_id = ${conversationId}
           on conflict (tenant_id, seat_id, member_id) do nothing`,
        tx`delete from conversation where tenant_id = ${tenantId} and conversation_id = ${conversationId}`,
        tellOfPerson(outbox, tx, { memberId, seatId }),
      ]);
      return;
    }
    await tx.flight([
      tx`update conversation set state = 'SENT', sent_at = ${at}, last_at = ${at}, is_awaiting = true
         where tenant_id = ${tenantId} and conversation_id = ${conversationId}`,
      tx`update conversation_message set created_at = ${at} where tenant_id = ${tenantId} and conversation_id = ${conversationId}`,
      tellOfPerson(outbox, tx, { memberId, seatId: null }),
    ]);
    await mailLast(messages, tx, conversationId);
  };
}

interface MailRow {
  readonly member_id: number;
  readonly message_no: number;
  readonly recruiter: string;
  readonly organisation: string;
  readonly subject: string;
  readonly body: string;
}

/** Mails the newest message of a conversation, under the subject it began with. */
async function mailLast({ page }: Messages, tx: Tx, conversationId: number): Promise<void> {
  const [mail] = await tx<MailRow>`
    select c.member_id, g.message_no, a.first_name || ' ' || a.last_name as recruiter, o.name as organisation,
      (
        select f.subject from conversation_message f
        where f.tenant_id = c.tenant_id and f.conversation_id = c.conversation_id order by f.message_no limit 1
      ) as subject, g.body
    from conversation c
    join organisation o on o.tenant_id = c.tenant_id
    join seat s on s.tenant_id = c.tenant_id and s.seat_id = c.seat_id
    join member a on a.member_id = s.member_id
    join conversation_message g on g.tenant_id = c.tenant_id and g.conversation_id = c.conversation_id
    where c.tenant_id = ${tx.tenantId} and c.conversation_id = ${conversationId}
    order by g.message_no desc limit 1`;
  if (!mail) throw new Error('a conversation without a message');
  const { member_id: memberId, message_no: messageNo, recruiter, organisation, subject, body: text } = mail;
  const ids = { memberId, conversationId: String(conversationId), messageId: String(messageNo) };
  if (!(await inviteReply(page, tx, { ...ids, recruiter, organisation, subject, text })))
    throw new Refusal('MESSAGE_NO_ADDRESS');
}
