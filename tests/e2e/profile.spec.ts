import { LONG_FEEDBACK, MARKUP } from './people.ts';
import { ATS, expect, test } from './world.ts';

test.beforeEach(async ({ world, signIn, openPerson }) => {
  await signIn(world.r1);
  await openPerson('Mae Norris');
});

test('UI40 UI99 NO11 L-095 L-120 the header shows who this is, with Message first and the rest behind the ellipsis: sharing with a colleague, finding similar people', async ({
  page,
}) => {
  const header = page.locator('main header');
  await expect(header.getByRole('heading', { level: 1 })).toContainText('Mae Norris');
  await expect(header).toContainText('Account manager for freight and logistics');
  await expect(header).toContainText('Freshing · Lakeside Institute');
  await expect(header).toContainText('Greater Chicago Area · Logistics · 2 connections');
  const [message, more] = await header.getByRole('button').all();
  await expect(message ?? page.locator('none')).toHaveText('Message');
  await expect(more ?? page.locator('none')).toHaveAccessibleName('More actions');
  await more?.click();
  const items = page.getByRole('menu').locator('[role^=menuitem]');
  for (const item of ['Save to project', 'Print or save as PDF', 'Copy link', `Show ${ATS} data only`])
    await expect(items.filter({ hasText: item })).toBeVisible();
  await items.filter({ hasText: 'Share for review' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share Mae Norris for review' });
  await dialog.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Choose a colleague.');
  const colleague = (await dialog.getByRole('option').nth(1).textContent()) ?? '';
  await dialog.getByLabel('Colleague', { exact: true }).selectOption(colleague);
  await dialog.getByLabel(/What should your colleague/).fill('Fits the Chicago role?');
  await dialog.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByText(`Mae Norris was shared with ${colleague}`).last()).toBeVisible();
  await page.getByRole('tab', { name: /Recruiting activities/ }).click();
  await expect(page.getByTestId('shares')).toContainText(`You asked ${colleague}`);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByTestId('shares')).toHaveCount(0);
  await more?.click();
  await items.filter({ hasText: 'Find more people like this' }).click();
  await expect(page).toHaveURL(/\/search\?q=%22Account\+manager%22&industry=Logistics/i);
  await expect(page.getByRole('link', { name: 'Mae Norris' }).first()).toBeVisible();
});

test('UI41 UI52 L-050 L-086 L-097 L-098 1.5 A1 the status line says what the ATS knows and leads there and to its record; a line below says how far', async ({
  page,
}) => {
  const status = page.getByTestId('ats-status');
  await expect(status).toContainText('1 active job');
  await expect(page.getByTestId('standing-lines').getByRole('listitem')).toHaveText([
    `Senior Account Manager – JX1200Phone screen · January 8, 2026In your ${ATS}`,
  ]);
  await status.getByRole('link', { name: `In ${ATS}` }).click();
  await expect(page.getByRole('tab', { name: `${ATS} (4)` })).toHaveAttribute('aria-selected', 'true');
  const link = status.getByRole('link', { name: `${ATS} profile` });
  await expect(link).toHaveAttribute('href', 'https://ats.example/candidates/m1');
  await expect(link).toHaveAttribute('target', '_blank');
  await expect(link).toHaveAttribute('rel', /noopener/);
});

test('UI41 L-050 1.5 A2 a person the ATS does not know has no status line and an empty tab', async ({
  page,
  openPerson,
}) => {
  await openPerson('Blake Burke');
  await expect(page.getByTestId('ats-status')).toHaveCount(0);
  await expect(page.getByTestId('standing-lines')).toHaveCount(0);
  await page.getByRole('tab', { name: `${ATS} (0)` }).click();
  await expect(page.getByRole('heading', { name: `Not in ${ATS} yet` })).toBeVisible();
});

test('UI42 1.5 A6 arrow keys move between the tabs, and the address keeps the chosen one', async ({
  page,
}) => {
  const profile = page.getByRole('tab', { name: 'Profile' });
  const ats = page.getByRole('tab', { name: `${ATS} (4)` });
  await profile.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Projects (0)' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(ats).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(ats).toHaveAttribute('aria-selected', 'true');
  await expect(page).toHaveURL(/tab=ats/);
  await page.reload();
  await expect(ats).toHaveAttribute('aria-selected', 'true');
});

