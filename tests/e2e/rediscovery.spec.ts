import { MEMBERS } from './people.ts';
import { at, makeBatches } from './records.ts';
import { ATS, test as base, expect, rowOf, withWorld } from './world.ts';

const candidate = (id: string, lastName: string, given: object = {}) => ({
  id,
  record: {
    firstName: 'Only',
    lastName,
    emailAddresses: [`${id}@unknown.example`],
    atsCreatedAt: at('2023-03-03'),
    atsLastModifiedAt: at('2026-01-08'),
    ...given,
  },
});
const application = (id: string, jobId: string, day: string, reason?: string) => ({
  id: `a-${id}`,
  record: {
    atsCandidateId: id,
    atsJobPostingId: jobId,
    atsJobPostingName: 'Sales',
    firstName: 'Only',
    lastName: 'Known',
    atsCreatedAt: at(day),
    atsLastModifiedAt: at(day),
    ...(reason !== undefined && { dispositionReason: reason }),
  },
});

/** Two people the ATS knows and the directory does not; one of them for the secured job only. */
const test = base.extend({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: the form in which Playwright reads what a fixture needs
    async ({}, use) =>
      withWorld(use, {
        members: MEMBERS,
        batches: (assignee) => [
          ...makeBatches(assignee),
          {
            kind: 'candidate',
            parentId: null,
            records: [
              candidate('known', 'Known', { currentJobTitle: 'Glazier', currentCompanyName: 'Pane & Co' }),
              candidate('board', 'Board'),
            ],
          },
          {
            kind: 'application',
            parentId: null,
            records: [
              application('known', 'SB220', '2024-06-01', 'Moved away'),
              application('board', 'SEC1', '2024-06-01'),
            ],
          },
          {
            kind: 'stage',
            parentId: 'a-known',
            records: [{ id: 's-1', record: { stage: 'Offer', atsCreatedAt: at('2024-07-01') } }],
          },
        ],
      }),
    { scope: 'worker', timeout: 120_000 },
  ],
});

test('UI25 1.2 somebody only the ATS knows is found, marked, and opens on what the ATS holds', async ({
  page,
  world,
  signIn,
}) => {
  await signIn(world.r1);
  await page.goto('/search?q=glazier');
  const row = rowOf(page, 'Only Known');
  await expect(row).toContainText('Glazier at Pane & Co');
  await expect(row.getByTestId('in-ats')).toHaveText(`In ${ATS}`);
  await expect(row.getByTestId('only-in-ats')).toContainText('Last applied June 1, 2024');
  await expect(row.getByRole('checkbox')).toHaveCount(0);
  await row.getByRole('link', { name: 'Only Known' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Only Known');
  await expect(page.getByTestId('ats-history')).toContainText('Moved away');
  await expect(page.getByRole('tablist')).toHaveCount(0);
});

test('UI25 AC9 1.2 who may not see the only application finds nobody', async ({ page, world, signIn }) => {
  await signIn(world.r1);
  await page.goto('/search?q=Board');
  await expect(rowOf(page, 'Only Board')).toBeVisible();
  await signIn(world.r2);
  await page.goto('/search?q=Board');
  await expect(page.getByRole('heading', { name: 'No people match' })).toBeVisible();
});

test('UI26 1.2 A1 stage, last applied and closed reason leave whom they count, show as chips and stay in the address', async ({
  page,
  world,
  signIn,
}) => {
  await signIn(world.r1);
  await page.goto('/search');
  for (const [group, option, chip] of [
    ['Stage reached', /^Offer 1$/, 'Reached: Offer'],
    ['Closed because', /^Moved away 1$/, 'Closed: Moved away'],
  ] as const) {
    await page.getByRole('group', { name: group }).getByRole('checkbox', { name: option }).click();
    await expect(page.getByRole('button', { name: `Remove ${chip}` })).toBeVisible();
    await expect(page.getByTestId('result-total')).toHaveText('1 person');
    await expect(rowOf(page, 'Only Known')).toBeVisible();
  }
  await expect(page).toHaveURL(/stage=OFFER&reason=Moved\+away/);
  await page.reload();
  await expect(rowOf(page, 'Only Known')).toBeVisible();
  await page.getByLabel('Sort by').selectOption('lastApplied');
  await expect(page).toHaveURL(/sort=lastApplied/);
  await page.getByRole('button', { name: 'Remove Reached: Offer' }).click();
  await page.getByRole('button', { name: 'Remove Closed: Moved away' }).click();
  await expect(page.getByTestId('only-in-ats')).toHaveCount(2);
  await expect(page.locator('[data-row]').first()).toContainText('Mae Norris');
});

test('UI21 1.2 A8 no people: each filter with the count it would free', async ({ page, world, signIn }) => {
  await signIn(world.r1);
  await page.goto('/search?q=Mae&stage=OFFER&reason=Moved+away');
  await expect(page.getByRole('heading', { name: 'No people match' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Remove “Mae” 1 person' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Remove Reached: Offer 0 people' })).toBeVisible();
});

test('UI27 1.2 A6 A7 the entry says why it cannot be used, and that counts will grow', async ({
  page,
  world,
  signIn,
}) => {
  await signIn(world.r1);
  let change: object = { isFirstSync: true };
  await page.route('**/app/api/search?*', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), ...change } });
  });
  await page.goto('/search');
  const entry = page.getByTestId('spotlight-pastApplicants').first();
  await expect(entry).toContainText('First sync under way – counts will grow');
  await expect(entry.getByRole('checkbox')).toBeEnabled();
  change = { spotlights: [{ id: 'pastApplicants', count: 0, unavailable: 'no-ats' }] };
  await page.reload();
  await expect(entry).toContainText('Connect your ATS to use this');
  await expect(entry.getByRole('checkbox')).toBeDisabled();
  await page.unrouteAll({ behavior: 'wait' });
});
