import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from '../kernel/context.ts';
import { unseal } from '../kernel/secrets.ts';
import type { AtsScope } from './integrations.ts';

export type ApplicationKind = 'partner' | 'customer';
/** blocked: no tokens at all; pending: tokens that open nothing yet. */
export const APPLICATION_ACCESS = ['blocked', 'pending', 'enabled'] as const;
export type ApplicationAccess = (typeof APPLICATION_ACCESS)[number];

export interface OauthClient {
  readonly applicationId: number;
  readonly clientId: string;
  readonly kind: ApplicationKind;
  readonly access: ApplicationAccess;
  readonly name: string;
  readonly clientSecret: string;
  /** The secret before the last rotation, while it is still good. */
  readonly formerSecret: string | null;
  readonly callbackUrls: readonly string[];
}

/** Why an OAuth endpoint refuses: the error code and text of the wire. */
export interface OauthRefusal {
  readonly status: 400 | 401;
  readonly error: string;
  readonly description: string;
}

interface ClientRow {
  application_id: number;
  kind: ApplicationKind;
  access: ApplicationAccess;
  name: string;
  client_secret: Uint8Array;
  former_secret: Uint8Array | null;
  former_until: number | null;
  callback_urls: readonly string[];
}

export async function findClient(ctx: Context, clientId: string): Promise<OauthClient | null> {
  if (clientId.includes('\u0000')) return null; // PostgreSQL refuses it, and no client id holds it
  const [row] = await ctx.db.lookup<ClientRow & object>`select * from find_oauth_application(${clientId})`;
  if (!row) return null;
  const open = (sealed: Uint8Array) => unseal(ctx.keys.clientSecret, sealed, clientId);
  const isFormerGood = row.former_until !== null && ctx.clock.now() < row.former_until;
  return {
    applicationId: row.application_id,
    clientId,
    kind: row.kind,
    access: row.access,
    name: row.name,
    clientSecret: open(row.client_secret),
    formerSecret: isFormerGood && row.former_secret ? open(row.former_secret) : null,
    callbackUrls: row.callback_urls,
  };
}

/** The client with these credentials; after a rotation both secrets hold until the former one's time is over. */
export async function verifyClient(
  ctx: Context,
  clientId: string,
  clientSecret: string,
): Promise<OauthClient | OauthRefusal> {
  const client = await findClient(ctx, clientId);
  if (!client) {
    return {
      status: 400,
      error: 'invalid_client_id',
      description: `The passed in client_id is invalid ${JSON.stringify(clientId.slice(0, 100))}`,
    };
  }
  const secrets =
    client.formerSecret === null ? [client.clientSecret] : [client.clientSecret, client.formerSecret];
  if (secrets.some((secret) => isSame(clientSecret, secret))) return client;
  return { status: 401, error: 'invalid_client_id', description: 'Client authentication failed' };
}

/** The secrets of an ATS's application that are good now, the present one first. */
export async function findSecrets(
  ctx: Context,
  { tenantId, atsNo }: AtsScope,
): Promise<{
  readonly applicationId: number;
  readonly secrets: readonly string[];
  /** That the ATS has come with the present one, since the last rotation. */
  readonly isSecretKnown: boolean;
}> {
  const [row] = await ctx.db.lookup<{ client_id: string; is_secret_known: boolean }>`
    select client_id, is_secret_known from ats_client_id(${tenantId}, ${atsNo})`;
  const client = row ? await findClient(ctx, row.client_id) : null;
  if (!client) throw new Error(`there is no application of ATS ${atsNo} of tenant ${tenantId}`);
  const { applicationId, clientSecret, formerSecret } = client;
  return {
    applicationId,
    secrets: formerSecret === null ? [clientSecret] : [clientSecret, formerSecret],
    isSecretKnown: row?.is_secret_known ?? false,
  };
}

/** After a rotation: that the ATS has come with the new secret, so that notifications are signed with it from now on. */
export async function noteSecretUsed(ctx: Context, client: OauthClient, given: string): Promise<void> {
  if (client.formerSecret === null || !isSame(given, client.clientSecret)) return;
  await ctx.db.lookup`select note_secret_used(${client.applicationId}, ${ctx.clock.now()})`;
}

/** Of any length, in a time that does not tell where they differ. */
function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(sha256(given), sha256(expected));
}

export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
