import type { ConversationState, InboxAnswer, InboxEntry, MessageFolder } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Sql, Statement } from '../kernel/db.ts';
import { readMembers } from '../members/index.ts';
import type { Session } from '../session/index.ts';
import { personOf } from './person.ts';

const PAGE = 50;
const EXCERPT = 140;

type Own = Pick<Session, 'tenantId' | 'seatId'>;

interface EntryRow {
  readonly conversation_id: number | null;
  readonly member_id: number;
  readonly subject: string | null;
  readonly body: string;
  readonly state: ConversationState | 'DRAFT';
  readonly is_unread: boolean;
  readonly at: number;
}

/** Of the viewer's own conversations `c`: those of a folder. */
function inFolder(tx: Sql, folder: Exclude<MessageFolder, 'drafts'>): Statement {
  switch (folder) {
    case 'inbox':
      return tx`c.state in ('ACCEPTED', 'REPLIED', 'DECLINED')`;
    case 'awaiting':
      return tx`c.is_awaiting`;
    case 'sent':
      return tx`c.state <> 'SCHEDULED'`;
    case 'declined':
      return tx`c.state = 'DECLINED'`;
    case 'scheduled':
      return tx`c.state = 'SCHEDULED'`;
  }
}

/** The position of the last entry that was shown. */
export interface InboxPosition {
  readonly at: number;
  readonly no: number;
}

export async function readInbox(
  ctx: Context,
  session: Session,
  folder: MessageFolder,
  before: InboxPosition | null,
): Promise<InboxAnswer> {
  const { tenantId } = session;
  return ctx.db.read(tenantId, async (tx) => {
    const [rows, [counts]] = await tx.flight([
      folder === 'drafts' ? drafts(tx, session) : conversations(tx, session, folder, before),
      countStatement(tx, session),
    ]);
    const members = await readMembers(tx, [...new Set(rows.map((row) => row.member_id))]);
    const entries = rows.flatMap((row): InboxEntry[] => {
      const member = members.get(row.member_id);
      if (!member) return [];
      return [
        {
          conversationId: row.conversation_id === null ? null : String(row.conversation_id),
          person: personOf(ctx, tenantId, member),
          subject: row.subject ?? '',
          excerpt: row.body.replaceAll(/\s+/g, ' ').slice(0, EXCERPT),
          state: row.state,
          isUnread: row.is_unread,
          at: row.at,
        },
      ];
    });
    const { unread = 0, ...folders } = counts ?? NONE;
    const last = rows.length === PAGE ? rows.at(-1) : undefined;
    const next = last && last.conversation_id !== null ? `${last.at}~${last.conversation_id}` : null;
    return { folder, counts: folders, unread, entries, next };
  });
}

type CountRow = Readonly<Record<MessageFolder, number>> & { readonly unread: number };
const NONE: CountRow = { inbox: 0, awaiting: 0, sent: 0, declined: 0, scheduled: 0, drafts: 0, unread: 0 };

function countStatement(tx: Sql, { tenantId, seatId }: Own): Statement<CountRow> {
  return tx<CountRow>`
    select count(*) filter (where ${inFolder(tx, 'inbox')}) as inbox,
      count(*) filter (where ${inFolder(tx, 'awaiting')}) as awaiting,
      count(*) filter (where ${inFolder(tx, 'sent')}) as sent,
      count(*) filter (where ${inFolder(tx, 'declined')}) as declined,
      count(*) filter (where ${inFolder(tx, 'scheduled')}) as scheduled,
      (select count(*) from message_draft d where d.tenant_id = ${tenantId} and d.seat_id = ${seatId}) as drafts,
      count(*) filter (where c.is_unread) as unread
    from conversation c where c.tenant_id = ${tenantId} and c.seat_id = ${seatId}`;
}

function conversations(
  tx: Sql,
  { tenantId, seatId }: Own,
  folder: Exclude<MessageFolder, 'drafts'>,
  before: InboxPosition | null,
): Statement<EntryRow> {
  return tx<EntryRow>`
    select c.conversation_id, c.member_id, first.subject, last.body, c.state, c.is_unread, c.last_at as at
    from conversation c
    cross join lateral (
      select g.subject from conversation_message g
      where g.tenant_id = c.tenant_id and g.conversation_id = c.conversation_id order by g.message_no limit 1
    ) first
    cross join lateral (
      select g.body from conversation_message g
      where g.tenant_id = c.tenant_id and g.conversation_id = c.conversation_id and g.body <> ''
      order by g.message_no desc limit 1
    ) last
    where c.tenant_id = ${tenantId} and c.seat_id = ${seatId} and ${inFolder(tx, folder)}
      and (${before?.at ?? null}::bigint is null or (c.last_at, c.conversation_id) < (${before?.at ?? null}, ${before?.no ?? null}))
    order by c.last_at desc, c.conversation_id desc limit ${PAGE}`;
}

function drafts(tx: Sql, { tenantId, seatId }: Own): Statement<EntryRow> {
  return tx<EntryRow>`
    select null as conversation_id, member_id, subject, body, 'DRAFT' as state, false as is_unread, updated_at as at
    from message_draft where tenant_id = ${tenantId} and seat_id = ${seatId}
    order by updated_at desc limit ${PAGE}`;
}
