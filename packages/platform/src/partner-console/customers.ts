import type { ConfigurationKey, IntegrationType, OnboardingStatus, PartnerCustomer } from '@carrick/protocol';
import { formatUrn } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import { Refusal } from '../session/index.ts';
import { waitingOf } from '../tenancy/index.ts';
import type { PartnerSession } from './partner-session.ts';

interface CustomerRow {
  application_id: number;
  foreign_id: string | null;
  name: string;
  description: string;
  client_id: string;
  access: PartnerCustomer['access'];
  callback_urls: readonly string[];
  js_domains: readonly string[];
  former_until: number | null;
  secret_used_at: number | null;
  tenant_id: number | null;
  ats_no: number | null;
  organisation: string | null;
  organisation_urn: string | null;
  partner_told_at: number | null;
  last_call_at: number | null;
  callback_url: string | null;
  integrations: readonly {
    readonly type: IntegrationType;
    readonly contextUrn: string;
    readonly status: OnboardingStatus;
    readonly name: string | null;
    readonly configurationKeys: readonly ConfigurationKey[];
  }[];
}

/** A customer with what the console itself needs to act for it. */
export interface KnownCustomer extends PartnerCustomer {
  readonly scope: { readonly tenantId: number; readonly atsNo: number } | null;
}

export async function listCustomers(ctx: Context, { partnerId }: PartnerSession): Promise<KnownCustomer[]> {
  const rows = await ctx.db.lookup<CustomerRow & object>`select * from list_partner_customers(${partnerId})`;
  return rows.map((row) => customerOf(row, ctx.clock.now()));
}

/** One of the vendor's own. @throws Refusal NO_SUCH_CUSTOMER, the same for another vendor's as for none */
export async function requireCustomer(
  ctx: Context,
  session: PartnerSession,
  applicationId: number,
): Promise<KnownCustomer> {
  const found = (await listCustomers(ctx, session)).find((each) => each.applicationId === applicationId);
  if (!found) throw new Refusal('NO_SUCH_CUSTOMER');
  return found;
}

/** Without what stays on the server. */
export function shownCustomer({ scope: _, ...customer }: KnownCustomer): PartnerCustomer {
  return customer;
}

function customerOf(row: CustomerRow, now: number): KnownCustomer {
  const integrations = row.integrations.map(({ type, contextUrn, status, name, configurationKeys }) => ({
    type,
    contextUrn,
    status,
    missing: waitingOf({ type, status, name, configurationKeys }).missing,
  }));
  const isWaiting = integrations.some(({ status }) => status === 'REQUESTED');
  return {
    applicationId: row.application_id,
    urn: formatUrn('developerApplication', row.application_id),
    foreignId: row.foreign_id,
    name: row.name,
    description: row.description,
    clientId: row.client_id,
    access: row.access,
    jsDomains: row.js_domains,
    redirectAddresses: row.callback_urls,
    formerGoodUntil: row.former_until !== null && row.former_until > now ? row.former_until : null,
    isSecretKnown: row.former_until === null || row.secret_used_at !== null,
    organisation: row.organisation,
    organisationUrn: row.organisation_urn,
    integrations,
    askedAt: isWaiting ? row.partner_told_at : null,
    lastCallAt: row.last_call_at,
    callbackUrl: row.callback_url,
    scope:
      row.tenant_id === null || row.ats_no === null ? null : { tenantId: row.tenant_id, atsNo: row.ats_no },
  };
}
