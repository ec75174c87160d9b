import type { SignInAnswer, SignInRequest } from '@carrick/protocol';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { ViewerSeat } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import { verifyPassword } from '../kernel/password.ts';
import type { Throttle } from '../kernel/throttle.ts';
import { readMe } from './me.ts';
import { Refusal } from './refusal.ts';
import { openSession } from './session.ts';

const MAX_PASSWORD_CHARACTERS = 1024;
const SignInBody = Type.Object({
  // Without NUL, which PostgreSQL refuses.
  email: Type.String({ minLength: 1, maxLength: 320, pattern: '^[^\\0]*$' }),
  password: Type.String({ minLength: 1, maxLength: MAX_PASSWORD_CHARACTERS }),
  seatId: Type.Optional(Type.String({ maxLength: 20 })),
});

/** What somebody gave to sign in with. @throws Refusal BAD_REQUEST */
export function checkSignIn(given: unknown): SignInRequest {
  if (!Value.Check(SignInBody, given)) throw new Refusal('BAD_REQUEST');
  return given;
}

interface SeatRow {
  tenant_id: number;
  seat_id: number;
  contract_id: number;
  member_id: number;
  password_hash: string;
  is_active: boolean;
  contract: string;
  organisation: string;
}

export type OpenedSeat = Pick<ViewerSeat, 'tenantId' | 'seatId'>;

/** A sign-in's outcome; `opened` only when a session was. */
interface SignedIn {
  readonly answer: SignInAnswer;
  readonly opened: { readonly seat: OpenedSeat; readonly cookie: string } | null;
}

/**
 * Signs a seat holder in, or asks which contract when the password opens several seats.
 * @throws Refusal WRONG_PASSWORD (the same, and after the same work, for an unknown address), SEAT_INACTIVE, TOO_MANY_ATTEMPTS.
 */
export async function signIn(
  ctx: Context,
  throttle: Throttle,
  request: SignInRequest,
  origin: string,
): Promise<SignedIn> {
  const address = request.email.trim().toLowerCase();
  const waitMs = throttle.attempt(address);
  if (waitMs > 0) throw new Refusal('TOO_MANY_ATTEMPTS', waitMs);

  const seats = await seatsOf(ctx, address);
  const opened = await openedBy(request.password, seats);
  if (opened.length === 0) throw new Refusal('WRONG_PASSWORD');
  throttle.succeeded(address);

  const active = opened.filter((seat) => seat.is_active);
  if (active.length === 0) throw new Refusal('SEAT_INACTIVE');
  const seat = active.length === 1 ? active[0] : active.find((row) => String(row.seat_id) === request.seatId);
  if (!seat) {
    const choices = active.map((row) => ({
      seatId: String(row.seat_id),
      contract: row.contract,
      organisation: row.organisation,
    }));
    return { answer: { status: 'choose-contract', seats: choices }, opened: null };
  }

  const cookie = await openSession(
    ctx,
    { tenantId: seat.tenant_id, seatId: seat.seat_id },
    origin,
    active.map((row) => row.seat_id),
  );
  const session = {
    tenantId: seat.tenant_id,
    contractId: seat.contract_id,
    seatId: seat.seat_id,
    memberId: seat.member_id,
    email: address,
  };
  return {
    answer: { status: 'signed-in', me: await readMe(ctx, session) },
    opened: { seat: session, cookie },
  };
}

/** All at once, and one comparison where there is no seat: the time of an answer does not tell which addresses exist. */
async function openedBy(password: string, seats: readonly SeatRow[]): Promise<readonly SeatRow[]> {
  if (seats.length === 0) await verifyPassword(password, null);
  const verdicts = await Promise.all(seats.map((seat) => verifyPassword(password, seat.password_hash)));
  return seats.filter((_seat, index) => verdicts[index]);
}

function seatsOf(ctx: Context, address: string) {
  return ctx.db.lookup<SeatRow>`select * from seats_by_email(${address})`;
}
