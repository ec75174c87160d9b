import type { Context } from '../kernel/context.ts';
import type { HttpRequest, HttpResponse } from '../kernel/http.ts';
import type { Throttle } from '../kernel/throttle.ts';
import type { SignInState } from './form-page.ts';
import { Refusal, statusOf } from './refusal.ts';
import { requireSession, type Session } from './session.ts';
import { checkSignIn, type OpenedSeat, signIn } from './sign-in.ts';

/** What comes after a form with e-mail and password. */
interface Afterwards {
  /** The form again, with what was wrong or has to be chosen. */
  again(status: number, state: SignInState): HttpResponse;
  done(seat: OpenedSeat, cookie: string): Promise<HttpResponse> | HttpResponse;
}

/** Signs in who sent such a form. */
export async function signInStep(
  ctx: Context,
  throttle: Throttle,
  form: URLSearchParams,
  request: HttpRequest,
  { again, done }: Afterwards,
): Promise<HttpResponse> {
  const email = form.get('email') ?? '';
  const seatId = form.get('seat');
  try {
    const given = checkSignIn({ email, password: form.get('password') ?? '', ...(seatId ? { seatId } : {}) });
    const { answer, opened } = await signIn(ctx, throttle, given, request.origin);
    if (answer.status === 'choose-contract') {
      const problem = 'You hold several seats: choose one and give the password again.';
      return again(200, { email, problem, seats: answer.seats });
    }
    if (!opened) throw new Error('somebody was signed in without a session');
    return await done(opened.seat, opened.cookie);
  } catch (error) {
    if (error instanceof Refusal)
      return again(statusOf(error.code), { email, problem: error.message, seats: [] });
    throw error;
  }
}

/** Who is signed in already; null: nobody. */
export async function sessionOf(ctx: Context, request: HttpRequest): Promise<Session | null> {
  try {
    return await requireSession(ctx, request);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
