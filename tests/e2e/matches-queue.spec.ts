import type { Page } from '@playwright/test';
import { findViolations } from './axe.ts';
import { WHO_IS_WHO } from './matches-people.ts';
import { ATS, test as base, expect, rowOf, type World, withWorld } from './world.ts';

const test = base.extend<object, { world: World }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: the form in which Playwright reads what a fixture needs
    async ({}, use) => withWorld(use, WHO_IS_WHO),
    { scope: 'worker', timeout: 120_000 },
  ],
});

/** Proposals are made behind the sync. */
async function allProposed(page: Page): Promise<void> {
  await expect
    .poll(async () => (await (await page.request.get('/app/api/review')).json()).total, { timeout: 30_000 })
    .toBe(3);
}
test.beforeEach(async ({ world, signIn, page }) => {
  await signIn(world.r1);
  await allProposed(page);
});

const REVIEW = /\/app\/api\/review\?/;
const BROKEN = { status: 500, json: { code: 'INTERNAL', message: 'It broke.', requestId: 'e-12345678' } };
const list = (page: Page) => page.getByTestId('review-list').getByRole('button');
const shown = (page: Page) => page.getByTestId('pair').getByRole('heading', { level: 2 }).first();
const notice = (page: Page) => page.getByRole('region', { name: 'Notice' });

test('UI86 the queue shows both sides with what agrees and what differs, and nothing of the member’s own', async ({
  page,
}) => {
  const answers: string[] = [];
  page.on('response', async (response) => {
    if (response.url().includes('/app/api/')) answers.push(await response.text().catch(() => ''));
  });
  await page.goto('/matches');
  await page
    .getByTestId('review-list')
    .getByRole('button', { name: /Blake Burkhardt/ })
    .click();
  const table = page.getByRole('table', { name: 'Both sides, field by field' });
  await expect(table.getByRole('row', { name: /Name/ })).toContainText('Same name');
  await expect(table.getByRole('row', { name: /E-mail/ })).toContainText('No e-mail address in common');
  await expect(table.getByRole('row', { name: /E-mail/ })).toContainText('b.burkhardt@hanseatic.example');
  await expect(table.getByRole('row', { name: /E-mail/ })).toContainText('The profile’s own is not shown');
  await expect(table.getByRole('row', { name: /Employer/ })).toContainText('Hanseatic GmbHHanseatic');
  await expect(page.getByText('No e-mail, phone or profile address agrees')).toBeVisible();
  expect(answers.join()).toContain('Burkhardt');
  expect(answers.join()).not.toContain('hidden.address');
  expect(answers.join()).not.toContain('901820');
});

test('UI87 arrows walk the queue and its profiles, y and n decide, u undoes', async ({ page }) => {
  await page.goto('/matches');
  await expect(shown(page)).toHaveText('Chidi Okafor');
  await page.keyboard.press('ArrowDown');
  await expect(shown(page)).toHaveText('Nina Kowalczyk');
  await page.keyboard.press('y');
  await expect(notice(page)).toContainText('record c-nina is linked with Nina Kowalczyk');
  await expect(list(page)).toHaveCount(2);
  await expect(page.getByTestId('yield')).toContainText('1 accepted, 0 rejected');
  await page.keyboard.press('u');
  await expect(list(page)).toHaveCount(3);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(shown(page)).toHaveText('Chidi Okafor');
  const options = page.getByRole('group', { name: 'Possible profiles' }).getByRole('button');
  await expect(options).toHaveCount(3);
  await page.keyboard.press('ArrowRight');
  await expect(options.nth(1)).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('n');
  await expect(notice(page)).toContainText('record c-okafor is not Chidi Okafor');
  await expect(options).toHaveCount(2);
  await page.keyboard.press('u');
  await expect(options).toHaveCount(3);
});

test('UI88 filters, counts and the address belong together', async ({ page }) => {
  await page.goto('/matches');
  await page.getByRole('link', { name: 'Several profiles 1' }).click();
  await expect(page).toHaveURL(/kind=several/);
  await expect(list(page)).toHaveCount(1);
  await page.reload();
  await expect(list(page)).toHaveCount(1);
  await page.getByRole('link', { name: 'All 3' }).click();
  await expect(list(page)).toHaveCount(3);
});

