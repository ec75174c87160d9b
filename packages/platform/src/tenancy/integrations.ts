import { randomUUID } from 'node:crypto';
import {
  type ConfigurationKey,
  DATA_PROVIDER,
  INTEGRATIONS,
  type IntegrationDefinition,
  type IntegrationType,
  type OnboardingStatus,
  ProtocolError,
  RECRUITER_TENANT,
} from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Statement, Tx } from '../kernel/db.ts';
import { wakeReaders } from '../kernel/outbox.ts';
import { forgetCallers } from './access-token.ts';
import { foreignContexts } from './integration-key.ts';
import { findNotification, NO_REQUEST, notify } from './notification.ts';
import { bindAts } from './oauth-application.ts';
import { describeWaiting } from './onboarding-status.ts';
import { type Organisation, TenancyError } from './organisation.ts';

/** One ATS of one organisation. */
export interface AtsScope {
  readonly tenantId: number;
  readonly atsNo: number;
}

export interface IntegrationKey {
  readonly type: IntegrationType;
  /** The organization's URN, or the contract's. */
  readonly contextUrn: string;
}

export interface Integration extends IntegrationKey {
  readonly status: OnboardingStatus;
  /** As the ATS calls it; null until it does. */
  readonly name: string | null;
  readonly configurationKeys: readonly ConfigurationKey[];
}

/** An organisation with more integrations than this is told so; all of them keep working. */
const INTEGRATIONS_WARNED_ABOVE = 15;
const STATUS_CHANGE = 'INTEGRATION_STATUS_CHANGE';

const REQUIRED = JSON.stringify(
  Object.entries(INTEGRATIONS).flatMap(([type, { requiredKeys }]: [string, IntegrationDefinition]) =>
    requiredKeys.map((key) => ({ type, key })),
  ),
);

/**
 * What the customer asks for: REQUESTED, where it is not known already. The first request binds the application to the
 * organisation.
 * @throws TenancyError when the application serves another organisation, or a contract is not the organisation's
 */
export async function requestIntegrations(
  ctx: Context,
  organisation: Pick<Organisation, 'tenantId' | 'urn'>,
  application: { readonly applicationId: number; readonly name: string },
  keys: readonly IntegrationKey[],
): Promise<AtsScope & { readonly warning: string | null }> {
  const { tenantId, urn } = organisation;
  const contexts = keys.map(({ contextUrn }) => contextUrn);
  const [foreign] = await foreignContexts(ctx, { tenantId, organisationUrn: urn }, contexts);
  if (foreign !== undefined)
    throw new TenancyError(`${foreign} is neither the organisation nor one of its contracts`);
  const atsNo = await bindAts(ctx, tenantId, application.applicationId, application.name);
  const [, [counted]] = await ctx.db.pipeline(tenantId, (tx) => [
    tx`insert into integration (tenant_id, ats_no, integration_type, context_urn, status, requested_at, updated_at)
       select ${tenantId}, ${atsNo}, k.type, k."contextUrn", 'REQUESTED', ${ctx.clock.now()}, ${ctx.clock.now()}
       from jsonb_to_recordset(${JSON.stringify(keys)}::text::jsonb) as k (type text, "contextUrn" text)
       order by k.type, k."contextUrn"
       on conflict (tenant_id, ats_no, integration_type, tenant_type, context_urn) do nothing`,
    tx<{ total: number }>`select count(*) as total from integration where tenant_id = ${tenantId}`,
  ]);
  const total = counted?.total ?? 0;
  const warning =
    total > INTEGRATIONS_WARNED_ABOVE
      ? `the organisation has ${total} integrations; more than ${INTEGRATIONS_WARNED_ABOVE} are hard to survey: delete those of no use`
      : null;
  return { tenantId, atsNo, warning };
}

/** All integrations of an ATS, those that an administrator deleted excepted. */
export async function listIntegrations(ctx: Context, scope: AtsScope): Promise<Integration[]> {
  return ctx.db.read(scope.tenantId, async (tx) => (await integrationRows(tx, scope)).map(integrationOf));
}

/**
 * What a notification told the ATS to look at, as it is now.
 * @throws ProtocolError REQUEST_EXPIRED; NOT_FOUND for an id that is unknown or another's, or whose integration was deleted
 */
