import { createHash } from 'node:crypto';
import { escapeHtml } from '../kernel/escape-html.ts';
import type { AuthorizationRequest } from '../tenancy/index.ts';

export interface SeatChoice {
  readonly seatId: string;
  readonly contract: string;
  readonly organisation: string;
}

const STYLE = `
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; background: #f4f5f7; color: #1b1f24; }
main { max-width: 26rem; margin: 10vh auto; padding: 2rem; background: #fff; border: 1px solid #d5d9de; border-radius: .5rem; }
h1 { font-size: 1.25rem; margin-top: 0; }
label { display: block; margin: .75rem 0 .25rem; }
input, select { box-sizing: border-box; width: 100%; padding: .5rem; font: inherit; }
button { margin: 1.25rem .5rem 0 0; padding: .5rem 1.25rem; font: inherit; }
[role=alert] { color: #a3200d; }
`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/**
 * The page's own policy: its style, and forms that may end at the application's address. Browsers hold a form's redirects
 * to form-action too.
 */
export function pageHeaders(redirectUri?: string): Record<string, string> {
  const origin = redirectUri === undefined ? '' : ` ${new URL(redirectUri).origin}`;
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy':
      `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; ` +
      `form-action 'self'${origin}; frame-ancestors 'none'`,
  };
}

export function refusalPage(reason: string): string {
  return page('This cannot be authorised', `<p role="alert">${escapeHtml(reason)}</p>`);
}

interface SignInState {
  readonly email: string;
  readonly problem: string;
  readonly seats: readonly SeatChoice[];
}

export function signInPage({ applicationName }: AuthorizationRequest, state?: SignInState): string {
  const { email = '', problem = '', seats = [] } = state ?? {};
  const options = seats.map(
    ({ seatId, contract, organisation }) =>
      `<option value="${escapeHtml(seatId)}">${escapeHtml(`${organisation}: ${contract}`)}</option>`,
  );
  return page(
    'Sign in',
    `<p>${escapeHtml(applicationName)} asks who you are.</p>
${problem === '' ? '' : `<p role="alert">${escapeHtml(problem)}</p>`}
<form method="post">
<label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="username" value="${escapeHtml(email)}" required>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
${options.length === 0 ? '' : `<label for="seat">Contract</label>\n<select id="seat" name="seat">${options.join('')}</select>`}
<button name="step" value="sign-in">Sign in</button>
<button name="step" value="cancel" formnovalidate>Cancel</button>
</form>`,
  );
}

export function consentPage(
  { applicationName }: AuthorizationRequest,
  email: string,
  consent: string,
): string {
  return page(
    `${applicationName} asks who you are`,
    `<p>You are signed in as ${escapeHtml(email)}. If you allow it, ${escapeHtml(applicationName)} learns your name and an id of yours
that means nothing to any other application. It gets no password and no messages.</p>
<form method="post">
<input type="hidden" name="consent" value="${escapeHtml(consent)}">
<button name="step" value="allow">Allow</button>
<button name="step" value="cancel">Cancel</button>
</form>`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main>
<h1>${escapeHtml(title)}</h1>
${body}
</main></body>
</html>
`;
}
