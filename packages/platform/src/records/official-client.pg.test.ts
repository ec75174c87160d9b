import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { applicationRecord, candidateRecord } from './testing/store.ts';
import { type TestAts, type TestWire, testWire } from './testing/wire.ts';

/** Its licence allows use and no copies: it is fetched for the test and thrown away. */
const PACKAGE = 'linkedin-api-client@0.3.0';
const ORIGIN = 'https://api.linkedin.com';

interface ClientAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever the test expects it to be
  readonly data: any;
  readonly createdEntityId?: string;
}

type Send = (options: Readonly<Record<string, unknown>>) => Promise<ClientAnswer>;
type Verb =
  | 'get'
  | 'batchGet'
  | 'batchUpdate'
  | 'batchPartialUpdate'
  | 'batchDelete'
  | 'finder'
  | 'create'
  | 'update'
  | 'partialUpdate'
  | 'delete';
type Client = Readonly<Record<Verb, Send>> & {
  readonly axiosInstance: {
    readonly interceptors: { readonly request: { use(redirect: (r: { url: string }) => object): void } };
  };
};

let world: TestWire;
let ats: TestAts;
let client: Client | null = null;
let problem = '';
const folder = mkdtempSync(join(tmpdir(), 'carrick-client-'));

beforeAll(async () => {
  world = await testWire();
  ats = await world.ats();
  const args = ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', PACKAGE];
  const npm = spawnSync('npm', args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 50_000,
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) {
    problem = `${PACKAGE} could not be installed: ${npm.error?.message ?? npm.stderr.slice(-300)}`;
    return;
  }
  const { RestliClient } = createRequire(join(folder, 'package.json'))('linkedin-api-client') as {
    RestliClient: new () => Client; // what its documentation says it exports
  };
  client = new RestliClient();
  client.axiosInstance.interceptors.request.use((request) => {
    request.url = request.url.replace(ORIGIN, world.baseUrl);
    return request;
  });
}, 90_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world.close();
});

function use({ skip }: TestContext): Client {
  if (!client) return skip(problem);
  return client;
}

const NASTY = ["&=%+(),:'", 'é😀 +', "a''b", '%41', 'x/y?z#', '~!*', '候補者'];