export async function findNotified(ctx: Context, scope: AtsScope, requestId: string): Promise<Integration> {
  const { subject } = await findNotification(ctx, scope, STATUS_CHANGE, requestId);
  const { integrationType, integrationContext } = subject as NotifiedIntegration; // switchIntegration wrote it
  const found = (await listIntegrations(ctx, scope)).find(
    (each) => each.type === integrationType && each.contextUrn === integrationContext,
  );
  if (!found) throw new ProtocolError('NOT_FOUND', NO_REQUEST);
  return found;
}

/** The subject of a notification: an integration's key in wire names. */
interface NotifiedIntegration {
  readonly integrationContext: string;
  readonly integrationType: IntegrationType;
  readonly tenantType: typeof RECRUITER_TENANT;
  readonly dataProvider: typeof DATA_PROVIDER;
}

/** Names integrations as the ATS's customers shall see them. @returns those that are known */
export async function nameIntegrations(
  ctx: Context,
  { tenantId, atsNo }: AtsScope,
  named: readonly (IntegrationKey & { readonly name: string })[],
): Promise<readonly IntegrationKey[]> {
  const rows = await ctx.db.transaction(tenantId, async (tx) => {
    const found = tx<{ type: IntegrationType; contextUrn: string }>`
      update integration i set name = n.name, updated_at = ${ctx.clock.now()}
      from (
        select k.* from jsonb_to_recordset(${JSON.stringify(named)}::text::jsonb) as k (type text, "contextUrn" text, name text)
        order by k.type, k."contextUrn"
      ) n
      where i.tenant_id = ${tenantId} and i.ats_no = ${atsNo} and i.integration_type = n.type and i.context_urn = n."contextUrn"
      returning i.integration_type as type, i.context_urn as "contextUrn"`;
    const [names] = await tx.commitWith([found, settleStatus(tx, ctx, { tenantId, atsNo }, named)]);
    return names;
  });
  return rows;
}

/**
 * Lifts to PARTNER_READY what has its name and required configurations, and takes back what lost one of them. ENABLED is
 * the customer's switch, and stays. Comes behind a statement that locked the integration's row, or two halves that
 * arrive at once would each miss the other.
 */
export function settleStatus(
  tx: Tx,
  ctx: Context,
  { tenantId, atsNo }: AtsScope,
  keys: readonly IntegrationKey[],
): Statement {
  return tx`
    update integration i set updated_at = ${ctx.clock.now()}, status = case
      when i.name is null or exists (
        select from jsonb_to_recordset(${REQUIRED}::text::jsonb) as r (type text, key text)
        where r.type = i.integration_type and not exists (
          select from integration_configuration c
          where c.tenant_id = i.tenant_id and c.ats_no = i.ats_no and c.integration_type = i.integration_type
            and c.tenant_type = i.tenant_type and c.context_urn = i.context_urn and c.configuration_key = r.key
        )
      ) then 'REQUESTED' else 'PARTNER_READY' end
    from jsonb_to_recordset(${JSON.stringify(keys)}::text::jsonb) as k (type text, "contextUrn" text)
    where i.tenant_id = ${tenantId} and i.ats_no = ${atsNo} and i.status <> 'ENABLED'
      and i.integration_type = k.type and i.context_urn = k."contextUrn"`;
}

/**
 * The customer's switch. Turned off, the integration is PARTNER_READY again; what was synced stays. The ATS is notified.
 * `besides`: what is written if and only if something changed.
 * @returns the notification's id, which is the finder's request id; null where nothing changed
 * @throws TenancyError when the integration is not there, or is not yet PARTNER_READY: it says who has to act
 */
