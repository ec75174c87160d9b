import { createHmac, timingSafeEqual } from 'node:crypto';
import * as client from 'openid-client';
import type { Context } from '../kernel/context.ts';
import { readCookie } from '../kernel/cookies.ts';
import type { HttpRequest, HttpResponse, Route } from '../kernel/http.ts';
import { openSession } from './session.ts';

const START = '/app/oidc/start';
const CALLBACK = '/app/oidc/callback';
const COOKIE = 'carrick_oidc';
const LASTS_MS = 10 * 60_000;

/** What has to be the same when the provider sends the browser back; in a cookie of that browser, signed. */
interface Pending {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly to: string;
  readonly at: number;
}

interface SeatRow {
  tenant_id: number;
  seat_id: number;
  is_active: boolean;
}

/**
 * Signing in at an OpenID provider: authorization code with PKCE, state and nonce. Whoever the provider says holds a confirmed address
 * gets the seats of that address; nobody is added. Without a provider there is only the question whether there is one.
 */
export function oidcRoutes(ctx: Context, baseUrl: string): Route[] {
  const { oidcIssuer, oidcClientId, oidcClientSecret, oidcName } = ctx.config;
  const isOn = oidcIssuer !== null && oidcClientId !== null;
  const offered: Route = {
    method: 'GET',
    path: '/app/api/sign-in/providers',
    handler: async () => ({
      status: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      body: JSON.stringify({ oidc: isOn ? oidcName : null }),
    }),
  };
  if (!isOn) return [offered];
  let discovered: Promise<client.Configuration> | undefined;
  /** Asked for when first needed, so that a provider that is down keeps nobody else out; a failure is not remembered. */
  const provider = (): Promise<client.Configuration> => {
    discovered ??= client
      .discovery(
        new URL(oidcIssuer),
        oidcClientId,
        oidcClientSecret ?? undefined,
        undefined,
        oidcIssuer.startsWith('http:') ? { execute: [client.allowInsecureRequests] } : undefined,
      )
      .catch((error: unknown) => {
        discovered = undefined;
        throw error;
      });
    return discovered;
  };
  return [
    offered,
    { method: 'GET', path: START, handler: (request) => start(ctx, provider, baseUrl, request) },
    { method: 'GET', path: CALLBACK, handler: (request) => finish(ctx, provider, baseUrl, request) },
  ];
}

async function start(
  ctx: Context,
  provider: () => Promise<client.Configuration>,
  baseUrl: string,
  request: HttpRequest,
): Promise<HttpResponse> {
  const configuration = await provider().catch((error: unknown) => {
    ctx.log.warn({ err: error }, 'the OpenID provider does not answer');
    return null;
  });
  if (!configuration) return failed('unavailable');
  const verifier = client.randomPKCECodeVerifier();
  const pending: Pending = {
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier,
    to: ownPath(new URLSearchParams(request.rawQuery).get('to')),
    at: ctx.clock.now(),
  };
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: `${baseUrl}${CALLBACK}`,
    scope: 'openid email',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state: pending.state,
    nonce: pending.nonce,
  });
  return redirect(url.href, [cookie(request.origin, signed(ctx, pending), LASTS_MS)]);
}

async function finish(
  ctx: Context,
  provider: () => Promise<client.Configuration>,
  baseUrl: string,
  request: HttpRequest,
): Promise<HttpResponse> {
  const pending = opened(ctx, request);
  const gone = cookie(request.origin, '', 0);
  if (!pending) return failed('expired', [gone]);
  const email = await confirmedAddress(
    ctx,
    provider,
    new URL(`${baseUrl}${CALLBACK}?${request.rawQuery}`),
    pending,
  );
  if (email === null) return failed('refused', [gone]);
  const seats = (
    await ctx.db.lookup<SeatRow>`select tenant_id, seat_id, is_active from seats_by_email(${email})`
  ).filter((seat) => seat.is_active);
  const [first] = seats;
  if (!first) return failed('no-seat', [gone]);
  const session = await openSession(
    ctx,
    { tenantId: first.tenant_id, seatId: first.seat_id },
    request.origin,
    seats.map((seat) => seat.seat_id),
  );
  // With several, the next page asks which contract.
  return redirect(seats.length > 1 ? `/contracts?to=${encodeURIComponent(pending.to)}` : pending.to, [
    gone,
    session,
  ]);
}

/** Null where the provider says no, what it sent does not fit, or the address is not confirmed. */
async function confirmedAddress(
  ctx: Context,
  provider: () => Promise<client.Configuration>,
  url: URL,
  pending: Pending,
): Promise<string | null> {
  try {
    const tokens = await client.authorizationCodeGrant(await provider(), url, {
      pkceCodeVerifier: pending.verifier,
      expectedState: pending.state,
      expectedNonce: pending.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    return claims?.email_verified === true && typeof claims.email === 'string' ? claims.email : null;
  } catch (error) {
    // Its message may quote what was sent.
    ctx.log.info(
      { code: error instanceof Error ? error.name : 'unknown' },
      'signing in at the provider failed',
    );
    return null;
  }
}

function signed({ keys }: Context, pending: Pending): string {
  const body = Buffer.from(JSON.stringify(pending)).toString('base64url');
  return `${body}.${mac(keys.memberLink, body)}`;
}

function opened({ keys, clock }: Context, { headers }: HttpRequest): Pending | null {
  const [body = '', given = ''] = (readCookie(headers.cookie ?? '', COOKIE) ?? '').split('.');
  const expected = Buffer.from(mac(keys.memberLink, body));
  const actual = Buffer.from(given);
  if (body === '' || actual.length !== expected.length || !timingSafeEqual(actual, expected)) return null;
  const pending = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Pending; // signed by us
  return clock.now() < pending.at + LASTS_MS ? pending : null;
}

const mac = (key: Buffer, body: string): string =>
  createHmac('sha256', key).update(`oidc\n${body}`).digest('base64url');

/** An address of this app and of no other host. */
function ownPath(given: string | null): string {
  return given !== null && /^\/(?![/\\])/.test(given) ? given : '/home';
}

/** Lax, since the provider's redirect comes from another site. */
function cookie(origin: string, value: string, maxAgeMs: number): string {
  const secure = origin.startsWith('https:') ? '; Secure' : '';
  return `${COOKIE}=${value}; Path=/app/oidc; HttpOnly; SameSite=Lax; Max-Age=${maxAgeMs / 1000}${secure}`;
}

function redirect(location: string, cookies: readonly string[]): HttpResponse {
  return { status: 303, headers: { location, 'cache-control': 'no-store', 'set-cookie': [...cookies] } };
}

/** The sign-in page says it in words. */
function failed(
  problem: 'unavailable' | 'expired' | 'refused' | 'no-seat',
  cookies: readonly string[] = [],
): HttpResponse {
  return redirect(`/signin?problem=${problem}`, cookies);
}
