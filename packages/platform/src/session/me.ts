import type { Me } from '@carrick/protocol';
import { loadViewer, type Viewer, type ViewerSeat } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Sql, Statement } from '../kernel/db.ts';

/** What stands where an ATS has no name, or where there are several. */
const ANY_ATS = 'ATS';

interface SeatHolder {
  name: string;
  organisation: string;
  contract: string;
  is_admin: boolean;
  decides_matches: boolean;
}

/** What the shell of the app shows about the signed-in person. */
export async function readMe(ctx: Context, seat: ViewerSeat & { readonly email: string }): Promise<Me> {
  const [seats, viewer, exporter, [holder]] = await Promise.all([
    ctx.db.lookup<{
      seat_id: number;
      is_active: boolean;
    }>`select seat_id, is_active from seats_by_email(${seat.email})`,
    ctx.db.read(seat.tenantId, (tx) => loadViewer(tx, seat, 'indicator')),
    ctx.db.read(seat.tenantId, (tx) => loadViewer(tx, seat, 'export')),
    ctx.db.read(seat.tenantId, async (tx) => seatHolder(tx, seat)),
  ]);
  if (!holder) throw new Error('a session names a seat that does not exist');
  const exportWords = atsWords(exporter);
  return {
    name: holder.name,
    email: seat.email,
    organisation: holder.organisation,
    contract: holder.contract,
    isAdmin: holder.is_admin,
    decidesMatches: holder.decides_matches,
    hasOtherContracts: seats.some((other) => other.is_active && other.seat_id !== seat.seatId),
    ...atsWords(viewer),
    exportAtss: exportWords.atss,
    exportLabel: exportWords.atsLabel,
  };
}

/** The enabled ATSs and the one word that stands for them on shared controls. */
export function atsWords({ atss }: Viewer): Pick<Me, 'atss' | 'atsLabel'> {
  const named = atss.map(({ atsNo, name }) => ({ atsNo, name: name.trim() || ANY_ATS }));
  const [only] = named;
  return { atss: named, atsLabel: named.length === 1 && only ? only.name : ANY_ATS };
}

function seatHolder(tx: Sql, seat: ViewerSeat): Statement<SeatHolder> {
  return tx<SeatHolder>`
    select m.first_name || ' ' || m.last_name as name, o.name as organisation, c.name as contract, s.is_admin,
      s.is_admin or s.decides_matches as decides_matches
    from seat s
    join organisation o on o.tenant_id = s.tenant_id
    join contract c on c.tenant_id = s.tenant_id and c.contract_id = s.contract_id
    join member m on m.member_id = s.member_id
    where s.tenant_id = ${seat.tenantId} and s.seat_id = ${seat.seatId}`;
}
