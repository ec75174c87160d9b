import type { ErasableAnswer, ErasureAsked, ErasuresAnswer } from '@carrick/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type AppWorld,
  type AtsSide,
  aCandidate,
  anApplication,
  type Browser,
  type Company,
  openAppWorld,
} from '../access/testing/app-world.ts';
import { changeSettings } from '../member-page/change-settings.ts';
import { openMemberPage } from '../member-page/index.ts';
import type { Seat } from '../tenancy/index.ts';
import { askErasure, confirmErasure, listErasures, runErasure } from './index.ts';

const BASE = '/app/api/admin/erasures';
let world: AppWorld;
let company: Company;
let ats: AtsSide;
let admin: Browser;
let rita: Seat;
let desk: Parameters<typeof runErasure>[0];

beforeAll(async () => {
  world = await openAppWorld();
  company = await world.addCompany('Acme');
  ats = await company.addAts('Hireworks', { isOpen: true });
  await company.addSeat('Ada Admin', { isAdmin: true });
  rita = await company.addSeat('Rita One');
  await ats.putJob('OPEN');
  await ats.putJob('SECRET');
  await ats.put('entityAcl', ['JOB_POSTING', 'SECRET', 'board']);
  await ats.put('candidate', ['c1'], aCandidate({ emailAddresses: ['mae@mail.example'] }));
  await ats.put('application', ['a1'], anApplication('c1', 'SECRET'));
  await ats.put('application', ['a2'], anApplication('c1', 'OPEN'));
  for (const application of ['a1', 'a2'])
    await ats.put('stage', [application, 's1'], { stage: 'Screen', atsCreatedAt: 1 });
  admin = await world.signIn('ada.admin@acme.example');
  const { ctx, outbox } = world;
  desk = {
    ctx,
    outbox,
    ownerUrl: world.database.ownerUrl,
    records: { ctx, outbox, hooks: [] },
    memberHooks: [],
    consentHooks: [],
  };
});
afterAll(() => world.close());

async function post<Answer>(path: string, body: unknown): Promise<Answer> {
  const response = await admin.post(`${BASE}${path}`, body);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

test('ER8 ER2 an administrator finds by id or address, counts, confirms, and downloads the certificate', async () => {
  const found = await admin.read<ErasableAnswer>(`${BASE}/find?q=MAE@mail.example`);
  expect(found).toMatchObject({ candidates: [{ candidateId: 'c1', ats: 'Hireworks' }], seats: [] });
  const asked = await post<ErasureAsked>('', { kind: 'candidate', atsNo: ats.atsNo, candidateId: 'c1' });
  // Of two applications this administrator may see one.
  expect(asked.counts).toEqual({ candidate: 1, application: 1, stage: 1 });
  expect(asked.also).toContain('application');
  const other = await post<ErasureAsked>('', { kind: 'seat', seatId: String(rita.seatId) });
  expect(other.also).toEqual([]);
  await post('/confirm', { id: asked.id });
  expect((await admin.post(`${BASE}/confirm`, { id: asked.id })).status).toBe(409);
  await runErasure(desk, company.tenantId, asked.id);
  const { erasures } = await admin.read<ErasuresAnswer>(BASE);
  expect(erasures.map(({ state, by, hasCertificate }) => ({ state, by, hasCertificate }))).toContainEqual({
    state: 'erased',
    by: 'Ada Admin',
    hasCertificate: true,
  });
  expect(await (await admin.get(`${BASE}/certificate?id=${asked.id}`)).json()).toMatchObject({
    kind: 'candidate',
  });
  const csv = await (await admin.get('/app/api/admin/audit.csv')).text();
  expect(csv).toContain('erasure-asked');
  expect(csv).toContain('erasure-confirmed');
  expect(csv).not.toContain('mae@mail.example');
});

test('ER8 nobody else, nobody’s own seat, nothing of another company or contract', async () => {
  const recruiter = await world.signIn('rita.one@acme.example');
  for (const path of ['', '/find?q=c1', '/certificate?id=x'])
    expect((await recruiter.get(`${BASE}${path}`)).status).toBe(403);
  for (const path of ['', '/confirm']) expect((await recruiter.post(`${BASE}${path}`, {})).status).toBe(403);
  const own = (await admin.read<ErasableAnswer>(`${BASE}/find?q=ada.admin@acme.example`)).seats[0];
  expect(own?.isOwn).toBe(true);
  expect((await admin.post(BASE, { kind: 'seat', seatId: own?.seatId })).status).toBe(409);
  const foreign = await world.addCompany('Foreign');
  const theirs = await foreign.addSeat('Fay Foreign');
  expect((await admin.post(BASE, { kind: 'seat', seatId: String(theirs.seatId) })).status).toBe(404);
  expect((await admin.post(BASE, { kind: 'candidate', atsNo: 77, candidateId: 'c1' })).status).toBe(404);
  expect((await admin.post(BASE, { kind: 'organisation' })).status).toBe(400);
  const { id } = await askErasure(
    desk,
    { kind: 'seat', tenantId: foreign.tenantId, seatId: theirs.seatId },
    null,
  );
  expect((await admin.post(`${BASE}/confirm`, { id })).status).toBe(404);
  expect((await admin.get(`${BASE}/certificate?id=${id}`)).status).toBe(404);
});

test('ER10 MP16 who erases himself or herself on the own page is erased in every place, UNLINKs included', async () => {
  const members = await world.addMembers([
    { id: 'nia', firstName: 'Nia', lastName: 'Okoro', emails: ['nia@mail.example'] },
  ]);
  const memberId = members.get('nia') ?? 0;
  const { ctx, outbox } = world;
  await ctx.db.transaction(company.tenantId, async (tx) => {
    await tx`insert into match_decision (tenant_id, ats_no, candidate_id, member_id, verdict, origin, decided_at)
      values (${company.tenantId}, ${ats.atsNo}, 'c9', ${memberId}, 'UNLINK', 'app', 1)`;
  });
  const page = openMemberPage(ctx, outbox, {
    baseUrl: world.baseUrl,
    memberHooks: [],
    consentHooks: [],
    conversations: null,
    async orderErasure(id) {
      await confirmErasure(desk, 0, (await askErasure(desk, { kind: 'member', memberId: id }, null)).id);
    },
    exportsOf: async () => [],
  });
  const link = { memberId } as Parameters<typeof changeSettings>[1]; // erasing reads nothing else of it
  await changeSettings(page, link, new URLSearchParams({ step: 'erase', sure: 'yes' }), 'en');
  const [ordered] = await ctx.db.read(0, (tx) => listErasures(tx, 10));
  expect(ordered).toMatchObject({ kind: 'member', state: 'confirmed' });
  const done = await runErasure(desk, 0, ordered?.id ?? '');
  expect(done).toMatchObject({ state: 'erased', counts: { match_decision: 1 } });
  const [left] = await ctx.db.read(
    company.tenantId,
    async (tx) =>
      tx<{ count: number }>`select count(*) as count from match_decision where member_id = ${memberId}`,
  );
  expect(left?.count).toBe(0);
});
