import { type ConfigurationKey, EVERY_SEAT, RECRUITER_TENANT } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Statement, Tx } from '../kernel/db.ts';
import { wakeReaders } from '../kernel/outbox.ts';
import { type AtsScope, type IntegrationKey, settleStatus } from './integrations.ts';
import { reopenDestination } from './notification.ts';

export interface Configuration {
  readonly key: ConfigurationKey;
  readonly value: string;
}

/** Puts values under keys of one integration. @returns whether there is such an integration */
export async function putConfigurations(
  ctx: Context,
  scope: AtsScope,
  integration: IntegrationKey,
  configurations: readonly Configuration[],
): Promise<boolean> {
  // An ATS that says where it can be reached means to be reached: also where it was given up under the same address.
  const hasCallback = configurations.some(({ key }) => key === 'CALLBACK_URL');
  const isThere = await ctx.db.transaction(scope.tenantId, async (tx) => {
    if ((await lockIntegration(tx, scope, integration)).length === 0) return false;
    await tx.commitWith([
      putStatement(tx, ctx, scope, integration, configurations),
      settleStatus(tx, ctx, scope, [integration]),
      ...(hasCallback ? reopenDestination(tx, scope.atsNo, ctx.clock.now()) : []),
    ]);
    return true;
  });
  if (isThere && hasCallback) await wakeReaders(ctx.db);
  return isThere;
}

/** @returns the values there are, or null where there is no such integration */
export async function getConfigurations(
  ctx: Context,
  scope: AtsScope,
  { type, contextUrn }: IntegrationKey,
): Promise<ReadonlyMap<string, string> | null> {
  const { tenantId, atsNo } = scope;
  const [integrations, rows] = await ctx.db.read(tenantId, (tx) =>
    tx.flight([
      tx`select 1 from integration where tenant_id = ${tenantId} and ats_no = ${atsNo} and integration_type = ${type}
           and tenant_type = ${RECRUITER_TENANT} and context_urn = ${contextUrn}`,
      tx<{ configuration_key: string; value: string }>`
        select configuration_key, value from integration_configuration
        where tenant_id = ${tenantId} and ats_no = ${atsNo} and integration_type = ${type}
          and tenant_type = ${RECRUITER_TENANT} and context_urn = ${contextUrn}`,
    ]),
  );
  if (integrations.length === 0) return null;
  return new Map(rows.map(({ configuration_key, value }) => [configuration_key, value]));
}

/** @returns the keys that were there, or null where there is no such integration */
export async function deleteConfigurations(
  ctx: Context,
  scope: AtsScope,
  integration: IntegrationKey,
  keys: readonly string[],
): Promise<ReadonlySet<string> | null> {
  const { tenantId, atsNo } = scope;
  return ctx.db.transaction(tenantId, async (tx) => {
    if ((await lockIntegration(tx, scope, integration)).length === 0) return null;
    const deleted = tx<{ configuration_key: string }>`
      delete from integration_configuration
      where tenant_id = ${tenantId} and ats_no = ${atsNo} and integration_type = ${integration.type}
        and tenant_type = ${RECRUITER_TENANT} and context_urn = ${integration.contextUrn}
        and configuration_key = any(${[...keys]}::text[])
      returning configuration_key`;
    const [rows] = await tx.commitWith([deleted, settleStatus(tx, ctx, scope, [integration])]);
    return new Set(rows.map((row) => row.configuration_key));
  });
}

/** The two configurations that open jobs and applications without an ACL to every seat of the organisation. */
export async function openToEverySeat(ctx: Context, scope: AtsScope, organisationUrn: string): Promise<void> {
  const put = (tx: Tx, type: IntegrationKey['type'], key: ConfigurationKey) =>
    putStatement(tx, ctx, scope, { type, contextUrn: organisationUrn }, [{ key, value: EVERY_SEAT }]);
  await ctx.db.pipeline(scope.tenantId, (tx) => [
    put(tx, 'ONE_CLICK_EXPORT', 'JOB_POSTING_VIEWERS'),
    put(tx, 'IN_ATS_INDICATOR', 'APPLICATION_VIEWERS'),
  ]);
}

/** Held to the end, so that a name that comes at the same time and this configuration see each other (settleStatus). */
function lockIntegration(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  { type, contextUrn }: IntegrationKey,
): Statement {
  return tx`
    select 1 from integration where tenant_id = ${tenantId} and ats_no = ${atsNo} and integration_type = ${type}
      and tenant_type = ${RECRUITER_TENANT} and context_urn = ${contextUrn} for update`;
}

function putStatement(
  tx: Tx,
  ctx: Context,
  { tenantId, atsNo }: AtsScope,
  { type, contextUrn }: IntegrationKey,
  configurations: readonly Configuration[],
): Statement {
  return tx`
    insert into integration_configuration
      (tenant_id, ats_no, integration_type, context_urn, configuration_key, value, updated_at)
    select ${tenantId}, ${atsNo}, ${type}, ${contextUrn}, c.key, c.value, ${ctx.clock.now()}
    from jsonb_to_recordset(${JSON.stringify(configurations)}::text::jsonb) as c (key text, value text)
    order by c.key
    on conflict (tenant_id, ats_no, integration_type, tenant_type, context_urn, configuration_key)
    do update set value = excluded.value, updated_at = excluded.updated_at`;
}
