import type { Locator, Page } from '@playwright/test';
import { findViolations, takePictures } from './axe.ts';
import { candidate, WHO_IS_WHO, WRONG } from './matches-people.ts';
import { ATS, test as base, expect, rowOf, type World, withWorld } from './world.ts';

/** A world of its own: the people of the other files are counted there. */
const test = base.extend<object, { world: World }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: the form in which Playwright reads what a fixture needs
    async ({}, use) => withWorld(use, WHO_IS_WHO),
    { scope: 'worker', timeout: 120_000 },
  ],
});

test.describe.configure({ mode: 'serial' });
test.beforeEach(async ({ world, signIn }) => signIn(world.r1));

/** The row of a member: a record that is linked to nobody stands in a row of its own, under the same name. */
const memberRow = (page: Page, name: string) =>
  rowOf(page, name).filter({ hasNot: page.getByTestId('only-in-ats') });

async function openTab(page: Page, name: string): Promise<Locator> {
  await page.goto(`/search?q=${encodeURIComponent(name)}`);
  await memberRow(page, name).getByRole('link', { name, exact: true }).click();
  await page.getByRole('tab', { name: new RegExp(ATS) }).click();
  return page.getByTestId('ats-history');
}

const notice = (page: Page) => page.getByRole('region', { name: 'Notice' });

/** Whom the ATS is told a candidate is. */
async function matchOf(world: World, id: string) {
  return (await world.ats.matches([id])).get(id);
}
const NOBODY = { automatic: [], manual: null };

test('UI80 a recruiter sees why a record is linked: what agrees, how much it weighs, and the limit', async ({
  page,
}) => {
  const tab = await openTab(page, 'Mae Norris');
  const why = tab.getByTestId('why-linked');
  await expect(why).toContainText('Matched automatically');
  await expect(why).toContainText('Same name');
  await expect(why).toContainText('Same e-mail address');
  await why.getByRole('button', { name: 'Show how this was weighed' }).click();
  const table = why.getByRole('table', {
    name: /points, above the limit of 10\.0 for a link: right in .* of such cases/,
  });
  await expect(table.getByRole('row')).not.toHaveCount(0);
  await expect(table).toContainText('Before comparing: anybody in the directory');
  await expect(table).toContainText('Together');
  // The figures add up to the last one.
  const points = (await table.locator('td:last-child').allTextContents()).map((text) =>
    Number(text.replace('\u2212', '-')),
  );
  const total = points.pop() ?? 0;
  expect(Math.abs(points.reduce((sum, each) => sum + each, 0) - total)).toBeLessThan(0.06 * points.length);
});

test('UI80 the card tells why, too', async ({ page }) => {
  await page.goto('/search?q=Mae+Norris');
  await rowOf(page, 'Mae Norris').getByTestId('in-ats').click();
  const card = page.getByTestId('ats-card');
  await card.getByRole('button', { name: 'Why linked' }).click();
  await expect(card.getByRole('table')).toContainText('Same e-mail address');
});

