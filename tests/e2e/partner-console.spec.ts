import type { Page } from '@playwright/test';
import { admin, approve, expect, PASSWORD, requestAnew, test } from './admin-world.ts';
import { findViolations, takePictures } from './axe.ts';

const VERA = 'vera@vendor.example';

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ world, callbacks }) => {
  test.setTimeout(180_000);
  await requestAnew(world, world.quiet);
  await approve(world, world.quiet, callbacks.url);
  const person = ['--name', 'Vera Vendor', '--password-env', 'E2E_PASSWORD'];
  await admin(
    world,
    'create-partner-user',
    ...['--client-id', world.quiet.parent.clientId, '--email', VERA, ...person],
  );
});

/** A session without the screen. */
async function enter(page: Page): Promise<void> {
  const answer = await page.request.post('/app/api/partner/sign-in', {
    headers: { 'x-carrick': '1' },
    data: { email: VERA, password: PASSWORD },
  });
  expect(answer.status()).toBe(200);
}

async function openCustomer(page: Page, clientId: string): Promise<void> {
  await page.goto('/partner');
  await page.getByRole('row').filter({ hasText: clientId }).getByRole('link').click();
  await expect(page.getByTestId('jsDomains')).toBeVisible();
}

test('PC1 PC3 1.19 a vendor signs in to its own console, adds a customer and is shown its secret once', async ({
  page,
  world,
  signIn,
}) => {
  // A recruiter’s session is no way in.
  await signIn(world.r1);
  await page.goto('/partner');
  await page.getByLabel('E-mail').fill(VERA);
  await page.getByRole('textbox', { name: 'Password' }).fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toContainText('do not belong together');
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Customers' })).toBeVisible();
  await page.getByLabel('Your id of the customer').fill('NEW-1');
  await page.getByLabel('Name, as people see it').fill('Vendor - Newcomer');
  await page.getByLabel('Description').fill('A new customer');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const secret = await page.getByTestId('fresh-secret').locator('code').textContent();
  expect(secret?.length).toBeGreaterThan(20);
  await expect(page.getByRole('row').filter({ hasText: 'NEW-1' })).toContainText(
    'Not connected to a company yet',
  );
  await page.reload();
  await expect(page.getByRole('row').filter({ hasText: 'NEW-1' })).toBeVisible();
  expect(await page.content()).not.toContain(secret);
});

test('PC6 PC9 1.19 A1 an origin with a slash is refused in words, a good one stands in the list; the tags carry the key', async ({
  page,
  world,
}) => {
  await enter(page);
  await openCustomer(page, world.quiet.customer.clientId);
  const origins = page.getByTestId('jsDomains');
  await origins.getByLabel('Origin to add').fill('http://127.0.0.1:5000/');
  await origins.getByRole('button', { name: 'Add' }).click();
  await expect(origins.getByRole('alert')).toContainText('no path or slash at the end');
  await origins.getByLabel('Origin to add').fill('http://127.0.0.1:5000');
  await origins.getByLabel('Origin to add').press('Enter');
  const remove = origins.getByRole('button', { name: 'Remove http://127.0.0.1:5000' });
  await expect(remove).toBeVisible();
  await expect(origins.getByRole('alert')).toBeEmpty();
  await page.reload();
  await remove.click();
  await expect(origins).toContainText('None: the widgets show on no page.');
  const tags = page.getByRole('region', { name: 'Profile widget' });
  await expect(tags).toContainText(`api_key: ${world.quiet.customer.clientId}`);
  await expect(tags).toContainText(`data-integration-context="${world.quiet.organization}"`);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy: Setup widget' }).click();
  expect(await page.evaluate('navigator.clipboard.readText()')).toContain('IN/ATSIntegrationWidget');
});

