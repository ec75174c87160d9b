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
  'admin-sync': async (page) => {
    await page.goto('/admin/sync');
    await expect(page.getByTestId('sync-errors').getByRole('figure')).toBeVisible();
  },
  'admin-errors': async (page) => {
    await page.goto('/admin/errors');
    await expect(page.getByRole('heading', { level: 2 })).toBeVisible();
  },
  'admin-exports': async (page) => {
    await page.goto('/admin/exports');
    await expect(page.getByRole('link', { name: 'Download CSV' })).toBeVisible();
  },
  'admin-deliveries': async (page) => {
    await page.goto('/admin/deliveries');
    await expect(page.getByLabel('State')).toBeVisible();
  },
  'admin-erasure': async (page) => {
    await page.goto('/admin/erasure');
    await page.getByLabel('Whose data?').fill('r1@tenant1.example');
    await page.getByRole('button', { name: 'Look up' }).click();
    await expect(page.getByTestId('erasable')).toBeVisible();
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

test('AD22 AD24 AD25 5.4 A2 A3 the pictures of sync health stay within their frames, and their tables show the same numbers', async ({
  page,
  world,
  signIn,
}) => {
  // More than one in a hundred of all that other tests sent before.
  const failed = await world.ats.upsert(
    'candidate',
    null,
    Array.from({ length: 100 }, (_, n) => ({ id: `bad${n}`, record: { lastName: 'Nobody' } })),
  );
  expect(failed.every(({ ok }) => !ok)).toBe(true);
  await signIn(adminOf(world.tenant));
  const bar = page.getByTestId('sync-errors').getByRole('listitem').filter({ hasText: 'INVALID_RECORD' });
  await expect(async () => {
    await page.goto('/admin/sync');
    await expect(bar).toContainText('100 records', { timeout: 1_000 });
  }).toPass();
  await expect(page.getByTestId('sync-state')).toContainText('Needs attention');
  await expect(page.getByTestId('completeness')).toContainText('Your ATS has not said how much it holds');

  const candidates = page.getByRole('figure', { name: 'Candidates', exact: true });
  const said = (await candidates.getByText(/accepted in this time/).textContent()) ?? '';
  await candidates.getByRole('button', { name: 'Show as table: Candidates' }).click();
  const cells = await candidates.getByRole('cell').allTextContents();
  expect(cells.reduce((sum, cell) => sum + Number(cell), 0)).toBe(Number.parseInt(said, 10));
  const file = candidates.getByRole('link', { name: 'Download CSV: Candidates' });
  const csv = decodeURIComponent((await file.getAttribute('href')) ?? '').split('\r\n');
  expect(csv.slice(1, -1).reduce((sum, line) => sum + Number(line.split(',').at(-1)), 0)).toBe(
    Number.parseInt(said, 10),
  );
  await candidates.getByRole('button', { name: 'Show as table: Candidates' }).click();
  // Written out, because the tests' types know no browser.
  const outside = await page.evaluate(`
    [...document.querySelectorAll('svg[role=img] :is(text, path, rect, circle)')].filter((shape) => {
      const box = shape.getBBox();
      const { width, height } = shape.ownerSVGElement.viewBox.baseVal;
      return box.x < -0.5 || box.y < -0.5 || box.x + box.width > width + 0.5 || box.y + box.height > height + 0.5;
    }).map((shape) => shape.outerHTML)`);
  expect(outside).toEqual([]);
  await page.getByRole('link', { name: 'Examples and remedies under API errors' }).click();
  await expect(page.getByTestId('error-INVALID_RECORD')).toBeVisible();
});

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
