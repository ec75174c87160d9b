import { MESSAGE_CREDITS, type Outreach } from '@carrick/protocol';
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

/**
 * Why this member cannot be written to; null: nothing speaks against it.
 * Whoever marks a person "do not contact" in one ATS means the company: every ATS of the organisation counts, seen or not.
 */
export async function contactBlock(
  ctx: Context,
  tx: Tx,
  tenantId: number,
  memberId: number,
): Promise<Refusal | null> {
  const [members, marked] = await Promise.all([
    readMembers(tx, [memberId]),
    tx<{ ats: string }>`
      select i.name as ats
      from candidate_member l
      join candidate c on c.tenant_id = l.tenant_id and c.ats_no = l.ats_no and c.id = l.candidate_id
      join ats_instance i on i.tenant_id = l.tenant_id and i.ats_no = l.ats_no
      where l.tenant_id = ${tenantId} and l.member_id = ${memberId} and c.do_not_contact
      order by i.ats_no limit 1`,
  ]);
  const member = members.get(memberId);
  if (!member || member.isClosed) return new Refusal('NOT_FOUND');
  const [mark] = marked;
  if (mark)
    return new Refusal(
      'MESSAGE_DO_NOT_CONTACT',
      null,
      `${mark.ats.trim() || 'Your ATS'} marks this person “do not contact”, so nothing is sent.`,
    );
  if (!canMail(ctx)) return new Refusal('MESSAGES_OFF');
  return member.emails.length === 0 ? new Refusal('MESSAGE_NO_ADDRESS') : null;
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
