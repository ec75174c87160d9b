import { ATS, expect, rowOf, test } from './world.ts';

test('UI55 L-070 a recruiter on the list of a secured job sees it everywhere', async ({
  page,
  world,
  signIn,
  openPerson,
}) => {
  await signIn(world.r1);
  await page.goto('/search?q=Kelsey&spotlights=pastApplicants');
  await expect(rowOf(page, 'Kelsey Foster')).toContainText('1 note');
  await rowOf(page, 'Kelsey Foster').getByTestId('in-ats').click();
  await expect(page.getByTestId('ats-card')).toContainText('Chief Executive – SEC1');
  await openPerson('Kelsey Foster');
  await page.getByRole('tab', { name: `${ATS} (1)` }).click();
  await expect(page.getByTestId('ats-job')).toContainText('For the board only: salary agreed.');
});

test('UI55 L-070 1.3 A6 1.6 A5 neither spotlight nor row, card or tab shows a secured job to who is not on its list', async ({
  page,
  world,
  signIn,
  openPerson,
}) => {
  const answers: string[] = [];
  page.on('response', async (response) => {
    if (response.url().includes('/app/api/') && !response.url().endsWith('/events'))
      answers.push(await response.text().catch(() => ''));
  });
  await signIn(world.r2);
  await page.goto('/search?spotlights=pastApplicants');
  await expect(rowOf(page, 'Mae Norris')).toContainText('4 notes');
  await expect(rowOf(page, 'Kelsey Foster')).toHaveCount(0);

  await page.goto('/search?q=Kelsey');
  await expect(rowOf(page, 'Kelsey Foster')).not.toContainText('note');
  await expect(page.getByTestId('spotlight-pastApplicants').first()).toContainText('Nobody in these results');
  await rowOf(page, 'Kelsey Foster').getByTestId('in-ats').click();
  await expect(page.getByTestId('ats-card')).toContainText('No applications yet.');

  await openPerson('Kelsey Foster');
  await page.getByRole('tab', { name: `${ATS} (0)` }).click();
  await expect(page.getByTestId('ats-history')).toContainText(`No applications in ${ATS} that you can see.`);

  await openPerson('Mae Norris');
  await page.getByRole('tab', { name: `${ATS} (3)` }).click();
  await expect(page.getByTestId('ats-job')).toHaveCount(3);
  await page.goto('/search?q=Mae');
  await rowOf(page, 'Mae Norris').getByTestId('in-ats').click();
  await expect(page.getByTestId('ats-card')).toContainText('1 active, 2 past jobs');
  // The browser was never told: there is nothing on the page to hide.
  expect(answers.join('\n')).not.toMatch(/SEC1|Chief Executive|For the board only/);
});
