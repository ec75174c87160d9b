import type { Context } from '../kernel/context.ts';
import type { HttpRequest, HttpResponse } from '../kernel/http.ts';
import { findToken, issueToken, type TokenRow } from './access-token.ts';
import { redeemCode } from './authorization-code.ts';
import { noteSecretUsed, type OauthClient, type OauthRefusal, verifyClient } from './oauth-client.ts';

/** The grants of the token endpoint, and what each must bring besides itself. */
const GRANTS = {
  client_credentials: ['client_id', 'client_secret'],
  authorization_code: ['code', 'redirect_uri', 'client_id', 'client_secret'],
} as const;

/** `POST /oauth/v2/accessToken` */
export async function answerToken(ctx: Context, request: HttpRequest): Promise<HttpResponse> {
  const form = formOf(request);
  const grant = form.get('grant_type') ?? '';
  if (grant === '') return refuse(missing('grant_type'));
  if (grant !== 'client_credentials' && grant !== 'authorization_code') {
    return refuse({
      status: 400,
      error: 'unsupported_grant_type',
      description: 'The grant_type must be client_credentials or authorization_code',
    });
  }
  const absent = GRANTS[grant].find((name) => !form.get(name));
  if (absent) return refuse(missing(absent));
  const secret = form.get('client_secret') ?? '';
  const client = await verifyClient(ctx, form.get('client_id') ?? '', secret);
  if ('error' in client) return refuse(client);
  if (client.access !== 'blocked') await noteSecretUsed(ctx, client, secret);
  switch (grant) {
    case 'client_credentials':
      return answerApplicationToken(ctx, client);
    case 'authorization_code':
      return answerMemberToken(ctx, client, form);
  }
}

async function answerApplicationToken(ctx: Context, client: OauthClient): Promise<HttpResponse> {
  if (client.access === 'blocked') {
    return refuse({
      status: 401,
      error: 'access_denied',
      description: 'This application is not allowed to create application tokens',
    });
  }
  const { token, lifetimeMs } = await issueToken(ctx, client);
  return json(200, { access_token: token, expires_in: lifetimeMs / 1000 });
}

async function answerMemberToken(
  ctx: Context,
  client: OauthClient,
  form: URLSearchParams,
): Promise<HttpResponse> {
  const consent = await redeemCode(ctx, client, {
    code: form.get('code') ?? '',
    redirectUri: form.get('redirect_uri') ?? '',
  });
  if ('error' in consent) return refuse(consent);
  const { token, lifetimeMs } = await issueToken(ctx, client, consent);
  return json(200, { access_token: token, expires_in: lifetimeMs / 1000, scope: consent.scope });
}

/** `POST /oauth/v2/introspectToken`: what a token of the asking application is. Of another's, only that it is of no use. */
export async function answerIntrospection(ctx: Context, request: HttpRequest): Promise<HttpResponse> {
  const form = formOf(request);
  const absent = (['client_id', 'client_secret', 'token'] as const).find((name) => !form.get(name));
  if (absent) return refuse(missing(absent));
  const client = await verifyClient(ctx, form.get('client_id') ?? '', form.get('client_secret') ?? '');
  if ('error' in client) return refuse(client);
  const row = await findToken(ctx, form.get('token') ?? '');
  if (!row)
    return refuse({ status: 400, error: 'invalid_request', description: 'The passed in token is invalid' });
  if (row.application_id !== client.applicationId) return json(200, { active: false });
  return json(200, introspection(row, ctx.clock.now()));
}

function introspection(row: TokenRow, now: number): object {
  const seconds = (at: number) => Math.floor(at / 1000);
  const status = row.access === 'blocked' ? 'revoked' : now >= row.expires_at ? 'expired' : 'active';
  return {
    active: status === 'active',
    client_id: row.client_id,
    authorized_at: seconds(row.authorized_at ?? row.created_at),
    created_at: seconds(row.created_at),
    status,
    expires_at: seconds(row.expires_at),
    ...(row.scope === null ? {} : { scope: row.scope }),
    auth_type: row.member_id === null ? '2L' : '3L',
  };
}

/**
 * A form whatever the content type says: the vendor's own collection sends it as text/plain. Never from the URL, where a
 * secret would end up in logs.
 */
function formOf(request: HttpRequest): URLSearchParams {
  return new URLSearchParams(request.body.toString('utf8'));
}

function missing(name: string): OauthRefusal {
  return { status: 400, error: 'invalid_request', description: `A required parameter "${name}" is missing` };
}

function refuse({ status, error, description }: OauthRefusal): HttpResponse {
  return json(status, { error, error_description: description });
}

function json(status: number, body: object): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(body),
  };
}
