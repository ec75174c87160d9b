import { createHash } from 'node:crypto';
import { escapeHtml } from '../kernel/escape-html.ts';

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

/** For the policy of a page made here. */
export const FORM_STYLE_SOURCE = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

export interface SignInState {
  readonly email: string;
  readonly problem: string;
  readonly seats: readonly SeatChoice[];
}

/** Another way to sign in, which comes back by itself. */
interface Provider {
  readonly name: string;
  readonly href: string;
}

/** E-mail and password for somebody who asks, and the choice of a seat where there are several. Sent as `step=sign-in`. */
export function signInPage(applicationName: string, state?: SignInState, provider?: Provider): string {
  const { email = '', problem = '', seats = [] } = state ?? {};
  const options = seats.map(
    ({ seatId, contract, organisation }) =>
      `<option value="${escapeHtml(seatId)}">${escapeHtml(`${organisation}: ${contract}`)}</option>`,
  );
  return formPage(
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
</form>
${provider ? `<p><a href="${escapeHtml(provider.href)}">Sign in with ${escapeHtml(provider.name)}</a></p>` : ''}`,
  );
}

export function formPage(title: string, body: string): string {
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
