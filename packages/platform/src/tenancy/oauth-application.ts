import { randomBytes } from 'node:crypto';
import { formatUrn } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import { seal, unseal } from '../kernel/secrets.ts';
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
): Promise<(OauthApplication & { readonly kind: 'partner' | 'customer' }) | null> {
  const [row] = await ctx.db.lookup<{
    application_id: number;
    kind: 'partner' | 'customer';
    client_secret: Uint8Array;
  }>`
    select application_id, kind, client_secret from find_oauth_application(${clientId})`;
  if (!row) return null;
  const clientSecret = unseal(ctx.keys.clientSecret, row.client_secret, clientId);
  return { ...applicationOf(row.application_id, { clientId, clientSecret }), kind: row.kind };
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
  {
    name,
    clientId = randomBytes(10).toString('hex'),
    clientSecret = randomBytes(24).toString('base64url'),
  }: NewApplication,
): Promise<OauthApplication> {
  // The client id is the seal's context: a secret copied to another application's row does not open.
  const sealed = seal(ctx.keys.clientSecret, clientSecret, clientId);
  const [row] = await ctx.db.lookup<{ application_id: number | null }>`
    select create_oauth_application(${kind}, ${partnerId}, ${name}, ${clientId}, ${sealed}, ${ctx.clock.now()}) as application_id`;
  if (typeof row?.application_id !== 'number') throw new TenancyError(`the client id ${clientId} is taken`);
  return applicationOf(row.application_id, { clientId, clientSecret });
}

function applicationOf(applicationId: number, credentials: Credentials): OauthApplication {
  return { applicationId, urn: formatUrn('developerApplication', applicationId), ...credentials };
}
