import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Company,
  type MessageWorld,
  openMessageWorld,
  type Recruiter,
} from '../messages/testing/message-world.ts';
import { createContract } from '../tenancy/index.ts';
import { forgetRecruiterNotes } from './index.ts';

const DAY_MS = 86_400_000;
const ADA = {
  id: 'ada',
  firstName: 'Ada',
  lastName: 'Notary',
  emails: ['ada@example.com'],
  headline: 'Engineer',
};
const BEN = { id: 'ben', firstName: 'Ben', lastName: 'Tagger', emails: ['ben@example.com'] };

let world: MessageWorld;
let acme: Company;
let other: Company;
let admin: Recruiter;
let rita: Recruiter;
let foreign: Recruiter;
let zoe: Recruiter;
let ada: string;
let members: Map<string, number>;
beforeAll(async () => {
  world = await openMessageWorld();
  acme = await world.company('Acme');
  other = await world.company('Other');
  members = await world.members(ADA, BEN);
  admin = await acme.seat('Anna Admin', { isAdmin: true });
  rita = await acme.seat('Rita Fell');
  const { contractId } = await createContract(world.ctx, acme.tenantId, { name: 'Second' });
  foreign = await acme.seat('Frida Far', { contract: contractId });
  zoe = await other.seat('Zoe Else');
  ada = await rita.idOf('Notary');
}, 120_000);
afterAll(() => world?.close());

const activities = async (by: Recruiter, person = ada) => (await by.get(`/activities/${person}`)).body;
const bodies = async (by: Recruiter, person = ada) =>
  (await activities(by, person)).notes.map(({ body }: { body: string }) => body);
const note = (by: Recruiter, body: string, visibility = 'CONTRACT', person = ada) =>
  by.post(`/activities/${person}/notes`, { body, visibility });
const notesOf = async (query: string, headers = {}) =>
  acme.wire(`/v2/prospectNotes?q=criteria&contract=${acme.contractUrn}&${query}`, headers);

describe('notes', () => {
  test('NO1 a private note is its author’s alone, another the contract’s', async () => {
    await note(rita, 'for all of us');
    const added = await note(rita, 'for me', 'PRIVATE');
    expect(added.body.notes[0]).toMatchObject({
      body: 'for me',
      visibility: 'PRIVATE',
      author: 'Rita Fell',
      isOwn: true,
    });
    expect(await bodies(rita)).toEqual(['for me', 'for all of us']);
    expect(await bodies(admin)).toEqual(['for all of us']);
    expect(await bodies(foreign)).toEqual([]);
    expect(await bodies(zoe, await zoe.idOf('Notary'))).toEqual([]);
    expect((await zoe.get(`/activities/${ada}`)).status).toBe(404);
  });

  test('NO11 L-120 a person is shared with a colleague of the contract, whose bell says so; the words are for the two of them', async () => {
    const share = (seatId: number, text = ' Worth a call? ') =>
      rita.post(`/activities/${ada}/shares`, { seatId, note: text });
    const { colleagues } = await activities(rita);
    expect(colleagues).toEqual([{ seatId: expect.any(Number), name: 'Anna Admin' }]);
    const [{ seatId }] = colleagues;
    const [{ seatId: own }] = (await activities(admin)).colleagues;
    expect((await share(own)).body.code).toBe('NO_SUCH_SEAT');
    expect((await share(seatId, 'x'.repeat(1_001))).body.code).toBe('NOTE_NOT_VALID');
    const [shared] = (await share(seatId)).body.shares;
    expect(shared).toMatchObject({ by: 'Rita Fell', to: 'Anna Admin', note: 'Worth a call?', isOwn: true });
    const notices = async (by: Recruiter) =>
      (await by.get('/notices')).body.notices.filter(({ kind }: { kind: string }) => kind === 'shared');
    expect(await notices(admin)).toMatchObject([
      { person: { name: 'Ada Notary' }, by: 'Rita Fell', note: 'Worth a call?' },
    ]);
    expect([await notices(rita), await notices(foreign)]).toEqual([[], []]);
    expect((await activities(foreign)).shares).toEqual([]);
    const third = await acme.seat('Theo Third');
    expect((await activities(third)).shares).toMatchObject([{ by: 'Rita Fell', note: null, isForMe: false }]);
    // Once more is now, not twice; and only who asked takes it back.
    expect((await share(seatId, '')).body.shares).toMatchObject([{ no: shared.no, note: '' }]);
    const back = `/activities/${ada}/shares/${shared.no}/delete`;
    expect((await admin.post(back, {})).body.shares).toHaveLength(1);
    expect((await rita.post(back, {})).body.shares).toEqual([]);
    expect(await notices(admin)).toEqual([]);
  });

  test('NO1 what is no note is refused', async () => {
    expect(await note(rita, '   ')).toMatchObject({ status: 400, body: { code: 'NOTE_NOT_VALID' } });
    expect(await note(rita, 'x'.repeat(10_001))).toMatchObject({ status: 400 });
    expect(await note(rita, 'x', 'WORLD')).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } });
    expect(await note(rita, 'x', 'CONTRACT', 'nobody')).toMatchObject({ status: 404 });
  });

  test('NO2 authors change and delete their own, and nobody else’s', async () => {
    const no = (await note(rita, 'first words')).body.notes[0].no;
    const path = `/activities/${ada}/notes/${no}`;
    for (const by of [admin, foreign]) {
      expect((await by.post(path, { body: 'mine', visibility: 'CONTRACT' })).body.code).toBe('NO_SUCH_NOTE');
      expect((await by.post(`${path}/delete`, {})).body.code).toBe('NO_SUCH_NOTE');
    }
    await rita.post(path, { body: 'better words', visibility: 'CONTRACT' });
    expect(await bodies(admin)).toContain('better words');
    await rita.post(`${path}/delete`, {});
    expect(await bodies(rita)).not.toContain('better words');
    expect((await rita.post(`${path}/delete`, {})).status).toBe(404);
    const stored = await world.ctx.db.read(acme.tenantId, async (tx) => [
      ...(await tx<{
        body: string;
      }>`select body from recruiter_note where tenant_id = ${acme.tenantId} and note_no = ${no}`),
    ]);
    expect(stored).toEqual([{ body: '' }]);
  });
});

