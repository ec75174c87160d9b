import type { SeatChange } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import { Refusal, type Session } from '../session/index.ts';
import { audit } from './audit.ts';

/**
 * Switches a seat of the contract on or off, or changes what it may; holds from its next request. Nobody changes the own seat, so a
 * contract never loses its last administrator.
 * @throws Refusal NO_SUCH_SEAT, OWN_SEAT
 */
export async function changeSeat(
  ctx: Context,
  session: Session,
  { seatId, isActive, isAdmin, decidesMatches }: SeatChange,
): Promise<void> {
  const { tenantId, contractId } = session;
  if (seatId === String(session.seatId)) throw new Refusal('OWN_SEAT');
  await ctx.db.transaction(tenantId, async (tx) => {
    const [changed] = await tx<{ seat_id: number }>`
      update seat set is_active = coalesce(${isActive ?? null}::boolean, is_active),
        is_admin = coalesce(${isAdmin ?? null}::boolean, is_admin),
        decides_matches = coalesce(${decidesMatches ?? null}::boolean, decides_matches)
      where tenant_id = ${tenantId} and contract_id = ${contractId} and seat_id::text = ${seatId}
      returning seat_id`;
    if (!changed) throw new Refusal('NO_SUCH_SEAT');
    const seat = changed.seat_id;
    await tx.commitWith([
      ...(isActive === undefined
        ? []
        : [audit(tx, ctx, session, { action: isActive ? 'seat-on' : 'seat-off', subject: { seat } })]),
      ...(isAdmin === undefined
        ? []
        : [
            audit(tx, ctx, session, {
              action: isAdmin ? 'administrator-on' : 'administrator-off',
              subject: { seat },
            }),
          ]),
      ...(decidesMatches === undefined
        ? []
        : [
            audit(tx, ctx, session, {
              action: decidesMatches ? 'matching-on' : 'matching-off',
              subject: { seat },
            }),
          ]),
    ]);
  });
}
