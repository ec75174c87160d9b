import type {
  ConversationPerson,
  ConversationState,
  MessageVisibility,
  Thread,
  ThreadMessage,
} from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Sql, Statement, Tx } from '../kernel/db.ts';
import { readMembers } from '../members/index.ts';
import { Refusal, type Session } from '../session/index.ts';
import { personOf } from './person.ts';

type Seat = Pick<Session, 'tenantId' | 'seatId'>;

/**
 * Who may read what was written in conversation `c`: its owner, and, where the owner said so, everybody in the organisation. Nobody
 * else, administrators included; members of a project will be found here once there are projects.
 */
function mayRead(tx: Sql, { seatId }: Pick<Seat, 'seatId'>): Statement {
  return tx`(c.seat_id = ${seatId} or (c.visibility = 'ORGANISATION' and c.state <> 'SCHEDULED'))`;
}

/** That there is a conversation is known to all colleagues once something was sent. */
function isKnownTo(tx: Sql, { seatId }: Pick<Seat, 'seatId'>): Statement {
  return tx`(c.seat_id = ${seatId} or c.state <> 'SCHEDULED')`;
}

export interface ThreadRow {
  readonly conversation_id: number;
  readonly member_id: number;
  readonly seat_id: number;
  readonly owner: string;
  readonly state: ConversationState;
  readonly visibility: MessageVisibility;
  readonly is_closed: boolean;
  readonly send_at: number | null;
  readonly sent_at: number | null;
  readonly last_at: number;
  readonly is_readable: boolean;
}

/** Conversations that the viewer knows of, newest first; narrowed to one, or to those with one member. */
export function threadRows(
  tx: Sql,
  seat: Seat,
  {
    conversationId = null,
    memberId = null,
  }: { readonly conversationId?: number | null; readonly memberId?: number | null },
): Statement<ThreadRow> {
  return tx<ThreadRow>`
    select c.conversation_id, c.member_id, c.seat_id, a.first_name || ' ' || a.last_name as owner, c.state, c.visibility,
      c.is_closed, c.send_at, c.sent_at, c.last_at, ${mayRead(tx, seat)} as is_readable
    from conversation c
    join seat s on s.tenant_id = c.tenant_id and s.seat_id = c.seat_id
    join member a on a.member_id = s.member_id
    where c.tenant_id = ${seat.tenantId} and ${isKnownTo(tx, seat)}
      and (${conversationId}::bigint is null or c.conversation_id = ${conversationId})
      and (${memberId}::bigint is null or c.member_id = ${memberId})
    order by c.last_at desc, c.conversation_id desc
    limit 100`;
}

/** What was written in conversations that the viewer may read: others have none, whoever asks. */
export async function messagesOf(
  tx: Sql,
  seat: Seat,
  rows: readonly ThreadRow[],
): Promise<ReadonlyMap<number, readonly ThreadMessage[]>> {
  const ids = rows.filter((row) => row.is_readable).map((row) => row.conversation_id);
  if (ids.length === 0) return new Map();
  const said = await tx<{
    conversation_id: number;
    message_no: number;
    is_from_member: boolean;
    author: string;
    kind: ThreadMessage['kind'];
    subject: string | null;
    body: string;
    created_at: number;
  }>`
    select g.conversation_id, g.message_no, g.seat_id is null as is_from_member, g.kind, g.subject, g.body, g.created_at,
      a.first_name || ' ' || a.last_name as author
    from conversation c
    join conversation_message g on g.tenant_id = c.tenant_id and g.conversation_id = c.conversation_id
    left join seat s on s.tenant_id = g.tenant_id and s.seat_id = g.seat_id
    join member a on a.member_id = coalesce(s.member_id, c.member_id)
    where c.tenant_id = ${seat.tenantId} and c.conversation_id = any(${ids}::bigint[]) and ${mayRead(tx, seat)}
    order by g.created_at, g.message_no`;
  const byThread = Map.groupBy(said, (row) => row.conversation_id);
  return new Map(
    [...byThread].map(([id, messages]) => [
      id,
      messages.map(
        ({ message_no: no, is_from_member: isFromMember, author, kind, subject, body, created_at: at }) => ({
          no,
          isFromMember,
          author,
          kind,
          subject,
          body,
          at,
        }),
      ),
    ]),
  );
}

export function threadOf(
  row: ThreadRow,
  person: ConversationPerson,
  messages: readonly ThreadMessage[],
  { seatId }: Pick<Seat, 'seatId'>,
): Thread {
  const isOwn = row.seat_id === seatId;
  return {
    conversationId: String(row.conversation_id),
    person,
    owner: row.owner,
    isOwn,
    state: row.state,
    visibility: row.visibility,
    canReply: isOwn && !row.is_closed && row.state !== 'SCHEDULED',
    sendAt: row.state === 'SCHEDULED' ? row.send_at : null,
    messages,
  };
}

/** @throws Refusal NO_SUCH_CONVERSATION for what is not there and for what the viewer may not read: the same */
export async function readThread(ctx: Context, session: Session, conversationId: number): Promise<Thread> {
  return ctx.db.read(session.tenantId, async (tx: Tx) => {
    const [row] = await threadRows(tx, session, { conversationId });
    if (!row?.is_readable) throw new Refusal('NO_SUCH_CONVERSATION');
    const [messages, members] = await Promise.all([
      messagesOf(tx, session, [row]),
      readMembers(tx, [row.member_id]),
    ]);
    const member = members.get(row.member_id);
    if (!member) throw new Refusal('NO_SUCH_CONVERSATION');
    const person = personOf(ctx, session.tenantId, member);
    return threadOf(row, person, messages.get(row.conversation_id) ?? [], session);
  });
}

/** The owner has seen what came. */
export async function markRead(
  ctx: Context,
  { tenantId, seatId }: Session,
  conversationId: number,
): Promise<void> {
  await ctx.db.pipeline(tenantId, (tx) => [
    tx`update conversation set is_unread = false
       where tenant_id = ${tenantId} and conversation_id = ${conversationId} and seat_id = ${seatId} and is_unread`,
  ]);
}

/** How many conversations with this member the viewer knows of: the number on the profile's tab. */
export function countConversations(tx: Sql, seat: Seat, memberId: number): Statement<{ count: number }> {
  return tx<{ count: number }>`
    select count(*) as count from conversation c
    where c.tenant_id = ${seat.tenantId} and c.member_id = ${memberId} and ${isKnownTo(tx, seat)}`;
}