test('NO3 tags are the contract’s, for one person or many', async () => {
  const ben = await rita.idOf('Tagger');
  await rita.post(`/activities/${ada}/tags`, { tag: '  Back   end ' });
  await admin.post('/tags', { people: [ada, ben], tag: 'back END' });
  expect((await activities(admin)).tags).toMatchObject([{ tag: 'Back end', by: 'Rita Fell' }]);
  expect(await activities(rita, ben)).toMatchObject({
    tags: [{ tag: 'Back end', by: 'Anna Admin' }],
    knownTags: ['Back end'],
  });
  expect(await activities(foreign)).toMatchObject({ tags: [], knownTags: [] });
  await admin.post(`/activities/${ada}/tags/delete`, { tag: 'Back end' });
  expect((await activities(rita)).tags).toEqual([]);
  for (const tag of ['', ' ', 'x'.repeat(61)])
    expect((await rita.post(`/activities/${ada}/tags`, { tag })).body.code).toBe('TAG_NOT_VALID');
});

describe('Update me', () => {
  const updates = async (by: Recruiter) => (await by.get('/home')).body.updates;

  test('NO4 a change of the profile names its fields to those who follow, in whatever organisation', async () => {
    const theirs = await zoe.idOf('Notary');
    expect((await rita.post(`/activities/${ada}/updates`, { isOn: true })).body.isFollowed).toBe(true);
    await zoe.post(`/activities/${theirs}/updates`, { isOn: true });
    await world.members({ ...ADA, headline: 'Staff engineer', skills: ['Go'], phones: ['+4915112345678'] });
    const [item, ...more] = await updates(rita);
    expect(more).toEqual([]);
    expect(item).toMatchObject({
      person: { id: ada, name: 'Ada Notary' },
      fields: ['headline', 'skills'],
      at: world.clock.now(),
    });
    expect(await updates(zoe)).toMatchObject([{ person: { id: theirs }, fields: ['headline', 'skills'] }]);
    expect(await updates(admin)).toEqual([]);
  });

  test('NO4 contact data are no item; switched off, nothing comes and what came is gone', async () => {
    const line = { ...ADA, headline: 'Staff engineer', skills: ['Go'] };
    await world.members({ ...line, emails: ['new@example.com'], shareWithThirdParties: true });
    expect(await updates(rita)).toHaveLength(1);
    await rita.post(`/activities/${ada}/updates`, { isOn: false });
    await world.members({ ...line, headline: 'Principal' });
    expect(await updates(rita)).toEqual([]);
    expect(await updates(zoe)).toHaveLength(2);
  });
});

test('NO5 colleagues learn who looked at a profile and when', async () => {
  const ben = await rita.idOf('Tagger');
  await rita.get(`/people/${ben}`);
  world.clock.advance(2 * 3_600_000);
  await admin.get(`/people/${ben}`);
  const { views } = await activities(rita, ben);
  expect(views).toMatchObject([
    { by: 'Anna Admin', isOwn: false },
    { by: 'Rita Fell', isOwn: true },
  ]);
  expect((await rita.get('/home')).body.views).toMatchObject([{ person: { id: ben }, by: 'Anna Admin' }]);
  expect((await foreign.get('/home')).body.views).toEqual([]);
  world.clock.advance(8 * DAY_MS);
  expect((await rita.get('/home')).body.views).toEqual([]);
});

