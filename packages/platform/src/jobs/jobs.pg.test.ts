import type { JobsAnswer } from '@carrick/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type AppWorld,
  type AtsSide,
  aCandidate,
  anApplication,
  type Browser,
  openAppWorld,
} from '../access/testing/app-world.ts';

let world: AppWorld;
let ats: AtsSide;
let r1: Browser;
let r2: Browser;
let stranger: Browser;

beforeAll(async () => {
  world = await openAppWorld();
  const company = await world.addCompany('Acme');
  ats = await company.addAts('Hireworks', { isOpen: true });
  const rita = await company.addSeat('Rita One');
  await company.addSeat('Rolf Two');
  const other = await world.addCompany('Globex');
  await other.addSeat('Sam Stranger');
  await ats.putJob('OPEN1', { title: 'Driver' });
  await ats.putJob('SHUT1', { title: 'Baker', isClosed: true });
  await ats.putJob('SEC1', { title: 'Chief Executive' });
  await ats.put('entityAcl', ['JOB_POSTING', 'SEC1', 'board']);
  await ats.put('entityAclAssignee', [rita.memberId, 'JOB_POSTING', 'board']);
  await ats.put('candidate', ['c1'], aCandidate());
  await ats.put('application', ['a1'], anApplication('c1', 'OPEN1'));
  await ats.put('application', ['a2'], anApplication('c1', 'OPEN1'));
  await ats.put('application', ['hidden'], anApplication('c1', 'OPEN1', { accessRestricted: true }));
  await ats.put('application', ['a3'], anApplication('c1', 'SEC1'));
  await ats.put('stage', ['a1', 's1'], { stage: 'Applied', atsCreatedAt: 1 });
  await ats.put('stage', ['a1', 's2'], { stage: 'Interview', atsCreatedAt: 2 });
  r1 = await world.signIn('rita.one@acme.example');
  r2 = await world.signIn('rolf.two@acme.example');
  stranger = await world.signIn('sam.stranger@globex.example');
});
afterAll(() => world.close());

const jobs = (browser: Browser, query = '') => browser.read<JobsAnswer>(`/app/api/jobs${query}`);

test('JO1 1.18 A2 L-036 a secured job is absent for who may not see it, and the total is lower by one', async () => {
  const [seen, others] = [await jobs(r1), await jobs(r2)];
  expect(seen.jobs.map(({ id }) => id).sort()).toEqual(['OPEN1', 'SEC1']);
  expect(others.jobs.map(({ id }) => id)).toEqual(['OPEN1']);
  expect([seen.open, others.open]).toEqual([2, 1]);
  for (const query of ['?q=Chief', '?q=SEC1', '?q=board'])
    expect(await jobs(r2, query)).toMatchObject({ open: 0, closed: 0, jobs: [] });
  expect(JSON.stringify(await jobs(r2))).not.toContain('SEC1');
  expect(await jobs(stranger)).toMatchObject({ hasAts: false, open: 0, closed: 0, jobs: [] });
});

test('JO2 1.18 applications are counted by their newest stage, restricted ones not at all', async () => {
  const { jobs: listed } = await jobs(r2);
  expect(listed[0]).toMatchObject({ ats: 'Hireworks', title: 'Driver', applications: 2 });
  expect(listed[0]?.stages).toEqual([
    { stage: 'Interview', applications: 1 },
    { stage: null, applications: 1 },
  ]);
});

test('JO3 1.18 A3 a job that the ATS closes moves under Closed, and back', async () => {
  expect((await jobs(r2, '?state=closed')).jobs.map(({ id }) => id)).toEqual(['SHUT1']);
  await ats.putJob('OPEN1', { title: 'Driver', isClosed: true });
  expect(await jobs(r2)).toMatchObject({ open: 0, closed: 2, jobs: [] });
  expect((await jobs(r2, '?state=closed')).jobs.map(({ id }) => id)).toEqual(['OPEN1', 'SHUT1']);
  await ats.putJob('OPEN1', { title: 'Driver' });
  expect((await jobs(r2)).open).toBe(1);
  expect((await jobs(r2, '?page=2')).jobs).toEqual([]);
  expect((await r2.get('/app/api/jobs?page=0')).status).toBe(400);
});
