import { randomBytes } from 'node:crypto';
import type { Context } from '../kernel/context.ts';
import { escapeHtml } from '../kernel/escape-html.ts';
import type { HttpRequest, HttpResponse, Route } from '../kernel/http.ts';
import { isOwnForm } from '../kernel/own-form.ts';
import type { Throttle } from '../kernel/throttle.ts';
import {
  FORM_STYLE_SOURCE,
  formPage,
  type SignInState,
  sessionOf,
  signInPage,
  signInStep,
} from '../session/index.ts';
import { findWidgetKey, type WidgetKey } from './key.ts';
import { issueWidgetCode } from './session.ts';

const PATH = '/widgets/sign-in';
/** A SHA-256 as base64url: of what only the frame knows. */
const STATE = /^[\w-]{43}$/;

/**
 * The window that a frame opens for signing in. It is first-party where the frame is not, so it may have the session that the
 * frame cannot see. What it hands back is a code, to our own origin only, worth something only to the frame that knows
 * what `state` was made of. It must keep its opener: no Cross-Origin-Opener-Policy here.
 */
export function signInWindow(ctx: Context, throttle: Throttle): Route[] {
  return [
    { method: 'GET', path: PATH, handler: (request) => show(ctx, request) },
    { method: 'POST', path: PATH, handler: (request) => act(ctx, throttle, request) },
  ];
}

interface Asked {
  readonly key: WidgetKey;
  readonly state: string;
}

async function show(ctx: Context, request: HttpRequest): Promise<HttpResponse> {
  const asked = await readAsked(ctx, request);
  if (!asked) return REFUSED;
  const session = await sessionOf(ctx, request);
  return page(200, session ? continuePage(asked.key.name, session.email) : signInForm(ctx, asked));
}

async function act(ctx: Context, throttle: Throttle, request: HttpRequest): Promise<HttpResponse> {
  const asked = await readAsked(ctx, request);
  if (!asked || !isOwnForm(request)) return REFUSED;
  const form = new URLSearchParams(request.body.toString('utf8'));
  switch (form.get('step')) {
    case 'sign-in':
      return signInStep(ctx, throttle, form, request, {
        again: (status, state) => page(status, signInForm(ctx, asked, state)),
        done: async (seat, cookie) => {
          const handed = await handBack(ctx, asked, seat);
          return { ...handed, headers: { ...handed.headers, 'set-cookie': cookie } };
        },
      });
    case 'continue': {
      const session = await sessionOf(ctx, request);
      return session ? handBack(ctx, asked, session) : page(200, signInForm(ctx, asked));
    }
    case 'another':
      return page(200, signInForm(ctx, asked));
    default:
      // Cancel, and what is no button of ours.
      return closing('', '');
  }
}

/** With the way by the deployment's own provider, where it has one: that comes back to this window, signed in. */
function signInForm(ctx: Context, { key, state }: Asked, form?: SignInState): string {
  const { oidcIssuer, oidcClientId, oidcName } = ctx.config;
  if (oidcIssuer === null || oidcClientId === null) return signInPage(key.name, form);
  const back = `${PATH}?${new URLSearchParams({ api_key: key.apiKey, state })}`;
  const href = `/app/oidc/start?${new URLSearchParams({ to: back })}`;
  return signInPage(key.name, form, { name: oidcName, href });
}

async function readAsked(ctx: Context, { rawQuery }: HttpRequest): Promise<Asked | null> {
  const params = new URLSearchParams(rawQuery);
  const state = params.get('state') ?? '';
  const key = STATE.test(state) ? await findWidgetKey(ctx, params.get('api_key') ?? '') : null;
  return key && { key, state };
}

async function handBack(
  ctx: Context,
  { key: { applicationId }, state }: Asked,
  { tenantId, seatId }: { readonly tenantId: number; readonly seatId: number },
): Promise<HttpResponse> {
  const { code } = await issueWidgetCode(ctx, { tenantId, applicationId, for: { seatId }, state });
  const message = JSON.stringify({ in: 'signed-in', code });
  return closing(`opener?.postMessage(${message}, location.origin);`, '');
}

/** `script`: of our own making, with nothing in it that somebody gave us. */
function closing(script: string, note: string): HttpResponse {
  const nonce = randomBytes(16).toString('base64');
  const body = `<p>${note || 'You can close this window and go back.'}</p>\n<script nonce="${nonce}">${script}close();</script>`;
  return page(200, formPage('Signed in', body), `script-src 'nonce-${nonce}'; `);
}

function continuePage(applicationName: string, email: string): string {
  return formPage(
    'Go on here?',
    `<p>You are signed in as ${escapeHtml(email)}. You can go on as this person inside ${escapeHtml(applicationName)}.</p>
<form method="post">
<button name="step" value="continue">Continue</button>
<button name="step" value="another">Use another account</button>
</form>`,
  );
}

function page(status: number, body: string, scripts = ''): HttpResponse {
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy':
        `default-src 'none'; ${scripts}style-src ${FORM_STYLE_SOURCE}; base-uri 'none'; form-action 'self'; ` +
        "frame-ancestors 'none'",
    },
    body,
  };
}

const REFUSED = page(
  400,
  formPage(
    'This window cannot sign you in',
    '<p role="alert">It was not opened by one of our widgets. Close it, go back, and press “Sign in” again.</p>',
  ),
);
