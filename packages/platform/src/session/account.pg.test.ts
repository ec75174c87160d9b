import type { ContractsAnswer, InvitationAnswer, Me, StartAnswer } from '@carrick/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type AppWorld,
  aCandidate,
  anApplication,
  type Company,
  openAppWorld,
  PASSWORD,
} from '../access/testing/app-world.ts';
import { createContract } from '../tenancy/index.ts';
import { PASSWORD_LANE } from './password-links.ts';

const HOUR_MS = 3_600_000;
let world: AppWorld;
let company: Company;

beforeAll(async () => {
  world = await openAppWorld();
  company = await world.addCompany('Acme');
  await company.addSeat('Ada Admin', { isAdmin: true });
  await company.addSeat('Rita One');
});
afterAll(() => world.close());

const forgotten = (email: string) => world.post('/app/api/password/forgotten', { email, language: 'en' });
const choose = (token: string, password: string) =>
  world.post('/app/api/password/chosen', { token, password });
const signInWith = (email: string, password: string) => world.post('/app/api/sign-in', { email, password });

/** Mails that wait, newest first. */
async function mails(tenantId = 0): Promise<{ to: string; text: string }[]> {
  // Work is taken up when no older transaction of the server is open, in whatever database.
  await expect
    .poll(
      async () => {
        await world.outbox.poll();
        return world.outbox.waiting([PASSWORD_LANE]);
      },
      { timeout: 60_000 },
    )
    .toBe(0);
  const rows = await world.ctx.db.read(
    tenantId,
    async (tx) => tx<{ payload: { to: string; text: string } }>`
      select payload from outbox where tenant_id = ${tenantId} and lane = 'mail' order by id desc`,
  );
  return rows.map(({ payload }) => payload);
}

const tokenIn = (text: string): string => /\/password#([A-Za-z0-9_-]+)/.exec(text)?.[1] ?? '';

test('SH1 SH2 a forgotten password: mailed to its holder alone, good once, and every session ends', async () => {
  const before = await world.signIn('rita.one@acme.example');
  const answers = [await forgotten('rita.one@acme.example'), await forgotten('nobody@acme.example')];
  expect(await Promise.all(answers.map(async (each) => [each.status, await each.text()]))).toEqual([
    [204, ''],
    [204, ''],
  ]);
  const [mail, ...others] = await mails();
  expect(others).toEqual([]);
  expect(mail?.to).toBe('rita.one@acme.example');
  const token = tokenIn(mail?.text ?? '');
  expect((await choose(token, 'too short')).status).toBe(400);
  expect((await choose(token, 'a password of my own')).status).toBe(204);
  expect((await choose(token, 'a password of another')).status).toBe(410);
  expect((await before.get('/app/api/me')).status).toBe(401);
  expect((await signInWith('rita.one@acme.example', PASSWORD)).status).toBe(401);
  expect((await signInWith('rita.one@acme.example', 'a password of my own')).status).toBe(200);
});

test('SH1 SH2 links end after their time, a newer one takes their place, and nobody is mailed without end', async () => {
  await forgotten('ada.admin@acme.example');
  const first = tokenIn((await mails())[0]?.text ?? '');
  await forgotten('ada.admin@acme.example');
  const second = tokenIn((await mails())[0]?.text ?? '');
  expect((await choose(first, 'a long enough one')).status).toBe(410);
  world.clock.advance(HOUR_MS);
  expect((await choose(second, 'a long enough one')).status).toBe(410);
  const count = (await mails()).length;
  for (let i = 0; i < 8; i++) expect((await forgotten('ada.admin@acme.example')).status).toBe(204);
  expect((await mails()).length).toBe(count + 5);
  expect((await choose('x'.repeat(43), 'a long enough one')).status).toBe(410);
});

