import { formatUrn, ProtocolError } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Sql } from '../kernel/db.ts';
import { unseal } from '../kernel/secrets.ts';
import { type Credentials, newClientId, newClientSecret, sealSecret } from './oauth-application.ts';

/** What a partner may change of a customer's application. */
export interface ApplicationDetails {
  readonly name: string;
  readonly description: string;
  readonly callbackUrls: readonly string[];
  readonly jsDomains: readonly string[];
}

export interface ProvisionedApplication extends ApplicationDetails, Credentials {
  readonly applicationId: number;
  /** `urn:li:developerApplication:{id}` */
  readonly urn: string;
  /** The customer's id at its partner. */
  readonly foreignId: string;
}

/** How long both secrets are good after a rotation, when the partner does not say. */
export const ROTATION_OVERLAP_MS = 24 * 3_600_000;
export const LONGEST_ROTATION_OVERLAP_MS = 30 * 24 * 3_600_000;

/** @throws ProtocolError CONFLICT when the partner has an application for this customer, or the client id is taken */
export async function provisionApplication(
  ctx: Context,
  sql: Sql,
  partnerId: number,
  {
    foreignId,
    details,
    credentials,
  }: { foreignId: string; details: ApplicationDetails; credentials: Credentials | null },
): Promise<ProvisionedApplication> {
  const { name, description, callbackUrls, jsDomains } = details;
  const used = credentials ?? { clientId: newClientId(), clientSecret: newClientSecret() };
  const [row] = await sql<{ application_id: number | null }>`
    select provision_application(${partnerId}, ${foreignId}, ${name}, ${description}, ${used.clientId},
      ${sealSecret(ctx, used)}, ${callbackUrls}, ${jsDomains}, ${ctx.clock.now()}) as application_id`;
  const applicationId = row?.application_id;
  if (typeof applicationId === 'number')
    return {
      ...details,
      ...used,
      applicationId,
      foreignId,
      urn: formatUrn('developerApplication', applicationId),
    };
  const isKnown = (await find(ctx, sql, partnerId, { foreignId, applicationId: null })) !== null;
  throw new ProtocolError(
    'CONFLICT',
    isKnown
      ? 'An application with this uniqueForeignId exists'
      : 'This client_id belongs to another application',
  );
}

export async function findByForeignId(
  ctx: Context,
  partnerId: number,
  foreignId: string,
): Promise<ProvisionedApplication | null> {
  return find(ctx, ctx.db.lookup, partnerId, { foreignId, applicationId: null });
}

/** What is not given stays. @returns whether the partner has such an application */
export async function changeApplication(
  sql: Sql,
  partnerId: number,
  applicationId: number,
  { name, description, callbackUrls, jsDomains }: Partial<ApplicationDetails>,
): Promise<boolean> {
  const [row] = await sql<{ application_id: number | null }>`
    select update_provisioned_application(${partnerId}, ${applicationId}, ${name ?? null}, ${description ?? null},
      ${callbackUrls ?? null}, ${jsDomains ?? null}) as application_id`;
  return typeof row?.application_id === 'number';
}

/** A new secret; the one before it is good for `overlapMs` more. @returns null when the partner has no such application */
export async function rotateSecret(
  ctx: Context,
  sql: Sql,
  partnerId: number,
  applicationId: number,
  overlapMs: number,
): Promise<(Credentials & { readonly formerGoodUntil: number }) | null> {
  const application = await find(ctx, sql, partnerId, { foreignId: null, applicationId });
  if (!application) return null;
  const credentials = { clientId: application.clientId, clientSecret: newClientSecret() };
  const formerGoodUntil = ctx.clock.now() + overlapMs;
  await sql`
    select rotate_client_secret(${partnerId}, ${applicationId}, ${sealSecret(ctx, credentials)}, ${formerGoodUntil})`;
  return { ...credentials, formerGoodUntil };
}

/** The same for the partner's own application. */
export async function rotatePartnerSecret(
  ctx: Context,
  sql: Sql,
  partner: { readonly applicationId: number; readonly clientId: string },
  overlapMs: number,
): Promise<Credentials & { readonly formerGoodUntil: number }> {
  const credentials = { clientId: partner.clientId, clientSecret: newClientSecret() };
  const formerGoodUntil = ctx.clock.now() + overlapMs;
  await sql`
    select rotate_partner_secret(${partner.applicationId}, ${sealSecret(ctx, credentials)}, ${formerGoodUntil})`;
  return { ...credentials, formerGoodUntil };
}

interface ApplicationRow {
  application_id: number;
  foreign_id: string;
  name: string;
  description: string;
  client_id: string;
  client_secret: Uint8Array;
  callback_urls: readonly string[];
  js_domains: readonly string[];
}

async function find(
  ctx: Context,
  sql: Sql,
  partnerId: number,
  { foreignId, applicationId }: { foreignId: string | null; applicationId: number | null },
): Promise<ProvisionedApplication | null> {
  const [row] = await sql<ApplicationRow & object>`
    select * from find_provisioned_application(${partnerId}, ${foreignId}, ${applicationId})`;
  if (!row) return null;
  return {
    applicationId: row.application_id,
    urn: formatUrn('developerApplication', row.application_id),
    foreignId: row.foreign_id,
    name: row.name,
    description: row.description,
    clientId: row.client_id,
    clientSecret: unseal(ctx.keys.clientSecret, row.client_secret, row.client_id),
    callbackUrls: row.callback_urls,
    jsDomains: row.js_domains,
  };
}
