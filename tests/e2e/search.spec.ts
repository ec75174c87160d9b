import type { Page } from '@playwright/test';
import { CROWD_APPLICANTS, MEMBERS } from './people.ts';
import { ATS, expect, rowOf, test } from './world.ts';

/** The number of people that the page says it found. */
async function readTotal(page: Page): Promise<number> {
  const total = page.getByTestId('result-total');
  await expect(total).toHaveText(/people$/);
  return Number.parseInt((await total.textContent()) ?? '', 10);
}

test.beforeEach(async ({ world, signIn }) => signIn(world.r1));

test('UI11 1.2 A2 L-079 choosing Past applicants leaves as many people as its count says, and taking it back restores', async ({
  page,
}) => {
  await page.goto('/search');
  const total = page.getByTestId('result-total');
  const before = `${await readTotal(page)} people`;
  const spotlight = page.getByTestId('spotlight-pastApplicants').first();
  const count = Number(await spotlight.locator('span').last().textContent());
  // Mae, Kelsey and everyone of the crowd who had an interview.
  expect(count).toBe(2 + CROWD_APPLICANTS.length);
  await spotlight.getByRole('checkbox').click();
  await expect(total).toHaveText(`${count} people`);
  await expect(page.locator('[data-row]')).toHaveCount(count);
  await expect(page.getByTestId('in-ats')).toHaveCount(count);
  await page.getByRole('button', { name: 'Remove Past applicants' }).click();
  await expect(total).toHaveText(before);
  await expect(spotlight.getByRole('checkbox')).not.toBeChecked();
});

test('UI12 1.2 A3 L-050 L-085 L-086 the indicator names the ATS, shows with the spotlight off, and only on people it knows', async ({
  page,
}) => {
  await page.goto(
    '/search?location=Greater+Chicago+Area&location=Berlin,+Germany&title=Account+manager&title=Senior+account+manager',
  );
  await expect(page.locator('[data-row]')).toHaveCount(2);
  await expect(rowOf(page, 'Mae Norris').getByTestId('in-ats')).toHaveText(`In ${ATS}`);
  await expect(rowOf(page, 'Blake Burke').getByTestId('in-ats')).toHaveCount(0);
});

test('UI12 L-086 the filter named after the ATS divides the results', async ({ page }) => {
  await page.goto('/search');
  const total = page.getByTestId('result-total');
  const everyone = await readTotal(page);
  const choice = page.getByRole('group', { name: `In ${ATS}` });
  await choice.getByRole('radio', { name: 'Only' }).click();
  await expect(page).toHaveURL(/inAts=only/);
  await expect(total).not.toHaveText(`${everyone} people`);
  const known = await readTotal(page);
  await choice.getByRole('radio', { name: 'Exclude' }).click();
  await expect(total).toHaveText(`${everyone - known} people`);
  await expect(page.getByTestId('in-ats')).toHaveCount(0);
  await expect(page.getByRole('button', { name: `Remove Not in ${ATS}` })).toBeVisible();
});

test('UI13 L-082 a row shows who it is, jobs, education, spotlights and what the team did', async ({
  page,
}) => {
  await page.goto('/search?q=Mae');
  const row = rowOf(page, 'Mae Norris');
  await expect(row).toContainText('Account manager for freight and logistics');
  await expect(row).toContainText('Greater Chicago Area · Logistics');
  await expect(row).toContainText('CurrentAccount manager at Freshing');
  await expect(row).toContainText('PastSales associate at Lumen & Co');
  await expect(row).toContainText('EducationLakeside Institute');
  await expect(row).toContainText('SpotlightsPast applicants, Open to work');
  // One on the candidate and one on each of three applications.
  await expect(row).toContainText('4 notes');
});