test('UI81 L-048 1.14 A1 a wrong link is undone with a reason, and no later sync brings it back', async ({
  page,
  world,
}) => {
  const tab = await openTab(page, 'Morgan Reed');
  await tab.getByRole('button', { name: 'Not the right profile?' }).click();
  const dialog = page.getByRole('dialog', { name: 'Not the right profile?' });
  await dialog.getByLabel('They share an e-mail or phone').check();
  await dialog.getByLabel(/Note for your colleagues/).fill('The family’s mailbox');
  await dialog.getByRole('button', { name: 'Unlink' }).click();
  await expect(dialog).toBeHidden();
  await expect(notice(page)).toContainText('record c-m6 is not Morgan Reed');
  await expect(page.getByTestId('ats-status')).toBeHidden();
  expect(await matchOf(world, 'c-m6')).toEqual(NOBODY);
  for (let round = 0; round < 3; round++) {
    await world.ats.upsert('candidate', null, [WRONG]);
    await world.ats.upsert('candidate', null, [
      candidate('c-m6', { ...WRONG.record, currentJobTitle: `Data engineer ${round}` }),
    ]);
  }
  expect(await matchOf(world, 'c-m6')).toEqual(NOBODY);
  await page.goto('/search?q=Morgan+Reed');
  await expect(memberRow(page, 'Morgan Reed')).toBeVisible();
  await expect(memberRow(page, 'Morgan Reed').getByTestId('in-ats')).toHaveCount(0);
  await expect(memberRow(page, 'Morgan Reed').getByTestId('maybe-in-ats')).toHaveCount(0);
  await page.goto('/matches?view=log');
  await expect(page.getByTestId('decision-log').getByRole('listitem').first()).toContainText(
    /Not the same person: Morgan Reed.*They share an e-mail or phone.*The family’s mailbox/,
  );
});

test('UI82 L-047 1.14 A2 a link found by search wins over every later run: 50 re-syncs', async ({
  page,
  world,
}) => {
  await openTab(page, 'Morgan Reed-Alvarez');
  await page.getByRole('button', { name: `Find this person in ${ATS}` }).click();
  const dialog = page.getByRole('dialog', { name: `Find this person in ${ATS}` });
  await dialog.getByRole('button', { name: /^Link Morgan Reed, .* record c-m6$/ }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByTestId('ats-status')).toContainText(`In ${ATS}`);
  const why = page.getByTestId('why-linked');
  await expect(why).toContainText(`Linked by ${world.r1.name}`);
  const manual = (await matchOf(world, 'c-m6'))?.manual;
  expect(manual).toMatch(/^urn:li:person:/);
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  for (let round = 0; round < 50; round++) {
    const emails = ['reed.family@mail.example', 'morgan.ra@mail.example', `m${round}@mail.example`];
    await world.ats.upsert('candidate', null, [
      candidate('c-m6', {
        ...WRONG.record,
        emailAddresses: emails.slice(0, random(4)),
        lastName: random(2) ? 'Reed' : 'Nobody',
        ...(random(3) === 0 ? { manualMatchedMember: null } : {}),
      }),
    ]);
  }
  expect((await matchOf(world, 'c-m6'))?.manual).toBe(manual);
  await world.ats.upsert('candidate', null, [WRONG]);
  await page.reload();
  await expect(page.getByTestId('why-linked')).toContainText(`Linked by ${world.r1.name}`);
});

