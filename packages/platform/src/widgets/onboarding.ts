import {
  type BundleStatus,
  formatUrn,
  INTEGRATION_BUNDLES,
  INTEGRATIONS,
  type IntegrationType,
  type OnboardingAnswer,
  type OnboardingBundle,
  type OnboardingHelp,
  type OnboardingStatus,
  RECRUITER_TENANT,
  type RequestedBundle,
} from '@carrick/protocol';
import { audit, notifiableAt, notifyPartner, readAdministrators } from '../admin/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Outbox } from '../kernel/outbox.ts';
import { Refusal, type Session } from '../session/index.ts';
import { requestIntegrations, TenancyError } from '../tenancy/index.ts';
import type { WidgetKey } from './key.ts';

const SETTINGS_PATH = '/admin/ats';
const BUNDLES = Object.keys(INTEGRATION_BUNDLES) as (keyof typeof INTEGRATION_BUNDLES)[]; // the table's own keys
const ORDER: readonly BundleStatus[] = ['NOT_REQUESTED', 'REQUESTED', 'PARTNER_READY', 'ENABLED'];

interface IntegrationRow {
  ats_no: number;
  ats: string;
  type: IntegrationType;
  context_urn: string;
  status: OnboardingStatus;
  requested_at: number;
  told_at: number | null;
}

/** How far each bundle is, for an administrator; whom to ask, for everybody else. `origin`: ours, as the browser sees it. */
export async function readOnboarding(
  ctx: Context,
  { ats, name }: WidgetKey,
  session: Session,
  origin: string,
): Promise<OnboardingAnswer | OnboardingHelp> {
  if (!session.isAdmin) {
    const { names } = await readAdministrators(ctx, session);
    return { for: 'others', administrators: names };
  }
  const { tenantId, contractId } = session;
  const contractUrn = formatUrn('contract', contractId);
  const [[company], rows] = await ctx.db.read(tenantId, (tx) =>
    tx.flight([
      tx<{ organisation: string; urn: string; contract: string }>`
        select o.name as organisation, o.urn, c.name as contract
        from organisation o join contract c on c.tenant_id = o.tenant_id and c.contract_id = ${contractId}
        where o.tenant_id = ${tenantId}`,
      tx<IntegrationRow>`
        select i.ats_no, t.name as ats, i.integration_type as type, i.context_urn, i.status,
          coalesce(i.requested_at, i.updated_at) as requested_at, t.partner_told_at as told_at
        from integration i
        join ats_instance t on t.tenant_id = i.tenant_id and t.ats_no = i.ats_no
        join organisation o on o.tenant_id = i.tenant_id
        where i.tenant_id = ${tenantId} and i.tenant_type = ${RECRUITER_TENANT}
          and i.context_urn in (o.urn, ${contractUrn})
        order by t.name`,
    ]),
  );
  if (!company) throw new Error('a session names a contract that does not exist');
  const own = rows.filter((row) => row.ats_no === ats?.atsNo);
  const others = rows.filter((row) => row.ats_no !== ats?.atsNo && row.status === 'ENABLED');
  const waiting = own.filter(({ status }) => status === 'REQUESTED');
  return {
    for: 'administrator',
    organisation: company.organisation,
    contract: company.contract,
    ats: own[0]?.ats ?? name,
    bundles: BUNDLES.map((bundle): OnboardingBundle => {
      const types: readonly IntegrationType[] = INTEGRATION_BUNDLES[bundle];
      const integrations = types.map((type) => {
        const integrationContext = contextOf(type, company.urn, contractUrn);
        const row = own.find((each) => each.type === type && each.context_urn === integrationContext);
        return { type, integrationContext, status: row?.status ?? ('NOT_REQUESTED' as const) };
      });
      const statuses = integrations.map(({ status }) => status);
      return {
        bundle,
        integrations,
        status: ORDER.find((status) => statuses.includes(status)) ?? 'NOT_REQUESTED',
        elsewhere: [...new Set(others.filter(({ type }) => types.includes(type)).map((row) => row.ats))],
      };
    }),
    canNotifyAt: notifiableAt(
      waiting.map((row) => row.requested_at),
      own[0]?.told_at ?? null,
    ),
    notifiedAt: waiting.length === 0 ? null : (own[0]?.told_at ?? null),
    settingsUrl: `${origin}${SETTINGS_PATH}`,
    answeredAt: ctx.clock.now(),
  };
}

/**
 * Asks for what a bundle holds. The first request makes the key's application an ATS of the company; what was asked for before stays
 * as it is.
 * @throws Refusal ADMINISTRATORS_ONLY, BAD_REQUEST for no bundle of ours, WIDGET_BAD_CONTEXT where the key is another company's
 */
export async function requestBundle(
  ctx: Context,
  key: WidgetKey,
  session: Session,
  bundle: string,
): Promise<RequestedBundle> {
  requireAdmin(session);
  const known = BUNDLES.find((each) => each === bundle);
  if (!known) throw new Refusal('BAD_REQUEST');
  const { tenantId, contractId } = session;
  const [organisation] = await ctx.db.read(
    tenantId,
    async (tx) => tx<{ urn: string }>`select urn from organisation where tenant_id = ${tenantId}`,
  );
  if (!organisation) throw new Error('a session names an organisation that does not exist');
  const keys = INTEGRATION_BUNDLES[known].map((type) => ({
    type,
    contextUrn: contextOf(type, organisation.urn, formatUrn('contract', contractId)),
  }));
  try {
    const { atsNo } = await requestIntegrations(ctx, { tenantId, urn: organisation.urn }, key, keys);
    await ctx.db.pipeline(tenantId, (tx) =>
      keys.map(({ type, contextUrn }) =>
        audit(tx, ctx, session, {
          action: 'integration-requested',
          atsNo,
          subject: { type, context: contextUrn },
        }),
      ),
    );
  } catch (error) {
    if (error instanceof TenancyError) throw new Refusal('WIDGET_BAD_CONTEXT');
    throw error;
  }
  return {
    integrations: keys.map(({ type, contextUrn }) => ({
      integrationContext: contextUrn,
      integrationType: type,
      tenantType: RECRUITER_TENANT,
    })),
  };
}

/** Tells the vendor that its customer waits: in its console, and by mail where it left an address. @throws Refusal TOO_SOON */
export async function notifyVendor(
  ctx: Context,
  outbox: Outbox,
  { ats }: WidgetKey,
  session: Session,
): Promise<void> {
  requireAdmin(session);
  if (!ats) throw new Refusal('NO_SUCH_INTEGRATION');
  await notifyPartner(ctx, outbox, session, ats.atsNo);
}

function requireAdmin({ isAdmin }: Session): void {
  if (!isAdmin) throw new Refusal('ADMINISTRATORS_ONLY');
}

function contextOf(type: IntegrationType, organisationUrn: string, contractUrn: string): string {
  return INTEGRATIONS[type].context === 'organization' ? organisationUrn : contractUrn;
}
