import { escapeHtml } from '../kernel/escape-html.ts';
import type { AuthorizationRequest } from '../tenancy/index.ts';
import { FORM_STYLE_SOURCE, formPage } from './form-page.ts';

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
      `default-src 'none'; style-src ${FORM_STYLE_SOURCE}; base-uri 'none'; ` +
      `form-action 'self'${origin}; frame-ancestors 'none'`,
  };
}

export function refusalPage(reason: string): string {
  return formPage('This cannot be authorised', `<p role="alert">${escapeHtml(reason)}</p>`);
}

export function consentPage(
  { applicationName }: AuthorizationRequest,
  email: string,
  consent: string,
): string {
  return formPage(
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