test('UI83 1.14 A3 what was decided can be undone at once, and later from the log', async ({
  page,
  world,
}) => {
  const tab = await openTab(page, 'Mae Norris');
  const unlink = async () => {
    await tab.getByRole('button', { name: 'Not the right profile?' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Unlink' }).click();
    await expect(page.getByTestId('ats-status')).toBeHidden();
  };
  await unlink();
  await notice(page).getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByTestId('ats-status')).toContainText(`In ${ATS}`);
  await unlink();
  await page.goto('/matches?view=log');
  const first = page.getByTestId('decision-log').getByRole('listitem').first();
  await expect(first).toContainText(`Not the same person: Mae Norris (${ATS} record c-mae) and Mae Norris`);
  await expect(first).toContainText(world.r1.name);
  await first.getByRole('button', { name: /^Undo/ }).click();
  await expect(first).toContainText('No longer in force');
  await page.goto('/search?q=Mae+Norris');
  await expect(rowOf(page, 'Mae Norris').getByTestId('in-ats')).toBeVisible();
});

test('UI84 1.14 A4 the ATS is told: what a person decided stands in its next answer', async ({
  page,
  world,
}) => {
  await page.goto('/matches?view=unlinked&q=Priya');
  await page.getByRole('button', { name: 'Find this person: Priya Raman' }).click();
  const dialog = page.getByRole('dialog', { name: 'Find the right profile' });
  await dialog.getByLabel('Find a profile').fill('Blake Burkhardt');
  await dialog.getByRole('button', { name: 'Link Blake Burkhardt' }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(async () => (await matchOf(world, 'c-alone'))?.manual).toMatch(/^urn:li:person:/);
  await notice(page).getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => matchOf(world, 'c-alone')).toEqual(NOBODY);
});

test('UI85 why no match: what of the record could identify somebody, and nothing about who', async ({
  page,
}) => {
  await page.goto('/matches?view=unlinked&q=Sasha');
  await page.getByRole('button', { name: 'Why no match: Sasha Lindqvist' }).click();
  const why = page.getByTestId('why-not');
  await expect(why).toContainText('jobs@agency.exampleA mailbox that several people read');
  await expect(why).toContainText('noemail@ats.exampleA placeholder, nobody’s own');
  await expect(why).toContainText('never linked by itself');
});

const SIZES = [
  ['desktop', 1280],
  ['phone', 390],
] as const;

test('UI98 two records of one person are compared, merged and parted again', async ({ page, world }) => {
  await world.ats.upsert('candidate', null, [
    candidate('c-alone-2', {
      firstName: 'Priya',
      lastName: 'Raman',
      emailAddresses: ['p.raman@work.example'],
      currentJobTitle: 'Senior chemist',
      currentCompanyName: 'Elmwood Labs',
    }),
  ]);
  await page.goto('/matches?view=unlinked&q=Priya');
  const newer = page.getByTestId('unlinked').getByRole('listitem').filter({ hasText: 'c-alone-2' });
  await newer.getByRole('button', { name: /^Find this person/ }).click();
  await page.getByLabel('Find a profile').fill('Blake Burkhardt');
  await page.getByRole('button', { name: 'Link Blake Burkhardt' }).click();
  await expect.poll(async () => (await matchOf(world, 'c-alone-2'))?.manual).toMatch(/^urn:li:person:/);
  await page
    .getByRole('button', { name: /^Another record of this person\? Priya Raman, .* c-alone$/ })
    .click();
  const find = page.getByRole('dialog', { name: 'Which record is the same person?' });
  await expect(find.getByRole('listitem')).toHaveCount(1);
  await find.getByRole('button', { name: /^Compare with Priya Raman, .* record c-alone-2$/ }).click();
  const dialog = page.getByRole('dialog', { name: 'These two records are one person' });
  await expect(dialog.getByRole('row', { name: /^Name\s*Same/ })).toBeVisible();
  const stays = dialog.getByLabel(/record c-alone stays/);
  await stays.check();
  await expect(dialog.getByTestId('moving')).toContainText('Same person as Blake Burkhardt');
  expect(await findViolations(page)).toEqual([]);
  for (const [size, width] of SIZES) {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    await takePictures(page, (theme) => `merge-${theme}-${size}`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await dialog.getByRole('button', { name: 'One person' }).click();
  await expect(dialog).toBeHidden();
  await expect(notice(page)).toContainText(/record c-alone-2 was merged into .* record c-alone/);
  await expect.poll(async () => (await matchOf(world, 'c-alone'))?.manual).toMatch(/^urn:li:person:/);
  expect(await matchOf(world, 'c-alone-2')).toEqual(NOBODY);
  await page.goto('/matches?view=merged');
  const first = page.getByTestId('merges').getByRole('listitem').first();
  await expect(first).toContainText(world.r1.name);
  await expect(first).toContainText('1 decision moved');
  await takePictures(page, (theme) => `merged-${theme}-desktop`);
  await first.getByRole('button', { name: /^Undo/ }).click();
  await expect(first).toContainText('Undone');
  await expect.poll(async () => matchOf(world, 'c-alone')).toEqual(NOBODY);
  expect((await matchOf(world, 'c-alone-2'))?.manual).toMatch(/^urn:li:person:/);
});
