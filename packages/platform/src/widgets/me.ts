import type { WidgetMe, WidgetSeat } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import { Refusal } from '../session/index.ts';
import type { WidgetKey } from './key.ts';
import type { WidgetSession } from './session.ts';

/** Who sits before the frame. Of a seat at another company nothing is told but that it is none of this one. */
export async function readWidgetMe(
  ctx: Context,
  { ats }: WidgetKey,
  session: WidgetSession | null,
): Promise<WidgetMe> {
  if (!session) return { state: 'signed-out' };
  const { tenantId, who } = session;
  if ('candidateId' in who) return { state: 'no-seat', reason: 'seatless' };
  // A key that serves nobody yet is anybody's who asks for an integration with it.
  if (ats && ats.tenantId !== tenantId) return { state: 'no-seat', reason: 'foreign' };
  const [[person], seats] = await ctx.db.read(tenantId, (tx) =>
    tx.flight([
      tx<{ name: string; organisation: string }>`
        select m.first_name || ' ' || m.last_name as name, o.name as organisation
        from member m join organisation o on o.tenant_id = ${tenantId}
        where m.member_id = ${who.memberId}`,
      tx<{ seat_id: number; contract: string; is_admin: boolean }>`
        select s.seat_id, c.name as contract, s.is_admin
        from seat s join contract c on c.tenant_id = s.tenant_id and c.contract_id = s.contract_id
        where s.tenant_id = ${tenantId} and s.member_id = ${who.memberId} and s.is_active
        order by c.name, s.seat_id`,
    ]),
  );
  if (!person) throw new Error('a seat holder who is no member');
  return {
    state: 'signed-in',
    name: person.name,
    email: who.email,
    organisation: person.organisation,
    isAdmin: who.isAdmin,
    seats: seats.map(
      (seat): WidgetSeat => ({
        seatId: String(seat.seat_id),
        contract: seat.contract,
        isCurrent: seat.seat_id === who.seatId,
        isAdmin: seat.is_admin,
      }),
    ),
  };
}

/** The same person on another contract of the same company. @throws Refusal NO_SUCH_SEAT */
export async function chooseSeat(ctx: Context, session: WidgetSession, seatId: string): Promise<void> {
  const { tenantId, tokenSha256, who } = session;
  if ('candidateId' in who || !/^[1-9]\d{0,14}$/.test(seatId)) throw new Refusal('NO_SUCH_SEAT');
  const [moved] = await ctx.db.pipeline(tenantId, (tx) => [
    tx`update widget_session e set seat_id = s.seat_id
       from seat s
       where e.tenant_id = ${tenantId} and e.token_sha256 = ${tokenSha256} and s.tenant_id = ${tenantId}
         and s.seat_id = ${Number(seatId)} and s.member_id = ${who.memberId} and s.is_active`,
  ]);
  if (moved.count === 0) throw new Refusal('NO_SUCH_SEAT');
}
