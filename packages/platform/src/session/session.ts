import { createHash, randomBytes } from 'node:crypto';
import type { ViewerSeat } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import { readCookie, sessionCookie } from '../kernel/cookies.ts';
import type { Sql, Statement } from '../kernel/db.ts';
import type { HttpRequest } from '../kernel/http.ts';
import { Refusal } from './refusal.ts';

/** A signed-in seat. */
export interface Session extends ViewerSeat {
  readonly email: string;
  readonly isAdmin: boolean;
  readonly expiresAt: number;
  readonly tokenSha256: Buffer;
}

const SESSION_MS = 12 * 60 * 60_000;
const COOKIE = 'carrick_session';
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

interface SessionRow {
  tenant_id: number;
  seat_id: number;
  contract_id: number;
  member_id: number;
  email: string;
  is_admin: boolean;
  is_active: boolean;
  expires_at: number;
}

/**
 * The session behind the request's cookie.
 * @throws Refusal SIGNED_OUT without one, or when it is over; SEAT_INACTIVE when the seat was switched off meanwhile.
 */
export async function requireSession(ctx: Context, request: HttpRequest): Promise<Session> {
  const token = readCookie(request.headers.cookie ?? '', COOKIE);
  if (token === null || !TOKEN.test(token)) throw new Refusal('SIGNED_OUT');
  const tokenSha256 = sha256(token);
  const [row] = await ctx.db.lookup<SessionRow>`select * from session_by_token(${tokenSha256})`;
  if (!row || row.expires_at <= ctx.clock.now()) throw new Refusal('SIGNED_OUT');
  if (!row.is_active) throw new Refusal('SEAT_INACTIVE');
  return {
    tenantId: row.tenant_id,
    contractId: row.contract_id,
    seatId: row.seat_id,
    memberId: row.member_id,
    email: row.email,
    isAdmin: row.is_admin,
    expiresAt: row.expires_at,
    tokenSha256,
  };
}

/** Which of these sessions of one organisation are still good: neither over nor signed out, and their seat not switched off. */
export function liveSessions(
  tx: Sql,
  tenantId: number,
  sessions: readonly Session[],
  now: number,
): Statement<{ token: string }> {
  return tx<{ token: string }>`
    select encode(e.token_sha256, 'hex') as token
    from session e
    join seat s on s.tenant_id = e.tenant_id and s.seat_id = e.seat_id
    where e.tenant_id = ${tenantId} and s.is_active and e.expires_at > ${now}
      and e.token_sha256 in (select decode(unnest(${sessions.map(hexOf)}::text[]), 'hex'))`;
}

const hexOf = (session: Session): string => session.tokenSha256.toString('hex');

/** Opens a session and returns its cookie. The token itself is nowhere but in the cookie. */
export async function openSession(
  ctx: Context,
  seat: Pick<ViewerSeat, 'tenantId' | 'seatId'>,
  origin: string,
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const now = ctx.clock.now();
  await ctx.db.pipeline(seat.tenantId, (tx) => [
    tx`delete from session where tenant_id = ${seat.tenantId} and seat_id = ${seat.seatId} and expires_at <= ${now}`,
    tx`insert into session (tenant_id, token_sha256, seat_id, created_at, expires_at)
       values (${seat.tenantId}, ${sha256(token)}, ${seat.seatId}, ${now}, ${now + SESSION_MS})`,
  ]);
  return sessionCookie(origin, COOKIE, token, SESSION_MS);
}

/** What ends together with a session, in the same transaction. */
export type SignOutHook = (tx: Sql, session: Session) => Statement;

/** Ends the session and returns the cookie that removes the browser's. */
export async function closeSession(
  ctx: Context,
  session: Session,
  origin: string,
  hooks: readonly SignOutHook[],
): Promise<string> {
  await ctx.db.pipeline(session.tenantId, (tx) => [
    tx`delete from session where tenant_id = ${session.tenantId} and token_sha256 = ${session.tokenSha256}`,
    ...hooks.map((hook) => hook(tx, session)),
  ]);
  return sessionCookie(origin, COOKIE, '', 0);
}

function sha256(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
