import { randomBytes } from 'node:crypto';
import { formatUrn } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import { seal } from '../kernel/secrets.ts';
import { forgetCallers } from './access-token.ts';
import type { AtsScope } from './integrations.ts';
import { type ApplicationAccess, type ApplicationKind, findClient } from './oauth-client.ts';
import { TenancyError } from './organisation.ts';

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface OauthApplication extends Credentials {
  readonly applicationId: number;
  /** `urn:li:developerApplication:{id}` */
  readonly urn: string;
}

interface NewApplication extends Partial<Credentials> {
  readonly name: string;
}

/** The application of an ATS's vendor; it owns customer applications and serves no organisation itself. */
export async function createPartner(ctx: Context, application: NewApplication): Promise<OauthApplication> {
  return create(ctx, 'partner', null, application);
}

/**
 * The application of one ATS of one organisation, bound to it. Without a partner the company runs an ATS of its own.
 * Credentials that exist elsewhere already may be brought along.
 */
export async function createCustomerApplication(
  ctx: Context,
  {
    tenantId,
    partnerClientId,
    ...application
  }: NewApplication & { tenantId: number; partnerClientId?: string },
): Promise<OauthApplication & { readonly atsNo: number }> {
  const partner = partnerClientId === undefined ? null : await findOauthApplication(ctx, partnerClientId);
  if (partnerClientId !== undefined && partner?.kind !== 'partner') {
    throw new TenancyError(`there is no partner application with the client id ${partnerClientId}`);
  }
  const created = await create(ctx, 'customer', partner?.applicationId ?? null, application);
  return { ...created, atsNo: await bindAts(ctx, tenantId, created.applicationId, application.name) };
}

/** Makes the application an ATS of the organisation; asked again, the answer is the same. */
export async function bindAts(
  ctx: Context,
  tenantId: number,
  applicationId: number,
  name: string,
): Promise<number> {
  const [row] = await ctx.db.lookup<{ ats_no: number | null }>`
    select bind_ats_instance(${tenantId}, ${applicationId}, ${name}, ${ctx.clock.now()}) as ats_no`;
  if (typeof row?.ats_no !== 'number') throw new TenancyError('this application serves another organisation');
  return row.ats_no;
}

export async function findOauthApplication(
  ctx: Context,
  clientId: string,
): Promise<(OauthApplication & { readonly kind: ApplicationKind; readonly name: string }) | null> {
  const client = await findClient(ctx, clientId);
  if (!client) return null;
  const { applicationId, clientSecret, kind, name } = client;
  return { ...applicationOf(applicationId, { clientId, clientSecret }), kind, name };
}

/** How a vendor shows itself to administrators. What is not given stays. @throws TenancyError when there is no such partner */
export async function describeProvider(
  ctx: Context,
  clientId: string,
  { contactEmail = null, guideUrl = null }: { contactEmail?: string | null; guideUrl?: string | null },
): Promise<void> {
  const [row] = await ctx.db.lookup<{ application_id: number | null }>`
    select describe_provider(${clientId}, ${contactEmail}, ${guideUrl}) as application_id`;
  if (typeof row?.application_id !== 'number')
    throw new TenancyError(`there is no partner application with the client id ${clientId}`);
}

/** The ATS that an application is; null while it serves no organisation. */
export async function findAts(ctx: Context, applicationId: number): Promise<AtsScope | null> {
  const [row] = await ctx.db.lookup<{ tenant_id: number; ats_no: number }>`
    select tenant_id, ats_no from find_ats_instance(${applicationId})`;
  return row ? { tenantId: row.tenant_id, atsNo: row.ats_no } : null;
}

/** What the application may. @throws TenancyError when there is none with this client id */
export async function setApplicationAccess(
  ctx: Context,
  clientId: string,
  access: ApplicationAccess,
): Promise<void> {
  const [row] = await ctx.db.lookup<{ application_id: number | null }>`
    select set_application_access(${clientId}, ${access}) as application_id`;
  if (typeof row?.application_id !== 'number')
    throw new TenancyError(`there is no application with the client id ${clientId}`);
  await forgetCallers(ctx);
}

/** Which pages may show the widgets of a customer application. @throws TenancyError when there is none with this client id */
export async function setJsSdkDomains(
  ctx: Context,
  clientId: string,
  domains: readonly string[],
): Promise<void> {
  const [row] = await ctx.db.lookup<{ application_id: number | null }>`
    select set_js_domains(${clientId}, ${domains}) as application_id`;
  if (typeof row?.application_id !== 'number')
    throw new TenancyError(`there is no customer application with the client id ${clientId}`);
}

/** The ids of all customer applications of the deployment, oldest first. */
export async function listCustomerApplications(ctx: Context): Promise<number[]> {
  const rows = await ctx.db.lookup<{ id: number }>`select id from customer_application_ids() as id`;
  return rows.map(({ id }) => id);
}

async function create(
  ctx: Context,
  kind: 'partner' | 'customer',
  partnerId: number | null,
  { name, clientId = newClientId(), clientSecret = newClientSecret() }: NewApplication,
): Promise<OauthApplication> {
  const sealed = sealSecret(ctx, { clientId, clientSecret });
  const [row] = await ctx.db.lookup<{ application_id: number | null }>`
    select create_oauth_application(${kind}, ${partnerId}, ${name}, ${clientId}, ${sealed}, ${ctx.clock.now()}) as application_id`;
  if (typeof row?.application_id !== 'number') throw new TenancyError(`the client id ${clientId} is taken`);
  return applicationOf(row.application_id, { clientId, clientSecret });
}

export const newClientId = (): string => randomBytes(10).toString('hex');
export const newClientSecret = (): string => randomBytes(24).toString('base64url');

/** The client id is the seal's context: a secret copied to another application's row does not open. */
export function sealSecret(ctx: Context, { clientId, clientSecret }: Credentials): Buffer {
  return seal(ctx.keys.clientSecret, clientSecret, clientId);
}

function applicationOf(applicationId: number, credentials: Credentials): OauthApplication {
  return { applicationId, urn: formatUrn('developerApplication', applicationId), ...credentials };
}
