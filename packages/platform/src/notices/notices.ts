import { NOTICED_ACTIONS, type Notice, type NoticedAction, type NoticesAnswer } from '@carrick/protocol';
import { loadViewer } from '../access/index.ts';
import { listedExports } from '../exports/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Sql, Statement } from '../kernel/db.ts';
import { waitingMatches } from '../review/index.ts';
import { personIdOf } from '../search/index.ts';
import type { Session } from '../session/index.ts';

const SHOWN_FOR_MS = 30 * 86_400_000;
const MOST = 50;

interface ReplyRow {
  readonly conversation_id: number;
  readonly member_id: number;
  readonly name: string;
  readonly at: number;
}
interface ShareRow {
  readonly member_id: number;
  readonly name: string;
  readonly by: string;
  readonly note: string;
  readonly at: number;
}
interface ChangeRow {
  readonly at: number;
  readonly action: NoticedAction;
  readonly ats: string;
  readonly by: string;
}

/** What happened to this seat's exports, messages and matches, whom colleagues ask it to look at; for administrators what others did about the integrations. */
export async function readNotices(ctx: Context, session: Session): Promise<NoticesAnswer> {
  const now = ctx.clock.now();
  const since = now - SHOWN_FOR_MS;
  const { tenantId, seatId } = session;
  return ctx.db.read(tenantId, async (tx) => {
    const exporter = await loadViewer(tx, session, 'export');
    const viewer = await loadViewer(tx, session, 'indicator');
    const own = tx`e.seat_id = ${seatId} and e.exported_at > ${since}`;
    const [exports, replies, [matches], shares, changes, [seen]] = await tx.flight([
      listedExports(tx, exporter, own, now, MOST),
      repliesTo(tx, session, since),
      waitingMatches(tx, viewer),
      sharedWith(tx, session, since),
      changesByOthers(tx, session, since),
      tx<{ seen_until: number }>`
        select seen_until from notice_seen where tenant_id = ${tenantId} and seat_id = ${seatId}`,
    ]);
    const personOf = (memberId: number, name: string) => ({ id: personIdOf(ctx, tenantId, memberId), name });
    const notices = [
      ...exports.flatMap((row): Notice[] => {
        if (row.name === null || (row.state !== 'complete' && row.state !== 'not-picked-up')) return [];
        const kind = row.state === 'complete' ? 'export-complete' : 'export-failed';
        return [{ kind, at: row.settled_at, person: personOf(row.member_id, row.name), job: row.job_title }];
      }),
      ...replies.map(
        (row): Notice => ({
          kind: 'reply',
          at: row.at,
          person: personOf(row.member_id, row.name),
          conversationId: String(row.conversation_id),
        }),
      ),
      ...shares.map(
        (row): Notice => ({
          kind: 'shared',
          at: row.at,
          person: personOf(row.member_id, row.name),
          by: row.by,
          note: row.note,
        }),
      ),
      ...(matches?.newest_at && matches.newest_at > since
        ? [{ kind: 'matches', at: matches.newest_at, count: matches.waiting } as const]
        : []),
      ...changes.map((row): Notice => ({ kind: 'integration', ...row })),
    ]
      .sort((one, other) => other.at - one.at)
      .slice(0, MOST);
    const seenUntil = seen?.seen_until ?? 0;
    return {
      notices,
      seenUntil,
      unread: notices.filter(({ at }) => at > seenUntil).length,
      answeredAt: now,
    };
  });
}

/** The newest answer in each of the seat's conversations. Who closed the account is in none. */
function repliesTo(tx: Sql, { tenantId, seatId }: Session, since: number): Statement<ReplyRow> {
  return tx<ReplyRow>`
    select c.conversation_id, c.member_id, m.first_name || ' ' || m.last_name as name, max(g.created_at) as at
    from conversation c
    join conversation_message g on g.tenant_id = c.tenant_id and g.conversation_id = c.conversation_id and g.seat_id is null
    join member m on m.member_id = c.member_id and not m.is_closed
    where c.tenant_id = ${tenantId} and c.seat_id = ${seatId} and c.last_at > ${since} and g.created_at > ${since}
    group by c.conversation_id, c.member_id, m.first_name, m.last_name
    order by at desc, c.conversation_id limit ${MOST}`;
}

function sharedWith(tx: Sql, { tenantId, contractId, seatId }: Session, since: number): Statement<ShareRow> {
  return tx<ShareRow>`
    select h.member_id, m.first_name || ' ' || m.last_name as name, c.first_name || ' ' || c.last_name as by, h.note, h.shared_at as at
    from person_share h
    join member m on m.member_id = h.member_id and not m.is_closed
    join seat s on s.tenant_id = h.tenant_id and s.seat_id = h.seat_id
    join member c on c.member_id = s.member_id
    where h.tenant_id = ${tenantId} and h.contract_id = ${contractId} and h.to_seat_id = ${seatId} and h.shared_at > ${since}
    order by h.shared_at desc, h.share_no limit ${MOST}`;
}

function changesByOthers(
  tx: Sql,
  { tenantId, seatId, isAdmin }: Session,
  since: number,
): Statement<ChangeRow> {
  return tx<ChangeRow>`
    select a.at, a.action, coalesce(nullif(trim(i.name), ''), 'ATS') as ats, m.first_name || ' ' || m.last_name as by
    from audit_entry a
    join seat s on s.tenant_id = a.tenant_id and s.seat_id = a.seat_id
    join member m on m.member_id = s.member_id
    join ats_instance i on i.tenant_id = a.tenant_id and i.ats_no = a.ats_no
    where ${isAdmin}::boolean and a.tenant_id = ${tenantId} and a.seat_id <> ${seatId} and a.at > ${since}
      and a.action = any(${[...NOTICED_ACTIONS]}::text[])
    order by a.at desc, a.entry_no desc limit ${MOST}`;
}

/** Never back, and never beyond now: what is yet to come is unread. */
export async function markSeen(
  ctx: Context,
  { tenantId, seatId }: Session,
  seenUntil: number,
): Promise<void> {
  const until = Math.min(seenUntil, ctx.clock.now());
  await ctx.db.pipeline(tenantId, (tx) => [
    tx`insert into notice_seen (tenant_id, seat_id, seen_until) values (${tenantId}, ${seatId}, ${until})
       on conflict (tenant_id, seat_id) do update set seen_until = greatest(notice_seen.seen_until, excluded.seen_until)`,
  ]);
}
