import { MESSAGE_CREDITS, type Outreach } from '@carrick/protocol';
import { loadViewer, type ViewerSeat, visibleCandidate } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Sql, Statement, Tx } from '../kernel/db.ts';
import { canMail } from '../mail/index.ts';
import { readMembers } from '../members/index.ts';
import { Refusal, type Session } from '../session/index.ts';

const HOUR_MS = 3_600_000;
/** New conversations of one seat within an hour. */
const MOST_AN_HOUR = 100;
/** A colleague who wrote within this time is named before another one writes. */
const RECENT_MS = 30 * 24 * HOUR_MS;

interface Mark {
  readonly ats: string;
  readonly ats_no: number;
  readonly candidate_id: string;
}

/**
 * Why this member cannot be written to; null: nothing speaks against it. `seat`: who is told; null: nobody.
 * Whoever marks a person "do not contact" in one ATS means the company: every ATS of the organisation counts, seen or not. But only
 * who may know of the record hears of the mark; for others it reads as it does for everybody without an address.
 */
export async function contactBlock(
  ctx: Context,
  tx: Tx,
  { tenantId, memberId, seat }: { tenantId: number; memberId: number; seat: ViewerSeat | null },
): Promise<Refusal | null> {
  const [members, marks] = await Promise.all([
    readMembers(tx, [memberId]),
    tx<Mark>`
      select i.name as ats, c.ats_no, c.id as candidate_id
      from candidate_member l
      join candidate c on c.tenant_id = l.tenant_id and c.ats_no = l.ats_no and c.id = l.candidate_id
      join ats_instance i on i.tenant_id = l.tenant_id and i.ats_no = l.ats_no
      where l.tenant_id = ${tenantId} and l.member_id = ${memberId} and c.do_not_contact
      order by i.ats_no, c.id`,
  ]);
  const member = members.get(memberId);
  if (!member || member.isClosed) return new Refusal('NOT_FOUND');
  const shown = seat && marks.length > 0 ? await shownMark(tx, seat, marks) : undefined;
  if (shown)
    return new Refusal(
      'MESSAGE_DO_NOT_CONTACT',
      null,
      `${shown.ats.trim() || 'Your ATS'} marks this person “do not contact”, so nothing is sent.`,
    );
  if (!canMail(ctx)) return new Refusal('MESSAGES_OFF');
  return member.emails.length === 0 || marks.length > 0 ? new Refusal('MESSAGE_NO_ADDRESS') : null;
}

/** The first mark on a record that is there for this seat. */
async function shownMark(tx: Tx, seat: ViewerSeat, marks: readonly Mark[]): Promise<Mark | undefined> {
  const viewer = await loadViewer(tx, seat, 'indicator');
  const [shown] = await tx<{ place: number }>`
    select k.place::int as place
    from unnest(${marks.map((mark) => mark.ats_no)}::int[], ${marks.map((mark) => mark.candidate_id)}::text[])
      with ordinality as k (ats_no, candidate_id, place)
    where k.ats_no = any(${viewer.atss.map(({ atsNo }) => atsNo)}::int[])
      and ${visibleCandidate(tx, viewer, { atsNo: tx`k.ats_no`, candidateId: tx`k.candidate_id` })}
    order by k.place limit 1`;
  return shown && marks[shown.place - 1];
}

/** The first moment of the calendar month (UTC). */
function monthStart(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

/**
 * What the seat may still begin this month: one credit for each conversation that was sent or is scheduled, given back by the
 * member's answer. Counted, not kept, so nothing can drift; whoever spends one holds the seat's row.
 */
export async function creditsLeft(
  tx: Sql,
  { tenantId, seatId }: Pick<Session, 'tenantId' | 'seatId'>,
  now: number,
): Promise<number> {
  const [row] = await tx<{ used: number }>`
    select count(*) as used from conversation
    where tenant_id = ${tenantId} and seat_id = ${seatId} and state in ('SENT', 'SCHEDULED')
      and coalesce(sent_at, last_at) >= ${monthStart(now)}`;
  return Math.max(0, MESSAGE_CREDITS - (row?.used ?? 0));
}

/** Whoever calls it holds the seat's row. @throws Refusal MESSAGE_NO_CREDITS, MESSAGE_TOO_MANY */
export async function spendCredit(tx: Tx, session: Session, now: number): Promise<void> {
  const { tenantId, seatId } = session;
  if ((await creditsLeft(tx, session, now)) === 0) throw new Refusal('MESSAGE_NO_CREDITS');
  const [row] = await tx<{ begun: number; oldest: number | null }>`
    select count(*) as begun, min(coalesce(sent_at, last_at)) as oldest from conversation
    where tenant_id = ${tenantId} and seat_id = ${seatId} and coalesce(sent_at, last_at) > ${now - HOUR_MS}`;
  if (row && row.begun >= MOST_AN_HOUR)
    throw new Refusal('MESSAGE_TOO_MANY', (row.oldest ?? now) + HOUR_MS - now);
}

/** By member, the last colleague who wrote within 30 days. Who and when is no secret among colleagues; what was written may be. */
export function recentOutreach(
  tx: Sql,
  { tenantId, seatId }: Pick<Session, 'tenantId' | 'seatId'>,
  memberIds: readonly number[],
  now: number,
): Statement<Outreach & { memberId: number }> {
  return tx<Outreach & { memberId: number }>`
    select distinct on (c.member_id) c.member_id as "memberId", m.first_name || ' ' || m.last_name as by, g.created_at as at
    from conversation c
    join conversation_message g on g.tenant_id = c.tenant_id and g.conversation_id = c.conversation_id and g.seat_id is not null
    join seat s on s.tenant_id = g.tenant_id and s.seat_id = g.seat_id
    join member m on m.member_id = s.member_id
    where c.tenant_id = ${tenantId} and c.member_id = any(${[...memberIds]}::bigint[]) and c.state <> 'SCHEDULED' and c.seat_id <> ${seatId}
      and g.created_at > ${now - RECENT_MS}
    order by c.member_id, g.created_at desc`;
}
