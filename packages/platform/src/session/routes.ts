import type { SignInRequest } from '@carrick/protocol';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { Context } from '../kernel/context.ts';
import type { HttpRequest, Route } from '../kernel/http.ts';
import { appRoute, openRoute } from './app-route.ts';
import { readMe } from './me.ts';
import { answer, Refusal } from './refusal.ts';
import { closeSession } from './session.ts';
import { signIn } from './sign-in.ts';
import { Throttle } from './throttle.ts';

const MAX_PASSWORD_CHARACTERS = 1024;
const SignInBody = Type.Object({
  email: Type.String({ minLength: 1, maxLength: 320 }),
  password: Type.String({ minLength: 1, maxLength: MAX_PASSWORD_CHARACTERS }),
  seatId: Type.Optional(Type.String({ maxLength: 20 })),
});

export function sessionRoutes(ctx: Context): Route[] {
  const throttle = new Throttle(ctx.clock);
  return [
    openRoute('POST', '/app/api/sign-in', async (request) => {
      const signedIn = await signIn(ctx, throttle, readSignIn(request), request.origin);
      return answer(
        200,
        signedIn.answer,
        signedIn.cookie === undefined ? {} : { 'set-cookie': signedIn.cookie },
      );
    }),
    appRoute(ctx, 'POST', '/app/api/sign-out', async (session, { origin }) =>
      answer(204, undefined, { 'set-cookie': await closeSession(ctx, session, origin) }),
    ),
    appRoute(ctx, 'GET', '/app/api/me', async (session) => answer(200, await readMe(ctx, session))),
  ];
}

function readSignIn({ body }: HttpRequest): SignInRequest {
  const given = parseJson(body.toString('utf8'));
  if (!Value.Check(SignInBody, given)) throw new Refusal('BAD_REQUEST');
  return given;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('BAD_REQUEST');
  }
}