export async function switchIntegration(
  ctx: Context,
  scope: AtsScope,
  { type, contextUrn }: IntegrationKey,
  isOn: boolean,
  besides: (tx: Tx) => readonly Statement[] = () => [],
): Promise<string | null> {
  const { tenantId, atsNo } = scope;
  const [from, to] = isOn ? ['PARTNER_READY', 'ENABLED'] : ['ENABLED', 'PARTNER_READY'];
  const now = ctx.clock.now();
  const notificationId = await ctx.db.transaction(tenantId, async (tx) => {
    const before = (await integrationRows(tx, scope))
      .map(integrationOf)
      .find((each) => each.type === type && each.contextUrn === contextUrn);
    if (!before) throw new TenancyError(`nobody has requested ${type} for ${contextUrn}`);
    if (before.status === to) return null;
    const changed = await tx`
      update integration set status = ${to}, updated_at = ${now}, switched_at = ${now}
      where tenant_id = ${tenantId} and ats_no = ${atsNo} and integration_type = ${type} and context_urn = ${contextUrn}
        and status = ${from} returning 1`;
    if (changed.length === 0) throw new TenancyError(`${type} for ${contextUrn} ${describeWaiting(before)}`);
    const id = randomUUID();
    const subject: NotifiedIntegration = {
      integrationContext: contextUrn,
      integrationType: type,
      tenantType: RECRUITER_TENANT,
      dataProvider: DATA_PROVIDER,
    };
    const integration = { type, contextUrn };
    await tx.commitWith([
      ...besides(tx),
      notify(tx, ctx, { notificationId: id, atsNo, type: STATUS_CHANGE, integration, subject }),
    ]);
    return id;
  });
  await forgetCallers(ctx);
  await wakeReaders(ctx.db);
  return notificationId;
}

/** Removes an integration with its configurations; the ATS's records stay. @returns whether it was there */
export async function deleteIntegration(
  ctx: Context,
  { tenantId, atsNo }: AtsScope,
  { type, contextUrn }: IntegrationKey,
): Promise<boolean> {
  const [deleted] = await ctx.db.pipeline(tenantId, (tx) => [
    tx`delete from integration where tenant_id = ${tenantId} and ats_no = ${atsNo} and integration_type = ${type}
         and context_urn = ${contextUrn}`,
    tx`delete from integration_configuration where tenant_id = ${tenantId} and ats_no = ${atsNo}
         and integration_type = ${type} and context_urn = ${contextUrn}`,
  ]);
  await forgetCallers(ctx);
  return deleted.count > 0;
}

/** Sets the status of integrations, known before or not, past all conditions: for sandboxes and tests. */
export async function setIntegrationStatus(
  ctx: Context,
  { tenantId, atsNo }: AtsScope,
  integrations: readonly IntegrationKey[],
  status: OnboardingStatus,
): Promise<void> {
  const rows = JSON.stringify(integrations);
  await ctx.db.transaction(
    tenantId,
    async (tx) =>
      tx`insert into integration (tenant_id, ats_no, integration_type, context_urn, name, status, updated_at)
       select t.tenant_id, t.ats_no, i.type, i."contextUrn", t.name, ${status}, ${ctx.clock.now()}
       from jsonb_to_recordset(${rows}::text::jsonb) as i (type text, "contextUrn" text)
       join ats_instance t on t.tenant_id = ${tenantId} and t.ats_no = ${atsNo}
       on conflict (tenant_id, ats_no, integration_type, tenant_type, context_urn)
       do update set status = excluded.status, updated_at = excluded.updated_at`,
  );
  await forgetCallers(ctx);
}

interface IntegrationRow {
  integration_type: IntegrationType;
  context_urn: string;
  status: OnboardingStatus;
  name: string | null;
  configuration_keys: readonly ConfigurationKey[];
}

function integrationRows(tx: Tx, { tenantId, atsNo }: AtsScope): Statement<IntegrationRow> {
  return tx<IntegrationRow>`
    select i.integration_type, i.context_urn, i.status, i.name, array(
      select c.configuration_key from integration_configuration c
      where c.tenant_id = i.tenant_id and c.ats_no = i.ats_no and c.integration_type = i.integration_type
        and c.tenant_type = i.tenant_type and c.context_urn = i.context_urn
      order by c.configuration_key
    ) as configuration_keys
    from integration i
    where i.tenant_id = ${tenantId} and i.ats_no = ${atsNo} and i.tenant_type = ${RECRUITER_TENANT}
    order by i.integration_type, i.context_urn`;
}

function integrationOf(row: IntegrationRow): Integration {
  return {
    type: row.integration_type,
    contextUrn: row.context_urn,
    status: row.status,
    name: row.name,
    configurationKeys: row.configuration_keys,
  };
}
