import type { Context } from '../kernel/context.ts';
import type { Route } from '../kernel/http.ts';
import { type Limit, Throttle } from '../kernel/throttle.ts';
import { appRoute, openRoute } from './app-route.ts';
import { authorizationRoutes } from './authorize.ts';
import { jsonOf } from './body.ts';
import { readMe } from './me.ts';
import { answer } from './refusal.ts';
import { closeSession, type SignOutHook } from './session.ts';
import { checkSignIn, signIn } from './sign-in.ts';

/** By address, existing or not, so that being slowed down tells nothing; more processes mean more tries, which scrypt still makes hopeless. */
const SIGN_INS: Limit = { most: 10, windowMs: 15 * 60_000 };

export const signInThrottle = ({ clock }: Context): Throttle => new Throttle(clock, SIGN_INS);

export interface SessionOptions {
  /** One for every door at which people sign in. */
  readonly throttle?: Throttle;
  readonly signOutHooks?: readonly SignOutHook[];
}

export function sessionRoutes(
  ctx: Context,
  { throttle = signInThrottle(ctx), signOutHooks = [] }: SessionOptions = {},
): Route[] {
  return [
    ...authorizationRoutes(ctx, throttle),
    openRoute('POST', '/app/api/sign-in', async (request) => {
      const { answer: signedIn, opened } = await signIn(
        ctx,
        throttle,
        checkSignIn(jsonOf(request)),
        request.origin,
      );
      return answer(200, signedIn, opened ? { 'set-cookie': opened.cookie } : {});
    }),
    appRoute(ctx, 'POST', '/app/api/sign-out', async (session, { origin }) =>
      answer(204, undefined, { 'set-cookie': await closeSession(ctx, session, origin, signOutHooks) }),
    ),
    appRoute(ctx, 'GET', '/app/api/me', async (session) => answer(200, await readMe(ctx, session))),
  ];
}
