import type { Context } from '../kernel/context.ts';
import { forgetCallers } from './access-token.ts';

/** One ATS of one organisation. */
export interface AtsScope {
  readonly tenantId: number;
  readonly atsNo: number;
}

/** Company-level types serve the whole organisation; any one of them ENABLED admits every kind of record. */
export const COMPANY_INTEGRATIONS = ['ONE_CLICK_EXPORT', 'IN_ATS_INDICATOR', 'PROFILE_PLUGIN'] as const;
/** Opens one contract: its seats, messages and notes. */
export const CONTRACT_INTEGRATIONS = ['CSA_API'] as const;
export type IntegrationType = (typeof COMPANY_INTEGRATIONS)[number] | (typeof CONTRACT_INTEGRATIONS)[number];
export type IntegrationStatus = 'REQUESTED' | 'PARTNER_READY' | 'ENABLED';

export interface Integration {
  readonly type: IntegrationType;
  /** The organization's URN, or the contract's. */
  readonly contextUrn: string;
}

export interface Configuration extends Integration {
  readonly key: 'JOB_POSTING_VIEWERS' | 'APPLICATION_VIEWERS' | 'CALLBACK_URL';
  readonly value: string;
}

/** Who may see jobs and applications that no ACL secures. Its only value opens them to every seat; without it, nobody. */
const EVERY_SEAT = 'ALL_PRODUCT_USERS';

/** Sets the status of integrations, known before or not. The tokens of this process feel it at once. */
export async function setIntegrationStatus(
  ctx: Context,
  { tenantId, atsNo }: AtsScope,
  integrations: readonly Integration[],
  status: IntegrationStatus,
): Promise<void> {
  const rows = JSON.stringify(integrations);
  await ctx.db.transaction(
    tenantId,
    async (tx) =>
      tx`insert into integration (tenant_id, ats_no, integration_type, context_urn, status, updated_at)
       select ${tenantId}, ${atsNo}, i.type, i."contextUrn", ${status}, ${ctx.clock.now()}
       from jsonb_to_recordset(${rows}::text::jsonb) as i (type text, "contextUrn" text)
       on conflict (tenant_id, ats_no, integration_type, tenant_type, context_urn)
       do update set status = excluded.status, updated_at = excluded.updated_at`,
  );
  forgetCallers(ctx);
}

export async function setConfiguration(
  ctx: Context,
  { tenantId, atsNo }: AtsScope,
  { type, contextUrn, key, value }: Configuration,
): Promise<void> {
  await ctx.db.transaction(
    tenantId,
    async (tx) =>
      tx`insert into integration_configuration (tenant_id, ats_no, integration_type, context_urn, configuration_key, value, updated_at)
       values (${tenantId}, ${atsNo}, ${type}, ${contextUrn}, ${key}, ${value}, ${ctx.clock.now()})
       on conflict (tenant_id, ats_no, integration_type, tenant_type, context_urn, configuration_key)
       do update set value = excluded.value, updated_at = excluded.updated_at`,
  );
}

/** The two configurations that open jobs and applications without an ACL to every seat of the organisation. */
export async function openToEverySeat(ctx: Context, scope: AtsScope, organisationUrn: string): Promise<void> {
  const open = { contextUrn: organisationUrn, value: EVERY_SEAT };
  await setConfiguration(ctx, scope, { ...open, type: 'ONE_CLICK_EXPORT', key: 'JOB_POSTING_VIEWERS' });
  await setConfiguration(ctx, scope, { ...open, type: 'IN_ATS_INDICATOR', key: 'APPLICATION_VIEWERS' });
}
