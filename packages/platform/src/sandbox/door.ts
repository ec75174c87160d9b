import { ProtocolError } from '@carrick/protocol';
import type { HttpRequest, HttpResponse, Route } from '../kernel/http.ts';
import { isOwnOrigin } from '../kernel/own-form.ts';

const MOST_BYTES = 64 * 1024;

/**
 * A route of the sandbox itself. It asks for no sign-in, since whoever reaches a sandbox may do anything with it; but a page of
 * another site that happens to be open in the same browser may not: a JSON body needs a preflight, which nobody answers.
 */
export function doorOf(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  answer: (body: Readonly<Record<string, unknown>>) => unknown,
): Route {
  return {
    method,
    path,
    async handler(request): Promise<HttpResponse> {
      if (!isOwnOrigin(request)) throw new ProtocolError('ACCESS_DENIED');
      const body = method === 'POST' ? readBody(request) : {};
      return {
        status: 200,
        headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
        body: JSON.stringify(await answer(body)),
      };
    },
  };
}

function readBody({ headers, body }: HttpRequest): Readonly<Record<string, unknown>> {
  if (!/^application\/json\b/.test(headers['content-type'] ?? ''))
    throw new ProtocolError('BAD_REQUEST', 'Send application/json');
  if (body.length > MOST_BYTES) throw new ProtocolError('BODY_TOO_LARGE');
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>; // an object that is no array
  } catch {
    // said below
  }
  throw new ProtocolError('BAD_REQUEST', 'The body is no JSON object');
}
