import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from '../kernel/context.ts';
import type { HttpRequest, HttpResponse, Route } from '../kernel/http.ts';
import { isOwnForm } from '../kernel/own-form.ts';
import type { Throttle } from '../kernel/throttle.ts';
import { type AuthorizationRequest, issueCode, readAuthorizationRequest } from '../tenancy/index.ts';
import { consentPage, pageHeaders, refusalPage, type SeatChoice, signInPage } from './authorize-page.ts';
import { Refusal, statusOf } from './refusal.ts';
import { requireSession, type Session } from './session.ts';
import { checkSignIn, signIn } from './sign-in.ts';

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
  if (!session) return page(200, signInPage(asked), asked);
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
      return answerSignIn(ctx, throttle, asked, form, request);
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
      if (!session) return page(200, signInPage(asked), asked);
      if (!isSameText(form.get('consent') ?? '', consentToken(session, asked)))
        return page(200, consentPage(asked, session.email, consentToken(session, asked)), asked);
      return goBack(asked, { code: await issueCode(ctx, asked, session.memberId) });
    default:
      return page(400, refusalPage('This form cannot be read.'));
  }
}

async function answerSignIn(
  ctx: Context,
  throttle: Throttle,
  asked: AuthorizationRequest,
  form: URLSearchParams,
  request: HttpRequest,
): Promise<HttpResponse> {
  const email = form.get('email') ?? '';
  const seatId = form.get('seat');
  const again = (status: number, problem: string, seats: readonly SeatChoice[] = []) =>
    page(status, signInPage(asked, { email, problem, seats }), asked);
  try {
    const given = checkSignIn({ email, password: form.get('password') ?? '', ...(seatId ? { seatId } : {}) });
    const { answer, cookie } = await signIn(ctx, throttle, given, request.origin);
    if (answer.status === 'choose-contract')
      return again(200, 'You hold several seats: choose one and give the password again.', answer.seats);
    return {
      status: 303,
      headers: {
        location: `${PATH}?${request.rawQuery}`,
        'cache-control': 'no-store',
        ...(cookie === undefined ? {} : { 'set-cookie': cookie }),
      },
    };
  } catch (error) {
    if (error instanceof Refusal) return again(statusOf(error.code), error.message);
    throw error;
  }
}

async function sessionOf(ctx: Context, request: HttpRequest): Promise<Session | null> {
  try {
    return await requireSession(ctx, request);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
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
