import {
  REST_RESOURCES,
  type RecordKind,
  type ResourceDefinition,
  ROOTS,
  recordToWire,
} from '@carrick/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configOf } from '../config.ts';
import { createHttpEdge } from '../kernel/http.ts';
import { openTraffic } from '../traffic/index.ts';
import { recordRoutes } from './routes.ts';
import { applicationRecord, candidateRecord, dumped, nameOf } from './testing/store.ts';
import { batch, call, resource, type TestAts, type TestWire, testWire } from './testing/wire.ts';

let world: TestWire;
let ats: TestAts;
beforeAll(async () => {
  world = await testWire();
  ats = await world.ats();
});
afterAll(() => world.close());

const rest = (name: string): ResourceDefinition => {
  const found = REST_RESOURCES.find((each) => each.name === name);
  if (!found) throw new Error(`no resource ${name}`);
  return found;
};
const VERSION = { 'LinkedIn-Version': '202604' };
const V2 = resource('atsCandidates');
const REST = rest('candidates');
const stored = async (kind: RecordKind, ...key: string[]) =>
  (await dumped(world.ctx, ats)).get(nameOf(kind, key));

const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 8 }),
  fc.constantFrom("&=%+(),:'", 'é😀', 'a+b c%20', '__proto__', 'atsCreatedAt'),
);
const time = fc.integer({ min: 1, max: 2_000_000_000_000 });
function optional<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined });
}
const candidate = fc
  .record({
    atsCreatedAt: time,
    firstName: text,
    lastName: text,
    emailAddresses: fc.array(fc.constantFrom('a@b.example', 'c@d.example'), { maxLength: 2 }),
    externalProfileUrl: optional(text),
    phoneNumbers: optional(fc.array(fc.record({ number: text }), { maxLength: 2 })),
    addresses: optional(fc.array(fc.record({ city: text, country: text }), { maxLength: 1 })),
    currentJobTitle: optional(text),
    doNotContact: optional(fc.boolean()),
  })
  .map((record) => defined({ ...record, atsLastModifiedAt: record.atsCreatedAt + 1 }));
const note = fc
  .record({
    note: optional(text),
    author: optional(fc.record({ firstName: text, lastName: text })),
    atsCreatedAt: optional(time),
  })
  .map(defined);
/** What a database can keep of a key: neither NUL nor nothing. */
const id = text.filter((value) => !value.includes('\u0000'));

