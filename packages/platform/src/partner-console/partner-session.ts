import { createHash, randomBytes } from 'node:crypto';
import type { PartnerMe } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import { readCookie, sessionCookie } from '../kernel/cookies.ts';
import type { HttpRequest } from '../kernel/http.ts';
import { verifyPassword } from '../kernel/password.ts';
import type { Throttle } from '../kernel/throttle.ts';
import { checkSignIn, jsonOf, Refusal } from '../session/index.ts';

/** One of a vendor's people, signed in to its console. Of another kind than a seat's session: neither opens what the other does. */
export interface PartnerSession {
  readonly partnerId: number;
  readonly partnerUserId: number;
  readonly me: PartnerMe;
  readonly tokenSha256: Buffer;
}

const SESSION_MS = 12 * 60 * 60_000;
const COOKIE = 'carrick_partner';
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

interface SessionRow {
  partner_user_id: number;
  partner_id: number;
  partner: string;
  client_id: string;
  former_until: number | null;
  name: string;
  email: string;
  is_active: boolean;
  expires_at: number;
}

/** @throws Refusal SIGNED_OUT, also when the person or the vendor was switched off meanwhile */
export async function requirePartner(
  ctx: Context,
  request: Pick<HttpRequest, 'headers'>,
): Promise<PartnerSession> {
  const token = readCookie(request.headers.cookie ?? '', COOKIE);
  if (token === null || !TOKEN.test(token)) throw new Refusal('SIGNED_OUT');
  const tokenSha256 = sha256(token);
  const session = await findSession(ctx, tokenSha256);
  if (!session) throw new Refusal('SIGNED_OUT');
  return session;
}

/** @throws Refusal WRONG_PASSWORD, the same and after the same work for an unknown address; TOO_MANY_ATTEMPTS */
export async function signInPartner(
  ctx: Context,
  throttle: Throttle,
  { body, origin }: HttpRequest,
): Promise<{ readonly me: PartnerMe; readonly cookie: string }> {
  const { email, password } = checkSignIn(jsonOf({ body }));
  const address = email.trim().toLowerCase();
  const waitMs = throttle.attempt(address);
  if (waitMs > 0) throw new Refusal('TOO_MANY_ATTEMPTS', waitMs);
  const [user] = await ctx.db.lookup<{ partner_user_id: number; password_hash: string; is_active: boolean }>`
    select * from partner_user_by_email(${address})`;
  const isRight = await verifyPassword(password, user?.password_hash ?? null);
  if (!user || !isRight || !user.is_active) throw new Refusal('WRONG_PASSWORD');
  throttle.succeeded(address);
  const token = randomBytes(32).toString('base64url');
  const now = ctx.clock.now();
  await ctx.db.lookup`
    select open_partner_session(${sha256(token)}, ${user.partner_user_id}, ${now}, ${now + SESSION_MS})`;
  const session = await findSession(ctx, sha256(token));
  if (!session) throw new Refusal('WRONG_PASSWORD');
  return { me: session.me, cookie: sessionCookie(origin, COOKIE, token, SESSION_MS) };
}

/** @returns the cookie that removes the browser's */
export async function closePartnerSession(
  ctx: Context,
  { tokenSha256 }: PartnerSession,
  origin: string,
): Promise<string> {
  await ctx.db.lookup`select close_partner_session(${tokenSha256})`;
  return sessionCookie(origin, COOKIE, '', 0);
}

async function findSession(ctx: Context, tokenSha256: Buffer): Promise<PartnerSession | null> {
  const [row] = await ctx.db.lookup<SessionRow>`select * from partner_session_by_token(${tokenSha256})`;
  const now = ctx.clock.now();
  if (!row?.is_active || row.expires_at <= now) return null;
  const { partner, client_id: clientId, name, email, former_until: until } = row;
  const formerGoodUntil = until !== null && until > now ? until : null;
  return {
    partnerId: row.partner_id,
    partnerUserId: row.partner_user_id,
    me: { name, email, partner, clientId, formerGoodUntil },
    tokenSha256,
  };
}

function sha256(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
