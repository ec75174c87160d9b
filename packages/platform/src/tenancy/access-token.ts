import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { ProtocolError } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { HttpRequest } from '../kernel/http.ts';
import { type PersonKey, unseal } from '../kernel/secrets.ts';

/** A customer application, bound to the one organisation and ATS that its calls act for. */
export interface Caller {
  readonly applicationId: number;
  readonly tenantId: number;
  readonly atsNo: number;
  readonly organisationUrn: string;
  /** Under which this application, and no other, knows members. */
  readonly personKey: PersonKey;
  /** Whether one of the company-level integrations is ENABLED: it admits every kind of record. */
  readonly isSyncEnabled: boolean;
}

export const TOKEN_LIFETIME_MS = 30 * 60_000;
const FORGET_EXPIRED_MS = 24 * 3_600_000;
/** How long another process's change (a revoked token, a switched-off integration) may go unnoticed here. */
const CACHED_MS = 30_000;
const MAX_CACHED = 10_000;

/** Why no token was given: the OAuth error code and text of the wire. */
export interface TokenRefusal {
  readonly status: 400 | 401;
  readonly error: string;
  readonly description: string;
}

/** A new token for the application with these credentials. Only the token's hash is kept. */
export async function issueToken(
  ctx: Context,
  clientId: string,
  clientSecret: string,
): Promise<{ readonly token: string } | TokenRefusal> {
  const [application] = clientId.includes('\u0000') // which PostgreSQL refuses, and no client id holds
    ? []
    : await ctx.db.lookup<{
        application_id: number;
        client_secret: Uint8Array;
      }>`select application_id, client_secret from find_oauth_application(${clientId})`;
  if (!application) {
    return {
      status: 400,
      error: 'invalid_client_id',
      description: `The passed in client_id is invalid ${JSON.stringify(clientId.slice(0, 100))}`,
    };
  }
  if (!equals(clientSecret, unseal(ctx.keys.clientSecret, application.client_secret, clientId))) {
    return { status: 401, error: 'invalid_client_id', description: 'Client authentication failed' };
  }
  const token = `AQ${randomBytes(48).toString('base64url')}`;
  const now = ctx.clock.now();
  await ctx.db.lookup`select issue_access_token(
    ${sha256(token)}, ${application.application_id}, ${now}, ${now + TOKEN_LIFETIME_MS}, ${now - FORGET_EXPIRED_MS}
  )`;
  return { token };
}

interface CallerRow {
  application_id: number;
  kind: 'partner' | 'customer';
  expires_at: number;
  tenant_id: number | null;
  ats_no: number | null;
  organisation_urn: string | null;
  is_sync_enabled: boolean;
}

interface CachedCaller {
  readonly row: CallerRow;
  readonly readAt: number;
}

// Per platform: two platforms in one process share no token.
const caches = new WeakMap<Context, Map<string, CachedCaller>>();

/**
 * The customer application behind the request's bearer token.
 * @throws ProtocolError EMPTY_, INVALID_, EXPIRED_ACCESS_TOKEN; ACCESS_DENIED for a partner's token and for an
 *   application that serves no organisation yet.
 */
export async function authenticate(ctx: Context, request: Pick<HttpRequest, 'headers'>): Promise<Caller> {
  const token = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) throw new ProtocolError('EMPTY_ACCESS_TOKEN');
  const row = await findCaller(ctx, token);
  if (!row) throw new ProtocolError('INVALID_ACCESS_TOKEN');
  if (ctx.clock.now() >= row.expires_at) throw new ProtocolError('EXPIRED_ACCESS_TOKEN');
  if (row.kind === 'partner') {
    throw new ProtocolError(
      'ACCESS_DENIED',
      'Not enough permissions to access this resource with a partner application: use the token of a customer application',
    );
  }
  if (row.tenant_id === null || row.ats_no === null || row.organisation_urn === null) {
    throw new ProtocolError('ACCESS_DENIED', 'This application serves no organization yet');
  }
  return {
    applicationId: row.application_id,
    tenantId: row.tenant_id,
    atsNo: row.ats_no,
    organisationUrn: row.organisation_urn,
    personKey: ctx.keys.personKey(row.application_id),
    isSyncEnabled: row.is_sync_enabled,
  };
}

/** Forgets what this process remembers of all tokens: after a change that must be felt by the next request. */
export function forgetCallers(ctx: Context): void {
  caches.get(ctx)?.clear();
}

async function findCaller(ctx: Context, token: string): Promise<CallerRow | undefined> {
  const key = sha256(token);
  const id = key.toString('base64');
  const cache = cacheOf(ctx);
  const cached = cache.get(id);
  const now = ctx.clock.now();
  if (cached && now - cached.readAt <= CACHED_MS) return cached.row;
  const [row] = await ctx.db.lookup<CallerRow & object>`select * from find_caller(${key})`;
  // Remembered only when it is good news: a token that is enabled a moment later must not wait for the cache.
  if (row?.is_sync_enabled) {
    if (cache.size >= MAX_CACHED) cache.clear();
    cache.set(id, { row, readAt: now });
  } else {
    cache.delete(id);
  }
  return row;
}

function cacheOf(ctx: Context): Map<string, CachedCaller> {
  const cache = caches.get(ctx) ?? new Map<string, CachedCaller>();
  caches.set(ctx, cache);
  return cache;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Of any length, in a time that does not tell where they differ. */
function equals(given: string, expected: string): boolean {
  return timingSafeEqual(sha256(given), sha256(expected));
}
