import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from '../kernel/context.ts';
import type { HttpRequest, HttpResponse, Route } from '../kernel/http.ts';
import { isOwnForm } from '../kernel/own-form.ts';
import type { Throttle } from '../kernel/throttle.ts';
import { type AuthorizationRequest, issueCode, readAuthorizationRequest } from '../tenancy/index.ts';
import { consentPage, pageHeaders, refusalPage } from './authorize-page.ts';
import { signInPage } from './form-page.ts';
import type { Session } from './session.ts';
import { sessionOf, signInStep } from './sign-in-step.ts';

const PATH = '/oauth/v2/authorization';

/**
 * Where a member signs in and lets an application know who they are; the application gets a code. Forms only: the page
 * works without script. What the application brought stays in the query of every step.
 */
export function authorizationRoutes(ctx: Context, throttle: Throttle): Route[] {
  return [
    { method: 'GET', path: PATH, handler: (request) => show(ctx, request) },
    { method: 'POST', path: PATH, handler: (request) => act(ctx, throttle, request) },
  ];
}

async function show(ctx: Context, request: HttpRequest): Promise<HttpResponse> {
  const asked = await readAuthorizationRequest(ctx, new URLSearchParams(request.rawQuery));
  if ('refusal' in asked) return page(401, refusalPage(asked.refusal));
  const session = await sessionOf(ctx, request);
  if (!session) return page(200, signInPage(asked.applicationName), asked);
  return page(200, consentPage(asked, session.email, consentToken(session, asked)), asked);
}

async function act(ctx: Context, throttle: Throttle, request: HttpRequest): Promise<HttpResponse> {
  const asked = await readAuthorizationRequest(ctx, new URLSearchParams(request.rawQuery));
  if ('refusal' in asked) return page(401, refusalPage(asked.refusal));
  if (!isOwnForm(request)) return page(403, refusalPage('This form did not come from this page.'));
  const form = new URLSearchParams(request.body.toString('utf8'));
  const session = await sessionOf(ctx, request);
  switch (form.get('step')) {
    case 'sign-in':
      return signInStep(ctx, throttle, form, request, {
        again: (status, state) => page(status, signInPage(asked.applicationName, state), asked),
        done: (_seat, cookie) => ({
          status: 303,
          headers: {
            location: `${PATH}?${request.rawQuery}`,
            'cache-control': 'no-store',
            'set-cookie': cookie,
          },
        }),
      });
    case 'cancel':
      return session
        ? goBack(asked, {
            error: 'user_cancelled_authorize',
            error_description: 'The user cancelled the authorization',
          })
        : goBack(asked, {
            error: 'user_cancelled_login',
            error_description: 'The user cancelled signing in',
          });
    case 'allow':
      if (!session) return page(200, signInPage(asked.applicationName), asked);
      if (!isSameText(form.get('consent') ?? '', consentToken(session, asked)))
        return page(200, consentPage(asked, session.email, consentToken(session, asked)), asked);
      return goBack(asked, { code: await issueCode(ctx, asked, session.memberId) });
    default:
      return page(400, refusalPage('This form cannot be read.'));
  }
}

/** Shown with what is asked and sent back with the consent: consent to something else, or on another page, has another. */
function consentToken(
  { tokenSha256 }: Session,
  { clientId, redirectUri, scope, state }: AuthorizationRequest,
): string {
  return createHmac('sha256', tokenSha256)
    .update(JSON.stringify(['consent', clientId, redirectUri, scope, state]))
    .digest('base64url');
}

function isSameText(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function goBack(
  { redirectUri, state }: AuthorizationRequest,
  params: Readonly<Record<string, string>>,
): HttpResponse {
  // Appended as text: a URL object would write the application's own query anew.
  const added = new URLSearchParams({ ...params, ...(state === null ? {} : { state }) });
  const url = new URL(`${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${added}`);
  return { status: 302, headers: { location: url.href, 'cache-control': 'no-store' } };
}

function page(status: number, body: string, asked?: AuthorizationRequest): HttpResponse {
  return { status, headers: pageHeaders(asked?.redirectUri), body };
}