function defined(record: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

describe('both dialects over one store', () => {
  it('WP46 a candidate written through one is read through the other, field for field', async () => {
    const v2Key = (name: string) => [name, 'ATS', ats.organisation];
    const restKey = (name: string) => [name, ats.organisation];
    const version = fc.constantFrom('1.0.0' as const, '2.0.0' as const);
    await fc.assert(
      fc.asyncProperty(id, candidate, fc.boolean(), version, async (name, record, isRest, spoken) => {
        const [from, to] = isRest ? [REST, V2] : [V2, REST];
        const [fromKey, toKey] = isRest ? [restKey(name), v2Key(name)] : [v2Key(name), restKey(name)];
        const options = { version: spoken, headers: VERSION };
        const put = await batch(world, ats, 'PUT', from, [[fromKey, recordToWire(from, record)]], options);
        expect(put.body.errors).toEqual({});
        const got = await batch(world, ats, 'GET', to, [[toKey]], options);
        expect(Object.values(got.body.results)).toEqual([recordToWire(to, record)]);
        const same = await batch(world, ats, 'GET', from, [[fromKey]], options);
        expect(Object.values(same.body.results)).toEqual([recordToWire(from, record)]);
        expect(await stored('candidate', name)).toEqual(record);
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  it('WP46 notes, applications, ACLs and assignees are the same records under both', async () => {
    const scope = ats.organisation;
    const v2Parent = ['P', 'ATS', scope];
    await fc.assert(
      fc.asyncProperty(id, note, async (name, record) => {
        for (const [v2, flat, kind] of [
          [resource('notes', 'atsCandidates'), rest('candidateNotes'), 'candidateNote'],
          [resource('notes', 'atsApplications'), rest('applicationNotes'), 'applicationNote'],
        ] as const) {
          const whole = { ...record, externalLastModifiedAt: 5 };
          const flatKey = ['P', scope, name];
          const options = { headers: VERSION };
          const put = await batch(world, ats, 'PUT', flat, [[flatKey, recordToWire(flat, whole)]], options);
          expect(Object.values(put.body.results)).toEqual([{ status: 204 }]);
          expect(await stored(kind, 'P', name)).toEqual(whole);
          const gone = await batch(world, ats, 'DELETE', v2, [[[name]]], { parentKey: v2Parent });
          expect(Object.values(gone.body.results)).toEqual([{ status: 204 }]);
          await batch(world, ats, 'PUT', v2, [[[name], record]], { parentKey: v2Parent });
          expect(await stored(kind, 'P', name)).toEqual(record);
          const again = await batch(world, ats, 'DELETE', flat, [[flatKey]], options);
          expect(Object.values(again.body.results)).toEqual([{ status: 204 }]);
        }
      }),
      { numRuns: 15, seed: 4 },
    );
    const applications = rest('atsApplications');
    await batch(world, ats, 'PUT', applications, [[['A', scope], applicationRecord()]], { headers: VERSION });
    expect(await stored('application', 'A')).toEqual(applicationRecord());

    const acl = rest('entityAcls');
    await batch(
      world,
      ats,
      'PUT',
      acl,
      [
        [['eng', scope, 'JOB_POSTING', 'J1'], {}],
        [['eng', scope, 'JOB_REQUISITION', 'J2'], {}],
      ],
      { headers: VERSION },
    );
    const v2Acls = await call(world, ats, {
      method: 'GET',
      path: `/v2/atsEntityAcls?q=criteria&integrationContext=${scope}&dataProvider=ATS`,
    });
    expect(v2Acls.body.elements).toEqual(
      ['J1', 'J2'].map((atsEntityId) => ({
        atsEntityAclId: 'eng',
        dataProvider: 'ATS',
        integrationContext: scope,
        atsEntityType: 'JOB_POSTING',
        atsEntityId,
      })),
    );
    const found = await call(world, ats, {
      method: 'GET',
      headers: VERSION,
      path: `/rest/entityAcls?q=criteria&integrationContext=${scope}&dataProvider=ATS&entityType=JOB_REQUISITION&entityId=J2&pagingFields=total`,
    });
    expect(found.body).toEqual({
      elements: [
        { entityAclId: 'eng', integrationContext: scope, entityType: 'JOB_POSTING', entityId: 'J2' },
      ],
      paging: { total: 1 },
    });
    const assignees = rest('entityAclAssignees');
    const key = ['eng', scope, ats.person(7), 'JOB_POSTING'];
    await batch(world, ats, 'PUT', assignees, [[key, {}]], { headers: VERSION });
    expect(await stored('entityAclAssignee', '7', 'JOB_POSTING', 'eng')).toEqual({});
  });

  it('WP46 WP47 refusals name fields and parts as the dialect does; the other names are not stored', async () => {
    const put = (record: unknown, key = ['bad', ats.organisation]) =>
      batch(world, ats, 'PUT', REST, [[key, record]], { headers: VERSION });
    const good = recordToWire(REST, candidateRecord());
    const first = async (record: unknown, key?: string[]) =>
      Object.values((await put(record, key)).body.errors)[0] as { message: string } | undefined;
    const missing = 'field is required but not found and has no default value\n';
    expect((await first({ ...good, externalCreatedAt: undefined }))?.message).toBe(
      `ERROR :: /externalCreatedAt :: ${missing}`,
    );
    expect((await first({ ...good, externalLastModifiedAt: 1 }))?.message).toBe(
      'ERROR :: /externalLastModifiedAt :: is before externalCreatedAt\n',
    );
    expect((await first(candidateRecord()))?.message).toContain('/externalCreatedAt');
    expect((await first(good, ['', ats.organisation]))?.message).toContain('/externalCandidateId');
    expect(await first({ ...good, atsCreatedAt: 77 })).toBeUndefined();
    expect(await stored('candidate', 'bad')).toEqual(candidateRecord());
    const v2 = await batch(world, ats, 'PUT', V2, [
      [['v2', 'ATS', ats.organisation], { ...candidateRecord(), externalCreatedAt: 77 }],
    ]);
    expect(v2.body.errors).toEqual({});
    expect(await stored('candidate', 'v2')).toEqual(candidateRecord());
  });

  it('WP46 dataProvider is ignored where it is sent, $params too', async () => {
    const organisation = encodeURIComponent(ats.organisation);
    for (const key of [
      `ids[0].externalCandidateId=dp&ids[0].integrationContext=${organisation}&ids[0].dataProvider=ATS`,
      `ids[0].externalCandidateId=dp&ids[0].integrationContext=${organisation}&ids[0].dataProvider=PARTNER`,
    ]) {
      const body = {
        entities: {
          [`dataProvider=ATS&externalCandidateId=dp&integrationContext=${ats.organisation}`]: recordToWire(
            REST,
            candidateRecord(),
          ),
        },
      };
      const answer = await call(world, ats, {
        method: 'PUT',
        path: `/rest/candidates?${key}`,
        headers: VERSION,
        body,
      });
      expect(answer.body.results).toEqual({
        [`externalCandidateId=dp&integrationContext=${organisation}`]: { status: 204 },
      });
    }
    const answer = await call(world, ats, {
      method: 'GET',
      path: `/rest/candidates?ids=List(($params:(),externalCandidateId:dp,integrationContext:${organisation.toLowerCase()}))`,
      headers: { ...VERSION, 'X-RestLi-Protocol-Version': '2.0.0' },
    });
    expect(Object.keys(answer.body.results)).toEqual([
      `(externalCandidateId:dp,integrationContext:${ats.organisation.replaceAll(':', '%3A')})`,
    ]);
  });

  it('WP48 jobs name their company by company, with ids of at most 75 characters', async () => {
    const job = {
      externalJobPostingId: 'R1',
      title: 'Engineer',
      description: 'd'.repeat(100),
      location: 'Berlin, Germany',
      companyApplyUrl: 'https://jobs.example.com/1',
      listedAt: 1_700_000_000_000,
      availability: 'PUBLIC',
      jobPostingOperationType: 'CREATE',
    };
    const post = (root: string, ...elements: unknown[]) =>
      call(world, ats, {
        method: 'POST',
        path: `${root}simpleJobPostings`,
        headers: { ...VERSION, 'X-RestLi-Method': 'batch_create' },
        body: { elements },
      });
    const long = 'x'.repeat(76);
    const foreign = 'urn:li:organization:999';
    const answer = await post(
      ROOTS.rest,
      { ...job, company: ats.organisation },
      { ...job, company: ats.organisation, externalJobPostingId: long },
      { ...job, company: foreign, integrationContext: ats.organisation },
    );
    expect(answer.body.elements).toMatchObject([
      { status: 202 },
      { status: 422, error: { message: 'ERROR :: /externalJobPostingId :: is longer than 75 characters\n' } },
      { status: 403, error: { code: 'CONTEXT_NOT_OWNED' } },
    ]);
    const older = await post(ROOTS.v2, {
      ...job,
      integrationContext: ats.organisation,
      externalJobPostingId: long,
    });
    expect(older.body.elements).toMatchObject([{ status: 202 }]);
    const [{ id: task }] = answer.body.elements;
    for (const root of Object.values(ROOTS)) {
      const path = `${root}simpleJobPostingTasks?ids=${task}&fields=status,externalJobPostingId`;
      const tasks = await call(world, ats, { method: 'GET', path, headers: VERSION });
      expect(tasks.body.results).toEqual({ [task]: { status: 'SUCCEEDED', externalJobPostingId: 'R1' } });
    }
  });
});

describe('keys', () => {
  it('WP12 L-019 are recognised in any order of their parts, with the URN inside escaped or not', async () => {
    const raw = ats.organisation;
    const escaped = encodeURIComponent(raw);
    const orders = (parts: readonly string[]): string[][] =>
      parts.length < 2
        ? [[...parts]]
        : parts.flatMap((first, i) => orders(parts.toSpliced(i, 1)).map((others) => [first, ...others]));
    for (const [inUrl, inBody] of [raw, escaped, escaped.toLowerCase()].flatMap((a) =>
      [raw, escaped, escaped.toLowerCase()].map((b) => [a, b] as const),
    )) {
      for (const order of orders([`atsCandidateId=k`, `dataProvider=ATS`, `integrationContext=${inBody}`])) {
        const ids = order.map((pair) => `ids[0].${pair.replace(inBody, inUrl)}`).toReversed();
        const answer = await call(world, ats, {
          method: 'PUT',
          path: `/v2/atsCandidates?${ids.join('&')}`,
          body: { entities: { [order.join('&')]: candidateRecord() } },
        });
        expect(answer.body).toEqual({
          results: { [`atsCandidateId=k&dataProvider=ATS&integrationContext=${escaped}`]: { status: 204 } },
          errors: {},
        });
      }
    }
  });
});

describe('versions', () => {
  it('WP45 a request without a version, or with a retired one, is refused by the gateway', async () => {
    const path = `/rest/candidates?ids=List()`;
    for (const [version, status, code, message] of [
      [
        undefined,
        400,
        'VERSION_MISSING',
        'A version must be present. Please specify a version by adding the LinkedIn-Version header.',
      ],
      ['202301', 426, 'NONEXISTENT_VERSION', 'Requested version 202301 is not active'],
      ['20230101', 426, 'NONEXISTENT_VERSION', 'Requested version 20230101 is not active'],
      ['202613', 426, 'NONEXISTENT_VERSION', 'Requested version 202613 is not active'],
    ] as const) {
      const headers: Record<string, string> = version === undefined ? {} : { 'LinkedIn-Version': version };
      const answer = await call(world, ats, { method: 'GET', path, headers });
      expect(answer).toMatchObject({ status, body: { status, code, message } });
      expect(answer.headers.get('x-restli-gateway-error')).toBe('true');
      expect(answer.headers.get('x-linkedin-error-response')).toBe('true');
    }
    const headers = { 'LinkedIn-Version': '202504', 'X-RestLi-Protocol-Version': '2.0.0' };
    const answer = await call(world, ats, { method: 'GET', path, headers });
    expect(answer).toMatchObject({ status: 200, body: { results: {}, errors: {}, statuses: {} } });
    expect(answer.headers.get('x-restli-gateway-error')).toBeNull();
  });

  it('WP49 resources without a known body are there only behind their switch', async () => {
    const scope = ats.organisation;
    const cases: readonly (readonly [name: string, key: readonly string[], record: object])[] = [
      ['applicationStage', ['U', scope, 'S1'], { stage: 'Applied', atsCreatedAt: 1 }],
      ['applicationInterviewFeedbacks', ['U', scope, 'F1'], { feedback: 'good' }],
      [
        'jobRequisitions',
        ['Q1', scope],
        {
          title: 'Engineer',
          description: 'secret',
          location: 'Berlin, Germany',
          companyApplyUrl: 'https://jobs.example.com/1',
          listedAt: 1_700_000_000_000,
        },
      ],
    ];
    const put = (on: TestWire, [name, key, record]: (typeof cases)[number]) =>
      batch(on, ats, 'PUT', rest(name), [[key, record]], { headers: VERSION });
    for (const each of cases)
      expect(await put(world, each)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });

    const ctx = { ...world.ctx, config: configOf({ unseenResources: true, quotas: false }) };
    const edge = createHttpEdge(ctx.log, () => {});
    const { port } = await edge.listen('127.0.0.1', 0);
    edge.open(recordRoutes({ ...world.store, ctx }, openTraffic(ctx)));
    try {
      const switchedOn = { ...world, baseUrl: `http://127.0.0.1:${port}` };
      for (const each of cases)
        expect(Object.values((await put(switchedOn, each)).body.results)).toEqual([{ status: 204 }]);
      const noTitle = await put(switchedOn, ['jobRequisitions', ['Q2', scope], { title: '' }]);
      expect(Object.values(noTitle.body.errors)).toMatchObject([{ status: 422 }]);
    } finally {
      await edge.close();
    }
    expect(await stored('stage', 'U', 'S1')).toEqual({ stage: 'Applied', atsCreatedAt: 1 });
    expect(await stored('interviewFeedback', 'U', 'F1')).toEqual({ feedback: 'good' });
    expect(await stored('job', 'Q1')).toMatchObject({ availability: 'PRIVATE_TO_ATS_INTEGRATION' });
  });
});

describe('one record', () => {
  const key = (name: string) =>
    `atsCandidateId=${encodeURIComponent(name)}&dataProvider=ATS&integrationContext=${ats.organisation}`;

  it('WP42 WP44 is put, read, patched and deleted by the key in its path, in both versions and dialects', async () => {
    const name = "a/b&c=(1),':%+é😀";
    const organisation = encodeURIComponent(ats.organisation);
    const v2 = `/v2/atsCandidates/${key(name)}`;
    const escaped = encodeURIComponent(name).replace(
      /[()']/g,
      (char) => `%${char.charCodeAt(0).toString(16)}`,
    );
    const rest2 = `/rest/candidates/(integrationContext:${organisation},externalCandidateId:${escaped})`;
    const newer = { ...VERSION, 'X-RestLi-Protocol-Version': '2.0.0' };
    const one = (method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body?: unknown, headers = {}) =>
      call(world, ats, { method, path, headers, ...(body === undefined ? {} : { body }) });

    const put = await one('PUT', v2, candidateRecord());
    expect([put.status, put.body, put.headers.get('content-type')]).toEqual([204, null, null]);
    expect(put.headers.get('x-restli-protocol-version')).toBe('1.0.0');
    const nested = { addresses: { $set: { a: 1 } } };
    expect(
      await one('POST', v2, { patch: { $set: { currentJobTitle: 'Countess' }, $delete: ['suffix'] } }),
    ).toMatchObject({ status: 204 });
    expect(await one('POST', v2, { patch: nested })).toMatchObject({
      status: 422,
      body: { code: 'INVALID_RECORD' },
    });
    expect((await one('GET', v2)).body).toEqual({ ...candidateRecord(), currentJobTitle: 'Countess' });
    expect(
      (
        await one(
          'GET',
          `${rest2}?fields=externalCreatedAt,emailAddresses:($start:0,$count:0)`,
          undefined,
          newer,
        )
      ).body,
    ).toEqual({
      externalCreatedAt: candidateRecord().atsCreatedAt,
      emailAddresses: [],
    });
    expect((await one('DELETE', rest2, undefined, newer)).status).toBe(204);
    expect(await one('GET', v2)).toMatchObject({ status: 404, body: { status: 404, code: 'NOT_FOUND' } });
    expect(await one('PUT', v2, {})).toMatchObject({ status: 422, body: { code: 'INVALID_RECORD' } });
    expect(await one('GET', `/v2/atsCandidates/${key('x')}?ids=1`)).toMatchObject({ status: 400 });
    expect(await one('GET', `/v2/atsCandidates/nonsense=1`)).toMatchObject({ status: 400 });

    const child = `/v2/atsApplications/atsJobApplicationId=Z&dataProvider=ATS&integrationContext=${ats.organisation}/stages/S1`;
    expect((await one('PUT', child, { stage: 'Applied', atsCreatedAt: 1 })).status).toBe(204);
    expect(await stored('stage', 'Z', 'S1')).toEqual({ stage: 'Applied', atsCreatedAt: 1 });
    expect((await one('GET', child)).status).toBe(400);
    expect((await one('DELETE', child)).status).toBe(204);
    expect((await one('DELETE', child)).status).toBe(404);
  });

  it('WP43 a posting that is created alone answers with its id in both headers', async () => {
    const job = {
      integrationContext: ats.organisation,
      externalJobPostingId: "&=%+(),:'😀",
      title: 'Engineer',
      description: 'd'.repeat(100),
      location: 'Berlin, Germany',
      companyApplyUrl: 'https://jobs.example.com/1',
      listedAt: 1_700_000_000_000,
    };
    const post = (headers: Record<string, string>, body: unknown = job) =>
      call(world, ats, { method: 'POST', path: '/v2/simpleJobPostings', headers, body });
    const created = await post({ 'X-RestLi-Method': 'CREATE' });
    const id = created.headers.get('x-restli-id') ?? '';
    expect(created.status).toBe(202);
    expect(id).toMatch(/^urn:li:simpleJobPostingTask:[0-9a-f-]{36}$/);
    expect(created.headers.get('x-linkedin-id')).toBe(id);
    expect(created.headers.get('location')).toBe(`/simpleJobPostings/${encodeURIComponent(id)}`);
    const task = await call(world, ats, { method: 'GET', path: `/v2/simpleJobPostingTasks/${id}` });
    expect(task.body).toMatchObject({
      id,
      status: 'SUCCEEDED',
      externalJobPostingId: job.externalJobPostingId,
    });
    expect((await post({})).status).toBe(403);
    expect(await post({ 'X-RestLi-Method': 'create' }, {})).toMatchObject({ status: 400 });
  });
});
