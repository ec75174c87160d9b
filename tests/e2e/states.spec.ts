import type { Page } from '@playwright/test';
import { expect, rowOf, test } from './world.ts';

const SEARCH = /\/app\/api\/search\?/;
const BROKEN = { status: 500, json: { code: 'INTERNAL', message: 'It broke.', requestId: 'e-12345678' } };

test.beforeEach(async ({ world, signIn }) => signIn(world.r1));

/** Lets every answer to the address wait until told. */
async function hold(page: Page, address: RegExp): Promise<() => void> {
  const held = Promise.withResolvers<void>();
  await page.route(address, async (route) => {
    await held.promise;
    await route.continue();
  });
  return held.resolve;
}

test('UI20 what takes long shows the shape of what is coming', async ({ page }) => {
  const release = await hold(page, SEARCH);
  await page.goto('/search');
  await expect(page.getByTestId('skeleton')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Search results' })).toHaveAttribute('aria-busy', 'true');
  release();
  await expect(page.getByTestId('results')).toBeVisible();
  await expect(page.getByTestId('skeleton')).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Search results' })).toHaveAttribute('aria-busy', 'false');
});

test('UI21 a search that finds nobody names each filter with the people it would free', async ({ page }) => {
  await page.goto('/search?q=Mae&location=Oslo,+Norway');
  await expect(page.getByRole('heading', { name: 'No people match' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Remove Oslo, Norway 1 person' })).toBeVisible();
  await page.getByRole('button', { name: 'Remove Oslo, Norway 1 person' }).click();
  await expect(rowOf(page, 'Mae Norris')).toBeVisible();
});

test('UI22 a search that fails keeps the filters, says so with an id, and can be tried again', async ({
  page,
}) => {
  await page.route(SEARCH, (route) => route.fulfill(BROKEN));
  await page.goto('/search?q=Mae');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('The search failed');
  await expect(alert).toContainText('e-12345678');
  await expect(page.getByRole('button', { name: /Remove .Mae/ })).toBeVisible();
  await page.unroute(SEARCH);
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(rowOf(page, 'Mae Norris')).toBeVisible();
});

test('UI23 when a refresh fails, the last data stays and says from when it is', async ({ page, world }) => {
  await page.goto('/search?q=Mae');
  await expect(rowOf(page, 'Mae Norris')).toBeVisible();
  await page.route(SEARCH, (route) => route.fulfill(BROKEN));
  await world.ats.upsert('candidateNote', 'c-m1', [
    { id: 'cn-stale', record: { note: 'Something new', atsCreatedAt: 1_700_000_000_000 } },
  ]);
  const stale = page.getByText(/^Showing data from \d+:\d+ [AP]M; refresh failed/);
  await expect(stale).toBeVisible();
  await expect(rowOf(page, 'Mae Norris')).toBeVisible();
  await page.unroute(SEARCH);
  await stale.getByRole('button', { name: 'Try again' }).click();
  await expect(stale).toBeHidden();
  await world.ats.remove('candidateNote', 'c-m1', ['cn-stale']);
});

test('UI24 a person who is gone, and an address that leads nowhere, say so and lead on', async ({ page }) => {
  await page.goto('/people/AAAAAAAAAAAAAAAAAAAAAA');
  await expect(page.getByRole('heading', { name: 'This profile is no longer available' })).toBeVisible();
  await page.getByRole('link', { name: 'Go to search' }).click();
  await expect(page.getByTestId('results')).toBeVisible();
  await page.goto('/nowhere');
  await expect(page.getByRole('heading', { name: 'There is nothing at this address' })).toBeVisible();
});

test('UI22 UI20 the ATS tab has its own loading and failing states', async ({ page, openPerson }) => {
  await openPerson('Mae Norris');
  await page.route(/\/ats$/, (route) => route.fulfill(BROKEN));
  await page.getByRole('tab', { name: /Sandbox ATS 1/ }).click();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('The Sandbox ATS 1 history could not be loaded');
  await page.unroute(/\/ats$/);
  const release = await hold(page, /\/ats$/);
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByTestId('ats-history')).toHaveAttribute('aria-busy', 'true');
  release();
  await expect(page.getByTestId('ats-job')).not.toHaveCount(0);
});
