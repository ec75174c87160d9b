import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createContract } from '../tenancy/index.ts';
import type { OnboardingWorld } from '../tenancy/testing/onboarding-world.ts';
import { exportsOfMember } from './index.ts';
import {
  addMembers,
  type Browser,
  type ExportCompany,
  openCompany,
  openExportWorld,
} from './testing/export-world.ts';

const DAY_MS = 24 * 3_600_000;
const within = { timeout: 60_000, interval: 20 };

let world: OnboardingWorld;
let acme: ExportCompany;
let rita: Awaited<ReturnType<ExportCompany['addSeat']>>;
const anna = { id: 'anna', firstName: 'Anna', lastName: 'Example', shareWithThirdParties: true };
const bert = { id: 'bert', firstName: 'Bert', lastName: 'Example', shareWithThirdParties: true };
let members: Map<string, number>;
beforeAll(async () => {
  world = await openExportWorld();
  acme = await openCompany(world, 'Acme');
  rita = await acme.addSeat('Rita Recruiter');
  members = await addMembers(world, [anna, bert]);
  await acme.putJob('JX1200', { title: 'Senior Account Manager' });
  await acme.putJob('SEC1', { title: 'Chief Secret' });
  await acme.secure('SEC1', rita.memberId);
}, 120_000);
afterAll(async () => {
  await acme?.close();
  await world?.close();
});

async function exportOf(name: string, given: object = {}): Promise<string> {
  const people = [await rita.browser.idOf(`${name} Example`)];
  const press = { key: randomUUID(), people, atsNo: acme.atsNo, jobId: 'JX1200', ...given };
  const { status, body } = await rita.browser.press(press);
  expect(status).toBe(202);
  const [outcome] = body.outcomes;
  return outcome && 'exportId' in outcome ? outcome.exportId : '';
}

test('EX9 L-111 with several ATSs an export goes to the chosen one alone, and no other fetches it', async () => {
  const second = await acme.addAts('Second ATS', 'W-1');
  const { body } = await rita.browser.get('/me');
  expect(body.exportAtss).toHaveLength(2);
  expect(body.exportLabel).toBe('ATS');
  const jobs = await rita.browser.get(`/exports/jobs?atsNo=${second.atsNo}&q=`);
  expect(jobs.body.jobs).toMatchObject([{ id: 'W-1' }]);
  const before = acme.receiver.received.length;
  const id = await exportOf('Anna', { atsNo: second.atsNo, jobId: 'W-1' });
  await expect.poll(() => second.receiver.ids, within).toEqual([id]);
  expect((await acme.fetch(id)).status).toBe(404);
  const path = `/v2/exportedCandidates?q=request&requestId=${id}`;
  const fetched = await world.call(second.token, path);
  expect(fetched.body.elements).toMatchObject([{ externalJobPostingId: 'W-1' }]);
  const versioned = await world.call(second.token, path.replace('/v2/', '/rest/'), {
    headers: { 'LinkedIn-Version': '202604', 'x-restli-protocol-version': '2.0.0' },
  });
  expect(versioned.body).toEqual(fetched.body);
  expect(acme.receiver.received).toHaveLength(before);
  await second.receiver.close();
});

/** What the open page of a seat is told. */
async function listen(browser: Browser): Promise<{ readonly events: string[]; close(): void }> {
  const ending = new AbortController();
  const response = await fetch(`${world.platform.baseUrl}/app/api/events`, {
    headers: { cookie: browser.cookie },
    signal: ending.signal,
  });
  const events: string[] = [];
  const read = async () => {
    for await (const chunk of response.body ?? []) events.push(Buffer.from(chunk).toString('utf8'));
  };
  read().catch(() => {}); // it is ended by the test
  return { events, close: () => ending.abort() };
}

