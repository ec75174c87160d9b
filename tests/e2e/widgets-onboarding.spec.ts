import type { Page } from '@playwright/test';
import { admin, adminOf, approve, type requestAnew } from './admin-world.ts';
import { findViolations } from './axe.ts';
import { expect, listOrigins, onboardingPage, signInInWindow, test } from './widget-pages.ts';

const PICTURES = process.env.CARRICK_SCREENS;
/** The company whose integrations are asked for anew here; the other one stays as it is for other tests. */
const COMPANY = 'For the whole company';

test.beforeAll(async ({ world, ats }) => {
  await listOrigins(world, world.quiet, [ats.origin]);
  await withdrawAll(world);
});

async function withdrawAll(world: Parameters<typeof requestAnew>[0]): Promise<void> {
  for (const type of ['ONE_CLICK_EXPORT', 'IN_ATS_INDICATOR', 'PROFILE_PLUGIN', 'CSA_API']) {
    const flags = ['--client-id', world.quiet.customer.clientId, '--type', type];
    await admin(world, 'disable-integration', ...flags).catch(() => undefined);
    await admin(world, 'delete-integration', ...flags).catch(() => undefined);
  }
}

const output = (page: Page) => page.locator('#output');
const frameOf = (page: Page) => page.frameLocator('iframe');

test('WI19 WI20 WI21 WI23 L-012 L-014 1.15 A1 A2 A3 A4 the whole way: sign in, request, partner ready, enabled', async ({
  page,
  world,
  ats,
}) => {
  const warnings: string[] = [];
  page.on('console', (message) => warnings.push(message.text()));
  const html = onboardingPage(world, world.quiet.customer.clientId);
  await page.goto(
    ats.serve('/setup', html.replace('APPLY_STARTERS_EXP', 'APPLY_STARTERS_EXP,SOMETHING_NEW')),
  );
  const frame = frameOf(page);
  await expect(page.locator('iframe')).toHaveCSS('width', '500px');
  await expect(frame.getByText('Sign in as an administrator')).toBeVisible();
  await signInInWindow(page, frame, adminOf(world.quiet));

  await expect(frame.getByRole('heading', { name: 'Choose what to connect' })).toBeVisible();
  const bundles = frame.getByRole('heading', { level: 2 });
  await expect(bundles).toHaveText([COMPANY, 'For the contract Sandbox Contract 2']);
  await expect(frame.getByText('Not offered here:')).toContainText('talent relationship management');
  expect(warnings.filter((text) => text.includes('SOMETHING_NEW'))).toHaveLength(1);
  const company = frame.getByRole('region', { name: COMPANY });
  await company.getByText('Which data goes where?').click();
  await expect(company.getByRole('row', { name: /Jobs, candidates, applications/ })).toContainText(
    'from Sandbox ATS 2',
  );

  await company.getByRole('button', { name: `Request: ${COMPANY}` }).click();
  await company.getByRole('button', { name: 'Cancel' }).click();
  await expect(output(page)).toBeEmpty();
  await company.getByRole('button', { name: `Request: ${COMPANY}` }).click();
  const yes = company.getByRole('button', { name: 'Yes, request' });
  await expect(yes).toBeFocused();
  // A press by script is nobody's.
  await yes.evaluate((button) => button.click());
  await expect(yes).toBeVisible();
  await expect(output(page)).toBeEmpty();
  await page.keyboard.press('Enter');
  await expect(company.getByRole('status')).toHaveText('Requested');
  await expect(company.getByRole('status')).toBeFocused();
  const lines = (await output(page).innerText()).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    ['ONE_CLICK_EXPORT', 'IN_ATS_INDICATOR', 'PROFILE_PLUGIN'].map((integrationType) => ({
      integrationContext: world.quiet.organization,
      integrationType,
      tenantType: 'RECRUITER',
    })),
  ]);
  await expect(company.getByText('If nothing happens')).toBeVisible();

  await approve(world, world.quiet, 'http://127.0.0.1:9/callbacks');
  await expect(company.getByRole('status')).toHaveText('Partner ready', { timeout: 30_000 });
  await expect(company.getByRole('link', { name: 'Admin settings' })).toHaveAttribute(
    'href',
    `${world.baseUrl}/admin/ats`,
  );
  await admin(world, 'enable-integration', '--client-id', world.quiet.customer.clientId);
  await expect(company.getByRole('status')).toHaveText('Enabled', { timeout: 30_000 });
  await expect(frame.getByRole('region', { name: /Sandbox Contract 2/ }).getByRole('status')).toHaveText(
    'Not requested',
  );
});

test('WI25 1.15 A8 the onboarding widget has no barrier: light, dark, narrow, German', async ({
  page,
  world,
  ats,
}) => {
  await withdrawAll(world);
  const html = onboardingPage(world, world.quiet.customer.clientId);
  await page.goto(ats.serve('/setup', html));
  await signInInWindow(page, frameOf(page), adminOf(world.quiet));
  for (const { theme, width } of [
    { theme: 'light', width: 1280 },
    { theme: 'dark', width: 320 },
  ]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(ats.serve('/setup', html.replace('data-width', `data-theme="${theme}" data-width`)));
    const frame = frameOf(page);
    await expect(frame.getByRole('heading', { level: 2 })).toHaveCount(2);
    await frame.getByText('Which data goes where?').first().click();
    await frame.getByRole('button', { name: `Request: ${COMPANY}` }).click();
    expect(await findViolations(page, { frames: true })).toEqual([]);
    const overflow = await frame.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth);
    expect(overflow).toBe(0);
    if (PICTURES)
      await page.screenshot({
        path: `${PICTURES}/onboarding-widget-${theme}-${width === 320 ? 'phone' : 'desktop'}.png`,
      });
  }
  await page.goto(ats.serve('/setup', html.replace('api_key:', 'lang: de_DE\napi_key:')));
  await expect(frameOf(page).getByRole('heading', { name: 'Wählen Sie, was verbunden wird' })).toBeVisible();
});
