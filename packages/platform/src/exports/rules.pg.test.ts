import { randomUUID } from 'node:crypto';
import { EXPORTS_A_MONTH } from '@carrick/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createContract } from '../tenancy/index.ts';
import type { OnboardingWorld } from '../tenancy/testing/onboarding-world.ts';
import {
  addMembers,
  type Browser,
  type ExportCompany,
  openCompany,
  openExportWorld,
} from './testing/export-world.ts';

const within = { timeout: 60_000, interval: 20 };

let world: OnboardingWorld;
let acme: ExportCompany;
let rita: Awaited<ReturnType<ExportCompany['addSeat']>>;
let members: Map<string, number>;
beforeAll(async () => {
  world = await openExportWorld();
  acme = await openCompany(world, 'Acme');
  rita = await acme.addSeat('Rita Recruiter');
  members = await addMembers(
    world,
    ['Anna', 'Bert', 'Cora', 'Dora', 'Emil', 'Fred', 'Gina', 'Hans', 'Ines', 'Jens'].map((name) =>
      line(name),
    ),
  );
  await acme.putJob('JX1200', { title: 'Senior Account Manager' });
  await acme.putJob('SB220', { title: 'Sales Lead', code: '100%_sure' });
  await acme.putJob('JX2320', { isClosed: true });
}, 120_000);
afterAll(async () => {
  await acme?.close();
  await world?.close();
});

const line = (name: string, given: object = {}) => ({
  id: name.toLowerCase(),
  firstName: name,
  lastName: 'Example',
  shareWithThirdParties: true,
  ...given,
});
const idOf = (name: string) => rita.browser.idOf(`${name} Example`);
const memberId = (name: string): number => members.get(name.toLowerCase()) ?? 0;
const pressOf = (people: readonly string[], given: object = {}) => ({
  key: randomUUID(),
  people,
  atsNo: acme.atsNo,
  jobId: 'JX1200',
  ...given,
});
async function press(browser: Browser, name: string, given: object = {}) {
  const { status, body } = await browser.press(pressOf([await idOf(name)], given));
  const [outcome] = body.outcomes ?? [];
  return {
    status,
    code: body.code,
    message: body.message,
    id: outcome && 'exportId' in outcome ? outcome.exportId : '',
  };
}
const told = () => acme.receiver.received.length;

