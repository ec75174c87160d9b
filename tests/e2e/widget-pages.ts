import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type FrameLocator, type Page } from '@playwright/test';
import { test as playwright, type Tenant, type World } from './world.ts';

/**
 * Pages of an ATS, with the structure of the original's two public samples, which are not ours to ship: the loader's tag with
 * its settings as text, the widget's tag, and the callbacks defined below both. They are on 127.0.0.1 while the platform is on
 * localhost: another site to the browser, so frames, cookies and origins are really tried.
 */
export interface Ats {
  /** Scheme and host of the ATS. */
  readonly origin: string;
  /** Puts a page at a path and returns its address. */
  serve(path: string, html: string, headers?: Record<string, string>): string;
}

export const test = playwright.extend<object, { ats: Ats; stranger: Ats; key: string }>({
  ats: [
    // biome-ignore lint/correctness/noEmptyPattern: the form in which Playwright reads what a fixture needs
    async ({}, use) => withAts(use),
    { scope: 'worker' },
  ],
  /** Another site of the same kind, which nobody has listed. */
  stranger: [
    // biome-ignore lint/correctness/noEmptyPattern: the form in which Playwright reads what a fixture needs
    async ({}, use) => withAts(use),
    { scope: 'worker' },
  ],
  /** The key of the first company's ATS, which lists the pages of `ats`. */
  key: [
    async ({ world, ats }, use) => {
      await listOrigins(world, world.tenant, [ats.origin]);
      await use(world.tenant.customer.clientId);
    },
    { scope: 'worker' },
  ],
});
export { expect } from '@playwright/test';

async function withAts(use: (ats: Ats) => Promise<void>): Promise<void> {
  const pages = new Map<string, { html: string; headers: Record<string, string> }>();
  const server: Server = createServer((request, response) => {
    const page = pages.get(new URL(request.url ?? '', 'http://ats').pathname);
    response.writeHead(page ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', ...page?.headers });
    response.end(page?.html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
  await use({
    origin,
    serve(path, html, headers = {}) {
      pages.set(path, { html, headers });
      return `${origin}${path}`;
    },
  });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** `validJsSdkDomains` of a company's application, by the vendor's own door. */
export async function listOrigins(world: World, tenant: Tenant, origins: readonly string[]): Promise<void> {
  const token = await tokenOf(world, tenant.parent);
  const changed = await fetch(
    `${world.baseUrl}/v2/provisionedApplications/${tenant.customer.applicationUrn}`,
    {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ patch: { $set: { validJsSdkDomains: origins } } }),
    },
  );
  expect(changed.status).toBe(204);
}

/** An application's own token. */
export async function tokenOf(
  { baseUrl }: World,
  { clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: string },
): Promise<string> {
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
  const granted = await fetch(`${baseUrl}/oauth/v2/accessToken`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const { access_token: token } = (await granted.json()) as { access_token: string }; // the token endpoint's answer
  return token;
}

/** As in the sample of the onboarding plugin: the key without quotes, callbacks below the tags. */
export function onboardingPage(world: World, key: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<title>ATS integration configuration</title>
<script type="text/javascript" src="${world.baseUrl}/xdoor/scripts/in.js">
api_key: ${key}
extensions: ATSIntegrationWidget@https://www.linkedin.com/rsc/extensions/onboarding-widget
</script>
</head>
<body><main>
<h1>Integrations</h1>
<script type="IN/ATSIntegrationWidget"
  data-supported-bundled-integration-types="RECRUITER_SYSTEM_CONNECT_COMPANY,RECRUITER_SYSTEM_CONNECT_CONTRACT,APPLY_WITH_LINKEDIN,APPLY_STARTERS_EXP,CANDIDATE_RELATIONSHIP_MANAGEMENT"
  data-onintegrate="integrationRequest" data-width="500"></script>
<pre id="output"></pre>
<script>
function integrationRequest(integrations) {
  document.getElementById('output').textContent += JSON.stringify(integrations) + '\\n';
}
</script>
</main></body>
</html>`;
}

/** As in the sample of the profile plugin: the key in quotes, attributes over several lines. */
export function profilePage(world: World, key: string, attributes = ''): string {
  return `<!doctype html>
<html lang="en">
<head>
<title>Candidate</title>
<script type="text/javascript" src="${world.baseUrl}/xdoor/scripts/in.js">
api_key: "${key}"
extensions: HcmWidget@https://www.linkedin.com/recruiter/widget/hcm
</script>
</head>
<body><main>
<script type="IN/HcmWidget" data-widget-type="ATS"
  data-ats-candidate-id="C1" data-integration-context="${world.tenant.organization}"
  data-show-unlink-url="true" data-confirm-unlink="true"
  data-onlink="link" data-onunlink="unlink" data-width="800" ${attributes}></script>
<pre id="output"></pre>
<script>
function link(member) { document.getElementById('output').textContent += 'Linked: ' + member + '\\n'; }
function unlink(member) { document.getElementById('output').textContent += 'Unlinked: ' + member + '\\n'; }
</script>
</main></body>
</html>`;
}

/** Signs in through the window that a frame opens, and comes back when the frame goes on. */
export async function signInInWindow(
  page: Page,
  frame: FrameLocator,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<void> {
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    frame.getByRole('button', { name: 'Sign in' }).click(),
  ]);
  await popup.getByLabel('E-mail').fill(email);
  await popup.getByLabel('Password').fill(password);
  await Promise.all([popup.waitForEvent('close'), popup.getByRole('button', { name: 'Sign in' }).click()]);
}
