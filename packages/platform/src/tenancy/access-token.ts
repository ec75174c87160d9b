import { randomBytes } from 'node:crypto';
import type { Context } from '../kernel/context.ts';
import type { Listening } from '../kernel/listen.ts';
import { type ApplicationAccess, type ApplicationKind, sha256 } from './oauth-client.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const TOKEN_LIFETIME_MS = 30 * MINUTE_MS;
const MEMBER_TOKEN_LIFETIME_MS = 60 * DAY_MS;
const FORGET_EXPIRED_MS = DAY_MS;
/** The longest that another process's change may go unnoticed here, should its notice be lost. */
const CACHED_MS = 30_000;
const MAX_CACHED = 10_000;
const CHANGES = 'carrick_callers';

/** A member who let an application know who they are. */
export interface Consent {
  readonly memberId: number;
  readonly scope: string;
  readonly authorizedAt: number;
}

/** A token as it was given, with what its application is and may now. */
export interface TokenRow {
  application_id: number;
  client_id: string;
  kind: ApplicationKind;
  access: ApplicationAccess;
  /** Null, as the scope, for an application's own token. */
  member_id: number | null;
  scope: string | null;
  authorized_at: number | null;
  created_at: number;
  expires_at: number;
  /** Null while the application serves no organisation. */
  tenant_id: number | null;
  ats_no: number | null;
  organisation_urn: string | null;
  is_sync_enabled: boolean;
}

/** A new token: the application's own, or a member's for it. Only the token's hash is kept. */
export async function issueToken(
  ctx: Context,
  { applicationId }: { readonly applicationId: number },
  consent: Consent | null = null,
): Promise<{ readonly token: string; readonly lifetimeMs: number }> {
  const token = `AQ${randomBytes(48).toString('base64url')}`;
  const lifetimeMs = consent ? MEMBER_TOKEN_LIFETIME_MS : TOKEN_LIFETIME_MS;
  const now = ctx.clock.now();
  await ctx.db.lookup`select issue_access_token(
    ${sha256(token)}, ${applicationId}, ${consent?.memberId ?? null}, ${consent?.scope ?? null},
    ${consent?.authorizedAt ?? null}, ${now}, ${now + lifetimeMs}, ${now - FORGET_EXPIRED_MS}
  )`;
  return { token, lifetimeMs };
}

interface CachedToken {
  readonly row: TokenRow;
  readonly readAt: number;
}

// Per platform: two platforms in one process share no token.
const caches = new WeakMap<Context, Map<string, CachedToken>>();

export async function findToken(ctx: Context, token: string): Promise<TokenRow | undefined> {
  const key = sha256(token);
  const id = key.toString('base64');
  const cache = cacheOf(ctx);
  const cached = cache.get(id);
  const now = ctx.clock.now();
  if (cached && now - cached.readAt <= CACHED_MS) return cached.row;
  const [row] = await ctx.db.lookup<TokenRow & object>`select * from find_caller(${key})`;
  // Remembered only when it is good news: a token that is enabled a moment later must not wait for the cache.
  if (row?.is_sync_enabled && row.access === 'enabled') {
    if (cache.size >= MAX_CACHED) cache.clear();
    cache.set(id, { row, readAt: now });
  } else {
    cache.delete(id);
  }
  return row;
}

function cacheOf(ctx: Context): Map<string, CachedToken> {
  const cache = caches.get(ctx) ?? new Map<string, CachedToken>();
  caches.set(ctx, cache);
  return cache;
}

/** Makes all processes forget what they remember of tokens: after a change that the next request must feel. */
export async function forgetCallers(ctx: Context): Promise<void> {
  caches.get(ctx)?.clear();
  await ctx.db.lookup`select pg_notify(${CHANGES}, '')`;
}

/** Hears of such changes by other processes. */
export function watchCallers(ctx: Context): Promise<Listening> {
  return ctx.db.listen(CHANGES, () => caches.get(ctx)?.clear());
}
