import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { OpenWidgetSession } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import { readCookie } from '../kernel/cookies.ts';
import type { HttpRequest } from '../kernel/http.ts';
import { Refusal, type Session, type SignOutHook } from '../session/index.ts';
import type { WidgetKey } from './key.ts';

/** Somebody who sits before the widgets of one application: a seat holder, or somebody without a seat and one candidate. */
export interface WidgetSession {
  readonly tenantId: number;
  readonly who: SeatHolder | Seatless;
  readonly expiresAt: number;
  readonly tokenSha256: Buffer;
}
export interface SeatHolder {
  readonly contractId: number;
  readonly seatId: number;
  readonly memberId: number;
  readonly email: string;
  readonly isAdmin: boolean;
}
export interface Seatless {
  readonly candidateId: string;
}

/** As the app's own slices take it. @throws Refusal WIDGET_NO_SEAT */
export function seatSession({ who, ...session }: WidgetSession): Session {
  if ('candidateId' in who) throw new Refusal('WIDGET_NO_SEAT');
  const { tenantId, expiresAt, tokenSha256 } = session;
  return { tenantId, expiresAt, tokenSha256, openedSeats: [who.seatId], ...who };
}

const CODE_MS = 60_000;
const SESSION_MS = 8 * 60 * 60_000;
const COOKIE = '__Host-rscw';
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

interface SessionRow {
  tenant_id: number;
  application_id: number;
  seat_id: number | null;
  contract_id: number | null;
  member_id: number | null;
  email: string | null;
  is_admin: boolean | null;
  is_active: boolean | null;
  candidate_id: string | null;
  code_sha256: Uint8Array;
  expires_at: number;
}

/** The session behind the request's cookie, where it is good for this key. Null: nobody is signed in. */
export async function findWidgetSession(
  ctx: Context,
  { headers }: Pick<HttpRequest, 'headers'>,
  { applicationId }: WidgetKey,
): Promise<KnownSession | null> {
  const token = readCookie(headers.cookie ?? '', COOKIE);
  return token === null || !TOKEN.test(token) ? null : findByToken(ctx, token, applicationId);
}

/** With the hash of the code by which it was opened. */
type KnownSession = WidgetSession & { readonly codeSha256: Uint8Array };

async function findByToken(ctx: Context, token: string, applicationId: number): Promise<KnownSession | null> {
  const tokenSha256 = sha256(token);
  const [row] = await ctx.db.lookup<
    SessionRow & object
  >`select * from widget_session_by_token(${tokenSha256})`;
  if (!row || row.expires_at <= ctx.clock.now() || row.application_id !== applicationId) return null;
  const who = whoIs(row);
  if (!who) return null;
  return {
    tenantId: row.tenant_id,
    who,
    expiresAt: row.expires_at,
    tokenSha256,
    codeSha256: row.code_sha256,
  };
}

/** Null for a seat that was switched off meanwhile. */
function whoIs(row: SessionRow): SeatHolder | Seatless | null {
  if (row.candidate_id !== null) return { candidateId: row.candidate_id };
  const { seat_id: seatId, contract_id: contractId, member_id: memberId, email } = row;
  if (seatId === null || contractId === null || memberId === null || email === null || !row.is_active)
    return null;
  return { seatId, contractId, memberId, email, isAdmin: row.is_admin === true };
}

/** What a code is for. `state` binds it to the frame that asked; null for one that the ATS hands to its page. */
export interface CodeGrant {
  readonly tenantId: number;
  readonly applicationId: number;
  readonly for: { readonly seatId: number } | Seatless;
  readonly state: string | null;
}

/** A code for one use within a minute. */
export async function issueWidgetCode(
  ctx: Context,
  grant: CodeGrant,
): Promise<{ readonly code: string; readonly expiresAt: number }> {
  const code = randomBytes(32).toString('base64url');
  const now = ctx.clock.now();
  const expiresAt = now + CODE_MS;
  const { tenantId } = grant;
  const seatId = 'seatId' in grant.for ? grant.for.seatId : null;
  const candidateId = 'candidateId' in grant.for ? grant.for.candidateId : null;
  await ctx.db.pipeline(tenantId, (tx) => [
    tx`delete from widget_code where tenant_id = ${tenantId} and expires_at <= ${now}`,
    tx`insert into widget_code (tenant_id, code_sha256, application_id, seat_id, candidate_id, state, expires_at)
       values (${tenantId}, ${sha256(code)}, ${grant.applicationId}, ${seatId}, ${candidateId}, ${grant.state}, ${expiresAt})`,
  ]);
  return { code, expiresAt };
}

interface CodeRow {
  tenant_id: number;
  application_id: number;
  seat_id: number | null;
  candidate_id: string | null;
  state: string | null;
  expires_at: number;
}

/**
 * Spends a code and opens a session; `cookie` carries it. A page that was loaded again comes with the ATS's token once more:
 * then the session that this very token opened goes on, and no other.
 * @throws Refusal SIGNED_OUT
 */
export async function openWidgetSession(
  ctx: Context,
  request: HttpRequest,
  key: WidgetKey,
  proof: OpenWidgetSession,
): Promise<{ readonly session: WidgetSession; readonly cookie: string | null }> {
  const code = 'code' in proof ? proof.code : proof.token;
  const codeSha256 = sha256(code);
  const current = await findWidgetSession(ctx, request, key);
  if (current && 'token' in proof && isSame(current.codeSha256, codeSha256))
    return { session: current, cookie: null };
  const [row] = await ctx.db.lookup<CodeRow & object>`select * from take_widget_code(${codeSha256})`;
  const now = ctx.clock.now();
  const wantedState = 'verifier' in proof ? sha256(proof.verifier).toString('base64url') : null;
  if (!row || row.expires_at <= now || row.application_id !== key.applicationId || row.state !== wantedState)
    throw new Refusal('SIGNED_OUT');
  const token = randomBytes(32).toString('base64url');
  await ctx.db.pipeline(row.tenant_id, (tx) => [
    tx`delete from widget_session where tenant_id = ${row.tenant_id} and expires_at <= ${now}`,
    tx`insert into widget_session
         (tenant_id, token_sha256, application_id, seat_id, candidate_id, code_sha256, created_at, expires_at)
       values (${row.tenant_id}, ${sha256(token)}, ${row.application_id}, ${row.seat_id}, ${row.candidate_id}, ${codeSha256},
         ${now}, ${now + SESSION_MS})`,
  ]);
  const session = await findByToken(ctx, token, key.applicationId);
  if (!session) throw new Refusal('SIGNED_OUT');
  const cookie = `${COOKIE}=${token}; Path=/; Max-Age=${SESSION_MS / 1000}; HttpOnly; Secure; SameSite=None; Partitioned`;
  return { session, cookie };
}

/** Who signs out of the app is signed out of every frame. */
export const closeWidgetSessions: SignOutHook = (tx, { tenantId, seatId }) =>
  tx`delete from widget_session where tenant_id = ${tenantId} and seat_id = ${seatId}`;

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