test('PC4 PC7 1.19 A3 a rotated secret leaves both good for the overlap, both marked; a test event shows its signature and its answer', async ({
  page,
  world,
  callbacks,
}) => {
  await enter(page);
  await openCustomer(page, world.quiet.customer.clientId);
  const before = callbacks.received.length;
  await page.getByRole('button', { name: 'Send a test event' }).click();
  const tested = page.getByTestId('callback');
  await expect(tested.getByRole('status')).toContainText('Received: answered 204');
  await expect(tested).toContainText('What X-LI-Signature signs');
  await expect(tested).toContainText(`hmacsha256=${callbacks.received.at(-1)}`);
  expect(callbacks.received).toHaveLength(before + 1);
  callbacks.status = 500;
  await page.getByRole('button', { name: 'Send a test event' }).click();
  await expect(tested.getByRole('status')).toContainText('Answered 500');
  callbacks.status = 204;

  await page.getByLabel('The old one stays good for').selectOption({ label: '1 hour' });
  await page.getByRole('button', { name: 'Make a new secret' }).click();
  await expect(page.getByTestId('secrets')).toContainText(
    'Two secrets are good: the new one, and the old one until',
  );
  await expect(page.getByTestId('secrets')).toContainText('has not come with the new one yet');
  const secret = (await page.getByTestId('fresh-secret').locator('code').textContent()) ?? '';
  const token = (clientSecret: string) =>
    page.request.post('/oauth/v2/accessToken', {
      form: {
        grant_type: 'client_credentials',
        client_id: world.quiet.customer.clientId,
        client_secret: clientSecret,
      },
    });
  expect((await token(world.quiet.customer.clientSecret)).status()).toBe(200);
  expect((await token(secret)).status()).toBe(200);
  await page.reload();
  await expect(page.getByTestId('secrets')).toContainText('The ATS has come with the new one');
});

test('PC8 1.19 A4 a failed call shows its reason as it comes in, and leads to the rule it broke', async ({
  page,
  world,
}) => {
  await enter(page);
  await openCustomer(page, world.quiet.customer.clientId);
  const { access_token } = await (
    await page.request.post('/oauth/v2/accessToken', {
      form: {
        grant_type: 'client_credentials',
        client_id: world.quiet.customer.clientId,
        client_secret: world.quiet.customer.clientSecret,
      },
    })
  ).json();
  const refused = await page.request.get(
    `/v2/atsIntegrations?ids[0].integrationContext=urn:li:organization:1&ids[0].integrationType=ONE_CLICK_EXPORT&ids[0].dataProvider=ATS&ids[0].tenantType=RECRUITER`,
    { headers: { authorization: `Bearer ${access_token}` } },
  );
  expect(await refused.text()).toContain('403');
  const log = page.getByTestId('request-log');
  const rule = log.getByRole('link', { name: /^The rule/ }).first();
  await expect(rule).toBeVisible();
  await page.goto((await rule.getAttribute('href')) ?? '');
  const anchor = new URL(page.url()).hash.slice(1);
  await expect(page.locator(`[id="${anchor}"]`)).toBeVisible();
});

const SCREENS: Record<string, (page: Page, clientId: string) => Promise<void>> = {
  'partner-customers': async (page) => {
    await page.goto('/partner');
    await expect(page.getByTestId('customers')).toBeVisible();
  },
  'partner-customer': async (page, clientId) => {
    await openCustomer(page, clientId);
    await page.getByRole('button', { name: 'Send a test event' }).click();
    await expect(page.getByTestId('callback').getByRole('status')).toBeVisible();
    await expect(page.getByTestId('request-log')).toBeVisible();
  },
  'partner-audit': async (page) => {
    await page.goto('/partner/audit');
    const entries = page.getByTestId('partner-audit').getByRole('listitem');
    await expect(entries.filter({ hasText: 'Customer added' })).toContainText(
      /Vendor - Newcomer.*Vera Vendor/,
    );
    await expect(page.getByRole('link', { name: 'Download as CSV' })).toBeVisible();
  },
  'partner-failed': async (page) => {
    await page.route(/api\/partner\/requests/, (route) =>
      route.fulfill({ status: 500, json: { code: 'INTERNAL', message: 'x', requestId: 'e-1' } }),
    );
    await page.goto('/partner/log');
    await expect(page.getByRole('alert')).toBeVisible();
  },
};

test('UI70 UI73 PC10 the audit log has its page; axe finds nothing on the partner console in either theme, and nothing scrolls sideways', async ({
  page,
  world,
}) => {
  test.setTimeout(120_000);
  await page.goto('/partner');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await findViolations(page)).toEqual([]);
  await enter(page);
  for (const [name, open] of Object.entries(SCREENS)) {
    await open(page, world.quiet.customer.clientId);
    for (const [form, width] of [
      ['desktop', 1280],
      ['phone', 390],
    ] as const) {
      await page.setViewportSize({ width, height: 844 });
      expect.soft({ name, form, found: await findViolations(page) }).toEqual({ name, form, found: [] });
      const overflow = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
      expect.soft({ name, form, overflow }).toEqual({ name, form, overflow: 0 });
      if (name === 'partner-failed') continue;
      await page.evaluate('scrollTo(0, 0)');
      await takePictures(page, (theme) => `${name}-${theme}-${form}`, { fullPage: true });
    }
  }
});
