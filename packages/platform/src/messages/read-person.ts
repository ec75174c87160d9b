import type { OutreachAnswer, PersonConversation, PersonMessages } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import { decodePersonId } from '../kernel/secrets.ts';
import { readMembers } from '../members/index.ts';
import { Refusal, type Session } from '../session/index.ts';
import { draftStatement } from './drafts.ts';
import { contactBlock, creditsLeft, recentOutreach } from './outreach.ts';
import { memberIdOf, personOf } from './person.ts';
import { messagesOf, threadOf, threadRows } from './read-threads.ts';
import { templateStatement, toTemplate } from './templates.ts';

/** Of each of these people, who was the last colleague to write to them lately. An id of nobody is passed over. */
export async function readOutreach(
  ctx: Context,
  session: Session,
  personIds: readonly string[],
): Promise<OutreachAnswer> {
  const key = ctx.keys.personKey(`app:${session.tenantId}`);
  const byMember = new Map(personIds.map((id) => [decodePersonId(key, id), id]));
  byMember.delete(null);
  const rows = await ctx.db.read(session.tenantId, async (tx) =>
    recentOutreach(
      tx,
      session,
      [...byMember.keys()].filter((id) => id !== null),
      ctx.clock.now(),
    ),
  );
  return {
    people: Object.fromEntries(
      rows.map(({ memberId, by, at }) => [byMember.get(memberId) ?? '', { by, at }]),
    ),
  };
}

/** What was said with one person, and what a composer needs to know. @throws Refusal NOT_FOUND */
export async function readPersonMessages(
  ctx: Context,
  session: Session,
  personId: string,
): Promise<PersonMessages> {
  const memberId = memberIdOf(ctx, session, personId);
  const now = ctx.clock.now();
  return ctx.db.read(session.tenantId, async (tx) => {
    const [members, rows, [recent], [draft], templates, credits, block] = await Promise.all([
      readMembers(tx, [memberId]),
      threadRows(tx, session, { memberId }),
      recentOutreach(tx, session, [memberId], now),
      draftStatement(tx, session, memberId),
      templateStatement(tx, session),
      creditsLeft(tx, session, now),
      contactBlock(ctx, tx, { tenantId: session.tenantId, memberId, seat: session }),
    ]);
    const member = members.get(memberId);
    if (!member || member.isClosed) throw new Refusal('NOT_FOUND');
    const person = personOf(ctx, session.tenantId, member);
    const messages = await messagesOf(tx, session, rows);
    return {
      person,
      conversations: rows.map((row): PersonConversation => {
        const said = messages.get(row.conversation_id) ?? [];
        return {
          conversationId: String(row.conversation_id),
          by: row.owner,
          isOwn: row.seat_id === session.seatId,
          at: row.sent_at ?? row.send_at ?? row.last_at,
          // Whether the member answered is part of what was said.
          state: row.is_readable ? row.state : 'SENT',
          thread: row.is_readable ? threadOf(row, person, said, session) : null,
        };
      }),
      recentOutreach: recent ? { by: recent.by, at: recent.at } : null,
      blocked: block ? { code: block.code, message: block.message } : null,
      creditsLeft: credits,
      draft: draft
        ? {
            subject: draft.subject,
            body: draft.body,
            visibility: draft.visibility,
            updatedAt: draft.updated_at,
          }
        : null,
      templates: templates.map((row) => toTemplate(row, session)),
    };
  });
}
