import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { startProgram } from './carrick-process.ts';
import { pressLater } from './profile-widget-world.ts';
import type { StoryStage } from './story-stage.ts';
import { signInInWindow } from './widget-pages.ts';
import { rowOf } from './world.ts';

const STAGE = join(import.meta.dirname, 'story-stage.ts');
const FEATURES = ['ONE_CLICK_EXPORT', 'IN_ATS_INDICATOR', 'PROFILE_PLUGIN', 'CSA_API'];

test('WI70 1.18 A1 the whole story, from the onboarding widget to the indicator that is gone', async ({
  browser,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'carrick-story-'));
  const running = await startProgram<StoryStage>(STAGE, [folder]);
  try {
    await tell(browser, running.details);
  } finally {
    await running.end();
    rmSync(folder, { recursive: true, force: true });
  }
});

async function tell(browser: Browser, stage: StoryStage): Promise<void> {
  const { baseUrl, atsUrl } = stage;
  /** One person with a browser of their own. */
  const person = async () => {
    const context = await browser.newContext({ reducedMotion: 'reduce' });
    context.setDefaultTimeout(15_000);
    return context.newPage();
  };

  // The administrator connects the company in the ATS, and asks for what it is to do.
  const admin = await person();
  await admin.goto(`${atsUrl}/setup`);
  await admin.getByRole('button', { name: 'Get credentials' }).click();
  const frame = admin.frameLocator('iframe');
  await signInInWindow(admin, frame, stage.admin);
  await picture(admin, 'story-setup');
  for (const bundle of ['For the whole company', 'For the contract Harbour recruiters']) {
    const region = frame.getByRole('region', { name: bundle });
    await region.getByRole('button', { name: `Request: ${bundle}` }).click();
    await pressLater(admin, region.getByRole('button', { name: 'Yes, request' }));
    // Partner ready: the page handed it to the ATS, whose connector named and configured it.
    await expect(region.getByRole('status')).toHaveText('Partner ready');
  }

  // Ready, so that the administrator switches it on.
  await admin.goto(`${baseUrl}/sign-in`);
  await signIn(admin, stage.admin, baseUrl);
  await admin.goto(`${baseUrl}/admin/ats`);
  for (const pressed of [
    admin.getByRole('button', { name: 'Switch on all that is ready: Company-level access' }),
    admin.getByTestId('integration-CSA_API').getByRole('switch'),
  ]) {
    await pressed.click();
    await admin.getByRole('dialog').getByRole('button', { name: 'Switch on' }).click();
    await expect(admin.getByRole('dialog')).toBeHidden();
  }
  for (const feature of FEATURES)
    await expect(admin.getByTestId(`integration-${feature}`).getByTestId('standing')).toHaveText('Enabled');
  await picture(admin, 'story-admin');

  // The ATS hears of it and sends its history; the recruiter finds who was there before, and what became of her.
  const app = await person();
  await signIn(app, stage.recruiter, baseUrl);
  await expect(async () => {
    await app.goto(`${baseUrl}/search?spotlights=pastApplicants`);
    await expect(rowOf(app, 'Mae Norris')).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await expect(app.getByTestId('result-total')).toHaveText('1 person');
  await rowOf(app, 'Mae Norris').getByTestId('in-ats').hover();
  const card = app.getByTestId('ats-card');
  await expect(card).toContainText('mae.norris@mail.example');
  await expect(card).toContainText('Account Manager – JX1100');
  await picture(app, 'story-search');

  // Somebody new is sent to an open job, and is a candidate in the ATS.
  await app.goto(`${baseUrl}/search?q=Blake`);
  const blake = rowOf(app, 'Blake Burke').filter({ hasNot: app.getByTestId('only-in-ats') });
  await expect(blake.getByTestId('in-ats')).toHaveCount(0);
  await app.getByRole('button', { name: 'More actions for Blake Burke' }).click();
  await app.getByRole('menuitem', { name: /^Export to/ }).click();
  await app.getByRole('combobox', { name: 'Job name' }).fill('JX1200');
  await app.getByRole('option', { name: /JX1200/ }).click();
  await picture(app, 'story-export');
  await app.getByRole('button', { name: 'Export', exact: true }).click();
  // The page learns by itself that the record has come back.
  await expect(blake.getByTestId('in-ats')).toBeVisible();
  const ats = await person();
  await ats.goto(`${atsUrl}/candidates?q=Blake`);
  await ats.getByRole('link', { name: 'Blake Burke' }).click();
  await expect(ats.getByText('Matched', { exact: true })).toBeVisible();
  await ats.getByRole('link', { name: 'Interviews' }).click();
  await expect(ats.getByRole('link', { name: 'Senior Account Manager' })).toBeVisible();

  // The profile widget beside the record shows who that is, and sends a message.
  await ats.getByRole('link', { name: 'Profile' }).click();
  const widget = ats.frameLocator('iframe');
  await signInInWindow(ats, widget, stage.recruiter);
  await expect(widget.getByRole('heading', { level: 1, name: 'Blake Burke' })).toBeVisible();
  await expect(widget.getByText('Senior account manager at Hanseatic').first()).toBeVisible();
  await picture(ats, 'story-record');
  await widget.getByRole('button', { name: 'Send message' }).click();
  await widget.getByLabel('Subject').fill('A role in freight');
  await widget.getByLabel('Message', { exact: false }).last().fill('Are you free for a talk?');
  await pressLater(ats, widget.getByRole('button', { name: 'Send', exact: true }));
  await expect(widget.getByText('Sent to Blake Burke.')).toBeVisible();

  // The member answers, and agrees to share e-mail address and phone.
  const member = await person();
  await expect(async () => {
    await member.goto(`${baseUrl}/mailbox`);
    await member.getByRole('link', { name: 'blake.burke@mail.example' }).click({ timeout: 1_000 });
  }).toPass();
  await member.getByRole('link', { name: /\/member\/reply\// }).click();
  await member.getByLabel('Your reply').fill('Gladly, on Tuesday.');
  await picture(member, 'story-reply');
  await member.getByRole('button', { name: 'Send' }).click();
  await member.getByRole('button', { name: 'Yes, please share' }).click();
  await expect(member.getByRole('status')).toBeVisible();

  // At its next look the ATS has the phone in its record.
  await expect(async () => {
    await sendNow(admin, atsUrl);
    await ats.reload();
    await expect(ats.getByLabel('Phone')).toHaveValue('+49 30 901820', { timeout: 1_000 });
  }).toPass();
  await expect(ats.getByLabel('E-mail')).toHaveValue('blake.burke@mail.example');
  await ats.getByRole('link', { name: 'Discussions' }).click();
  await expect(ats.getByText('Gladly, on Tuesday.')).toBeVisible();

  // Not the right profile after all: parted here, there and in the search.
  await ats.getByRole('link', { name: 'Profile' }).click();
  await widget.getByRole('button', { name: 'Not the right profile?' }).click();
  await pressLater(ats, widget.getByRole('button', { name: 'Not this person' }));
  await expect(ats.getByText('Not matched with anybody on the network yet.')).toBeVisible();
  await app.goto(`${baseUrl}/search?q=Blake`);
  await expect(blake).toBeVisible();
  await expect(blake.getByTestId('in-ats')).toHaveCount(0);
  // What the ATS sends from now on changes nothing about that.
  await sendNow(admin, atsUrl);
  await app.reload();
  await expect(blake).toBeVisible();
  await expect(blake.getByTestId('in-ats')).toHaveCount(0);
}

async function sendNow(page: Page, atsUrl: string): Promise<void> {
  await page.goto(`${atsUrl}/setup`);
  await page.getByRole('button', { name: 'Send now' }).click();
  await expect(page.getByText('All history was sent')).toBeVisible();
}

async function signIn(page: Page, { email, password }: StoryStage['admin'], baseUrl: string): Promise<void> {
  const answer = await page.request.post(`${baseUrl}/app/api/sign-in`, {
    headers: { 'x-carrick': '1' },
    data: { email, password },
  });
  expect(answer.status()).toBe(200);
}

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.CARRICK_SCREENS;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}
