import { randomUUID } from 'node:crypto';
import { MOST_WAITING, type NoticesAnswer, type ReportAnswer, type WorthDoing } from '@carrick/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  addMembers,
  type Browser,
  type ExportCompany,
  openCompany,
  openExportWorld,
} from '../exports/testing/export-world.ts';
import type { OnboardingWorld } from '../tenancy/testing/onboarding-world.ts';

const DAY_MS = 24 * 3_600_000;
/** The sandbox's clock stands; what is told apart by time needs a step. */
const STEP_MS = 60_000;

let world: OnboardingWorld;
let acme: ExportCompany;
let rita: Awaited<ReturnType<ExportCompany['addSeat']>>;
let rolf: Awaited<ReturnType<ExportCompany['addSeat']>>;
let admin: Awaited<ReturnType<ExportCompany['addSeat']>>;
let members: Map<string, number>;
beforeAll(async () => {
  world = await openExportWorld();
  acme = await openCompany(world, 'Acme');
  rita = await acme.addSeat('Rita Recruiter');
  rolf = await acme.addSeat('Rolf Recruiter');
  admin = await acme.addSeat('Ada Admin', { isAdmin: true });
  members = await addMembers(world, [
    { id: 'anna', firstName: 'Anna', lastName: 'Example', shareWithThirdParties: true },
    { id: 'bert', firstName: 'Bert', lastName: 'Example', shareWithThirdParties: true },
  ]);
  await acme.putJob('JX1200', { title: 'Senior Account Manager' });
  await acme.putJob('SEC1', { title: 'Chief Secret' });
  await acme.secure('SEC1', rita.memberId);
}, 120_000);
afterAll(async () => {
  await acme?.close();
  await world?.close();
});

const read = async <Answer>(browser: Browser, path: string): Promise<Answer> => {
  const { status, body } = await browser.get(path);
  expect(status).toBe(200);
  return body;
};

async function exportOf(name: string, jobId: string): Promise<string> {
  const people = [await rita.browser.idOf(`${name} Example`)];
  const { body } = await rita.browser.press({ key: randomUUID(), people, atsNo: acme.atsNo, jobId });
  const [outcome] = body.outcomes;
  return outcome && 'exportId' in outcome ? outcome.exportId : '';
}

test('SH13 SH14 1.1 exports, answers and integrations become notices of the seat they concern; seen until is one time', async () => {
  await acme.fetch(await exportOf('Anna', 'JX1200'));
  world.clock.advance(STEP_MS);
  const bert = members.get('bert') ?? 0;
  const at = world.clock.now();
  await world.ctx.db.pipeline(acme.tenantId, (tx) => [
    tx`
      with c as (
        insert into conversation (tenant_id, contract_id, seat_id, member_id, visibility, request_key, state, sent_at, last_at, is_unread)
        values (${acme.tenantId}, ${acme.contractId}, ${rita.seatId}, ${bert}, 'PRIVATE', 'k', 'REPLIED', ${at}, ${at}, true)
        returning conversation_id
      )
      insert into conversation_message (tenant_id, conversation_id, kind, body, created_at)
      select ${acme.tenantId}, conversation_id, 'REPLY', 'Yes', ${at} from c`,
    tx`
      insert into audit_entry (tenant_id, at, seat_id, contract_id, action, ats_no, subject)
      values (${acme.tenantId}, ${at}, ${rita.seatId}, ${acme.contractId}, 'integration-off', ${acme.atsNo}, '{}')`,
  ]);
  const notices = await read<NoticesAnswer>(rita.browser, '/notices');
  expect(notices).toMatchObject({
    unread: 2,
    notices: [
      { kind: 'reply', person: { name: 'Bert Example' } },
      { kind: 'export-complete', person: { name: 'Anna Example' }, job: 'Senior Account Manager' },
    ],
  });
  expect(await read<WorthDoing>(rita.browser, '/worth-doing')).toMatchObject({
    matches: 0,
    answers: 1,
    exports: { complete: 1, failed: 0 },
  });
  expect(await read<NoticesAnswer>(rolf.browser, '/notices')).toMatchObject({ unread: 0, notices: [] });
  expect(await read<NoticesAnswer>(admin.browser, '/notices')).toMatchObject({
    notices: [{ kind: 'integration', action: 'integration-off', by: 'Rita Recruiter' }],
  });
  const [newest, oldest] = notices.notices;
  await rita.browser.post('/notices', { seenUntil: oldest?.at });
  expect(await read<NoticesAnswer>(rita.browser, '/notices')).toMatchObject({ unread: 1 });
  // Never back, and never beyond now.
  await rita.browser.post('/notices', { seenUntil: 0 });
  await rita.browser.post('/notices', { seenUntil: (newest?.at ?? 0) + 400 * DAY_MS });
  expect(await read<NoticesAnswer>(rita.browser, '/notices')).toMatchObject({
    unread: 0,
    seenUntil: world.clock.now(),
  });
});

