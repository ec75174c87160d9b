import type { AtsTab, Profile, SearchAnswer } from '@carrick/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type AppWorld,
  aCandidate,
  anApplication,
  type Browser,
  openAppWorld,
} from '../access/testing/app-world.ts';
import { putAttachments } from '../records/attachments.ts';
import type { AtsScope } from '../records/index.ts';
import { announceUpload, storeFile, UPLOADS } from '../records/media.ts';

const PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(700_000, 3)]);

let world: AppWorld;
let rita: Browser;
let rolf: Browser;
let zoe: Browser;
let person: string;
let theirPerson: string;
beforeAll(async () => {
  world = await openAppWorld();
  const acme = await world.addCompany('Acme');
  const ats = await acme.addAts('Greenfield', { isOpen: true });
  const scope = { tenantId: acme.tenantId, atsNo: ats.atsNo };
  const ritaSeat = await acme.addSeat('Rita One');
  const rolfSeat = await acme.addSeat('Rolf Two');
  const zeta = await world.addCompany('Zeta');
  const zetaAts = await zeta.addAts('Other', { isOpen: true });
  const members = await world.addMembers([{ id: 'm1', firstName: 'Mia', lastName: 'Attached' }]);
  await ats.putJob('OPEN');
  await ats.putJob('SECRET');
  await ats.put('entityAcl', ['JOB_POSTING', 'SECRET', 'board']);
  await ats.put('entityAclAssignee', [ritaSeat.memberId, 'JOB_POSTING', 'board']);
  for (const side of [ats, zetaAts]) {
    await side.put('candidate', ['c1'], aCandidate());
    await side.link('c1', members.get('m1') ?? 0);
  }
  await ats.put('application', ['open'], anApplication('c1', 'OPEN'));
  await ats.put('application', ['secret'], anApplication('c1', 'SECRET'));
  await attach(scope, 'APPLICATION', 'open', 'Résumé "Mia".pdf', PDF);
  await attach(scope, 'APPLICATION', 'secret', 'secret.pdf', PDF);
  await attach(scope, 'CANDIDATE', 'c1', 'letter.txt', Buffer.from('<script>alert(1)</script> é'));
  rita = await world.signIn(ritaSeat.email);
  rolf = await world.signIn(rolfSeat.email);
  zoe = await world.signIn((await zeta.addSeat('Zoe Zero')).email);
  const idFor = async (browser: Browser) =>
    (await browser.read<SearchAnswer>('/app/api/search?q=mia')).people[0]?.id ?? '';
  [person, theirPerson] = [await idFor(rita), await idFor(zoe)];
});
afterAll(() => world.close());

async function attach(
  scope: AtsScope,
  entityType: 'APPLICATION' | 'CANDIDATE',
  entityId: string,
  fileName: string,
  bytes: Buffer,
): Promise<void> {
  const { urn, path } = await announceUpload(world.ctx, scope, { fileName, lifeMs: null });
  await storeFile(world.ctx, path.slice(UPLOADS.length), bytes);
  const store = { ctx: world.ctx, outbox: world.outbox, hooks: [] };
  const item = { key: { entityType, entityId, id: '1' }, record: { media: urn, atsCreatedAt: 1_000 } };
  expect(await putAttachments(store, scope, [item])).toEqual([{ status: 204 }]);
}

async function filesOf(browser: Browser, id: string): Promise<Map<string, number>> {
  const { records } = await browser.read<AtsTab>(`/app/api/people/${id}/ats`);
  const all = records.flatMap((record) => [
    ...record.attachments,
    ...record.jobs.flatMap((job) => job.attachments),
  ]);
  return new Map(all.map(({ fileName, no }) => [fileName, no]));
}

it('SE49 L-099 the tab lists the files of the candidate and of visible applications, only those are counted and can be fetched', async () => {
  const countFor = async (browser: Browser) =>
    (await browser.read<Profile>(`/app/api/people/${person}`)).attachments;
  expect([await countFor(rita), await countFor(rolf)]).toEqual([3, 2]);
  const [seen, all] = [await filesOf(rolf, person), await filesOf(rita, person)];
  expect([...all.keys()].sort()).toEqual(['Résumé "Mia".pdf', 'letter.txt', 'secret.pdf']);
  expect([...seen.keys()].sort()).toEqual(['Résumé "Mia".pdf', 'letter.txt']);
  expect((await filesOf(zoe, theirPerson)).size).toBe(0);
  for (const [name, no] of all) {
    const path = `/app/api/people/${person}/attachments/${no}`;
    expect((await rita.get(path)).status).toBe(200);
    expect((await rolf.get(path)).status).toBe(name === 'secret.pdf' ? 404 : 200);
    expect((await rolf.get(`${path}/view`)).status).toBe(name === 'secret.pdf' ? 404 : 200);
    expect((await zoe.get(path)).status).toBe(404);
    expect((await zoe.get(`${path}/view`)).status).toBe(404);
    expect((await zoe.get(`/app/api/people/${theirPerson}/attachments/${no}`)).status).toBe(404);
    expect((await fetch(`${world.baseUrl}${path}`)).status).toBe(401);
  }
  for (const no of ['0', '-1', 'x', '999999', '1/2', '%00'])
    expect((await rita.get(`/app/api/people/${person}/attachments/${no}`)).status).toBe(404);
});

it('SE49 AC5 a file is sent whole, as a download that a browser neither guesses at nor runs', async () => {
  const files = await filesOf(rita, person);
  const get = (name: string) => rita.get(`/app/api/people/${person}/attachments/${files.get(name)}`);
  const pdf = await get('Résumé "Mia".pdf');
  expect(Buffer.from(await pdf.arrayBuffer()).equals(PDF)).toBe(true);
  expect(Object.fromEntries(pdf.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="R_sum_ _Mia_.pdf"; filename*=UTF-8''R%C3%A9sum%C3%A9%20%22Mia%22.pdf`,
    'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'self'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  });
  const text = await get('letter.txt');
  expect(text.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  const view = await rita.get(`/app/api/people/${person}/attachments/${files.get('letter.txt')}/view`);
  expect(Object.fromEntries(view.headers)).toMatchObject({
    'content-disposition': expect.stringMatching(/^inline; /),
    'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'self'",
    'x-content-type-options': 'nosniff',
  });
});
