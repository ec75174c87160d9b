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
  /** Seats that its sign-in opened, this one among them. */
  readonly openedSeats: readonly number[];
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
  opened_seats: number[];
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
    openedSeats: row.opened_seats,
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

/** Opens a session and returns its cookie. The token itself is nowhere but in the cookie. `openedSeats`: between which the holder may change. */
export async function openSession(
  ctx: Context,
  seat: Pick<ViewerSeat, 'tenantId' | 'seatId'>,
  origin: string,
  openedSeats: readonly number[] = [seat.seatId],
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const now = ctx.clock.now();
  await ctx.db.pipeline(seat.tenantId, (tx) => [
    tx`delete from session where tenant_id = ${seat.tenantId} and seat_id = ${seat.seatId} and expires_at <= ${now}`,
    tx`insert into session (tenant_id, token_sha256, seat_id, created_at, expires_at, opened_seats)
       values (${seat.tenantId}, ${sha256(token)}, ${seat.seatId}, ${now}, ${now + SESSION_MS}, ${openedSeats}::bigint[])`,
  ]);
  return sessionCookie(origin, COOKIE, token, SESSION_MS);
}

/** What ends together with a session, in the same transaction. */
export type SignOutHook = (tx: Sql, session: Session) => Statement;

interface OpenedSeatRow {
  tenant_id: number;
  seat_id: number;
  contract_id: number;
  member_id: number;
  is_active: boolean;
  contract: string;
  organisation: string;
}

/** Of the seats that the sign-in opened, those that are still on. */
async function openedRows(ctx: Context, { email, openedSeats }: Session): Promise<OpenedSeatRow[]> {
  const rows = await ctx.db.lookup<OpenedSeatRow>`select * from seats_by_email(${email})`;
  return rows.filter((row) => row.is_active && openedSeats.includes(row.seat_id));
}

export async function readOpenedSeats(ctx: Context, session: Session) {
  const rows = await openedRows(ctx, session);
  return rows.map((row) => ({
    seatId: String(row.seat_id),
    contract: row.contract,
    organisation: row.organisation,
    isCurrent: row.seat_id === session.seatId,
  }));
}

/** Goes on in another of the opened seats; the session of before ends. @throws Refusal NO_SUCH_SEAT */
export async function changeSeat(
  ctx: Context,
  session: Session,
  seatId: number,
  origin: string,
): Promise<{ readonly cookie: string; readonly seat: ViewerSeat & { readonly email: string } }> {
  const row = (await openedRows(ctx, session)).find((each) => each.seat_id === seatId);
  if (!row) throw new Refusal('NO_SUCH_SEAT');
  const seat = {
    tenantId: row.tenant_id,
    seatId: row.seat_id,
    contractId: row.contract_id,
    memberId: row.member_id,
    email: session.email,
  };
  const opened = await openSession(ctx, seat, origin, session.openedSeats);
  await closeSession(ctx, session, origin, []);
  return { cookie: opened, seat };
}

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