test('SH13 SH14 EX25 RP1 an export to a hidden job is in no notice, no list, no file and no report of who may not see it', async () => {
  await acme.fetch(await exportOf('Bert', 'SEC1'));
  const jobsOf = ({ notices }: NoticesAnswer) => notices.flatMap((each) => ('job' in each ? [each.job] : []));
  expect(jobsOf(await read<NoticesAnswer>(rita.browser, '/notices'))).toContain('Chief Secret');
  expect((await read<WorthDoing>(rita.browser, '/worth-doing')).openJobs).toHaveLength(2);
  expect((await read<WorthDoing>(admin.browser, '/worth-doing')).openJobs).toMatchObject([{ id: 'JX1200' }]);
  const list = await read<{ exports: object[]; next: null }>(admin.browser, '/exports/list');
  expect(list).toMatchObject({
    exports: [{ person: { name: 'Anna Example' }, exporter: 'Rita Recruiter', state: 'complete' }],
    next: null,
  });
  expect(await read<object>(admin.browser, '/exports/list?state=waiting')).toMatchObject({ exports: [] });
  const file = await fetch(`${world.platform.baseUrl}/app/api/exports/list.csv`, {
    headers: { cookie: admin.browser.cookie },
  });
  const text = await file.text();
  expect(text).toContain('JX1200,Senior Account Manager,Rita Recruiter,complete');
  expect(text).not.toContain('SEC1');
  expect((await rita.browser.get('/exports/list')).status).toBe(403);
  expect((await admin.browser.get('/exports/list?before=x')).status).toBe(400);
  const [seen, others] = [
    await read<ReportAnswer>(rita.browser, '/reports?days=7'),
    await read<ReportAnswer>(admin.browser, '/reports?days=7'),
  ];
  expect([seen.totals.exports, others.totals.exports]).toEqual([2, 1]);
});

test('RP2 RP3 L-092 1.18 searches with the spotlight, views of past applicants and answers are counted by day, by recruiter for administrators only', async () => {
  const [anna, bert] = [members.get('anna') ?? 0, members.get('bert') ?? 0];
  const now = world.clock.now();
  await world.ctx.db.pipeline(acme.tenantId, (tx) => [
    tx`
      insert into applicant (
        tenant_id, member_id, ats_no, job_id, candidate_id, is_restricted, applications, has_advanced, is_closed, last_applied_at
      )
      values (${acme.tenantId}, ${anna}, ${acme.atsNo}, 'JX1200', 'c1', false, 1, true, false, 1),
        (${acme.tenantId}, ${bert}, ${acme.atsNo}, 'SEC1', 'c2', false, 1, true, false, 1)`,
    tx`
      insert into profile_view (tenant_id, contract_id, member_id, seat_id, viewed_at)
      select ${acme.tenantId}, ${acme.contractId}, m, ${rita.seatId}, ${now}::bigint - h * 3600000
      from unnest(${[anna, bert]}::bigint[]) m cross join (values (0), (1), (48)) as t (h)
      on conflict do nothing`,
    tx`
      insert into conversation (tenant_id, contract_id, seat_id, member_id, visibility, request_key, state, sent_at, last_at)
      values (${acme.tenantId}, ${acme.contractId}, ${rita.seatId}, ${anna}, 'PRIVATE', 'a', 'SENT', ${now}, ${now})`,
  ]);
  // Pages and filters of the same minute are the same search.
  const search = (at: number) => {
    world.clock.advance(at);
    return rita.browser.get('/search?spotlights=pastApplicants');
  };
  for (const step of [0, 10_000, STEP_MS]) await search(step);
  await rita.browser.get('/search?q=Anna');
  const searches = async () =>
    (await read<ReportAnswer>(admin.browser, '/reports?days=7')).totals.spotlightSearches;
  await expect.poll(searches, { timeout: 60_000 }).toBe(2);
  const report = await read<ReportAnswer>(admin.browser, '/reports?days=7');
  const days = new Set([now, now - 3_600_000, now - 2 * DAY_MS].map((at) => Math.floor(at / DAY_MS)));
  expect(report.totals).toMatchObject({
    pastApplicantViews: days.size,
    toPastApplicants: { messages: 1, answered: 0 },
    toOthers: { messages: 1, answered: 1 },
  });
  expect(report.byDay).toHaveLength(7);
  expect(report.byDay.reduce((sum, day) => sum + day.pastApplicantViews, 0)).toBe(days.size);
  expect(report.byRecruiter).toMatchObject([
    { name: 'Rita Recruiter', pastApplicantViews: days.size, spotlightSearches: 2 },
  ]);
  // Who may see the secured job knows of two past applicants, and nobody's name but an administrator's report tells it.
  const own = await read<ReportAnswer>(rita.browser, '/reports?days=7');
  expect(own).toMatchObject({
    totals: { toPastApplicants: { messages: 2, answered: 1 } },
    byRecruiter: null,
  });
  expect((await rita.browser.get('/reports?days=8')).status).toBe(400);
  const file = await fetch(`${world.platform.baseUrl}/app/api/reports.csv?days=7`, {
    headers: { cookie: admin.browser.cookie },
  });
  expect((await file.text()).split('\r\n').filter((line) => line.includes('Rita Recruiter'))).toHaveLength(1);
});

test('SH13 SH14 however many matches wait, the bell and the home page count to one more than 99', async () => {
  const { tenantId, atsNo } = acme;
  const newest = world.clock.now() + 1;
  await world.ctx.db.pipeline(tenantId, (tx) => [
    tx`
      insert into candidate (
        tenant_id, ats_no, id, ats_created_at, ats_last_modified_at, first_name, last_name, email_addresses, received_at
      )
      select ${tenantId}, ${atsNo}, 'many' || n, 1, 1, 'Many', 'More', '[]', 1 from generate_series(0, 119) n`,
    tx`
      insert into match_proposal (tenant_id, ats_no, candidate_id, member_id, weight, reasons, evidence, model_no, proposed_at)
      select ${tenantId}, ${atsNo}, 'many' || n, ${members.get('bert') ?? 0}, 9, '[]', '[]', 0, ${newest}::bigint - n
      from generate_series(0, 119) n`,
  ]);
  const count = MOST_WAITING + 1;
  expect(await read<WorthDoing>(admin.browser, '/worth-doing')).toMatchObject({ matches: count });
  const { notices } = await read<NoticesAnswer>(admin.browser, '/notices');
  expect(notices).toContainEqual({ kind: 'matches', at: newest, count });
});
