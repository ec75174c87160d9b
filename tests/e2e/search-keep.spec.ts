import { findViolations } from './axe.ts';
import { expect, rowOf, test } from './world.ts';

test.beforeEach(async ({ world, signIn }) => signIn(world.r1));

test('UI93 UI91 1.2 L-083 people are filtered by company, industry and years; letters find values beyond the commonest', async ({
  page,
}) => {
  await page.goto('/search');
  await page.locator('summary', { hasText: 'Skills' }).click();
  const skills = page.getByRole('group', { name: 'Skills' });
  await skills.getByRole('searchbox').fill('qqq');
  await expect(skills).toContainText('Nothing here has these letters');
  await skills.getByRole('searchbox').fill('tend');
  await expect(skills.getByRole('checkbox')).toHaveCount(1);
  await skills.getByRole('checkbox', { name: /Tenders/ }).check();
  await expect(page).toHaveURL(/skill=Tenders/);
  await expect(page.getByTestId('result-total')).toHaveText('1 person');
  await expect(rowOf(page, 'Mae Norris')).toBeVisible();
  await page.getByRole('button', { name: 'Remove Tenders' }).click();
  const companies = page.getByRole('group', { name: 'Companies' });
  await companies.getByRole('button', { name: /Show \d+ more/ }).click();
  await companies.getByRole('checkbox', { name: /Hanseatic/ }).check();
  await expect(rowOf(page, 'Blake Burke')).toBeVisible();
  await expect(page.getByTestId('result-total')).toHaveText('1 person');
  await page.getByRole('button', { name: 'Remove Hanseatic' }).click();
  await page.locator('summary', { hasText: 'Industries' }).click();
  await page
    .getByRole('group', { name: 'Industries' })
    .getByRole('checkbox', { name: /Software/ })
    .check();
  await page.locator('summary', { hasText: 'Years of experience' }).click();
  await page
    .getByRole('group', { name: 'Years of experience' })
    .getByRole('checkbox', { name: /5 to 9 years/ })
    .check();
  await expect(page.getByRole('button', { name: 'Remove Experience: 5 to 9 years' })).toBeVisible();
  await expect(page).toHaveURL(/industry=Software&experience=under10/);
  await expect(rowOf(page, '山田')).toHaveCount(0);
  expect(await findViolations(page)).toEqual([]);
});

test('UI92 1.2 L-166 a search is kept with one press, renamed, deleted and brought back; the people found are a file', async ({
  page,
}) => {
  await page.goto('/search?q=Mae');
  await expect(page.getByTestId('result-total')).toHaveText('1 person');
  await page.getByRole('button', { name: 'Save search' }).click();
  await expect(page.getByText('Search saved: “Mae”').first()).toBeVisible();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download CSV' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('people.csv');
  const stream = await file.createReadStream();
  const text = (await stream.toArray()).join('');
  expect(text.split('\r\n')).toHaveLength(3);
  expect(text).toContain('Mae Norris,Sandbox ATS 1,');

  await page.goto('/home');
  const list = page.getByTestId('saved-searches');
  await expect(list).toContainText('“Mae”1 person');
  await list.getByRole('button', { name: 'Rename “Mae”' }).click();
  await list.getByRole('textbox', { name: 'Name' }).fill('My Mae');
  await page.keyboard.press('Enter');
  await expect(list.getByRole('link', { name: 'My Mae' })).toBeVisible();
  await page.evaluate('scrollTo(0, 0)'); // half a link under the top bar is too small, to axe
  expect(await findViolations(page)).toEqual([]);
  await list.getByRole('button', { name: 'Delete My Mae' }).click();
  await expect(page.getByText('Save a search, and it tells you here how many people are new.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await list.getByRole('link', { name: 'My Mae' }).click();
  await expect(page).toHaveURL(/\/search\?q=Mae/);
  await expect(page.locator('[data-row]')).toHaveCount(1);
});
