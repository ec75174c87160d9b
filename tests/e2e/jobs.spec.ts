import type { OutgoingRecord } from '@carrick/connector';
import { findViolations, takePictures } from './axe.ts';
import { at, JOBS } from './records.ts';
import { ATS, expect, test, type World } from './world.ts';

/** A job of its own: what it becomes concerns no other test. */
const TEMPORARY: OutgoingRecord = {
  ...JOBS[0],
  id: 'TMP1',
  record: { ...JOBS[0]?.record, title: 'Short-lived job' },
};

async function post(world: World, record: OutgoingRecord): Promise<void> {
  const [outcome] = await world.ats.postJobs([record]);
  const task = outcome?.ok ? (outcome.task ?? '') : '';
  await expect.poll(async () => (await world.ats.jobOutcomes([task])).get(task)).toEqual({ ok: true });
}

test('JO1 JO2 1.18 A2 L-036 the list of jobs shows what a recruiter may see, and one less to who is not on the list of the secured one', async ({
  page,
  world,
  signIn,
}) => {
  const answers: string[] = [];
  await signIn(world.r1);
  await page.goto('/search');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Jobs' }).click();
  const open = page.getByRole('link', { name: /^Open \(\d+\)$/ });
  const secured = page.getByRole('row').filter({ hasText: 'SEC1' });
  await expect(secured).toContainText('2 applications');
  await expect(page.getByRole('row').filter({ hasText: 'JX1200' })).toContainText(ATS);
  const count = async () => Number(/\d+/.exec((await open.textContent()) ?? '')?.[0]);
  const seen = await count();

  page.on('response', async (response) => {
    if (response.url().includes('/app/api/jobs')) answers.push(await response.text().catch(() => ''));
  });
  await signIn(world.r2);
  await page.goto('/jobs');
  await expect(page.getByRole('row').filter({ hasText: 'JX1200' })).toBeVisible();
  await expect(secured).toHaveCount(0);
  expect(await count()).toBe(seen - 1);
  await page.getByRole('searchbox', { name: 'Find by title or id' }).fill('Chief');
  await expect(page.getByText('No job matches “Chief”.')).toBeVisible();
  await expect(open).toHaveText('Open (0)');
  expect(answers.join('\n')).not.toContain('SEC1');
});

test('JO3 1.18 A3 a job that the ATS closes leaves the open ones within five seconds, and stays under Closed', async ({
  page,
  world,
  signIn,
}) => {
  await post(world, TEMPORARY);
  await signIn(world.r2);
  await page.goto('/jobs?q=TMP1');
  const row = page.getByRole('row').filter({ hasText: 'Short-lived job' });
  await expect(row).toBeVisible();
  const exportable = async () =>
    (await (await page.request.get('/app/api/exports/jobs?atsNo=1&q=TMP1')).json()) as { jobs: unknown[] };
  expect((await exportable()).jobs).toHaveLength(1);
  await post(world, {
    ...TEMPORARY,
    record: { ...TEMPORARY.record, jobPostingOperationType: 'CLOSE', listedAt: at('2024-01-02') },
  });
  await expect(row).toHaveCount(0, { timeout: 30_000 });
  expect((await exportable()).jobs).toHaveLength(0);
  await page.getByRole('link', { name: 'Closed (1)' }).click();
  await expect(row).toBeVisible();
});

for (const [form, width] of [
  ['desktop', 1280],
  ['phone', 390],
] as const)
  test(`UI70 UI73 axe finds nothing on the list of jobs, ${width} px`, async ({ page, world, signIn }) => {
    await page.setViewportSize({ width, height: 844 });
    await signIn(world.r1);
    await page.goto('/jobs');
    await expect(page.getByTestId('jobs')).toBeVisible();
    expect(await findViolations(page)).toEqual([]);
    expect(await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)).toBe(0);
    await takePictures(page, (theme) => `jobs-${theme}-${form}`, { fullPage: true });
  });