test('EX3 L-108 who does not allow it is exported by nobody: refused when pressed, and gone when it is fetched', async () => {
  await addMembers(world, [line('Bert', { shareWithThirdParties: false })]);
  const before = told();
  expect(await press(rita.browser, 'Bert')).toMatchObject({
    status: 403,
    code: 'EXPORT_NOT_PERMITTED',
    message: 'This person’s settings no longer allow exporting.',
  });
  const search = await rita.browser.get('/search?q=Bert');
  expect(search.body.people[0].isExportable).toBe(false);
  await addMembers(world, [line('Bert')]);
  const { id } = await press(rita.browser, 'Bert');
  await addMembers(world, [line('Bert', { shareWithThirdParties: false })]);
  expect(await acme.fetch(id)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  expect(await rita.browser.exportsOf(await idOf('Bert'))).toMatchObject([{ id, state: 'withdrawn' }]);
  await expect.poll(told, within).toBe(before + 1);
});

test('EX4 pressing twice, at once and in another tab, is one export until the ATS has fetched it', async () => {
  const person = await idOf('Cora');
  const one = pressOf([person]);
  const ids = async (answers: ReturnType<Browser['press']>[]) =>
    (await Promise.all(answers)).map(
      ({ body }) => body.outcomes.map((each) => 'exportId' in each && each.exportId)[0],
    );
  const [first, ...others] = await ids([
    rita.browser.press(one),
    rita.browser.press(one),
    rita.browser.press(pressOf([person])),
  ]);
  expect(others).toEqual([first, first]);
  await acme.fetch(String(first));
  expect(await ids([rita.browser.press(one)])).toEqual([first]);
  const [again] = await ids([rita.browser.press(pressOf([person]))]);
  expect(again).not.toBe(first);
  expect(await rita.browser.exportsOf(person)).toHaveLength(2);
});

test('EX5 a seat has 300 exports in a calendar month; the next is refused with the day on which it starts anew', async () => {
  const busy = await acme.addSeat('Busy Bee');
  const { tenantId, contractId, atsNo } = acme;
  const fill = (at: number) =>
    world.ctx.db.pipeline(tenantId, (tx) => [
      tx`insert into profile_export
           (tenant_id, export_id, contract_id, seat_id, member_id, ats_no, job_id, job_title, exported_at, fetched_at)
         select ${tenantId}, 'fill-' || n || '-' || ${at}::bigint, ${contractId}, ${busy.seatId}, ${memberId('Jens')}, ${atsNo}, 'JX1200', '', ${at}, ${at}
         from generate_series(1, ${EXPORTS_A_MONTH - 1}) n`,
    ]);
  const now = world.clock.now();
  const startsAt = Date.UTC(new Date(now).getUTCFullYear(), new Date(now).getUTCMonth());
  const resetsAt = Date.UTC(new Date(now).getUTCFullYear(), new Date(now).getUTCMonth() + 1);
  await fill(startsAt - 1);
  await fill(startsAt);
  expect((await busy.browser.get('/exports/options')).body.quota).toEqual({ used: 299, most: 300, resetsAt });
  const two = await busy.browser.press(pressOf([await idOf('Dora'), await idOf('Emil')]));
  expect(two.body.outcomes).toMatchObject([
    { exportId: expect.any(String) },
    {
      code: 'EXPORT_QUOTA_REACHED',
      message: expect.stringMatching(/^You reached 300 exports this month\. Resets on \w+ 1\.$/),
    },
  ]);
  expect(await press(busy.browser, 'Emil')).toMatchObject({ status: 429, code: 'EXPORT_QUOTA_REACHED' });
  expect(await press(rita.browser, 'Emil')).toMatchObject({ status: 202 });
});

test('EX6 L-034 the job is an open one that the viewer may see; any other is refused alike', async () => {
  await acme.putJob('SEC1', { title: 'Chief Secret' });
  await acme.secure('SEC1', rita.memberId);
  const rob = await acme.addSeat('Rob Two');
  const refused = { status: 409, code: 'EXPORT_JOB_UNAVAILABLE' };
  for (const jobId of ['SEC1', 'JX2320', 'made-up'])
    expect(await press(rob.browser, 'Fred', { jobId })).toMatchObject(refused);
  expect(await press(rita.browser, 'Fred', { jobId: '' })).toMatchObject({
    status: 400,
    code: 'EXPORT_JOB_REQUIRED',
  });
  expect(await press(rita.browser, 'Fred', { atsNo: 99 })).toMatchObject({ status: 403, code: 'EXPORT_OFF' });
  const found = async (browser: Browser, q: string) =>
    (await browser.get(`/exports/jobs?atsNo=${acme.atsNo}&q=${encodeURIComponent(q)}`)).body.jobs.map(
      (job: { id: string }) => job.id,
    );
  expect(await found(rita.browser, '')).toEqual(['SEC1', 'SB220', 'JX1200']);
  expect(await found(rob.browser, '')).toEqual(['SB220', 'JX1200']);
  expect(await found(rob.browser, '0%_S')).toEqual(['SB220']);
  expect(await found(rob.browser, '%')).toEqual(['SB220']);
  expect(await found(rob.browser, 'JX')).toEqual(['JX1200']);
  const options = async (browser: Browser) => (await browser.get('/exports/options')).body.atss;
  expect(await options(rita.browser)).toMatchObject([{ openJobs: 3 }]);
  expect(await options(rob.browser)).toMatchObject([{ openJobs: 2 }]);

  expect(await press(rita.browser, 'Fred', { jobId: 'SEC1' })).toMatchObject({ status: 202 });
  const person = await idOf('Fred');
  expect(await rita.browser.exportsOf(person)).toHaveLength(1);
  expect(await rob.browser.exportsOf(person)).toEqual([]);
});

describe('what the ATS says of the person', () => {
  const put = async (name: string, given: object = {}) => {
    const key = `atsCandidateId=c-${name}&dataProvider=ATS&integrationContext=${acme.organisation.urn}`;
    const record = {
      atsCreatedAt: 1,
      atsLastModifiedAt: 2,
      firstName: name,
      lastName: 'Example',
      emailAddresses: [],
      ...given,
    };
    const path = `/v2/atsCandidates?${key.replaceAll(/(^|&)/g, '$1ids[0].')}`;
    await world.call(acme.token, path, { method: 'PUT', body: { entities: { [key]: record } } });
    const { elements } = (await acme.fetch((await press(rita.browser, name, { isConfirmed: true })).id)).body;
    const patched = await world.call(acme.token, path, {
      method: 'POST',
      headers: { 'x-restli-method': 'batch_partial_update' },
      body: {
        entities: { [key]: { patch: { $set: { manualMatchedMember: elements[0].candidate.member } } } },
      },
    });
    expect(patched.body.errors).toEqual({});
  };

  test('EX7 EX17 attached by the ATS the person has the indicator; on the job already, it is asked first', async () => {
    await put('Gina');
    const { body } = await rita.browser.get('/search?q=Gina');
    expect(body.people[0].inAts).toEqual([{ atsNo: acme.atsNo, name: expect.any(String) }]);
    const { tenantId, atsNo } = acme;
    await world.ctx.db.pipeline(tenantId, (tx) => [
      tx`insert into application (tenant_id, ats_no, id, candidate_id, job_id, job_name, ats_created_at, ats_last_modified_at,
           first_name, last_name, received_at)
         values (${tenantId}, ${atsNo}, 'a-1', 'c-Gina', 'SB220', 'Sales Lead', 1, 2, 'Gina', 'Example', 3)`,
      tx`insert into stage (tenant_id, ats_no, application_id, id, stage, category, ats_created_at, received_at)
         values (${tenantId}, ${atsNo}, 'a-1', 's-1', 'Applied', 'APPLIED', 1, 3), (${tenantId}, ${atsNo}, 'a-1', 's-2', 'Phone screen', 'INTERVIEW', 2, 3)`,
    ]);
    expect(await press(rita.browser, 'Gina', { jobId: 'SB220' })).toMatchObject({
      status: 409,
      code: 'EXPORT_ALREADY_ON_JOB',
      message: 'Gina Example is already on SB220 (Phone screen).',
    });
    expect(await press(rita.browser, 'Gina', { jobId: 'SB220', isConfirmed: true })).toMatchObject({
      status: 202,
    });
  });

  test('EX8 who must not be contacted is not exported', async () => {
    await put('Hans', { doNotContact: true });
    expect(await press(rita.browser, 'Hans', { isConfirmed: true })).toMatchObject({
      status: 409,
      code: 'EXPORT_DO_NOT_CONTACT',
    });
  });
});

test('EX13 L-167 several people are exported each for itself, at most 25', async () => {
  await addMembers(world, [line('Ines', { shareWithThirdParties: false })]);
  const people = [await idOf('Anna'), await idOf('Ines'), 'AAAAAAAAAAAAAAAAAAAAAA'];
  const { status, body } = await rita.browser.press(pressOf(people));
  expect(status).toBe(202);
  expect(body.outcomes).toMatchObject([
    { person: people[0], exportId: expect.any(String) },
    { person: people[1], code: 'EXPORT_NOT_PERMITTED' },
    { person: people[2], code: 'NOT_FOUND' },
  ]);
  const many = await rita.browser.press(pressOf(Array.from({ length: 26 }, (_, n) => `p${n}`)));
  expect(many).toMatchObject({ status: 400, body: { code: 'EXPORT_TOO_MANY_PEOPLE' } });
  expect((await rita.browser.post('/exports', { people: 'x' })).status).toBe(400);
});

test('EX15 AD20 an administrator switches export off for the contract: nobody there has it, other contracts do', async () => {
  const admin = await acme.addSeat('Ada Admin', { isAdmin: true });
  const { contractId: contract } = await createContract(world.ctx, acme.tenantId, { name: 'Second' });
  const elsewhere = await acme.addSeat('Else Where', { contract });
  const off = { feature: 'export', atsNo: acme.atsNo, isOn: false };
  expect((await rita.browser.get('/admin/features')).status).toBe(403);
  expect((await rita.browser.post('/admin/features', off)).status).toBe(403);
  expect((await admin.browser.post('/admin/features', off)).status).toBe(204);
  expect((await admin.browser.get('/admin/features')).body.features[0]).toMatchObject({
    feature: 'export',
    isOn: true,
    atss: [{ atsNo: acme.atsNo, isOn: false }],
  });
  const atss = async (browser: Browser) => (await browser.get('/me')).body.exportAtss;
  expect(await atss(rita.browser)).toEqual([]);
  expect(await press(rita.browser, 'Dora')).toMatchObject({ status: 403, code: 'EXPORT_OFF' });
  expect((await rita.browser.get(`/exports/jobs?atsNo=${acme.atsNo}&q=`)).status).toBe(403);
  expect(await atss(elsewhere.browser)).toHaveLength(1);
  expect(await elsewhere.browser.exportsOf(await idOf('Anna'))).toEqual([]);
  // For every ATS, and then again for this one: one switch, whichever screen it is pressed on.
  await admin.browser.post('/admin/features', { feature: 'export', isOn: false });
  expect(await atss(rita.browser)).toEqual([]);
  await admin.browser.post('/admin/features', { ...off, isOn: true });
  expect(await atss(rita.browser)).toHaveLength(1);
});

test('EX18 an organisation sees only its own exports, whatever id it gives', async () => {
  const other = await openCompany(world, 'Other');
  const stranger = await other.addSeat('Sam Stranger');
  const person = await idOf('Anna');
  expect((await stranger.browser.get(`/exports?person=${person}`)).status).toBe(404);
  expect(await stranger.browser.exportsOf(await stranger.browser.idOf('Anna Example'))).toEqual([]);
  expect(await stranger.browser.press({ ...pressOf([person]), atsNo: other.atsNo })).toMatchObject({
    status: 404,
  });
  await other.close();
});
