import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type ErrorCode, ProtocolError, ROOTS } from '@carrick/protocol';
import type { HttpRequest, HttpResponse, Route } from '../kernel/http.ts';
import { refusalVersion, renderError } from '../kernel/render-error.ts';
import { DELAY_MS, RETRY_AFTER_MS, type RequestFault } from './fault-kinds.ts';
import type { MagicRecords } from './magic.ts';
import type { FaultRules } from './rules.ts';

/** What is to happen to one request. */
interface Strike {
  readonly fault: RequestFault;
  readonly delayMs: number;
  readonly retryAfterMs: number;
}

/** The same routes, on which the rules and magic records strike. */
export function faultyRoutes(rules: FaultRules, magic: MagicRecords): (routes: readonly Route[]) => Route[] {
  // What came with them is a secret: only hashes are kept.
  const staleTokens = new Set<string>();

  async function suffer(
    request: HttpRequest,
    strike: Strike,
    handler: Route['handler'],
  ): Promise<HttpResponse> {
    switch (strike.fault) {
      case 'throttled':
        return refusal(request, 'THROTTLED', strike.retryAfterMs);
      case 'unavailable':
        return refusal(request, 'UNAVAILABLE', strike.retryAfterMs);
      case 'server-error':
        return refusal(request, 'INTERNAL');
      case 'stale-token':
        if (request.headers.authorization !== undefined) staleTokens.add(tokenHash(request));
        return refusal(request, 'EXPIRED_ACCESS_TOKEN');
      case 'slow':
        await pause(strike.delayMs);
        return handler(request);
      case 'cut':
        return { status: 500, isCut: true };
      case 'answer-lost':
        return { ...(await handler(request)), isCut: true };
    }
  }

  function strikeAt(request: HttpRequest): Strike | ProtocolError | null {
    const forced = magic.ofRequest(request);
    if (forced instanceof ProtocolError) return forced;
    if (forced) return { fault: forced, delayMs: DELAY_MS, retryAfterMs: RETRY_AFTER_MS };
    const rule = rules.strike('request', request.method, request.path);
    return rule && { ...rule, fault: rule.fault as RequestFault }; // it was asked for one of a request
  }

  const faulty = (route: Route): Route => ({
    ...route,
    async handler(request) {
      const strike = strikeAt(request);
      if (strike instanceof ProtocolError) return refusal(request, strike.code);
      if (strike) return suffer(request, strike, route.handler);
      if (staleTokens.size > 0 && staleTokens.has(tokenHash(request)))
        return refusal(request, 'EXPIRED_ACCESS_TOKEN');
      return route.handler(request);
    },
  });
  return (routes) => routes.map(faulty);
}

const tokenHash = ({ headers }: HttpRequest): string =>
  createHash('sha256')
    .update(headers.authorization ?? '')
    .digest('base64');

/** As the platform itself refuses. */
function refusal({ id, path, headers }: HttpRequest, code: ErrorCode, retryAfterMs?: number): HttpResponse {
  const isWire = Object.values(ROOTS).some((root) => path.startsWith(root));
  const error = new ProtocolError(code, undefined, retryAfterMs === undefined ? {} : { retryAfterMs });
  return renderError(error, id, isWire ? refusalVersion(headers) : undefined).response;
}
