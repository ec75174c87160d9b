import type { Context } from '../kernel/context.ts';
import type { HttpRequest, HttpResponse, Route } from '../kernel/http.ts';
import { answerRefusal, Refusal } from './refusal.ts';
import { requireSameOrigin } from './same-origin.ts';
import { requireSession, type Session } from './session.ts';

/**
 * A route of the app for signed-in seats. Refusals become their JSON answer here; anything else that is thrown is a bug and the
 * HTTP edge's.
 */
export function appRoute(
  ctx: Context,
  method: 'GET' | 'POST',
  path: string,
  handler: (session: Session, request: HttpRequest) => Promise<HttpResponse>,
): Route {
  return openRoute(method, path, async (request) => handler(await requireSession(ctx, request), request));
}

/** A route of the app that needs no session: signing in. */
export function openRoute(
  method: 'GET' | 'POST',
  path: string,
  handler: (request: HttpRequest) => Promise<HttpResponse>,
): Route {
  return {
    method,
    path,
    async handler(request) {
      try {
        if (method !== 'GET') requireSameOrigin(request);
        return await handler(request);
      } catch (error) {
        if (error instanceof Refusal) return answerRefusal(error);
        throw error;
      }
    },
  };
}
