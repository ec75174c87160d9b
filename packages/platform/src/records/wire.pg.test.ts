import { MAX_BATCH, tunnel } from '@carrick/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applicationRecord, candidateRecord, dumped, nameOf } from './testing/store.ts';
import {
  type BatchOptions,
  batch,
  byId,
  call,
  resource,
  type TestAts,
  type TestWire,
  testWire,
} from './testing/wire.ts';

let world: TestWire;
let ats: TestAts;
beforeAll(async () => {
  world = await testWire();
  ats = await world.ats();
});
afterAll(() => world.close());

const CANDIDATES = resource('atsCandidates');
const NOTES = resource('notes', 'atsCandidates');
const ACLS = resource('atsEntityAcls');
const ASSIGNEES = resource('atsEntityAclAssignees');

const key = (id: string, context = ats.organisation, provider = 'ATS') => [id, provider, context];
const stored = async (kind: Parameters<typeof nameOf>[0], ...parts: string[]) =>
  (await dumped(world.ctx, ats)).get(nameOf(kind, parts));

async function putCandidates(records: Readonly<Record<string, unknown>>, options?: BatchOptions) {
  const answer = await batch(
    world,
    ats,
    'PUT',
    CANDIDATES,
    Object.entries(records).map(([id, record]) => [key(id), record]),
    options,
  );
  return { answer, status: (id: string) => byId(answer, CANDIDATES).get(id)?.status };
}

