import {
  type AdminAts,
  type AdminIntegration,
  type ConfigurationKey,
  formatUrn,
  INTEGRATIONS,
  type IntegrationsAnswer,
  type IntegrationType,
  type OnboardingStatus,
} from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Statement, Tx } from '../kernel/db.ts';
import type { Session } from '../session/index.ts';
import { waitingOf } from '../tenancy/index.ts';
import { readFeatures } from './features.ts';

/** Beyond this nobody surveys them; all of them keep working. */
const MANY = 10;
/** A vendor that was asked just now is at it. */
const PATIENCE_MS = 10 * 60_000;

interface IntegrationRow {
  ats_no: number;
  type: IntegrationType;
  context_urn: string;
  status: OnboardingStatus;
  name: string | null;
  requested_at: number;
  switched_at: number | null;
  changed_by: string | null;
  keys: readonly ConfigurationKey[];
  delivery_id: string | null;
  delivery_state: 'pending' | 'delivered' | 'dead' | null;
  attempts: number | null;
  attempted_at: number | null;
  failure: string | null;
}
interface AtsRow {
  ats_no: number;
  name: string;
  partner_told_at: number | null;
  jobs: number;
  candidates: number;
  applications: number;
  unsecured_jobs: number;
  open: readonly string[];
}

/** Everything an administrator decides on: the ATSs, what is asked for, who has to act, what was told. */
export async function readIntegrations(ctx: Context, session: Session): Promise<IntegrationsAnswer> {
  const { tenantId, contractId } = session;
  const [providers, features, [[names], atss, integrations]] = await Promise.all([
    ctx.db.lookup<{
      name: string;
      contact_email: string | null;
      guide_url: string | null;
      ats_nos: number[];
    }>`select * from list_providers(${tenantId})`,
    readFeatures(ctx, session),
    ctx.db.read(tenantId, (tx) =>
      tx.flight([
        tx<{ organisation: string; urn: string; contract: string }>`
          select o.name as organisation, o.urn, c.name as contract
          from organisation o join contract c on c.tenant_id = o.tenant_id and c.contract_id = ${contractId}
          where o.tenant_id = ${tenantId}`,
        atsRows(tx),
        integrationRows(tx),
      ]),
    ),
  ]);
  if (!names) throw new Error('a session names a contract that does not exist');
  const contractUrn = formatUrn('contract', contractId);
  return {
    organisation: names.organisation,
    contract: names.contract,
    providers: providers.map((each) => ({
      name: each.name,
      contactEmail: each.contact_email,
      guideUrl: each.guide_url,
      atsNos: each.ats_nos,
    })),
    atss: atss.map((ats): AdminAts => {
      const own = integrations.filter(({ ats_no }) => ats_no === ats.ats_no);
      const provider = providers.find(({ ats_nos }) => ats_nos.includes(ats.ats_no));
      const shown = own.filter((each) => each.context_urn === names.urn || each.context_urn === contractUrn);
      const waiting = shown.filter(({ status }) => status === 'REQUESTED').map((row) => row.requested_at);
      const askedFor = own.filter((each) => each.type in VIEWERS && each.context_urn === names.urn);
      return {
        atsNo: ats.ats_no,
        name: displayName(ats.name, own),
        company: own.filter((each) => each.context_urn === names.urn).map(integrationOf),
        contract: own.filter((each) => each.context_urn === contractUrn).map(integrationOf),
        isOpen: askedFor.length === 0 ? null : askedFor.every(({ type }) => ats.open.includes(type)),
        unsecuredJobs: ats.unsecured_jobs,
        canNotifyAt: notifiableAt(waiting, ats.partner_told_at),
        partnerToldAt: ats.partner_told_at,
        hasPartner: provider !== undefined,
        hasPartnerContact: provider?.contact_email != null,
        records: { jobs: ats.jobs, candidates: ats.candidates, applications: ats.applications },
      };
    }),
    features,
    tooMany: integrations.length > MANY ? integrations.length : null,
    answeredAt: ctx.clock.now(),
  };
}

/** From when the vendor may be told that it is waited for; null where nothing waits. Times of requests that it has not answered. */
export function notifiableAt(requestedAt: readonly number[], toldAt: number | null): number | null {
  return requestedAt.length === 0 ? null : Math.max(Math.min(...requestedAt), toldAt ?? 0) + PATIENCE_MS;
}

/** Which integrations have a configuration that opens what no rule secures. */
export const VIEWERS = {
  ONE_CLICK_EXPORT: 'JOB_POSTING_VIEWERS',
  IN_ATS_INDICATOR: 'APPLICATION_VIEWERS',
} as const satisfies Partial<Record<IntegrationType, ConfigurationKey>>;

