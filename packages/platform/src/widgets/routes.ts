import type { ChooseWidgetSeat, OpenWidgetSession } from '@carrick/protocol';
import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { Context } from '../kernel/context.ts';
import type { HttpRequest, Route } from '../kernel/http.ts';
import { type Limit, Throttle } from '../kernel/throttle.ts';
import { answer, openRoute, Refusal } from '../session/index.ts';
import { openWidgetFiles } from './files.ts';
import { framePages } from './frame-page.ts';
import { chooseSeat, readWidgetMe } from './me.ts';
import { findWidgetSession, openWidgetSession } from './session.ts';
import { signInWindow } from './sign-in.ts';
import { readWidgetCall, requireKey } from './viewer.ts';

/** Codes have 256 bits; this is against those who make work. */
const OPENINGS: Limit = { most: 60, windowMs: 60_000 };
const Token = Type.String({ minLength: 1, maxLength: 100 });
const Open = Type.Union([
  Type.Object({ code: Token, verifier: Token }, { additionalProperties: false }),
  Type.Object({ token: Token }, { additionalProperties: false }),
]);
const Choose = Type.Object({ seatId: Type.String({ maxLength: 20 }) });

/** Everything of the widgets but what each of them shows. */
export async function widgetRoutes(ctx: Context, signIns: Throttle): Promise<Route[]> {
  const files = await openWidgetFiles();
  const openings = new Throttle(ctx.clock, OPENINGS);
  return [
    ...files.routes,
    ...framePages(ctx, files),
    ...signInWindow(ctx, signIns),
    openRoute('GET', '/widgets/api/me', async (request) => {
      const key = await requireKey(ctx, readWidgetCall(request));
      return answer(200, await readWidgetMe(ctx, key, await findWidgetSession(ctx, request, key)));
    }),
    openRoute('POST', '/widgets/api/session', async (request) => {
      const proof: OpenWidgetSession = bodyOf(Open, request);
      const waitMs = openings.attempt(request.address);
      if (waitMs > 0) throw new Refusal('WIDGET_TOO_FAST', waitMs);
      const key = await requireKey(ctx, readWidgetCall(request));
      const { session, cookie } = await openWidgetSession(ctx, request, key, proof);
      return answer(
        200,
        await readWidgetMe(ctx, key, session),
        cookie === null ? {} : { 'set-cookie': cookie },
      );
    }),
    openRoute('POST', '/widgets/api/seat', async (request) => {
      const { seatId }: ChooseWidgetSeat = bodyOf(Choose, request);
      const key = await requireKey(ctx, readWidgetCall(request));
      const session = await findWidgetSession(ctx, request, key);
      if (!session) throw new Refusal('SIGNED_OUT');
      await chooseSeat(ctx, session, seatId);
      return answer(200, await readWidgetMe(ctx, key, await findWidgetSession(ctx, request, key)));
    }),
  ];
}

function bodyOf<Body extends TSchema>(schema: Body, { body }: HttpRequest): Static<Body> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new Refusal('BAD_REQUEST');
  }
  if (!Value.Check(schema, value)) throw new Refusal('BAD_REQUEST');
  return value;
}