test('UI10 1.2 A1 the address holds the search: reload and Back show the same', async ({ page }) => {
  await page.goto('/search');
  await page.getByLabel('Search people').fill('analyst');
  await page.getByLabel('Search people').press('Enter');
  await expect(page.getByTestId('result-total')).toHaveText('40 people');
  await page.getByRole('checkbox', { name: /Berlin, Germany/ }).click();
  await expect(page.getByTestId('result-total')).toHaveText('20 people');
  await expect(page).toHaveURL(/q=analyst&location=Berlin/);
  await page.reload();
  await expect(page.getByTestId('result-total')).toHaveText('20 people');
  await expect(page.getByLabel('Search people')).toHaveValue('analyst');
  await page.goBack();
  await expect(page.getByTestId('result-total')).toHaveText('40 people');
  await page.goBack();
  await expect(page.getByLabel('Search people')).toHaveValue('');
});

test('UI10 what an address says that makes no sense is passed over', async ({ page }) => {
  await page.goto('/search?inAts=maybe&spotlights=best,openToWork&page=-3&colour=red');
  await expect(page.getByTestId('result-total')).toHaveText('2 people');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('UI14 pages of 25 follow each other, with an address each', async ({ page }) => {
  await page.goto('/search');
  await expect(page.locator('[data-row]')).toHaveCount(25);
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Next' }).click();
  await expect(page).toHaveURL(/page=2/);
  const total = await readTotal(page);
  expect(total).toBeGreaterThanOrEqual(MEMBERS.length);
  await expect(page.getByText(`26–${Math.min(50, total)} of ${total}`)).toBeVisible();
});

test('UI15 1.2 A9 an answer that comes late never replaces a newer one', async ({ page }) => {
  await page.goto('/search');
  await expect(page.getByTestId('results')).toBeVisible();
  const held = Promise.withResolvers<void>();
  await page.route(/\/app\/api\/search\?q=Blake/, async (route) => {
    await held.promise;
    // The page has gone on and may have given this request up.
    await route.continue().catch(() => undefined);
  });
  const field = page.getByLabel('Search people');
  await field.fill('Blake');
  await field.press('Enter');
  await expect(page.getByRole('region', { name: 'Search results' })).toHaveAttribute('aria-busy', 'true');
  await field.fill('Mae');
  await field.press('Enter');
  await expect(rowOf(page, 'Mae Norris')).toBeVisible();
  held.resolve();
  await expect(page.getByTestId('result-total')).toHaveText('1 person');
  await expect(rowOf(page, 'Blake Burke')).toHaveCount(0);
});

test('UI16 the compact table shows the same people and is remembered', async ({ page }) => {
  await page.goto('/search?q=Mae');
  await page.getByTitle('Compact table').click();
  const row = page.getByRole('row', { name: /Mae Norris/ });
  await expect(row.getByTestId('in-ats')).toBeVisible();
  await page.reload();
  await expect(row).toBeVisible();
});

test('UI17 1.2 A10 single keys walk through the results, and can be turned off', async ({ page }) => {
  await page.goto('/search?q=analyst');
  const links = page.locator('[data-row-link]');
  await expect(links).toHaveCount(25);
  await page.keyboard.press('j');
  await expect(links.nth(0)).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press('/');
  await expect(page.getByLabel('Search people')).toBeFocused();
  await page.keyboard.press('j');
  await expect(page.getByLabel('Search people')).toHaveValue('j');
  await links.nth(1).focus();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await help.getByRole('checkbox', { name: /Single-key/ }).uncheck();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await links.nth(1).focus();
  await page.keyboard.press('j');
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/people\//);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('UI18 the filters lie in a sheet that says how many people they leave', async ({ page }) => {
    await page.goto('/search');
    await page.getByRole('button', { name: 'Filters' }).tap();
    const sheet = page.getByRole('dialog', { name: 'Filters' });
    await sheet.getByTestId('spotlight-openToWork').tap();
    await sheet.getByRole('button', { name: 'Show 2 people' }).tap();
    await expect(sheet).toBeHidden();
    await expect(page.getByTestId('result-total')).toHaveText('2 people');
    await expect(page.getByRole('button', { name: /Filters/ })).toContainText('1 filter on');
  });
});