/** As the vendor calls it, where all its integrations have one name. */
function displayName(ats: string, integrations: readonly { readonly name: string | null }[]): string {
  const [name, ...others] = new Set(integrations.flatMap((each) => each.name?.trim() || []));
  return (name !== undefined && others.length === 0 ? name : ats.trim()) || 'ATS';
}

function integrationOf(row: IntegrationRow): AdminIntegration {
  const facts = { type: row.type, status: row.status, name: row.name, configurationKeys: row.keys };
  return {
    type: row.type,
    contextUrn: row.context_urn,
    status: row.status,
    wasSwitchedOff: row.status === 'PARTNER_READY' && row.switched_at !== null,
    name: row.name,
    since: row.switched_at ?? row.requested_at,
    changedBy: row.changed_by,
    changedAt: row.switched_at,
    missing: waitingOf(facts).missing,
    configurationKeys: row.keys,
    notice:
      row.delivery_id === null || row.delivery_state === null
        ? null
        : {
            deliveryId: row.delivery_id,
            state: row.delivery_state,
            attempts: row.attempts ?? 0,
            attemptedAt: row.attempted_at,
            failure: row.failure,
          },
  };
}

function atsRows(tx: Tx): Statement<AtsRow> {
  return tx<AtsRow>`
    select i.ats_no, i.name, i.partner_told_at,
      (select count(*) from job j where j.tenant_id = i.tenant_id and j.ats_no = i.ats_no) as jobs,
      (select count(*) from candidate c where c.tenant_id = i.tenant_id and c.ats_no = i.ats_no) as candidates,
      (select count(*) from application a where a.tenant_id = i.tenant_id and a.ats_no = i.ats_no) as applications,
      (
        select count(*) from job j
        where j.tenant_id = i.tenant_id and j.ats_no = i.ats_no and not exists (
          select from entity_acl s
          where s.tenant_id = j.tenant_id and s.ats_no = j.ats_no and s.entity_type = 'JOB_POSTING' and s.entity_id = j.id
        )
      ) as unsecured_jobs,
      array(
        select c.integration_type from integration_configuration c
        where c.tenant_id = i.tenant_id and c.ats_no = i.ats_no
          and c.configuration_key in ('JOB_POSTING_VIEWERS', 'APPLICATION_VIEWERS')
      ) as open
    from ats_instance i
    where i.tenant_id = ${tx.tenantId} and exists (select from integration e where e.tenant_id = i.tenant_id and e.ats_no = i.ats_no)
    order by i.ats_no`;
}

function integrationRows(tx: Tx): Statement<IntegrationRow> {
  return tx<IntegrationRow>`
    select i.ats_no, i.integration_type as type, i.context_urn, i.status, i.name,
      coalesce(i.requested_at, i.updated_at) as requested_at, i.switched_at,
      (
        select m.first_name || ' ' || m.last_name
        from audit_entry a
        join seat s on s.tenant_id = a.tenant_id and s.seat_id = a.seat_id
        join member m on m.member_id = s.member_id
        where a.tenant_id = i.tenant_id and a.ats_no = i.ats_no and a.at >= i.switched_at
          and a.action in ('integration-on', 'integration-off')
          and a.subject ->> 'type' = i.integration_type and a.subject ->> 'context' = i.context_urn
        order by a.entry_no desc limit 1
      ) as changed_by,
      array(
        select c.configuration_key from integration_configuration c
        where c.tenant_id = i.tenant_id and c.ats_no = i.ats_no and c.integration_type = i.integration_type
          and c.context_urn = i.context_urn
        order by c.configuration_key
      ) as keys,
      d.notification_id as delivery_id, d.state as delivery_state, d.attempts, d.attempted_at, d.failure
    from integration i
    left join lateral (
      select e.* from delivery e
      join notification n on n.tenant_id = e.tenant_id and n.notification_id = e.notification_id
      where e.tenant_id = i.tenant_id and e.ats_no = i.ats_no and e.integration_type = i.integration_type
        and e.context_urn = i.context_urn and n.type = 'INTEGRATION_STATUS_CHANGE'
      order by e.delivery_no desc limit 1
    ) d on true
    where i.tenant_id = ${tx.tenantId} and i.tenant_type = 'RECRUITER' and i.integration_type = any(${TYPES}::text[])
    order by array_position(${TYPES}::text[], i.integration_type), i.context_urn`;
}

const TYPES = Object.keys(INTEGRATIONS);
