import { Type } from '@sinclair/typebox';
import type { Context } from '../kernel/context.ts';
import type { HttpRequest, HttpResponse, Route } from '../kernel/http.ts';
import type { Outbox } from '../kernel/outbox.ts';
import { answer, bodyOf, openRoute, Refusal, type Session } from '../session/index.ts';
import type { WidgetKey } from './key.ts';
import { admitFrame } from './limits.ts';
import { notifyVendor, readOnboarding, requestBundle } from './onboarding.ts';
import { findWidgetSession, seatSession } from './session.ts';
import { readWidgetCall, requireKey } from './viewer.ts';

const Bundle = Type.Object({ bundle: Type.String({ maxLength: 100 }) });

export function onboardingWidgetRoutes(ctx: Context, outbox: Outbox): Route[] {
  /** With a seat of the company that the key serves; of any, while it serves none. */
  const route = (
    method: 'GET' | 'POST',
    path: string,
    work: (key: WidgetKey, session: Session, request: HttpRequest) => Promise<HttpResponse>,
  ) =>
    openRoute(method, `/widgets/api/${path}`, async (request) => {
      const key = await requireKey(ctx, readWidgetCall(request));
      const session = await findWidgetSession(ctx, request, key);
      if (!session) throw new Refusal('SIGNED_OUT');
      admitFrame(ctx, key, session);
      if (key.ats && key.ats.tenantId !== session.tenantId) throw new Refusal('WIDGET_BAD_CONTEXT');
      return work(key, seatSession(session), request);
    });
  return [
    route('GET', 'onboarding', async (key, session, { origin }) =>
      answer(200, await readOnboarding(ctx, key, session, origin)),
    ),
    route('POST', 'onboarding/request', async (key, session, request) =>
      answer(200, await requestBundle(ctx, key, session, bodyOf(Bundle, request).bundle)),
    ),
    route('POST', 'onboarding/notify', async (key, session) => {
      await notifyVendor(ctx, outbox, key, session);
      return answer(200, {});
    }),
  ];
}
