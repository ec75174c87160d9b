import { EXPORTS_A_MONTH, type ExportQuota } from '@carrick/protocol';
import type { ViewerSeat } from '../access/index.ts';
import type { Sql } from '../kernel/db.ts';

/** Where the seat stands in this calendar month of UTC. */
export async function readQuota(tx: Sql, seat: ViewerSeat, now: number): Promise<ExportQuota> {
  const { startsAt, endsAt } = monthOf(now);
  const [row] = await tx<{ used: number }>`
    select count(*) as used from profile_export
    where tenant_id = ${seat.tenantId} and seat_id = ${seat.seatId} and exported_at >= ${startsAt} and exported_at < ${endsAt}`;
  return { used: row?.used ?? 0, most: EXPORTS_A_MONTH, resetsAt: endsAt };
}

function monthOf(at: number): { readonly startsAt: number; readonly endsAt: number } {
  const day = new Date(at);
  const [year, month] = [day.getUTCFullYear(), day.getUTCMonth()];
  return { startsAt: Date.UTC(year, month), endsAt: Date.UTC(year, month + 1) };
}
