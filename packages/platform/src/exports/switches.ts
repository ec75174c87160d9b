import type { ExportSwitches } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Session } from '../session/index.ts';
import { Refusal } from '../session/index.ts';

const EXPORT = 'ONE_CLICK_EXPORT';

/** The ATSs whose export is enabled for the company, and whether this contract uses it. */
export async function readSwitches(ctx: Context, { tenantId, contractId }: Session): Promise<ExportSwitches> {
  const rows = await ctx.db.read(
    tenantId,
    async (tx) => tx<{ ats_no: number; name: string; is_on: boolean }>`
      select i.ats_no, t.name, f.ats_no is null as is_on
      from integration i
      join ats_instance t on t.tenant_id = i.tenant_id and t.ats_no = i.ats_no
      left join integration_off f on f.tenant_id = i.tenant_id and f.contract_id = ${contractId} and f.ats_no = i.ats_no
        and f.integration_type = i.integration_type
      where i.tenant_id = ${tenantId} and i.integration_type = ${EXPORT} and i.status = 'ENABLED'
      order by i.ats_no`,
  );
  return { atss: rows.map((row) => ({ atsNo: row.ats_no, name: row.name, isOn: row.is_on })) };
}

/** @throws Refusal EXPORT_OFF where the company has no such export to switch */
export async function switchExport(
  ctx: Context,
  session: Session,
  { atsNo, isOn }: { atsNo: number; isOn: boolean },
): Promise<void> {
  const { tenantId, contractId, seatId } = session;
  const { atss } = await readSwitches(ctx, session);
  if (!atss.some((ats) => ats.atsNo === atsNo)) throw new Refusal('EXPORT_OFF');
  await ctx.db.pipeline(tenantId, (tx) => [
    isOn
      ? tx`delete from integration_off
           where tenant_id = ${tenantId} and contract_id = ${contractId} and ats_no = ${atsNo} and integration_type = ${EXPORT}`
      : tx`insert into integration_off (tenant_id, contract_id, ats_no, integration_type, seat_id, switched_at)
           values (${tenantId}, ${contractId}, ${atsNo}, ${EXPORT}, ${seatId}, ${ctx.clock.now()})
           on conflict do nothing`,
  ]);
}