describe('batches', () => {
  it('SY1 SY19 L-020 L-040 a PUT answers 200, 204 per stored key and an error for the bad one', async () => {
    const { answer, status } = await putCandidates({
      good: candidateRecord(),
      bad: candidateRecord({ firstName: undefined }),
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-restli-protocol-version')).toBe('1.0.0');
    expect(answer.headers.get('x-li-uuid')).toMatch(/^[0-9a-f-]{36}$/);
    expect([status('good'), status('bad')]).toEqual([204, 422]);
    const [[text, error]] = Object.entries(answer.body.errors) as [[string, unknown]];
    expect(text).toBe(
      `atsCandidateId=bad&dataProvider=ATS&integrationContext=${encodeURIComponent(ats.organisation)}`,
    );
    expect(error).toEqual({
      status: 422,
      code: 'INVALID_RECORD',
      serviceErrorCode: 100,
      message: 'ERROR :: /firstName :: field is required but not found and has no default value\n',
    });
    expect(await stored('candidate', 'good')).toEqual(candidateRecord());
    const gone = await batch(world, ats, 'DELETE', CANDIDATES, [[key('good')], [key('bad')]]);
    expect(gone.body.results).not.toEqual({});
    expect(byId(gone, CANDIDATES).get('bad')).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect((await batch(world, ats, 'DELETE', CANDIDATES, [])).status).toBe(400);
  });

  it('SY19 L-022 both maps are there when empty; more than 100 records are refused', async () => {
    const ids = Array.from({ length: MAX_BATCH + 1 }, (_, i) => `${i}`);
    const notes = ids.map((id) => [[id], { note: id }] as const);
    const parentKey = key('P');
    const answer = await batch(world, ats, 'PUT', NOTES, notes.slice(1), { parentKey });
    expect(answer.body.errors).toEqual({});
    expect(Object.keys(answer.body.results)).toHaveLength(MAX_BATCH);
    const refused = await batch(world, ats, 'PUT', NOTES, notes, { parentKey });
    expect(refused.status).toBe(400);
    expect(refused.headers.get('x-linkedin-error-response')).toBe('true');
    expect(refused.headers.get('x-restli-error-response')).toBeNull();
    const newer = await batch(world, ats, 'PUT', NOTES, notes, { parentKey, version: '2.0.0' });
    expect(newer.headers.get('x-restli-error-response')).toBe('true');
    expect(newer.headers.get('x-restli-protocol-version')).toBe('2.0.0');
  });

  it('SY17 L-040 a foreign data provider and a context that is no organization are refused by themselves', async () => {
    const answer = await batch(world, ats, 'PUT', CANDIDATES, [
      [key('provider', ats.organisation, 'CRM'), candidateRecord()],
      [key('contract', 'urn:li:contract:1'), candidateRecord()],
      [key('nothing', ''), candidateRecord()],
      [key('fine'), candidateRecord()],
    ]);
    const statuses = byId(answer, CANDIDATES);
    expect(['provider', 'contract', 'nothing', 'fine'].map((id) => statuses.get(id)?.status)).toEqual([
      422, 422, 422, 204,
    ]);
    expect(statuses.get('provider')?.message).toContain('/dataProvider');
    expect(statuses.get('contract')?.message).toContain('/integrationContext');
  });

  it("SY18 L-003 another customer's context answers 403 by itself, and nothing of it is touched", async () => {
    const other = await world.ats();
    await batch(world, other, 'PUT', CANDIDATES, [[key('theirs', other.organisation), candidateRecord()]]);
    for (const method of ['PUT', 'DELETE', 'GET', 'POST'] as const) {
      const entity =
        method === 'POST'
          ? { patch: { $set: { firstName: 'Mallory' } } }
          : candidateRecord({ firstName: 'Mallory' });
      const answer = await batch(world, ats, method, CANDIDATES, [
        [key('theirs', other.organisation), entity],
        [key('mine'), entity],
      ]);
      expect(answer.status).toBe(200);
      expect(byId(answer, CANDIDATES).get('theirs')).toMatchObject({
        status: 403,
        code: 'CONTEXT_NOT_OWNED',
      });
    }
    const note = await batch(world, ats, 'PUT', NOTES, [[['N'], { note: 'x' }]], {
      parentKey: key('theirs', other.organisation),
    });
    expect(byId(note, NOTES).get('N')).toMatchObject({ status: 403, code: 'CONTEXT_NOT_OWNED' });
    expect(await dumped(world.ctx, other)).toEqual(
      new Map([[nameOf('candidate', ['theirs']), candidateRecord()]]),
    );
  });

  it("SY18 L-003 only the customer's own token acts for it", async () => {
    const partner = await world.partnerToken();
    for (const [token, status, code] of [
      [null, 401, 'EMPTY_ACCESS_TOKEN'],
      ['nonsense', 401, 'INVALID_ACCESS_TOKEN'],
      [partner, 403, 'ACCESS_DENIED'],
    ] as const) {
      const answer = await batch(world, ats, 'PUT', CANDIDATES, [[key('1'), candidateRecord()]], { token });
      expect(answer).toMatchObject({ status, body: { code, status } });
    }
  });

  it('SY18 without an enabled integration every key answers 403, with one the same call succeeds', async () => {
    const idle = await world.ats({ isEnabled: false });
    const send = () =>
      batch(world, idle, 'PUT', CANDIDATES, [[key('1', idle.organisation), candidateRecord()]]);
    expect(byId(await send(), CANDIDATES).get('1')).toMatchObject({
      status: 403,
      code: 'INTEGRATION_NOT_ENABLED',
    });
    await idle.enable();
    expect(byId(await send(), CANDIDATES).get('1')).toEqual({ status: 204 });
  });

  it('SY3 two ATSs of one organisation both keep a candidate "1", over the wire', async () => {
    const second = await world.ats({ of: ats });
    await putCandidates({ one: candidateRecord({ firstName: 'First' }) });
    await batch(world, second, 'PUT', CANDIDATES, [[key('one'), candidateRecord({ firstName: 'Second' })]]);
    expect(await stored('candidate', 'one')).toMatchObject({ firstName: 'First' });
    expect((await dumped(world.ctx, second)).get(nameOf('candidate', ['one']))).toMatchObject({
      firstName: 'Second',
    });
  });

  it('SY24 tunnelled, in both versions, with any characters in keys', async () => {
    const ids = ['a/b', 'x&y=z', '50% +', '(1,2:3)', "it's", '候補者', '👩🏽‍💻', '../..', '%2F'];
    for (const version of ['1.0.0', '2.0.0'] as const) {
      const record = candidateRecord({ firstName: version });
      const answer = await batch(
        world,
        ats,
        'PUT',
        CANDIDATES,
        ids.map((id) => [key(id), record]),
        { version },
      );
      expect(Object.keys(answer.body.results)).toHaveLength(ids.length);
      for (const id of ids) {
        const parentKey = key(id);
        expect(
          (await batch(world, ats, 'PUT', NOTES, [[[id], { note: version }]], { version, parentKey })).body
            .results,
        ).toEqual({ [id]: { status: 204 } });
        expect(await stored('candidate', id)).toEqual(record);
        expect(await stored('candidateNote', id, id)).toEqual({ note: version });
      }
    }
    const query = ids
      .map(
        (id, i) =>
          `ids[${i}].atsCandidateId=${encodeURIComponent(id)}&ids[${i}].dataProvider=ATS&ids[${i}].integrationContext=${ats.organisation}`,
      )
      .join('&');
    const got = await call(
      world,
      ats,
      tunnel({ method: 'GET', path: '/v2/atsCandidates', query: `${query}&fields=firstName` }),
    );
    expect(Object.values(got.body.results)).toEqual(ids.map(() => ({ firstName: '2.0.0' })));
    const deleted = await call(world, ats, tunnel({ method: 'DELETE', path: '/v2/atsCandidates', query }));
    expect(Object.keys(deleted.body.results)).toHaveLength(ids.length);
  });

  it('SY25 what does not exist or is not offered is refused as a whole', async () => {
    const empty = { entities: {} };
    for (const [method, path, status, body] of [
      ['GET', '/v2/atsOffers?ids=1', 404],
      ['GET', '/v2/atsCandidates/x/offers?ids=1', 404],
      ['GET', '/v2/atsCandidates/x/notes/y/z?ids=1', 404],
      ['GET', '/v2/atsApplications?ids=1', 400],
      ['GET', '/v2/atsCandidates', 400],
      ['POST', '/v2/atsCandidates', 400],
      ['PUT', '/v2/atsCandidates?ids=x', 400, 'not json'],
      ['PUT', '/v2/atsCandidates?ids=x', 400, []],
      ['PUT', '/v2/atsCandidates?ids=x', 400, {}],
      ['POST', '/v2/simpleJobPostings', 403, { elements: [] }],
      ['GET', '/v2/simpleJobPostings?ids=1', 403],
    ] as const) {
      const answer = await call(world, ats, {
        method,
        path,
        ...(method === 'GET' ? {} : { body: body ?? empty }),
      });
      expect([method, path, answer.status]).toEqual([method, path, status]);
      expect(answer.body).toMatchObject({ status });
    }
    const odd = await call(world, ats, {
      method: 'GET',
      path: '/v2/atsCandidates?ids=1',
      headers: { 'X-RestLi-Protocol-Version': '3.0.0' },
    });
    expect(odd.status).toBe(400);
    const unknown = await call(world, ats, { method: 'GET', path: '/v2/atsOffers?ids=1' });
    expect(unknown.body.message).toBe('Resource atsOffers does not exist');
  });

  it('SY9 a body that is not UTF-8 is refused as a whole', async () => {
    const response = await fetch(`${world.baseUrl}/v2/atsCandidates?ids=x`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${ats.token}` },
      body: Buffer.from('{"entities":{"x":{"firstName":"\xff"}}}', 'latin1'),
    });
    expect(await response.json()).toMatchObject({ status: 400, message: 'The body is not UTF-8' });
  });
});

describe('matches', () => {
  const match = (candidateId: string, memberId: number) =>
    world.ctx.db.pipeline(ats.tenantId, (tx) => [
      tx<object>`insert into automatic_match values (${ats.tenantId}, ${ats.atsNo}, ${candidateId}, ${memberId}, '[]', 0)`,
    ]);
  async function get(ids: readonly string[], more = '&fields=matchedMembers,manualMatchedMember') {
    const answer = await batch(
      world,
      ats,
      'GET',
      CANDIDATES,
      ids.map((id) => [key(id)]),
      { more },
    );
    expect(answer.body.statuses).toEqual({});
    return byId(answer, CANDIDATES);
  }

  it('SY20 L-045 returns the automatic and the manual match per id, and no other field', async () => {
    await putCandidates({
      auto: candidateRecord(),
      hand: candidateRecord({ manualMatchedMember: ats.person(12) }),
      both: candidateRecord({ manualMatchedMember: ats.person(12) }),
      none: candidateRecord(),
    });
    await match('auto', 11);
    await match('both', 11);
    const found = await get(['auto', 'hand', 'both', 'none', 'unknown']);
    expect(found.get('auto')).toEqual({ matchedMembers: [ats.person(11)] });
    expect(found.get('hand')).toEqual({ manualMatchedMember: ats.person(12) });
    expect(found.get('both')).toEqual({
      matchedMembers: [ats.person(11)],
      manualMatchedMember: ats.person(12),
    });
    expect(found.get('none')).toEqual({});
    expect(found.get('unknown')).toMatchObject({ status: 404 });
    expect((await get(['both'], '')).get('both')).toEqual({
      ...candidateRecord(),
      matchedMembers: [ats.person(11)],
      manualMatchedMember: ats.person(12),
    });
    expect((await get(['both'], '&fields=lastName')).get('both')).toEqual({ lastName: 'Byron' });
  });

  it('SY21 an explicit value links, an explicit null lifts, omission leaves the manual link', async () => {
    const linked = async () => (await get(['m'])).get('m');
    await putCandidates({ m: candidateRecord({ manualMatchedMember: ats.person(5) }) });
    await putCandidates({ m: candidateRecord() });
    expect(await linked()).toEqual({ manualMatchedMember: ats.person(5) });
    await putCandidates({ m: candidateRecord({ manualMatchedMember: ats.person(6) }) });
    expect(await linked()).toEqual({ manualMatchedMember: ats.person(6) });
    await putCandidates({ m: candidateRecord({ manualMatchedMember: null }) });
    expect(await linked()).toEqual({});
  });

  it('SY20 SY21 a person of another application is unknown here', async () => {
    const other = await world.ats();
    const { status, answer } = await putCandidates({
      stranger: candidateRecord({ manualMatchedMember: other.person(5) }),
      wrong: candidateRecord({ manualMatchedMember: 5 }),
      seat: candidateRecord({ manualMatchedMember: 'urn:li:seat:5' }),
      fine: candidateRecord({ manualMatchedMember: ats.person(5) }),
    });
    expect(['stranger', 'wrong', 'seat', 'fine'].map(status)).toEqual([422, 422, 422, 204]);
    expect(JSON.stringify(answer.body.errors)).toContain('/manualMatchedMember');
  });

  const patch = async (id: string, change: unknown) =>
    byId(
      await batch(world, ats, 'POST', CANDIDATES, [[key(id), { patch: change }]], {
        headers: { 'X-RestLi-Method': 'batch_partial_update' },
      }),
      CANDIDATES,
    ).get(id);

  it('SY22 a partial update links and lifts, changes named fields and leaves the rest', async () => {
    await putCandidates({ p: candidateRecord({ currentJobTitle: 'Countess' }) });
    expect(await patch('p', { $set: { manualMatchedMember: ats.person(9) } })).toEqual({ status: 204 });
    expect((await get(['p'])).get('p')).toEqual({ manualMatchedMember: ats.person(9) });
    expect(await patch('p', { $set: { firstName: 'Augusta' }, $delete: ['currentJobTitle'] })).toEqual({
      status: 204,
    });
    expect(await stored('candidate', 'p')).toEqual(candidateRecord({ firstName: 'Augusta' }));
    expect((await get(['p'])).get('p')).toEqual({ manualMatchedMember: ats.person(9) });
    expect(await patch('p', { $delete: ['manualMatchedMember'] })).toEqual({ status: 204 });
    expect((await get(['p'])).get('p')).toEqual({});
    await patch('p', { $set: { manualMatchedMember: ats.person(9) } });
    expect(await patch('p', { $set: { manualMatchedMember: null } })).toEqual({ status: 204 });
    expect((await get(['p'])).get('p')).toEqual({});
  });

  it('SY22 what would not be valid is refused, and an unknown candidate answers 404', async () => {
    await putCandidates({ q: candidateRecord() });
    expect(await patch('q', { $delete: ['firstName'] })).toMatchObject({
      status: 422,
      message: expect.stringContaining('/firstName'),
    });
    expect(await patch('q', { $set: { matchedMembers: [] } })).toMatchObject({
      status: 422,
      message: expect.stringContaining('/matchedMembers'),
    });
    expect(await patch('q', { $set: { manualMatchedMember: 'urn:li:person:nobody' } })).toMatchObject({
      status: 422,
    });
    expect(await patch('q', { firstName: { $set: { a: 1 } } })).toMatchObject({ status: 422 });
    expect(await patch('q', { $set: { firstName: 'x' }, $delete: ['firstName'] })).toMatchObject({
      status: 400,
    });
    expect(await patch('q', 5)).toMatchObject({ status: 400 });
    expect(await patch('unknown', { $set: { manualMatchedMember: ats.person(1) } })).toMatchObject({
      status: 404,
    });
    expect(await stored('candidate', 'q')).toEqual(candidateRecord());
  });

  it('SY22 a partial update and a whole record at the same time undo nothing of each other', async () => {
    await putCandidates({ r: candidateRecord({ firstName: 'v0' }) });
    for (let round = 1; round <= 10; round++) {
      await Promise.all([
        patch('r', { $set: { manualMatchedMember: ats.person(round) } }),
        putCandidates({ r: candidateRecord({ firstName: `v${round}` }) }),
      ]);
      expect(await stored('candidate', 'r')).toMatchObject({ firstName: `v${round}` });
      expect((await get(['r'])).get('r')).toEqual({ manualMatchedMember: ats.person(round) });
    }
  });
});

describe('access lists', () => {
  const acl = (group: string, job: string) => [group, 'ATS', ats.organisation, 'JOB_POSTING', job];
  const assignee = (group: string, memberId: number) => [
    group,
    'ATS',
    ats.organisation,
    ats.person(memberId),
    'JOB_POSTING',
  ];
  const find = (name: string, query: string) =>
    call(world, ats, {
      method: 'GET',
      path: `/v2/${name}?q=criteria&integrationContext=${ats.organisation}&dataProvider=ATS${query}`,
    });

  it('SY23 L-011 finds ACLs by entity and assignees by person, in full pages', async () => {
    const groups = Array.from({ length: 25 }, (_, i) => `group ${String(i).padStart(2, '0')}`);
    await batch(world, ats, 'PUT', ACLS, [
      ...groups.map((group) => [acl(group, 'J&1'), {}] as const),
      [acl('group 00', 'J2'), {}],
    ]);
    const first = await find('atsEntityAcls', '&atsEntityType=JOB_POSTING&atsEntityId=J%261');
    expect(first.body.elements).toHaveLength(10);
    expect(first.body.elements[0]).toEqual({
      atsEntityAclId: 'group 00',
      dataProvider: 'ATS',
      integrationContext: ats.organisation,
      atsEntityType: 'JOB_POSTING',
      atsEntityId: 'J&1',
    });
    const seen = [...first.body.elements];
    let page = first;
    for (let next = nextOf(page); next !== undefined; next = nextOf(page)) {
      page = await call(world, ats, { method: 'GET', path: next });
      seen.push(...page.body.elements);
    }
    expect(seen.map((element: { atsEntityAclId: string }) => element.atsEntityAclId)).toEqual(groups);
    expect(first.body.paging).toMatchObject({ start: 0, count: 10, total: 25 });
    expect((await find('atsEntityAcls', '&atsEntityId=%00')).status).toBe(400);
    const narrowed = await find('atsEntityAcls', '&atsEntityAclId=group%2000&count=100');
    expect(narrowed.body.elements).toHaveLength(2);
  });

  it('SY23 SY17 assignees are persons of the calling application', async () => {
    const stranger = [...assignee('eng', 31)];
    stranger[3] = (await world.ats()).person(31);
    const answer = await batch(world, ats, 'PUT', ASSIGNEES, [
      [assignee('eng', 31), {}],
      [assignee('ops', 31), {}],
      [assignee('eng', 32), {}],
      [stranger, {}],
    ]);
    expect(Object.keys(answer.body.results)).toHaveLength(3);
    expect(Object.values(answer.body.errors)).toMatchObject([
      { status: 422, message: expect.stringContaining('/assignee') },
    ]);
    const found = await find('atsEntityAclAssignees', `&assignee=${encodeURIComponent(ats.person(31))}`);
    expect(found.body.elements).toEqual(
      ['eng', 'ops'].map((atsEntityAclId) => ({
        atsEntityAclId,
        dataProvider: 'ATS',
        integrationContext: ats.organisation,
        assignee: ats.person(31),
        atsEntityType: 'JOB_POSTING',
      })),
    );
    expect((await find('atsEntityAclAssignees', '&assignee=urn%3Ali%3Aperson%3Ano')).body.elements).toEqual(
      [],
    );
    const gone = await batch(world, ats, 'DELETE', ASSIGNEES, [[assignee('eng', 31)]]);
    expect(Object.keys(gone.body.results)).toHaveLength(1);
    expect(
      (await find('atsEntityAclAssignees', `&assignee=${encodeURIComponent(ats.person(31))}`)).body.elements,
    ).toHaveLength(1);
    expect((await find('atsEntityAclAssignees', '&count=1001')).status).toBe(400);
    const foreign = await world.ats();
    const path = `/v2/atsEntityAclAssignees?q=criteria&integrationContext=${foreign.organisation}&dataProvider=ATS`;
    expect((await call(world, ats, { method: 'GET', path })).status).toBe(403);
  });

  it('SY17 only jobs can be secured', async () => {
    const wrong = acl('g', 'J');
    wrong[3] = 'APPLICATION';
    const answer = await batch(world, ats, 'PUT', ACLS, [
      [wrong, {}],
      [acl('g', 'J'), {}],
    ]);
    expect(Object.values(answer.body.errors)).toMatchObject([
      { status: 422, message: expect.stringContaining('/atsEntityType') },
    ]);
    expect(Object.keys(answer.body.results)).toHaveLength(1);
  });

  function nextOf(answer: {
    body: { paging: { links: { rel: string; href: string }[] } };
  }): string | undefined {
    return answer.body.paging.links.find(({ rel }) => rel === 'next')?.href;
  }
});

describe('applications', () => {
  it('SY4 L-057 L-058 an application sent before its job belongs to that job', async () => {
    const answer = await batch(world, ats, 'PUT', resource('atsApplications'), [
      [['APP', 'ATS', ats.organisation], applicationRecord({ atsJobPostingId: 'LATER' })],
    ]);
    expect(Object.values(answer.body.results)).toEqual([{ status: 204 }]);
    for (const [name, entity] of [
      ['notes', { note: 'n' }],
      ['interviewFeedback', { feedback: 'f' }],
      ['stages', { stage: 'Applied', atsCreatedAt: 1 }],
    ] as const) {
      const child = await batch(world, ats, 'PUT', resource(name, 'atsApplications'), [[['X'], entity]], {
        parentKey: ['APP', 'ATS', ats.organisation],
      });
      expect(child.body.results).toEqual({ X: { status: 204 } });
    }
    expect(await stored('application', 'APP')).toEqual(applicationRecord({ atsJobPostingId: 'LATER' }));
    expect(await stored('stage', 'APP', 'X')).toEqual({ stage: 'Applied', atsCreatedAt: 1 });
  });
});