test('UI43 the profile tab shows what the person says, eleven skills at first', async ({ page }) => {
  const panel = page.getByRole('tabpanel');
  await expect(panel).toContainText('Ten years between carriers');
  await expect(panel).toContainText('Account managerFreshingMar 2021 – present');
  await expect(panel).toContainText('Lakeside Institute');
  await expect(panel).toContainText('Gabriel Francis · VP Sales, Lumen & Co');
  const skills = panel.getByRole('region', { name: 'Skills' });
  await expect(skills.getByRole('listitem')).toHaveCount(11);
  const more = skills.getByRole('button', { name: 'Show 3 more' });
  await more.click();
  await expect(skills.getByRole('listitem')).toHaveCount(14);
  await expect(skills.getByRole('button')).toBeFocused();
});

test('UI53 L-099 each tab says how much it holds and opens on as much', async ({ page }) => {
  const countOf = async (name: RegExp) => {
    const tab = page.getByRole('tab', { name });
    await tab.click();
    await expect(tab).toHaveAttribute('aria-selected', 'true');
    return Number(/\((\d+)\)/.exec((await tab.textContent()) ?? '')?.[1]);
  };
  const panel = page.getByRole('tabpanel');
  expect(await countOf(/^Feedback/)).toBe(3);
  await expect(panel.getByTestId('remark')).toHaveCount(3);
  await expect(panel.getByRole('heading', { level: 3 })).toHaveText('Account Manager – JX2320');
  await expect(page).toHaveURL(/tab=feedback/);
  const files = await countOf(/^Attachments/);
  await expect(panel.getByRole('link', { name: /^Download/ })).toHaveCount(files);
  await expect(panel.getByRole('heading', { name: files > 0 ? 'Files' : 'No files yet' })).toBeVisible();
  await expect(panel.getByTestId('ats-job')).toHaveCount(0);
  await countOf(/^Sandbox ATS 1/);
  await expect(panel.getByTestId('ats-job')).toHaveCount(4);
  await countOf(/^Messages/);
  await expect(panel.getByTestId('conversation')).toHaveCount(0);
  await page.getByRole('tab', { name: 'Recruiting activities' }).click();
  await expect(panel.getByRole('heading', { name: /^Views/ })).toBeVisible();
});

test('UI44 L-100 the page can be narrowed to ATS data, and widened again', async ({ page }) => {
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitemcheckbox', { name: `Show ${ATS} data only` }).click();
  await expect(page.getByText(`Showing ${ATS} data only`)).toBeVisible();
  await expect(page.getByRole('tab')).toHaveCount(0);
  await expect(page.getByText('Ten years between carriers')).toHaveCount(0);
  await expect(page.getByTestId('ats-job')).toHaveCount(4);
  await page.getByRole('link', { name: 'Show the whole profile' }).click();
  await expect(page.getByRole('tab')).toHaveCount(7);
});

