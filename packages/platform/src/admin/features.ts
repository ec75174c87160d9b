import {
  CONTRACT_FEATURES,
  type ContractFeature,
  type ContractFeatureState,
  formatUrn,
} from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Statement, Tx } from '../kernel/db.ts';
import { Refusal, type Session } from '../session/index.ts';
import { audit } from './audit.ts';

/** In `contract_switch`: for whatever ATS there is, one that comes later included. */
const EVERY_ATS = 0;

interface SwitchRow {
  feature: ContractFeature;
  ats_no: number;
}
interface ExportRow {
  ats_no: number;
  name: string;
}

/** What the contract uses; export also ATS by ATS. */
export async function readFeatures(
  ctx: Context,
  { tenantId, contractId }: Session,
): Promise<readonly ContractFeatureState[]> {
  const [off, exporting] = await ctx.db.read(tenantId, (tx) =>
    tx.flight([
      tx<SwitchRow>`
        select feature, ats_no from contract_switch
        where tenant_id = ${tenantId} and contract_id = ${contractId} and not is_on`,
      tx<ExportRow>`
        select i.ats_no, t.name
        from integration i join ats_instance t on t.tenant_id = i.tenant_id and t.ats_no = i.ats_no
        where i.tenant_id = ${tenantId} and i.integration_type = 'ONE_CLICK_EXPORT' and i.status = 'ENABLED'
        order by i.ats_no`,
    ]),
  );
  const isOff = (feature: ContractFeature, atsNo: number) =>
    off.some((row) => row.feature === feature && (row.ats_no === EVERY_ATS || row.ats_no === atsNo));
  return CONTRACT_FEATURES.map((feature) => ({
    feature,
    isOn: !isOff(feature, EVERY_ATS),
    atss:
      feature === 'export'
        ? exporting.map(({ ats_no: atsNo, name }) => ({ atsNo, name, isOn: !isOff(feature, atsNo) }))
        : [],
  }));
}

/**
 * The one door of a contract's switches; holds from its next request. `atsNo`: export to this ATS only.
 * @throws Refusal EXPORT_OFF where the company has no such export to switch
 */
export async function setFeature(
  ctx: Context,
  session: Session,
  { feature, atsNo, isOn }: { feature: ContractFeature; atsNo?: number; isOn: boolean },
): Promise<void> {
  const { tenantId, contractId } = session;
  if (atsNo !== undefined) {
    const states = await readFeatures(ctx, session);
    const found = states.find((each) => each.feature === feature);
    if (!found?.atss.some((ats) => ats.atsNo === atsNo)) throw new Refusal('EXPORT_OFF');
  }
  await ctx.db.pipeline(tenantId, (tx) => [
    ...switchStatements(tx, contractId, { feature, atsNo: atsNo ?? EVERY_ATS, isOn, at: ctx.clock.now() }),
    audit(tx, ctx, session, {
      action: isOn ? 'feature-on' : 'feature-off',
      ...(atsNo === undefined ? {} : { atsNo }),
      subject: { feature, context: formatUrn('contract', contractId) },
    }),
  ]);
}

interface Switch {
  readonly feature: ContractFeature;
  readonly atsNo: number;
  readonly isOn: boolean;
  readonly at: number;
}

function switchStatements(tx: Tx, contractId: number, { feature, atsNo, isOn, at }: Switch): Statement[] {
  const { tenantId } = tx;
  const own = tx`tenant_id = ${tenantId} and contract_id = ${contractId} and feature = ${feature}`;
  if (!isOn)
    return [
      tx`insert into contract_switch (tenant_id, contract_id, feature, ats_no, is_on, changed_at)
         values (${tenantId}, ${contractId}, ${feature}, ${atsNo}, false, ${at})
         on conflict (tenant_id, contract_id, feature, ats_no) do update set is_on = false, changed_at = excluded.changed_at`,
    ];
  if (atsNo === EVERY_ATS) return [tx`delete from contract_switch where ${own}`];
  return [
    // Off for all and on for one is: off for each of the others.
    tx`insert into contract_switch (tenant_id, contract_id, feature, ats_no, is_on, changed_at)
       select ${tenantId}, ${contractId}, ${feature}, i.ats_no, false, ${at}
       from ats_instance i
       where i.tenant_id = ${tenantId} and i.ats_no <> ${atsNo}
         and exists (select from contract_switch where ${own} and ats_no = ${EVERY_ATS} and not is_on)
       on conflict (tenant_id, contract_id, feature, ats_no) do nothing`,
    tx`delete from contract_switch where ${own} and ats_no in (${EVERY_ATS}, ${atsNo})`,
  ];
}