describe('prospectNotes', () => {
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the test expects it to be
  const contents = ({ body }: { body: any }): (string | null)[] =>
    body.elements.map(({ content, active }: { content?: string; active: boolean }) =>
      active ? content : null,
    );
  let startAt: number;
  let shared: number;
  beforeAll(async () => {
    world.clock.advance(DAY_MS);
    startAt = world.clock.now();
    shared = (await note(rita, 'one')).body.notes[0].no;
    world.clock.advance(1_000);
    await note(admin, 'two');
    world.clock.advance(1_000);
    await note(rita, 'three', 'PRIVATE');
  });
  const since = (more = '') => notesOf(`cutoffDate=${startAt - 1}&count=50${more}`);

  test('NO7 L-156 the notes of a contract come with owner, person and times, oldest change first', async () => {
    const answer = await since();
    expect(answer.status).toBe(200);
    expect(answer.body.elements[0]).toEqual({
      id: shared,
      active: true,
      contract: acme.contractUrn,
      created: startAt,
      lastModified: startAt,
      owner: rita.seatUrn,
      prospect: expect.stringMatching(/^urn:li:person:/),
      content: 'one',
      visibility: 'PUBLIC',
    });
    expect(contents(answer)).toEqual(['one', 'two']);
  });

  test('NO7 beforeDate is inclusive and cutoffDate exclusive; pages, spellings of owners, refusals', async () => {
    expect(contents(await notesOf(`cutoffDate=${startAt}&beforeDate=${startAt + 1_000}`))).toEqual(['two']);
    expect(contents(await notesOf(`cutoffDate=${startAt - 1}&beforeDate=${startAt + 999}`))).toEqual(['one']);
    expect(contents(await notesOf(`cutoffDate=${startAt - 1}&start=1&count=1`))).toEqual(['two']);
    const owners = [rita.seatUrn, admin.seatUrn];
    const all = ['one', 'two', 'three'];
    expect(contents(await since(`&owners=${owners.join('&owners=')}`))).toEqual(all);
    expect(contents(await since(`&owners[0]=${owners[0]}&owners[1]=${owners[1]}`))).toEqual(all);
    const list = `&owners=List(${owners.map(encodeURIComponent).join(',')})`;
    expect(
      contents(await notesOf(`cutoffDate=${startAt - 1}${list}`, { 'x-restli-protocol-version': '2.0.0' })),
    ).toEqual(all);
    expect(contents(await since(`&owners=${admin.seatUrn}`))).toEqual(['two']);
    for (const contract of [other.contractUrn, 'urn:li:contract:99999999'])
      expect((await acme.wire(`/v2/prospectNotes?q=criteria&contract=${contract}`)).status).toBe(403);
    for (const query of ['q=all', 'q=criteria', `q=criteria&contract=${acme.contractUrn}&owners=me`])
      expect((await acme.wire(`/v2/prospectNotes?${query}`)).status).toBe(400);
    await acme.setCsa('PARTNER_READY');
    expect((await since()).status).toBe(403);
    await acme.setCsa('ENABLED');
  });

  test('NO8 a deleted note, and one that became private, is inactive and without its text', async () => {
    const later = world.clock.now();
    world.clock.advance(5_000);
    await rita.post(`/activities/${ada}/notes/${shared}`, { body: 'one, for me', visibility: 'PRIVATE' });
    const [gone] = (await notesOf(`cutoffDate=${later}`)).body.elements;
    expect(gone).toMatchObject({ id: shared, active: false });
    expect(gone).not.toHaveProperty('content');
    expect(contents(await notesOf(`cutoffDate=${later}&owners=${rita.seatUrn}`))).toEqual(['one, for me']);
    await rita.post(`/activities/${ada}/notes/${shared}/delete`, {});
    const answers = [
      await notesOf(`cutoffDate=${later}`),
      await notesOf(`cutoffDate=${later}&owners=${rita.seatUrn}`),
    ];
    for (const { body } of answers) expect(body.elements).toMatchObject([{ id: shared, active: false }]);
    expect(JSON.stringify(answers)).not.toContain('for me');
  });
});

test('NO6 a closed account is in no feed, and of an erased member nothing is kept', async () => {
  const memberId = members.get('ada') ?? 0;
  await rita.post(`/activities/${ada}/updates`, { isOn: true });
  await world.members({ ...ADA, headline: 'Yet another' });
  expect((await rita.get('/home')).body.updates).toHaveLength(1);
  await world.members({ ...ADA, headline: 'Yet another', closed: true });
  expect((await rita.get('/home')).body.updates).toEqual([]);
  expect((await rita.get(`/activities/${ada}`)).status).toBe(404);
  const at = world.clock.now();
  world.clock.advance(1_000);
  await forgetRecruiterNotes(world.ctx, memberId);
  const { body } = await notesOf(`cutoffDate=${at}&count=100&owners=${rita.seatUrn}&owners=${admin.seatUrn}`);
  expect(body.elements.length).toBeGreaterThan(2);
  expect(new Set(body.elements.map(({ active }: { active: boolean }) => active))).toEqual(new Set([false]));
  const left = await world.ctx.db.read(acme.tenantId, async (tx) => [
    ...(await tx`select 1 from recruiter_note where tenant_id = ${acme.tenantId} and member_id = ${memberId} and body <> ''`),
    ...(await tx`select 1 from profile_subscription where tenant_id = ${acme.tenantId} and member_id = ${memberId}`),
  ]);
  expect(left).toEqual([]);
});
