import type { Context } from '../kernel/context.ts';
import type { HttpRequest, HttpResponse, Route } from '../kernel/http.ts';
import { issueToken, TOKEN_LIFETIME_MS } from './access-token.ts';

const REQUIRED = ['grant_type', 'client_id', 'client_secret'] as const;

/** `POST /oauth/v2/accessToken`: the two-legged client-credentials grant. */
export function oauthRoutes(ctx: Context): Route[] {
  return [{ method: 'POST', path: '/oauth/v2/accessToken', handler: (request) => answerToken(ctx, request) }];
}

async function answerToken(ctx: Context, request: HttpRequest): Promise<HttpResponse> {
  // A form whatever the content type says: the vendor's own collection sends it as text/plain. Never from the URL,
  // where a secret would end up in logs.
  const form = new URLSearchParams(request.body.toString('utf8'));
  const missing = REQUIRED.find((name) => !form.get(name));
  if (missing) return refuse(400, 'invalid_request', `A required parameter "${missing}" is missing`);
  if (form.get('grant_type') !== 'client_credentials') {
    return refuse(400, 'unsupported_grant_type', 'The grant_type must be client_credentials');
  }
  const answer = await issueToken(ctx, form.get('client_id') ?? '', form.get('client_secret') ?? '');
  if ('error' in answer) return refuse(answer.status, answer.error, answer.description);
  return json(200, { access_token: answer.token, expires_in: TOKEN_LIFETIME_MS / 1000 });
}

function refuse(status: number, error: string, description: string): HttpResponse {
  return json(status, { error, error_description: description });
}

function json(status: number, body: object): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(body),
  };
}
