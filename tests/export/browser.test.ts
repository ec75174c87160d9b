import { expect as expectOf } from '@playwright/test';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  canBrowse,
  type ExportStage,
  findViolations,
  keepPicture,
  openProfile,
  openStage,
} from './export-page.ts';

// A busy machine takes its time.
const see = expectOf.configure({ timeout: 60_000 });
vi.setConfig({ testTimeout: 120_000 });
const within = { timeout: 60_000, interval: 50 };

describe.skipIf(!canBrowse)('One-Click Export in Chromium', () => {
  let stage: ExportStage;
  beforeAll(async () => {
    stage = await openStage();
  }, 120_000);
  afterEach(() => stage.leave());
  afterAll(() => stage?.close());

  test('EX10 A1 L-007 L-110 L-116 the dialog opens with key e and from the menu, its focus on the job; Escape and Cancel close it without a request', async () => {
    const page = await stage.open(stage.r1);
    const sent: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
    await openProfile(page, stage, 'Blake Burke');
    await page.keyboard.press('e');
    const dialog = page.getByRole('dialog', { name: 'Export to your ATS' });
    const field = dialog.getByRole('combobox', { name: 'Job name' });
    await see(field).toBeFocused();
    await see(field).toHaveAttribute('placeholder', 'Search by Job name or ID');
    await see(dialog).toContainText('Blake Burke');
    await see(dialog).toContainText('Blake does what Blake does');
    await see(dialog).toContainText('name, current employer, location, profile URL, and member id');
    await see(dialog.getByRole('button', { name: 'Export', exact: true })).toBeDisabled();
    await page.keyboard.press('Escape');
    await see(dialog).toBeHidden();

    const more = page.getByRole('button', { name: 'More actions' });
    await more.click();
    await see(page.getByRole('menuitem').first()).toHaveText('Export to Hire');
    await page.getByRole('menuitem', { name: 'Export to Hire' }).click();
    await see(field).toBeFocused();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await see(dialog).toBeHidden();
    await see(more).toBeFocused();

    await page.goto('/search?q=Blake');
    await page.getByRole('button', { name: 'More actions for Blake Burke' }).click();
    await page.getByRole('menuitem', { name: 'Export to Hire' }).click();
    await see(dialog).toContainText('Blake Burke');
    await page.keyboard.press('Escape');
    await see(page.getByRole('button', { name: 'More actions for Blake Burke' })).toBeFocused();
    await page.keyboard.press('j');
    await page.keyboard.press('e');
    await see(field).toBeFocused();
    expect(sent).toEqual([]);
  });

  test('EX11 A2 A3 A5 L-109 L-034 jobs are found by title, id and code; closed and hidden ones are not', async () => {
    const page = await stage.open(stage.r1);
    await openProfile(page, stage, 'Blake Burke');
    await page.keyboard.press('e');
    const field = page.getByRole('combobox', { name: 'Job name' });
    const options = page.getByRole('option');
    await field.pressSequentially('acc');
    await see(options).toHaveText(['Senior Account Manager - JX1200R-17 · Chicago, IL · Open']);
    await see(options.locator('mark')).toHaveText('Acc');
    await see(page.getByText('1 job', { exact: true })).toBeVisible();
    await field.fill('jx12');
    await see(options).toHaveText([/JX1200/]);
    await field.fill('r-17');
    await see(options).toHaveText([/JX1200/]);
    await field.fill('JX2320');
    await see(page.getByText("No job matches 'JX2320'")).toBeVisible();
    await see(page.getByRole('button', { name: 'Not seeing the jobs you expect?' })).toBeVisible();
    await field.fill('secret');
    await see(options).toHaveText([/SEC1/]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await see(field).toHaveValue('Chief Secret - SEC1');
    await see(page.getByRole('button', { name: 'Export', exact: true })).toBeEnabled();
    await field.press('Escape');
    await see(field).toHaveValue('');
    await see(page.getByRole('dialog', { name: 'Export to your ATS' })).toBeVisible();
    await field.press('Escape');
    await see(page.getByRole('dialog', { name: 'Export to your ATS' })).toBeHidden();

    const other = await stage.open(stage.r2);
    await openProfile(other, stage, 'Blake Burke');
    await other.keyboard.press('e');
    await other.getByRole('combobox', { name: 'Job name' }).fill('secret');
    await see(other.getByText("No job matches 'secret'")).toBeVisible();
  });

  test('EX12 A8 A9 L-097 L-101 L-112 1.5 A7 an export is complete on the screen when the ATS has fetched it, and not before', async () => {
    const page = await stage.open(stage.r1);
    await openProfile(page, stage, 'Lee Open');
    await page.keyboard.press('e');
    await page.getByRole('combobox', { name: 'Job name' }).fill('JX1200');
    await page.getByRole('option', { name: /JX1200/ }).click();
    const before = stage.acme.receiver.received.length;
    await keepPicture(page, 'dialog-light');
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await see(page.getByRole('dialog', { name: 'Export to your ATS' })).toBeHidden();
    const notice = page.getByTestId('export-notice');
    await see(notice).toContainText('Exporting to Hire…');
    await see(page.getByText('Export complete')).toHaveCount(0);
    await expect.poll(() => stage.acme.receiver.received.length, within).toBe(before + 1);
    const requestId = stage.acme.receiver.received.at(-1)?.id ?? '';
    expect((await stage.acme.fetch(requestId)).status).toBe(200);
    await see(notice).toContainText('Export complete - Senior Account Manager - JX1200');
    await see(notice).toContainText('by Rita One');
    await see(page.locator('[role=status]').filter({ has: notice })).toBeVisible();
    const exported = page.getByTestId('exported-on');
    await see(exported).toHaveText(/^Exported \w+ \d+, \d{4}$/);
    await see(exported).toHaveAttribute('title', 'Rita One, Senior Account Manager - JX1200');
    await exported.getByRole('link').click();
    const summary = page.getByTestId('export-summary');
    await see(summary).toContainText('Export complete - Senior Account Manager - JX1200');
    await see(summary).toContainText(/\w+ \d+, \d{4} · Rita One/);
    expect(await findViolations(page)).toEqual([]);
    await keepPicture(page, 'complete-light');
  });
});