test('SH3 an administrator invites; who holds the mailbox chooses the password; nobody else invites', async () => {
  const admin = await world.signIn('ada.admin@acme.example');
  const body = {
    email: 'New@acme.example',
    firstName: 'Nia',
    lastName: 'New',
    isAdmin: false,
    language: 'de',
  };
  const answer = await admin.post('/app/api/admin/invitations', body);
  expect([answer.status, (await answer.json()) as InvitationAnswer]).toEqual([
    200,
    { isMailed: true, link: null },
  ]);
  expect((await admin.post('/app/api/admin/invitations', body)).status).toBe(409);
  const [mail] = await mails(company.tenantId);
  expect(mail?.text).toContain('Ada Admin hat Ihnen einen Platz bei Acme gegeben');
  expect((await choose(tokenIn(mail?.text ?? ''), 'a password of my own')).status).toBe(204);
  const signedIn = await signInWith('new@acme.example', 'a password of my own');
  expect(await signedIn.json()).toMatchObject({
    status: 'signed-in',
    me: { name: 'Nia New', isAdmin: false },
  });
  const recruiter = await world
    .signIn('ada.admin@acme.example')
    .then(() => signInWith('new@acme.example', 'a password of my own'));
  const cookie = recruiter.headers.get('set-cookie')?.split(';')[0] ?? '';
  expect((await world.post('/app/api/admin/invitations', body, { cookie })).status).toBe(403);
});

test('SH4 tries are slowed down by address, whether or not it exists', async () => {
  for (const email of ['slow@acme.example', 'ada.admin@acme.example']) {
    const statuses: number[] = [];
    for (let i = 0; i < 11; i++) statuses.push((await signInWith(email, 'wrong')).status);
    expect(statuses).toEqual([...Array(10).fill(401), 429]);
  }
  world.clock.advance(HOUR_MS);
});

test('SH5 1.1 A2 the contract is changed without signing in again, among the seats that the password opened', async () => {
  const { contractId } = await createContract(world.ctx, company.tenantId, { name: 'Second' });
  const first = await company.addSeat('Bo Both', { memberExternalId: 'both' });
  await company.addSeat('Bo Both', { memberExternalId: 'both', contractId });
  const foreign = await world.addCompany('Foreign');
  const other = await foreign.addSeat('Bo Both', { memberExternalId: 'both' });
  const browser = await world.signIn('bo.both@acme.example', String(first.seatId));
  const { seats } = await browser.read<ContractsAnswer>('/app/api/contracts');
  expect(seats.map(({ contract, isCurrent }) => [contract, isCurrent])).toHaveLength(2);
  const target = seats.find((seat) => !seat.isCurrent);
  const changed = await browser.post('/app/api/contracts', { seatId: target?.seatId });
  expect(((await changed.json()) as Me).contract).toBe('Second');
  const cookie = changed.headers.get('set-cookie')?.split(';')[0] ?? '';
  expect((await browser.get('/app/api/me')).status).toBe(401);
  const me = await fetch(`${world.baseUrl}/app/api/me`, { headers: { cookie } });
  expect(await me.json()).toMatchObject({ contract: 'Second', organisation: 'Acme' });
  for (const seatId of [String(other.seatId), '999999'])
    expect((await world.post('/app/api/contracts', { seatId }, { cookie })).status).toBe(404);
});

test('SH8 1.21 the first steps tick themselves, and count past applicants as the viewer sees them', async () => {
  const fresh = await world.addCompany('Fresh');
  await fresh.addSeat('Fay Fresh');
  const browser = await world.signIn('fay.fresh@fresh.example');
  const steps = async () =>
    (await browser.read<StartAnswer>('/app/api/start')).steps.map(({ id, isDone, count }) => [
      id,
      isDone,
      count,
    ]);
  expect(await steps()).toEqual([
    ['past-applicants', false, 0],
    ['connect', false, null],
    ['sync', false, 0],
    ['match', false, null],
    ['export', false, null],
  ]);
  const ats = await fresh.addAts('Hireworks', { isOpen: true });
  const members = await world.addMembers([{ id: 'pat', firstName: 'Pat', lastName: 'Past' }]);
  for (const [id, job] of [
    ['p1', 'OPEN'],
    ['p2', 'SEC'],
  ] as const) {
    await ats.putJob(job);
    await ats.put('candidate', [id], aCandidate());
    await ats.link(id, members.get('pat') ?? 0);
    await ats.put('application', [id], anApplication(id, job, { dispositionReason: 'Withdrew' }));
  }
  expect((await steps()).slice(0, 4)).toEqual([
    ['past-applicants', true, 1],
    ['connect', true, null],
    ['sync', true, 2],
    ['match', true, null],
  ]);
  await ats.put('entityAcl', ['JOB_POSTING', 'SEC', 'board']);
  await ats.put('entityAcl', ['JOB_POSTING', 'OPEN', 'board']);
  expect((await steps())[0]).toEqual(['past-applicants', false, 0]);
});
