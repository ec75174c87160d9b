import type { Page } from '@playwright/test';
import { expect as expectOf } from '@playwright/test';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { addMembers } from '../../packages/platform/src/exports/testing/export-world.ts';
import {
  canBrowse,
  type ExportStage,
  findViolations,
  keepPicture,
  openProfile,
  openStage,
  person,
} from './export-page.ts';

// A busy machine takes its time.
const see = expectOf.configure({ timeout: 60_000 });
vi.setConfig({ testTimeout: 120_000 });
const within = { timeout: 60_000, interval: 50 };
const MINUTE_MS = 60_000;

describe.skipIf(!canBrowse)('the steps of the export dialog', () => {
  let stage: ExportStage;
  beforeAll(async () => {
    stage = await openStage();
  }, 120_000);
  afterEach(() => stage.leave());
  afterAll(() => stage?.close());

  const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Export to your ATS' });
  const exportButton = (page: Page) => page.getByRole('button', { name: 'Export', exact: true });
  /** Opens the dialog of the person who is on the page, and chooses a job. */
  async function choose(page: Page, job = 'JX1200'): Promise<void> {
    await page.keyboard.press('e');
    await page.getByRole('combobox', { name: 'Job name' }).fill(job);
    await page.getByRole('option', { name: new RegExp(job) }).click();
  }

  test('EX20 A7 A11 of 1.2 L-108 who does not allow it has no export anywhere; the bar exports the others of the selected', async () => {
    const page = await stage.open(stage.r1);
    await openProfile(page, stage, 'Kim Private');
    await page.keyboard.press('e');
    await page.getByRole('button', { name: 'More actions' }).click();
    await see(page.getByRole('menuitem', { name: /^Export/ })).toHaveCount(0);
    await page.getByRole('menuitem', { name: 'Why can’t I export?' }).click();
    await see(page.getByRole('menuitem').first()).toHaveText(
      'This person’s settings do not allow sharing with other systems.',
    );
    await page.keyboard.press('Escape');
    await see(dialogOf(page)).toHaveCount(0);
    await page.getByRole('tab', { name: /^Hire/ }).click();
    await see(page.getByRole('button', { name: 'Export to Hire' })).toHaveCount(0);

    await page.goto('/search?q=Kim+OR+Mae+OR+Blake');
    for (const name of ['Mae Norris', 'Blake Burke', 'Kim Private'])
      await page.getByRole('checkbox', { name: `Select ${name}` }).check();
    const bar = page.getByRole('region', { name: 'Selection' });
    await see(bar).toContainText('3 selected');
    await bar.getByRole('button', { name: 'Export to Hire' }).click();
    await see(dialogOf(page)).toContainText('2 of 3 people can be exported.');
    await see(dialogOf(page)).toContainText('Kim Private does not allow it.');
    await page.getByRole('combobox', { name: 'Job name' }).fill('SB220');
    await page.getByRole('option', { name: /SB220/ }).click();
    const before = stage.acme.receiver.received.length;
    await exportButton(page).click();
    await see(dialogOf(page)).toBeHidden();
    await expect.poll(() => stage.acme.receiver.received.length, within).toBe(before + 2);
    await bar.getByRole('button', { name: 'Clear the selection' }).click();
    await see(bar).toHaveCount(0);
  });

  test('EX11 A6 the reasons why a job may be absent, the last sync, and whom to ask', async () => {
    const page = await stage.open(stage.r1);
    await openProfile(page, stage, 'Blake Burke');
    await page.keyboard.press('e');
    await dialogOf(page).getByRole('button', { name: 'Not seeing the jobs you expect?' }).click();
    const why = page.getByRole('dialog', { name: 'Not seeing the jobs you expect?' });
    await see(why).toContainText('Only open jobs are listed.');
    await see(why).toContainText('You see only jobs that you are allowed to see in Hire.');
    await see(why).toContainText(/Last job sync: .+, 3 jobs\./);
    await see(why.getByRole('link', { name: 'Tell your admin' })).toHaveAttribute(
      'href',
      /^mailto:ada\.admin%40acme\.example\?subject=/,
    );
  });

  test('EX24 1.7 A4 A8 L-115 L-119 from a project’s row the dialog has the project’s job chosen, and afterwards the row says so', async () => {
    const page = await stage.open(stage.r1);
    const post = async (path: string, data: object) => {
      const answer = await page.request.post(`/app/api/projects${path}`, {
        headers: { 'x-carrick': '1' },
        data,
      });
      expect(answer.ok()).toBe(true);
      return answer.status() === 204 ? null : answer.json();
    };
    const { id } = await post('', { title: 'Account people' });
    await post(`/${id}/save`, { personIds: [await stage.r1.browser.idOf('Blake Burke')] });
    await page.goto(`/projects/${id}?tab=settings`);
    await page.getByLabel('Find a job by title or id').fill('JX1200');
    await page.getByRole('button', { name: 'Tie to Senior Account Manager' }).click();
    await page.getByRole('button', { name: 'Save settings' }).click();
    await page.getByRole('button', { name: 'More actions for Blake Burke' }).click();
    await page.getByRole('menuitem', { name: 'Export to Hire' }).click();
    await see(page.getByRole('combobox', { name: 'Job name' })).toHaveValue(/Senior Account Manager/);
    const before = stage.acme.receiver.received.length;
    await exportButton(page).click();
    await see(dialogOf(page)).toBeHidden();
    await expect.poll(() => stage.acme.receiver.received.length, within).toBe(before + 1);
  });

  test('EX21 A10 L-101 1.6 A10 an export that the ATS does not fetch is waiting after two minutes, and in the end can be sent again', async () => {
    const { acme, world } = stage;
    acme.receiver.behaviour = 204;
    const page = await stage.open(stage.r1);
    await openProfile(page, stage, 'Lee Open');
    await choose(page);
    await exportButton(page).click();
    const notice = page.getByTestId('export-notice');
    await see(notice).toContainText('Exporting to Hire…');
    await see(page.getByText('Export complete')).toHaveCount(0);
    world.clock.advance(2 * MINUTE_MS);
    await page.reload();
    await see(notice).toContainText('Sent, waiting for Hire');
    await page.getByRole('tab', { name: /^Hire/ }).click();
    await page.getByRole('button', { name: 'Not seeing profiles in your ATS?' }).click();
    const missing = page.getByRole('dialog', { name: 'Not seeing profiles in your ATS?' });
    await see(missing).toContainText(/Told at127\.0\.0\.1/);
    await see(missing).toContainText('HTTP 204');
    await see(missing).toContainText('Fetched by the ATSNot yet');
    await see(missing.getByRole('link', { name: 'Tell your admin' })).toBeVisible();
    expect(await findViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    const { tenantId } = acme;
    await world.ctx.db.pipeline(tenantId, (tx) => [
      tx`update delivery set state = 'dead', failure = 'TIMED_OUT', status = null where tenant_id = ${tenantId}`,
    ]);
    await page.reload();
    await see(notice).toContainText('Hire did not pick this up.');
    await see(notice.getByRole('link', { name: 'Tell your admin' })).toBeVisible();

    const other = await stage.open(stage.admin);
    await openProfile(other, stage, 'Lee Open');
    const before = acme.receiver.received.length;
    await other.getByTestId('export-notice').getByRole('button', { name: 'Send again' }).click();
    await expect.poll(() => acme.receiver.received.length, within).toBe(before + 1);
    const [exported] = await stage.r1.browser.exportsOf(await stage.r1.browser.idOf('Lee Open'));
    expect(acme.receiver.ids.at(-1)).toBe(exported?.id);
    expect((await acme.fetch(exported?.id ?? '')).status).toBe(200);
    await see(notice).toContainText('Export complete');
  });

  test('EX22 A12 two tabs make one export, and the second shows the first one’s state', async () => {
    const page = await stage.open(stage.r1);
    await openProfile(page, stage, 'Mae Norris');
    const second = await page.context().newPage();
    await openProfile(second, stage, 'Mae Norris');
    const before = stage.acme.receiver.received.length;
    for (const tab of [page, second]) {
      await choose(tab);
      await exportButton(tab).dblclick();
      await see(dialogOf(tab)).toBeHidden();
      await see(tab.getByTestId('export-notice').filter({ hasText: 'JX1200' })).toContainText(
        'Exporting to Hire…',
      );
    }
    await expect.poll(() => stage.acme.receiver.received.length, within).toBe(before + 1);
    await stage.acme.fetch(stage.acme.receiver.received.at(-1)?.id ?? '');
    for (const tab of [page, second])
      await see(tab.getByTestId('export-notice').filter({ hasText: 'JX1200' })).toContainText(
        'Export complete',
      );
    expect(stage.acme.receiver.received).toHaveLength(before + 1);
  });

  test('EX7 A11 a person who is on the job already is a question, whose default is Cancel', async () => {
    const { tenantId, atsNo } = stage.acme;
    await stage.world.ctx.db.pipeline(tenantId, (tx) => [
      tx`insert into candidate (tenant_id, ats_no, id, ats_created_at, ats_last_modified_at, first_name, last_name, email_addresses,
           received_at)
         values (${tenantId}, ${atsNo}, 'c-1', 1, 2, 'Blake', 'Burke', '[]', 3)`,
      tx`insert into match_decision (tenant_id, ats_no, candidate_id, member_id, verdict, origin, decided_at)
         values (${tenantId}, ${atsNo}, 'c-1', ${stage.members.get('m2') ?? 0}, 'LINK', 'api', 3)`,
      tx`insert into application (tenant_id, ats_no, id, candidate_id, job_id, job_name, ats_created_at, ats_last_modified_at,
           first_name, last_name, received_at)
         values (${tenantId}, ${atsNo}, 'a-1', 'c-1', 'JX1200', 'x', 1, 2, 'Blake', 'Burke', 3)`,
      tx`insert into stage (tenant_id, ats_no, application_id, id, stage, category, ats_created_at, received_at)
         values (${tenantId}, ${atsNo}, 'a-1', 's-1', 'Phone screen', 'INTERVIEW', 2, 3)`,
    ]);
    const page = await stage.open(stage.r1);
    await openProfile(page, stage, 'Blake Burke');
    await choose(page);
    await exportButton(page).click();
    await see(dialogOf(page).getByRole('alert')).toContainText(
      'Blake Burke is already on JX1200 (Phone screen). Export anyway?',
    );
    await see(dialogOf(page).getByRole('button', { name: 'Cancel' })).toBeFocused();
    await keepPicture(page, 'question');
    expect(await findViolations(page)).toEqual([]);
    await dialogOf(page).getByRole('button', { name: 'Export anyway' }).click();
    await see(dialogOf(page)).toBeHidden();
  });

  test('EX3 A14 consent withdrawn while the dialog is open: it says so, and nothing is sent', async () => {
    await addMembers(stage.world, [person('m5', 'Pat', 'Wavering', true)]);
    const page = await stage.open(stage.r1);
    await openProfile(page, stage, 'Pat Wavering');
    await choose(page);
    await addMembers(stage.world, [person('m5', 'Pat', 'Wavering', false)]);
    const before = stage.acme.receiver.received.length;
    await exportButton(page).click();
    await see(dialogOf(page).getByRole('alert')).toHaveText(
      'This person’s settings no longer allow exporting.',
    );
    expect(stage.acme.receiver.received).toHaveLength(before);
  });

  test('EX5 A13 the counter is seen from 80 percent on, and the 301st is refused with the day on which it starts anew', async () => {
    const { tenantId, contractId, atsNo } = stage.acme;
    const now = stage.world.clock.now();
    const fill = (from: number, to: number) =>
      stage.world.ctx.db.pipeline(tenantId, (tx) => [
        tx`insert into profile_export
             (tenant_id, export_id, contract_id, seat_id, member_id, ats_no, job_id, job_title, exported_at, fetched_at)
           select ${tenantId}, 'fill-' || n, ${contractId}, ${stage.r2.seatId}, ${stage.members.get('m1') ?? 0}, ${atsNo}, 'JX1200', 'x', ${now}, ${now}
           from generate_series(${from}::int, ${to}::int) n`,
      ]);
    const page = await stage.open(stage.r2);
    await fill(1, 240);
    await openProfile(page, stage, 'Lee Open');
    await page.keyboard.press('e');
    await see(dialogOf(page)).toContainText('240 of 300 exports used this month');
    await page.keyboard.press('Escape');
    await fill(241, 300);
    await choose(page);
    await see(dialogOf(page).getByRole('alert')).toHaveText(
      /^You reached 300 exports this month\. Resets on \w+ 1\.$/,
    );
    await see(exportButton(page)).toBeDisabled();
  });

  test('EX9 A4 L-101 with two ATSs there is a list of them; the last one is chosen again, and another one empties the job; older exports come with See more', async () => {
    const second = await stage.acme.addAts('Second ATS', 'W-1');
    const page = await stage.open(stage.r1);
    await openProfile(page, stage, 'Lee Open');
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Export to ATS' }).click();
    const field = page.getByRole('combobox', { name: 'Job name' });
    const list = dialogOf(page).getByLabel('ATS', { exact: true });
    await field.fill('SB220');
    await page.getByRole('option', { name: /SB220/ }).click();
    await list.selectOption({ label: 'Second ATS' });
    await see(field).toHaveValue('');
    await field.fill('W');
    await page.getByRole('option', { name: /W-1/ }).click();
    await exportButton(page).click();
    await see(dialogOf(page)).toBeHidden();
    await expect.poll(() => second.receiver.received.length, within).toBe(1);
    await page.getByRole('tab', { name: /^ATS/ }).click();
    const summary = page.getByTestId('export-summary');
    await see(summary.getByRole('listitem')).toHaveText([/W-1/]);
    await summary.getByRole('button', { name: 'See more' }).click();
    await see(summary.getByRole('listitem').last()).toHaveText(
      /^Export complete - Senior Account Manager - JX1200\w+ \d+, \d{4} · Rita One$/,
    );
    await page.keyboard.press('e');
    await see(list).toHaveValue(String(second.atsNo));
    await second.receiver.close();
  });

  test('EX15 A15 switched off by the contract’s administrator, the action is absent for everybody; switched on, it returns', async () => {
    const page = await stage.open(stage.admin);
    await openProfile(page, stage, 'Lee Open');
    const set = async () => {
      for (const name of ['Hire', 'Second ATS']) {
        await page.getByRole('button', { name: /^Account of/ }).click();
        await page.getByRole('menuitemcheckbox', { name: `Export to ${name} for this contract` }).click();
        await see(page.getByRole('status').filter({ hasText: 'Saved' })).toHaveCount(1);
        await see(page.getByRole('menu')).toHaveCount(0);
      }
    };
    await set();
    const other = await stage.open(stage.r1);
    await openProfile(other, stage, 'Lee Open');
    await other.keyboard.press('e');
    await other.getByRole('button', { name: 'More actions' }).click();
    await see(other.getByRole('menuitem', { name: /xport/ })).toHaveCount(0);
    await other.goto('/search?q=Lee');
    await see(other.getByRole('link', { name: 'Lee Open' })).toBeVisible();
    await other.getByRole('checkbox', { name: 'Select Lee Open' }).check();
    const bar = other.getByRole('region', { name: 'Selection' });
    await see(bar.getByRole('button', { name: 'Message' })).toBeVisible();
    await see(bar.getByRole('button', { name: /xport/ })).toHaveCount(0);
    await set();
    await other.reload();
    await other.getByRole('checkbox', { name: 'Select Lee Open' }).check();
    await see(bar.getByRole('button', { name: /^Export to/ })).toHaveCount(1);
  });

  test('EX16 an administrator sees whose account is closed since, decides, and sees who decided', async () => {
    const { acme, world } = stage;
    await addMembers(world, [person('m6', 'Gone', 'Person', true)]);
    const { body } = await stage.r1.browser.press({
      key: 'closing-1',
      people: [await stage.r1.browser.idOf('Gone Person')],
      atsNo: acme.atsNo,
      jobId: 'JX1200',
    });
    const [outcome] = body.outcomes;
    await acme.fetch(outcome && 'exportId' in outcome ? outcome.exportId : '');
    await addMembers(world, [{ ...person('m6', 'Gone', 'Person', true), closed: true }]);
    const page = await stage.open(stage.admin);
    await page.goto('/');
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Closed profiles' }).click();
    const notice = page.getByTestId('closed-profile');
    await see(notice).toContainText('Account closed');
    await see(notice).toContainText('Your ATS askedNot yet');
    expect(await findViolations(page)).toEqual([]);
    await notice.getByRole('button', { name: 'We keep the data' }).click();
    await see(notice.getByRole('listitem')).toHaveText(/^Data kept · Ada Admin · /);
    await see(notice.getByRole('button', { name: 'We keep the data' })).toBeDisabled();
    await keepPicture(page, 'closed-profiles');
    const other = await stage.open(stage.r1);
    await other.goto('/closed-profiles');
    await see(other.getByRole('alert')).toContainText('Your seat does not allow this.');
  });

  test('EX23 loading, failing and narrow: the dialog passes axe in light, dark and at 390 px', async () => {
    for (const width of [1280, 390]) {
      const page = await stage.open(stage.r1, { viewport: { width, height: 800 } });
      await openProfile(page, stage, 'Blake Burke');
      await page.keyboard.press('e');
      await page.getByRole('combobox', { name: 'Job name' }).fill('a');
      await see(page.getByRole('option').first()).toBeVisible();
      expect(await findViolations(page)).toEqual([]);
      await keepPicture(page, `dialog-${width}`);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await page.goto('/search?q=Mae+OR+Blake+OR+Kim+OR+Lee');
      await page.getByRole('checkbox', { name: 'Select Mae Norris' }).check();
      expect(await findViolations(page)).toEqual([]);
      await keepPicture(page, `search-${width}`);
    }
    const page = await stage.open(stage.r1);
    await page.route('**/exports/options', (route) =>
      route.fulfill({ status: 500, json: { code: 'INTERNAL', message: 'x', requestId: 'e-1' } }),
    );
    await openProfile(page, stage, 'Blake Burke');
    await page.keyboard.press('e');
    await see(dialogOf(page).getByRole('alert')).toContainText('The export could not be prepared');
    await page.unroute('**/exports/options');
    await dialogOf(page).getByRole('button', { name: 'Try again' }).click();
    await see(page.getByRole('combobox', { name: 'Job name' })).toBeFocused();
  });
});
