import { NOTE_LIMITS, type PersonShare, type ShareRequest } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Sql, Statement } from '../kernel/db.ts';
import { Refusal, type Session } from '../session/index.ts';
import { requirePerson } from './person.ts';

interface ShareRow {
  readonly share_no: number;
  readonly seat_id: number;
  readonly to_seat_id: number;
  readonly by: string;
  readonly to: string;
  readonly note: string;
  readonly shared_at: number;
}

const MOST = 100;

/** Who of the contract asked whom to look at this person. */
export function shareStatement(
  tx: Sql,
  { tenantId, contractId }: Session,
  memberId: number,
): Statement<ShareRow> {
  return tx<ShareRow>`
    select h.share_no, h.seat_id, h.to_seat_id, h.note, h.shared_at,
      m.first_name || ' ' || m.last_name as by, o.first_name || ' ' || o.last_name as to
    from person_share h
    join seat s on s.tenant_id = h.tenant_id and s.seat_id = h.seat_id
    join member m on m.member_id = s.member_id
    join seat t on t.tenant_id = h.tenant_id and t.seat_id = h.to_seat_id
    join member o on o.member_id = t.member_id
    where h.tenant_id = ${tenantId} and h.contract_id = ${contractId} and h.member_id = ${memberId}
    order by h.shared_at desc, h.share_no desc limit ${MOST}`;
}

export function toShare(row: ShareRow, { seatId }: Pick<Session, 'seatId'>): PersonShare {
  const { share_no: no, by, to, shared_at: at } = row;
  const isOwn = row.seat_id === seatId;
  const isForMe = row.to_seat_id === seatId;
  return { no, by, to, note: isOwn || isForMe ? row.note : null, isOwn, isForMe, at };
}

export function colleagueStatement(
  tx: Sql,
  { tenantId, contractId, seatId }: Session,
): Statement<{ readonly seat_id: number; readonly name: string }> {
  return tx`
    select s.seat_id, m.first_name || ' ' || m.last_name as name
    from seat s join member m on m.member_id = s.member_id
    where s.tenant_id = ${tenantId} and s.contract_id = ${contractId} and s.seat_id <> ${seatId} and s.is_active
    order by name, s.seat_id`;
}

/** Asked again, it counts as asked now, with the new words. @throws Refusal NOTE_NOT_VALID, NOT_FOUND, NO_SUCH_SEAT */
export async function sharePerson(
  ctx: Context,
  session: Session,
  personId: string,
  { seatId: toSeatId, note }: ShareRequest,
): Promise<void> {
  const text = note.trim();
  if (text.length > NOTE_LIMITS.share || text.includes('\u0000')) throw new Refusal('NOTE_NOT_VALID');
  const { tenantId, contractId, seatId } = session;
  await ctx.db.transaction(tenantId, async (tx) => {
    const memberId = await requirePerson(ctx, tx, session, personId);
    const colleagues = await colleagueStatement(tx, session);
    if (!colleagues.some(({ seat_id }) => seat_id === toSeatId)) throw new Refusal('NO_SUCH_SEAT');
    await tx.commitWith([
      tx`insert into person_share (tenant_id, contract_id, member_id, seat_id, to_seat_id, note, shared_at)
         values (${tenantId}, ${contractId}, ${memberId}, ${seatId}, ${toSeatId}, ${text}, ${ctx.clock.now()})
         on conflict (tenant_id, contract_id, member_id, seat_id, to_seat_id) do update
         set note = excluded.note, shared_at = excluded.shared_at`,
    ]);
  });
}

/** One's own only; of somebody else's nothing happens, as of one that is gone. */
export async function takeShareBack(ctx: Context, { tenantId, seatId }: Session, no: number): Promise<void> {
  await ctx.db.pipeline(tenantId, (tx) => [
    tx`delete from person_share where tenant_id = ${tenantId} and share_no = ${no} and seat_id = ${seatId}`,
  ]);
}