describe('the official client', () => {
  const dialects = [
    ['/atsCandidates', undefined, 'atsCreatedAt', 'atsLastModifiedAt'],
    ['/candidates', '202604', 'externalCreatedAt', 'externalLastModifiedAt'],
  ] as const;

  function batchOf(resourcePath: string, names: readonly string[]) {
    const isRest = resourcePath === '/candidates';
    const ids = names.map((name) =>
      isRest
        ? { externalCandidateId: name, integrationContext: ats.organisation }
        : { atsCandidateId: name, dataProvider: 'ATS', integrationContext: ats.organisation },
    );
    return { resourcePath, ids, accessToken: ats.token, versionString: isRest ? '202604' : undefined };
  }

  it.for(dialects)(
    'WP51 puts, gets and deletes batches with keys of any characters: %s',
    async ([path, , created, modified], context) => {
      const { batchUpdate, batchGet, batchDelete } = bound(use(context));
      const call = batchOf(path, NASTY);
      const { atsCreatedAt, atsLastModifiedAt, ...record } = candidateRecord();
      const entities = NASTY.map((firstName) => ({
        ...record,
        [created]: atsCreatedAt,
        [modified]: atsLastModifiedAt,
        firstName,
      }));
      const put = await batchUpdate({ ...call, entities });
      expect(put.data.errors).toEqual({});
      expect(Object.values(put.data.results)).toEqual(NASTY.map(() => ({ status: 204 })));
      const got = await batchGet(call);
      expect(Object.values(got.data.results)).toEqual(entities);
      expect(got.headers['x-restli-protocol-version']).toBe('2.0.0');
      const projected = await batchGet({ ...call, queryParams: { fields: 'firstName' } });
      expect(Object.values(projected.data.results)).toEqual(NASTY.map((firstName) => ({ firstName })));
      const gone = await batchDelete(call);
      expect(Object.values(gone.data.results)).toEqual(NASTY.map(() => ({ status: 204 })));
      expect((await batchGet(call)).data).toMatchObject({ results: {}, statuses: {} });
    },
  );

  it('WP51 patches, and tunnels a full batch', async (context) => {
    const { batchUpdate, batchPartialUpdate, batchGet, batchDelete } = bound(use(context));
    const names = Array.from({ length: 100 }, (_, i) => `${i} ${NASTY[i % NASTY.length]}`);
    const call = batchOf('/atsCandidates', names);
    await batchUpdate({ ...call, entities: names.map(() => candidateRecord()) });
    const patched = await batchPartialUpdate({
      ...call,
      patchSetObjects: names.map((firstName) => ({ firstName, manualMatchedMember: ats.person(9) })),
    });
    expect(patched.data.errors).toEqual({});
    const got = await batchGet(call);
    expect(Object.values(got.data.results)).toEqual(
      names.map((firstName) => ({ ...candidateRecord(), firstName, manualMatchedMember: ats.person(9) })),
    );
    // It overrides a deletion's verb with GET and says batch_delete: refused, never run as either.
    await expect(batchDelete(call)).rejects.toMatchObject({
      response: { status: 400, data: { message: expect.stringContaining('batch_delete') } },
    });
    expect(Object.keys((await batchGet(call)).data.results)).toHaveLength(100);
  });

  it('WP51 finds, page by page, and reads empty strings and lists', async (context) => {
    const { batchUpdate, finder } = bound(use(context));
    const scope = { integrationContext: ats.organisation };
    const ids = NASTY.map((entityAclId) => ({
      ...scope,
      entityAclId,
      entityType: 'JOB_POSTING',
      entityId: "J'(1)",
    }));
    const call = { resourcePath: '/entityAcls', accessToken: ats.token, versionString: '202604' };
    await batchUpdate({ ...call, ids, entities: ids.map(() => ({})) });
    const criteria = { ...scope, entityType: 'JOB_POSTING', entityId: "J'(1)", count: 3 };
    const pages = [];
    for (let start = 0; start < NASTY.length; start += 3)
      pages.push(await finder({ ...call, finderName: 'criteria', queryParams: { ...criteria, start } }));
    const found = pages.flatMap(({ data }) => data.elements);
    expect(new Set(found.map(({ entityAclId }) => entityAclId))).toEqual(new Set(NASTY));
    expect(found).toHaveLength(NASTY.length);
    const none = await finder({ ...call, finderName: 'criteria', queryParams: { ...scope, entityId: '' } });
    expect(none.data).toMatchObject({ elements: [], paging: { total: 0, start: 0, count: 10 } });
  });

  it('WP51 WP43 creates and reads the id of what was created', async (context) => {
    const { create, get } = bound(use(context));
    for (const name of NASTY) {
      const entity = {
        integrationContext: ats.organisation,
        externalJobPostingId: name,
        title: 'Engineer',
        description: 'd'.repeat(100),
        location: 'Berlin, Germany',
        companyApplyUrl: 'https://jobs.example.com/1',
        listedAt: 1_700_000_000_000,
      };
      const created = await create({ resourcePath: '/simpleJobPostings', entity, accessToken: ats.token });
      expect(created.createdEntityId).toMatch(/^urn:li:simpleJobPostingTask:/);
      const task = await get({
        resourcePath: '/simpleJobPostingTasks/{id}',
        pathKeys: { id: created.createdEntityId },
        accessToken: ats.token,
      });
      expect(task.data).toMatchObject({ status: 'SUCCEEDED', externalJobPostingId: name });
    }
  });

  it('WP51 WP42 updates, patches, gets and deletes one record by its path, children too', async (context) => {
    const { update, partialUpdate, get, delete: remove, batchUpdate } = bound(use(context));
    for (const name of NASTY) {
      const key = { atsCandidateId: name, dataProvider: 'ATS', integrationContext: ats.organisation };
      const one = { resourcePath: '/atsCandidates/{id}', pathKeys: { id: key }, accessToken: ats.token };
      expect((await update({ ...one, entity: candidateRecord() })).status).toBe(204);
      expect((await partialUpdate({ ...one, patchSetObject: { firstName: name } })).status).toBe(204);
      expect((await get(one)).data).toEqual({ ...candidateRecord(), firstName: name });
      const notes = {
        ...one,
        resourcePath: '/atsCandidates/{id}/notes',
        ids: [name],
        entities: [{ note: name }],
      };
      expect((await batchUpdate(notes)).data.errors).toEqual({});
      expect((await remove(one)).status).toBe(204);
      await expect(get(one)).rejects.toMatchObject({ response: { status: 404 } });
    }
    const application = { resourcePath: '/atsApplications/{id}', accessToken: ats.token };
    const pathKeys = {
      id: { atsJobApplicationId: 'A', dataProvider: 'ATS', integrationContext: ats.organisation },
    };
    expect((await update({ ...application, pathKeys, entity: applicationRecord() })).status).toBe(204);
  });
});

/** Its methods need their object. */
function bound(of: Client): Readonly<Record<Verb, Send>> {
  const bind = (verb: Verb): [Verb, Send] => [verb, (options) => of[verb](options)];
  const verbs: readonly Verb[] = [
    'get',
    'batchGet',
    'batchUpdate',
    'batchPartialUpdate',
    'batchDelete',
    'finder',
    'create',
    'update',
    'partialUpdate',
    'delete',
  ];
  return Object.fromEntries(verbs.map(bind)) as Record<Verb, Send>; // all of them
}
