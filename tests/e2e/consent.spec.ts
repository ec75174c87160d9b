import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from '@playwright/test';
import { test } from './world.ts';

test('TE37 without script a member signs in, allows, and arrives at the ATS with a code', async ({
  browser,
  world,
}) => {
  const arrived: string[] = [];
  const ats = createServer((request, response) => {
    if (request.url?.startsWith('/bind')) arrived.push(request.url);
    response.setHeader('content-type', 'text/html').end('<h1>Bound</h1>');
  }).listen(0, '127.0.0.1');
  await once(ats, 'listening');
  const { port } = ats.address() as AddressInfo; // a TCP server that listens has an address of this form
  const redirectUri = `http://127.0.0.1:${port}/bind`;
  const context = await browser.newContext({ javaScriptEnabled: false });
  try {
    const { clientId, clientSecret } = world.tenant.parent;
    const grant = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const minted = await context.request.post(`${world.baseUrl}/oauth/v2/accessToken`, { form: grant });
    const { access_token: token } = (await minted.json()) as { access_token: string };
    const created = await context.request.post(`${world.baseUrl}/v2/provisionedApplications`, {
      headers: { authorization: `Bearer ${token}` },
      data: {
        uniqueForeignId: 'browser',
        name: 'Hire - Browser',
        description: 'x',
        oauth2AuthorizedCallbackUrls: [redirectUri],
      },
    });
    const { credentials } = (await created.json()) as { credentials: { client_id: string } };
    const asked = {
      response_type: 'code',
      client_id: credentials.client_id,
      redirect_uri: redirectUri,
      scope: 'r_liteprofile',
      state: 'abc',
    };
    const page = await context.newPage();
    await page.goto(`${world.baseUrl}/oauth/v2/authorization?${new URLSearchParams(asked)}`);
    await page.getByLabel('E-mail').fill(world.r1.email);
    await page.getByLabel('Password').fill('wrong password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await page.getByLabel('Password').fill(world.r1.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('heading', { name: 'Hire - Browser asks who you are' })).toBeVisible();
    await page.getByRole('button', { name: 'Allow' }).click();
    await expect(page.getByRole('heading', { name: 'Bound' })).toBeVisible();
    expect(arrived).toEqual([expect.stringMatching(/^\/bind\?code=[\w-]+&state=abc$/)]);
  } finally {
    await context.close();
    ats.close();
  }
});
