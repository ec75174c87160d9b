import type { ChooseWidgetSeat, OpenWidgetSession } from '@carrick/protocol';
import { Type } from '@sinclair/typebox';
import type { Context } from '../kernel/context.ts';
import type { Route } from '../kernel/http.ts';
import type { Outbox } from '../kernel/outbox.ts';
import { type Limit, Throttle } from '../kernel/throttle.ts';
import { answer, bodyOf, openRoute, Refusal } from '../session/index.ts';
import { openWidgetFiles } from './files.ts';
import { framePages } from './frame-page.ts';
import { chooseSeat, readWidgetMe } from './me.ts';
import { onboardingWidgetRoutes } from './onboarding-routes.ts';
import { findWidgetSession, openWidgetSession } from './session.ts';
import { sessionTokenRoute } from './session-token.ts';
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

/** The widgets, but for what the profile widget shows. */
export async function widgetRoutes(ctx: Context, outbox: Outbox, signIns: Throttle): Promise<Route[]> {
  const files = await openWidgetFiles();
  const openings = new Throttle(ctx.clock, OPENINGS);
  return [
    ...files.routes,
    ...framePages(ctx, files),
    ...signInWindow(ctx, signIns),
    ...onboardingWidgetRoutes(ctx, outbox),
    sessionTokenRoute(ctx),
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