test('UI89 the queue has its loading, empty and failing states, and a failed answer takes nothing away', async ({
  page,
}) => {
  const held = Promise.withResolvers<void>();
  await page.route(REVIEW, async (route) => {
    await held.promise;
    await route.fulfill(BROKEN);
  });
  await page.goto('/matches');
  await expect(page.getByTestId('skeleton')).toBeVisible();
  held.resolve();
  await expect(page.getByRole('alert')).toContainText('The queue could not be loaded');
  await expect(page.getByRole('alert')).toContainText('e-12345678');
  await page.unroute(REVIEW);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(list(page)).toHaveCount(3);
  await page.route('**/app/api/matches/decide', (route) => route.fulfill(BROKEN));
  await page.keyboard.press('y');
  await expect(notice(page)).toContainText('Nothing was changed');
  await expect(list(page)).toHaveCount(3);
  await page.goto('/matches?kind=disputed');
  await expect(page.getByRole('heading', { name: 'Nothing waits under this filter' })).toBeVisible();
});

test('UI90 1.3 A10 a person of whom a record may be is marked with a dotted chip that asks', async ({
  page,
}) => {
  await page.goto('/search?q=Nina+Kowalczyk');
  await rowOf(page, 'Nina Kowalczyk').getByTestId('maybe-in-ats').click();
  const card = page.getByRole('dialog', { name: 'Is this the same person?' });
  await expect(card).toContainText('Same name');
  await card.getByRole('button', { name: 'Yes' }).click();
  await expect(rowOf(page, 'Nina Kowalczyk').getByTestId('in-ats')).toBeVisible();
  await expect(rowOf(page, 'Nina Kowalczyk').getByTestId('maybe-in-ats')).toHaveCount(0);
  await notice(page).getByRole('button', { name: 'Undo' }).click();
  await expect(rowOf(page, 'Nina Kowalczyk').getByTestId('maybe-in-ats')).toBeVisible();
});

const SCREENS: Record<string, (page: Page) => Promise<void>> = {
  'the queue': async (page) => {
    await page.goto('/matches');
    await expect(page.getByTestId('pair')).toBeVisible();
  },
  'records without a link': async (page) => {
    await page.goto('/matches?view=unlinked&q=Sasha');
    await page.getByRole('button', { name: 'Why no match: Sasha Lindqvist' }).click();
    await expect(page.getByTestId('why-not')).toBeVisible();
  },
  'the log': async (page) => {
    await page.goto('/matches');
    await expect(page.getByTestId('pair')).toBeVisible();
    await page.keyboard.press('n');
    await notice(page).getByRole('button', { name: 'Undo' }).click();
    await expect(notice(page)).toContainText('Undone');
    await page.goto('/matches?view=log');
    await expect(page.getByTestId('decision-log')).toBeVisible();
  },
  'why linked': async (page) => {
    await page.goto('/search?q=Mae+Norris');
    await page.getByTestId('results').getByRole('link', { name: 'Mae Norris' }).click();
    await page.getByRole('tab', { name: new RegExp(ATS) }).click();
    await page.getByRole('button', { name: 'Show how this was weighed' }).click();
    await expect(page.getByRole('table')).toBeVisible();
  },
  'not the right profile': async (page) => {
    await SCREENS['why linked']?.(page);
    await page.getByRole('button', { name: 'Not the right profile?' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
  },
  'find the right one': async (page) => {
    await SCREENS['why linked']?.(page);
    await page.getByRole('button', { name: 'Find the right one' }).click();
    await expect(page.getByRole('dialog').getByRole('listitem')).not.toHaveCount(0);
  },
  'the dotted chip': async (page) => {
    await page.goto('/search?q=Nina+Kowalczyk');
    await page.getByTestId('maybe-in-ats').click();
    await expect(page.getByTestId('possible')).toBeVisible();
  },
};

for (const width of [1280, 390]) {
  test.describe(`${width} px`, () => {
    test.use({ viewport: { width, height: 844 }, contextOptions: { reducedMotion: 'reduce' } });

    test(`UI70 axe finds nothing on the queue and what is decided from it, ${width} px`, async ({ page }) => {
      test.setTimeout(180_000);
      for (const [name, open] of Object.entries(SCREENS)) {
        await open(page);
        expect.soft({ name, found: await findViolations(page) }).toEqual({ name, found: [] });
      }
    });
  });
}

test('UI73 UI74 at 320 px nothing of it scrolls sideways, and the policy is never broken', async ({
  page,
}) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (/content security policy|trusted type/i.test(message.text())) complaints.push(message.text());
  });
  await page.setViewportSize({ width: 320, height: 640 });
  for (const open of Object.values(SCREENS)) {
    await open(page);
    const overflow = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
    expect(overflow).toBe(0);
  }
  expect(complaints).toEqual([]);
});