test('EX14 open pages of the contract hear of an export when it begins and when it is fetched, if they may see the job', async () => {
  const rob = await acme.addSeat('Rob Two');
  const { contractId: contract } = await createContract(world.ctx, acme.tenantId, { name: 'Second' });
  const elsewhere = await acme.addSeat('Else Where', { contract });
  const own = await listen(rita.browser);
  const colleague = await listen(rob.browser);
  const foreign = await listen(elsewhere.browser);
  const person = await rita.browser.idOf('Bert Example');
  const news = `data: {"person":"${person}"}`;
  const count = ({ events }: { events: string[] }) => events.join('').split(news).length - 1;

  const secret = await exportOf('Bert', { jobId: 'SEC1' });
  await expect.poll(() => count(own), within).toBe(1);
  await acme.fetch(secret);
  await expect.poll(() => count(own), within).toBe(2);
  const open = await exportOf('Bert');
  await expect.poll(() => count(own), within).toBe(3);
  await expect.poll(() => count(colleague), within).toBe(1);
  await acme.fetch(open);
  await expect.poll(() => [count(own), count(colleague)], within).toEqual([4, 2]);
  await acme.fetch(open);
  expect(count(foreign)).toBe(0);
  for (const stream of [own, colleague, foreign]) stream.close();
});

test('EX18 a member sees which ATS of which company fetched the profile', async () => {
  const before = await exportsOfMember(world.ctx, members.get('anna') ?? 0);
  const id = await exportOf('Anna');
  expect(await exportsOfMember(world.ctx, members.get('anna') ?? 0)).toEqual(before);
  await acme.fetch(id);
  expect(await exportsOfMember(world.ctx, members.get('anna') ?? 0)).toContainEqual({
    organisation: 'Acme',
    ats: expect.any(String),
    exportedAt: world.clock.now(),
  });
});

test('EX16 of an exported member who closes the account the ATS is told when it asks, and the decision is on record', async () => {
  const closedPath = (after: number) =>
    `/v2/exportedCandidates?q=closedProfiles&integrationContext=${acme.organisation.urn}&closedAfter=${after}`;
  const admin = await acme.addSeat('Ada Admin', { isAdmin: true });
  const at = world.clock.now();
  expect((await world.call(acme.token, closedPath(0))).body.elements).toEqual([]);
  const { tenantId, atsNo } = acme;
  await world.ctx.db.pipeline(tenantId, (tx) => [
    tx`insert into candidate (tenant_id, ats_no, id, ats_created_at, ats_last_modified_at, first_name, last_name, email_addresses,
         received_at)
       values (${tenantId}, ${atsNo}, 'c-anna', 1, 2, 'Anna', 'Example', '[]', 3)`,
    tx`insert into automatic_match (tenant_id, ats_no, candidate_id, member_id, reasons, decided_at)
       values (${tenantId}, ${atsNo}, 'c-anna', ${members.get('anna') ?? 0}, '[]', 3)`,
  ]);
  await addMembers(world, [{ ...anna, closed: true }]);
  const list = async () => (await admin.browser.get('/exports/closed')).body.profiles;
  const [notice] = (await list()).filter((each: { ats: { atsNo: number } }) => each.ats.atsNo === acme.atsNo);
  expect(notice).toMatchObject({
    closedAt: at,
    dueAt: at + 30 * DAY_MS,
    toldAt: null,
    decision: null,
    candidateIds: ['c-anna'],
  });
  const { body } = await world.call(acme.token, closedPath(0));
  expect(body.elements).toEqual([
    { member: expect.stringMatching(/^urn:li:person:/), closedAt: at, dueAt: at + 30 * DAY_MS },
  ]);
  expect(body.paging).toMatchObject({ total: 1 });
  expect((await world.call(acme.token, closedPath(at))).body.elements).toEqual([]);
  expect(
    (await world.call(acme.token, closedPath(0).replace(acme.organisation.urn, 'urn:li:organization:1')))
      .status,
  ).toBe(403);

  const decide = (browser: Browser, decision: string) =>
    browser.post('/exports/closed', { person: notice.person, atsNo: acme.atsNo, decision });
  expect((await decide(rita.browser, 'KEPT')).status).toBe(403);
  expect((await decide(admin.browser, 'ELSE')).status).toBe(400);
  expect((await decide(admin.browser, 'KEPT')).status).toBe(204);
  expect((await decide(admin.browser, 'DELETED')).status).toBe(204);
  const decided = (await list()).find((each: { ats: { atsNo: number } }) => each.ats.atsNo === acme.atsNo);
  expect(decided).toMatchObject({
    toldAt: at,
    decision: 'DELETED',
    decisions: [
      { decision: 'KEPT', by: 'Ada Admin', at },
      { decision: 'DELETED', by: 'Ada Admin', at },
    ],
  });
  await addMembers(world, [bert, { ...bert, closed: true }]);
  expect(await list()).toHaveLength(3);
  await addMembers(world, [bert]);
  expect(await list()).toHaveLength(2);
});
