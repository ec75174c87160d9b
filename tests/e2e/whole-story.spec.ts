import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, test as base, expect, type Locator, type Page } from '@playwright/test';
import { startProgram } from './carrick-process.ts';
import type { StorySeat, StoryStage } from './story-stage.ts';
import { signInInWindow } from './widget-pages.ts';
import { rowOf } from './world.ts';

const FEATURES = ['ONE_CLICK_EXPORT', 'IN_ATS_INDICATOR', 'PROFILE_PLUGIN', 'CSA_API'];
const BUNDLES = ['For the whole company', 'For the contract Harbour recruiters'];

const test = base.extend<object, { stage: StoryStage }>({
  stage: [
    // biome-ignore lint/correctness/noEmptyPattern: the form in which Playwright reads what a fixture needs
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'carrick-story-'));
      const program = join(import.meta.dirname, 'story-stage.ts');
      const running = await startProgram<StoryStage>(program, [folder]);
      await use(running.details);
      await running.end();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

test('WI70 1.18 A1 L-015 L-130 the whole story, from the onboarding widget to the indicator that is gone', async ({
  browser,
  stage: { baseUrl, atsUrl, ...seats },
}) => {
  test.setTimeout(120_000); // a busy machine takes its time
  const { admin, app, ats, member } = await openPages(browser);
  const widget = ats.frameLocator('iframe');
  /** In the search, whom the directory knows: an unmatched record of the same name has a row of its own. */
  const blake = rowOf(app, 'Blake Burke').filter({ hasNot: app.getByTestId('only-in-ats') });

  await test.step('an administrator asks for the integration in the ATS, which names it', async () => {
    const frame = admin.frameLocator('iframe');
    const asked: string[] = [];
    admin.on('request', (request) => asked.push(request.url()));
    await admin.goto(`${atsUrl}/setup`);
    await admin.getByRole('button', { name: 'Get credentials' }).click();
    await signInInWindow(admin, frame, seats.admin);
    await expect(frame.getByRole('region')).toHaveCount(BUNDLES.length);
    await keepPicture(admin, 'story-setup');
    for (const name of BUNDLES) {
      const bundle = frame.getByRole('region', { name });
      await bundle.getByRole('button', { name: `Request: ${name}` }).click();
      await pressDeliberately(bundle.getByRole('button', { name: 'Yes, request' }));
      await expect(bundle.getByRole('status')).toHaveText(/Requested|Partner ready/);
    }
    for (const name of BUNDLES)
      await expect(frame.getByRole('region', { name }).getByRole('status')).toHaveText('Partner ready');
    // The ATS's server talks to the platform, and the page has nothing to do so with.
    expect(asked.filter((url) => /\/(oauth|v2|rest)\//.test(url))).toEqual([]);
    expect(await admin.content()).not.toMatch(/client_?secret|access_?token|bearer/i);
  });

  await test.step('and switches it on in the recruiter app', async () => {
    await signIn(admin, baseUrl, seats.admin);
    await admin.goto(`${baseUrl}/admin/ats`);
    for (const pressed of [
      admin.getByRole('button', { name: 'Switch on all that is ready: Company-level access' }),
      admin.getByTestId('integration-CSA_API').getByRole('switch'),
    ]) {
      await pressed.click();
      await admin.getByRole('dialog').getByRole('button', { name: 'Switch on' }).click();
      await expect(admin.getByRole('dialog')).toBeHidden();
    }
    await admin.reload();
    for (const feature of FEATURES)
      await expect(admin.getByTestId(`integration-${feature}`).getByTestId('standing')).toHaveText('Enabled');
    await keepPicture(admin, 'story-admin');
  });

  await test.step('the ATS sends its history; a recruiter finds the past applicant with her card', async () => {
    await signIn(app, baseUrl, seats.recruiter);
    await expect(async () => {
      await app.goto(`${baseUrl}/search?spotlights=pastApplicants`);
      await expect(rowOf(app, 'Mae Norris')).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 30_000 });
    await expect(app.getByTestId('result-total')).toHaveText('1 person');
    await rowOf(app, 'Mae Norris').getByTestId('in-ats').hover();
    await expect(app.getByTestId('ats-card')).toContainText('mae.norris@mail.example');
    await expect(app.getByTestId('ats-card')).toContainText('Account Manager – JX1100');
    await keepPicture(app, 'story-search');
  });

  await test.step('somebody new is exported to a job, and is a record in the ATS', async () => {
    await app.goto(`${baseUrl}/search?q=Blake`);
    await expect(blake.getByTestId('in-ats')).toHaveCount(0);
    await app.getByRole('button', { name: 'More actions for Blake Burke' }).click();
    await app.getByRole('menuitem', { name: /^Export to/ }).click();
    await app.getByRole('combobox', { name: 'Job name' }).fill('JX1200');
    await app.getByRole('option', { name: /JX1200/ }).click();
    await keepPicture(app, 'story-export');
    await app.getByRole('button', { name: 'Export', exact: true }).click();
    // The page learns by itself that the record has come back.
    await expect(blake.getByTestId('in-ats')).toBeVisible({ timeout: 30_000 });
    await ats.goto(`${atsUrl}/candidates?q=Blake`);
    await ats.getByRole('link', { name: 'Blake Burke' }).click();
    await ats.getByRole('link', { name: 'Interviews' }).click();
    await expect(ats.getByRole('link', { name: 'Senior Account Manager' })).toBeVisible();
  });

  await test.step('the profile widget on the record shows that person, and sends a message', async () => {
    await ats.getByRole('link', { name: 'Profile' }).click();
    await expect(ats.getByText('Matched', { exact: true })).toBeVisible();
    await expect(ats.getByLabel('Phone')).toHaveValue('');
    await signInInWindow(ats, widget, seats.recruiter);
    await expect(widget.getByRole('heading', { level: 1, name: 'Blake Burke' })).toBeVisible();
    await expect(widget.getByText('Senior account manager at Hanseatic').first()).toBeVisible();
    await keepPicture(ats, 'story-record');
    await widget.getByRole('button', { name: 'Send message' }).click();
    await widget.getByLabel('Subject').fill('A role in freight');
    await widget.getByLabel('Message', { exact: false }).last().fill('Are you free for a talk?');
    await pressDeliberately(widget.getByRole('button', { name: 'Send', exact: true }));
    await expect(widget.getByText('Sent to Blake Burke.')).toBeVisible();
  });

  await test.step('the member answers and shares', async () => {
    await expect(async () => {
      await member.goto(`${baseUrl}/mailbox`);
      await member.getByRole('link', { name: 'blake.burke@mail.example' }).click({ timeout: 1_000 });
    }).toPass();
    await member.getByRole('link', { name: /\/member\/reply\// }).click();
    await member.getByLabel('Your reply').fill('Gladly, on Tuesday.');
    await keepPicture(member, 'story-reply');
    await member.getByRole('button', { name: 'Send reply' }).click();
    await member.getByRole('button', { name: 'Yes, please share' }).click();
    await expect(member.getByRole('status')).toContainText('shared with this company only');
  });

  await test.step('then the record has the phone, and the answer', async () => {
    await expect(async () => {
      await sendNow(admin, atsUrl);
      await ats.reload();
      await expect(ats.getByLabel('Phone')).toHaveValue('+49 30 901820', { timeout: 1_000 });
    }).toPass({ timeout: 30_000 });
    await expect(ats.getByLabel('E-mail')).toHaveValue('blake.burke@mail.example');
    await ats.getByRole('link', { name: 'Discussions' }).click();
    await expect(ats.getByText('Gladly, on Tuesday.')).toBeVisible();
  });

  await test.step('parted in the widget, the person is marked neither in the ATS nor in the search', async () => {
    await ats.getByRole('link', { name: 'Profile' }).click();
    const part = widget.getByRole('button', { name: 'Not this person' });
    await expect(async () => {
      if (!(await part.isVisible()))
        await widget.getByRole('button', { name: 'Not the right profile?' }).click({ timeout: 2_000 });
      await expect(part).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 30_000 });
    await pressDeliberately(part);
    await expect(ats.getByText('Not matched with anybody on the network yet.')).toBeVisible();
    await app.goto(`${baseUrl}/search?q=Blake`);
    await expect(blake).toBeVisible();
    await expect(blake.getByTestId('in-ats')).toHaveCount(0);
    // The record has the member's own address by now, and is sent again with it: they stay parted.
    await sendNow(admin, atsUrl);
    await app.reload();
    await expect(blake).toBeVisible();
    await expect(blake.getByTestId('in-ats')).toHaveCount(0);
  });
  await Promise.all([admin, app, ats, member].map((page) => page.context().close()));
});

/** Four people, each with a browser of their own, or the same at two desks. */
async function openPages(browser: Browser) {
  const open = async () => {
    const context = await browser.newContext({ reducedMotion: 'reduce' });
    context.setDefaultTimeout(15_000);
    return context.newPage();
  };
  return { admin: await open(), app: await open(), ats: await open(), member: await open() };
}

async function signIn(page: Page, baseUrl: string, { email, password }: StorySeat): Promise<void> {
  const answer = await page.request.post(`${baseUrl}/app/api/sign-in`, {
    headers: { 'x-carrick': '1' },
    data: { email, password },
  });
  expect(answer.status()).toBe(200);
}

/** A frame that has just come into view takes no press that cannot be taken back: a person presses again. */
async function pressDeliberately(button: Locator): Promise<void> {
  await button.waitFor();
  await expect(async () => {
    if (await button.isVisible()) await button.click({ timeout: 500 });
    await expect(button).toBeHidden({ timeout: 1_000 });
  }).toPass({ intervals: [100] });
}

/** The ATS exchanges what is due on both sides. */
async function sendNow(page: Page, atsUrl: string): Promise<void> {
  await page.goto(`${atsUrl}/setup`);
  await page.getByRole('button', { name: 'Send now' }).click();
  await expect(page.getByText('All history was sent')).toBeVisible();
}

/** Into the folder that CARRICK_SCREENS names, if it names one: for the tour in the README. */
async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env.CARRICK_SCREENS;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, animations: 'disabled' });
}