test.describe('the tab of the ATS', () => {
  test.beforeEach(async ({ page }) => page.getByRole('tab', { name: `${ATS} (4)` }).click());

  test('UI45 L-102 profile information shows the ATS record, and more with See more', async ({ page }) => {
    const information = page.getByRole('region', { name: 'Profile information' });
    await expect(information.getByRole('link', { name: 'Mae Norris' })).toHaveAttribute(
      'href',
      'https://ats.example/candidates/m1',
    );
    await expect(information).toContainText('ATS ID: c-m1');
    await expect(information).toContainText('Account manager · Freshing');
    await expect(information).toContainText('mae.norris@mail.example');
    await expect(information).not.toContainText('+1 312 555 0123');
    await information.getByRole('button', { name: 'See more' }).click();
    await expect(information).toContainText('+1 312 555 0123');
    await expect(information).toContainText('14 W Lake St');
    await expect(information).toContainText('AddedMarch 3, 2023');
    await expect(information).toContainText('Same e-mail address');
  });

  test('UI46 L-103 L-104 1.6 A1 jobs stand with id and state, the active one first and open, each entry opens', async ({
    page,
  }) => {
    const jobs = page.getByTestId('ats-job');
    await expect(jobs.getByRole('heading')).toContainText([
      /Senior Account Manager – JX1200.*Notes \(1\).*Active/,
      /Account Manager – JX2320.*Feedback \(3\) · Notes \(1\).*Closed/,
      /Chief Executive – SEC1.*Closed/,
      /Sales – SB220.*Closed/,
    ]);
    const [first, second] = [
      jobs.nth(0).getByRole('button').first(),
      jobs.nth(1).getByRole('button').first(),
    ];
    await expect(first).toHaveAttribute('aria-expanded', 'true');
    await expect(second).toHaveAttribute('aria-expanded', 'false');
    await second.click();
    await expect(jobs.nth(1).getByRole('list', { name: 'Stages' })).toBeVisible();
    // Feedback (3) · Notes (1)
    for (const [heading, count] of [
      ['Feedback', 3],
      ['Notes', 1],
    ] as const) {
      const part = jobs
        .nth(1)
        .locator('div')
        .filter({ has: page.getByRole('heading', { name: heading, level: 4 }) });
      await expect(part.last().getByTestId('remark')).toHaveCount(count);
    }
  });

  test('UI47 L-105 L-106 1.6 A2 stages newest first, notes and feedback with author, stage and date', async ({
    page,
  }) => {
    const job = page.getByTestId('ats-job').nth(1);
    await job.getByRole('button').first().click();
    await expect(job.getByRole('list', { name: 'Stages' }).getByRole('listitem')).toHaveText([
      'On-site interviewNovember 12, 2024',
      'Phone screenNovember 1, 2024',
      'In reviewOctober 15, 2024',
      'AppliedSeptember 28, 2024',
    ]);
    await expect(job.getByTestId('remark')).toContainText([
      'Rebekkah MorrisIn review · October 22, 2024Would be good for our company',
      'Jordan LeeOn-site interview · November 12, 2024',
      'Jordan LeeOn-site interview · November 12, 2024',
      'Jordan LeePhone screen · November 6, 2024',
    ]);
    await expect(job.getByTestId('remark').last()).toContainText('CommunicationStrong');
    await expect(page.getByRole('region', { name: 'Notes on the candidate' })).toContainText(
      'Prefers calls after five.',
    );
  });

  test('UI48 L-106 1.6 A3 long text is cut at a word until View more, which keeps the focus', async ({
    page,
  }) => {
    const job = page.getByTestId('ats-job').nth(1);
    await job.getByRole('button').first().click();
    const remark = job.getByTestId('remark').last();
    await expect(remark).not.toContainText('Closing words');
    const shown = (await remark.getByText('Very personable').textContent()) ?? '';
    expect(shown.length).toBeLessThanOrEqual(321);
    expect(LONG_FEEDBACK.startsWith(`${shown.slice(0, -1)} `)).toBe(true);
    await remark.getByRole('button', { name: 'View more' }).click();
    await expect(remark).toContainText('Closing words: strong yes.');
    await expect(remark.getByRole('button', { name: 'View less' })).toBeFocused();
  });

  test('UI49 1.6 A7 markup in a note is shown as text, and a word without end does not widen the page', async ({
    page,
  }) => {
    const job = page.getByTestId('ats-job').nth(3);
    await job.getByRole('button').first().click();
    await expect(job.getByTestId('remark')).toContainText('<b>Not bold</b> <script>');
    await job.getByRole('button', { name: 'View more' }).click();
    await expect(job.getByTestId('remark')).toContainText(MARKUP);
    await expect(page).toHaveTitle('Mae Norris · Carrick');
    const { scrollWidth, clientWidth } = await page.locator('html').evaluate((html) => ({
      scrollWidth: html.scrollWidth,
      clientWidth: html.clientWidth,
    }));
    expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
  });
});

test('UI50 L-107 1.6 A4 an ATS that shares no notes and feedback is said not to', async ({
  page,
  world,
  signIn,
  openPerson,
}) => {
  const [, seat] = world.quiet.seats;
  if (!seat) throw new Error('the second tenant has no recruiter');
  await page.context().clearCookies();
  await signIn(seat);
  await openPerson('Mae Norris');
  await page.getByRole('tab', { name: 'Sandbox ATS 2 (0)' }).click();
  await expect(page.getByTestId('ats-history')).toContainText(
    'Sandbox ATS 2 does not share interview feedback and notes through this integration.',
  );
  await expect(page.getByRole('heading', { name: 'Notes' })).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Feedback', exact: true })).toHaveCount(0);
});
