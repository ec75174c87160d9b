import type { Page } from '@playwright/test';
import { adminOf, approve, expect, requestAnew, test } from './admin-world.ts';
import { findViolations, takePictures } from './axe.ts';

test.beforeAll(async ({ world, callbacks }) => {
  test.setTimeout(180_000);
  await requestAnew(world, world.quiet);
  await approve(world, world.quiet, callbacks.url);
});

const SCREENS: Record<string, (page: Page) => Promise<void>> = {
  'admin-ats': async (page) => {
    await page.goto('/admin/ats');
    await expect(page.getByTestId('features')).toBeVisible();
    await page.getByText('What data is shared').first().click();
  },
  'admin-switch-on': async (page) => {
    await page.goto('/admin/ats');
    await page.getByTestId('integration-ONE_CLICK_EXPORT').getByRole('switch').click();
    await expect(page.getByRole('dialog')).toBeVisible();
  },
  'admin-people': async (page) => {
    await page.goto('/admin/people');
    await expect(page.getByTestId('seats')).toBeVisible();
  },
  'admin-preview': async (page) => {
    await page.goto('/admin/preview');
    await page.getByRole('button', { name: 'Preview', exact: true }).click();
    await expect(page.getByTestId('preview')).toBeVisible();
  },
  'admin-errors': async (page) => {
    await page.goto('/admin/errors');
    await expect(page.getByRole('heading', { level: 2 })).toBeVisible();
  },
  'admin-deliveries': async (page) => {
    await page.goto('/admin/deliveries');
    await expect(page.getByLabel('State')).toBeVisible();
  },
  'admin-audit': async (page) => {
    await page.goto('/admin/audit');
    await expect(page.getByRole('link', { name: 'Download CSV' })).toBeVisible();
  },
  'admin-failed': async (page) => {
    await page.route(/api\/admin\/people/, (route) =>
      route.fulfill({ status: 500, json: { code: 'INTERNAL', message: 'x', requestId: 'e-1' } }),
    );
    await page.goto('/admin/people');
    await expect(page.getByRole('alert')).toBeVisible();
  },
};

for (const [form, width] of [
  ['desktop', 1280],
  ['phone', 390],
] as const) {
  test.describe(`${width} px`, () => {
    test.use({
      viewport: { width, height: 844 },
      contextOptions: { reducedMotion: 'reduce' },
    });
    test(`UI70 UI73 axe finds nothing on the admin settings, and nothing scrolls sideways, ${width} px`, async ({
      page,
      world,
      signIn,
    }) => {
      test.setTimeout(180_000);
      for (const [name, open] of Object.entries(SCREENS)) {
        // The sandbox's first company has jobs and rules, the second an ATS that is not switched on.
        await signIn(adminOf(/ats|switch/.test(name) ? world.quiet : world.tenant));
        await open(page);
        expect.soft({ name, found: await findViolations(page) }).toEqual({ name, found: [] });
        const overflow = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
        expect.soft({ name, overflow }).toEqual({ name, overflow: 0 });
        await takePictures(page, (theme) => `${name}-${theme}-${form}`, {
          fullPage: name !== 'admin-switch-on',
        });
      }
      await page.goto('/search');
      await signIn(world.r2);
      await page.goto('/admin/ats');
      await expect(page.getByText(/^Ask /)).toBeVisible();
      expect(await findViolations(page)).toEqual([]);
    });
  });
}
