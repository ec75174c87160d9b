import { randomBytes } from 'node:crypto';
import type { Context } from '../kernel/context.ts';
import type { Consent } from './access-token.ts';
import { findClient, type OauthRefusal, sha256 } from './oauth-client.ts';

const CODE_LIFETIME_MS = 30 * 60_000;
const FORGET_EXPIRED_MS = 24 * 3_600_000;
/** The one scope a member can grant: name and id, as this application knows them. */
const MEMBER_SCOPE = 'r_liteprofile';

/** What an application asks a member for; checked. */
export interface AuthorizationRequest {
  readonly clientId: string;
  readonly applicationId: number;
  readonly applicationName: string;
  readonly redirectUri: string;
  readonly scope: string;
  readonly state: string | null;
}

/**
 * Checks what the browser brought. Nothing is sent back to an address that is not exactly one of the application's, so
 * all refusals are for the page. @returns the reason when it is refused
 */
export async function readAuthorizationRequest(
  ctx: Context,
  params: URLSearchParams,
): Promise<AuthorizationRequest | { readonly refusal: string }> {
  const clientId = params.get('client_id') ?? '';
  const client = await findClient(ctx, clientId);
  if (client?.kind !== 'customer' || client.access !== 'enabled')
    return { refusal: 'The passed in client_id is invalid or not enabled.' };
  const redirectUri = params.get('redirect_uri') ?? '';
  if (!client.callbackUrls.includes(redirectUri))
    return { refusal: 'The redirect_uri does not match the registered value.' };
  if (params.get('response_type') !== 'code') return { refusal: 'The response_type must be code.' };
  const scopes = (params.get('scope') ?? '').split(/[\s,]+/).filter((scope) => scope !== '');
  if (scopes.length === 0 || scopes.some((scope) => scope !== MEMBER_SCOPE))
    return { refusal: `The requested scope is invalid: ${MEMBER_SCOPE} is the only one.` };
  return {
    clientId,
    applicationId: client.applicationId,
    applicationName: client.name,
    redirectUri,
    scope: MEMBER_SCOPE,
    state: params.get('state'),
  };
}

/** The code that the application turns into the member's token, once. */
export async function issueCode(
  ctx: Context,
  { applicationId, redirectUri, scope }: AuthorizationRequest,
  memberId: number,
): Promise<string> {
  const code = `AQ${randomBytes(32).toString('base64url')}`;
  const now = ctx.clock.now();
  await ctx.db.lookup`select issue_authorization_code(
    ${sha256(code)}, ${applicationId}, ${memberId}, ${redirectUri}, ${scope}, ${now}, ${now + CODE_LIFETIME_MS},
    ${now - FORGET_EXPIRED_MS}
  )`;
  return code;
}

interface CodeRow {
  application_id: number;
  member_id: number;
  redirect_uri: string;
  scope: string;
  created_at: number;
  expires_at: number;
}

/** What the code stands for. It is spent by this, whatever comes of it. */
export async function redeemCode(
  ctx: Context,
  { applicationId }: { readonly applicationId: number },
  { code, redirectUri }: { readonly code: string; readonly redirectUri: string },
): Promise<Consent | OauthRefusal> {
  const [row] = await ctx.db.lookup<
    CodeRow & object
  >`select * from redeem_authorization_code(${sha256(code)})`;
  if (!row) {
    return {
      status: 401,
      error: 'invalid_request',
      description: 'Unable to retrieve access token: authorization code not found',
    };
  }
  const isMatch = row.application_id === applicationId && row.redirect_uri === redirectUri;
  if (!isMatch || ctx.clock.now() >= row.expires_at) {
    return {
      status: 400,
      error: 'invalid_redirect_uri',
      description:
        'Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. ' +
        'Or authorization code expired. Or external member binding exists',
    };
  }
  return { memberId: row.member_id, scope: row.scope, authorizedAt: row.created_at };
}
