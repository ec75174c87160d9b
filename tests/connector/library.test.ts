import { once } from 'node:events';
import { appendFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  type ConnectorConfig,
  fileStore,
  type History,
  type HistoryProgress,
} from '../../packages/connector/src/index.ts';
import { findOauthApplication } from '../../packages/platform/src/index.ts';
import {
  application,
  candidate,
  job,
  type LibraryWorld,
  onboard,
  openLibraryWorld,
  stage,
} from './library-world.ts';
import { type SeenRequest, writes } from './wire-proxy.ts';

let world: LibraryWorld;
beforeAll(async () => {
  world = await openLibraryWorld();
});
afterEach(() => {
  world.proxy.fault = () => undefined;
  world.proxy.seen.length = 0;
});
afterAll(() => world.close());

/** A company that is switched on, its ATS's connector, and short ways to change something in the ATS. */
async function ready(name: string, config: Partial<ConnectorConfig<null>> = {}) {
  const company = await world.company(name);
  const ats = await world.connector(await world.store(), config);
  const { clientId } = await onboard(ats, company);
  world.clock.advance(300_000);
  const { connector } = ats;
  await connector.runOnce();
  world.proxy.seen.length = 0;
  const id = company.id;
  return {
    ...ats,
    company,
    clientId,
    id,
    record: ((kind, key, record) => connector.record(null, id, kind, key, record)) as <
      K extends keyof History & string,
    >(
      kind: K,
      key: Parameters<typeof connector.record<K>>[3],
      record: Parameters<typeof connector.record<K>>[4],
    ) => Promise<void>,
  };
}

/** The resources that were written to, in their order. */
const written = () => [
  ...new Set(
    writes(world.proxy.seen).map(({ path, headers, method }) => {
      const [, , name, , child] = path.split('/');
      return `${headers['x-http-method-override'] ?? method} ${child ?? name}`;
    }),
  ),
];

const HISTORY: History = {
  stage: [{ key: { application: 'A1', id: 'S1' }, record: stage('Interview') }],
  job: { total: 1, rows: [{ key: 'J1', record: job('Baker') }] },
  candidate: [{ key: 'C1', record: candidate('Ada') }],
  application: [{ key: 'A1', record: application('C1', 'J1') }],
};

describe('customers', () => {
  test('CO37 CO35 CO32 L-002 L-023 a customer is provisioned, configured, noticed and gets its history', async () => {
    const company = await world.company('Larch');
    const told: string[] = [];
    const ats = await world.connector(await world.store(), {
      history: () => HISTORY,
      on: { enabled: (customer) => void told.push(customer.id) },
    });
    const { customers } = ats.connector;
    const added = await customers.add({ id: 'larch', name: 'Larch', viewers: 'everyone' });
    expect(await customers.add({ id: 'larch', name: 'Larch' })).toEqual(added);
    expect(added).toMatchObject({
      organization: null,
      integrations: [],
      callbackUrl: `${ats.callback}/larch`,
    });
    await company.request(added.clientId);
    await customers.onboarded('larch', company.triples);
    await ats.connector.runOnce();
    const configured = await customers.get('larch');
    expect(configured).toMatchObject({ organization: company.organization, contracts: [company.contract] });
    expect(configured?.integrations.map(({ status }) => status)).toEqual(Array(4).fill('PARTNER_READY'));
    // Calls about integrations were a second apart: the platform refuses others.
    expect(world.proxy.seen.filter(({ path }) => path.endsWith('atsIntegrations')).length).toBeGreaterThan(1);
    expect(told).toEqual([]);

    const before = ats.log.length;
    await company.switchOn(added.clientId);
    // The platform says so by itself.
    await expect.poll(() => ats.connector.runOnce().then(({ sent }) => sent), { timeout: 60_000 }).toBe(4);
    expect(told).toEqual(['larch']);
    expect(await company.held()).toEqual({
      job: ['J1'],
      candidate: ['C1'],
      application: ['A1'],
      stage: ['A1 S1'],
    });
    // A call later: how much there is was told as well.
    expect((await customers.get('larch'))?.historySentAt).toBeGreaterThan(world.clock.now() - 1_000);
    expect(ats.log.slice(before).filter(({ level }) => level === 'warn')).toEqual([]);
    await expect(
      customers.onboarded('larch', [
        {
          ...(company.triples[0] as (typeof company.triples)[0]),
          integrationContext: 'urn:li:organization:other',
        },
      ]),
    ).rejects.toThrow('another company');
  });

  test('CO36 CO52 L-002 credentials are encrypted, survive a restart and serve one customer only', async () => {
    const [oak, elm] = [await world.company('Oak'), await world.company('Elm')];
    const store = await fileStore(join(world.folder, 'credentials'));
    const ats = await world.connector(store);
    for (const company of [oak, elm]) await onboard(ats, company);
    for (const { id } of [oak, elm])
      await ats.connector.record(null, id, 'candidate', 'C1', candidate(id === 'oak' ? 'Ada' : 'Grace'));
    world.clock.advance(300_000);
    await ats.connector.runOnce();
    expect((await oak.held()).candidate).toEqual(['C1']);
    expect((await elm.held()).candidate).toEqual(['C1']);
    const { clientId } = (await ats.connector.customers.get('oak')) ?? { clientId: '' };
    const { clientSecret } = (await findOauthApplication(world.ctx, clientId)) ?? { clientSecret: '' };
    const folder = join(world.folder, 'credentials');
    await store.close();
    const journal = readFileSync(join(folder, 'journal.jsonl'), 'utf8');
    expect(journal).toContain(clientId);
    expect(journal).not.toContain(clientSecret);
    // Killed in the middle of a write.
    appendFileSync(join(folder, 'journal.jsonl'), '{"done":[],"entr');

    const again = await world.connector(await fileStore(folder));
    await expect(fileStore(folder)).rejects.toThrow('works with this folder');
    await again.connector.record(null, 'elm', 'candidate', 'C2', candidate('Joan'));
    expect(await again.connector.runOnce()).toMatchObject({ sent: 1, failing: [] });
    expect((await elm.held()).candidate).toEqual(['C1', 'C2']);
    await again.connector.close();
    const stranger = await world.connector(await fileStore(folder), { secretsKey: 'ff'.repeat(32) });
    expect((await stranger.connector.runOnce()).failing).toMatchObject([
      { customerId: 'elm', reason: expect.stringContaining('secretsKey') },
      { customerId: 'oak' },
    ]);
  });
});

test('CO33 a refused record waits with reason and remedy, and goes when it is fixed', async () => {
  const { connector, id, record, company } = await ready('Beech');
  await record('candidate', 'C1', candidate('Ada', { emailAddresses: ['no address'] }));
  await record('candidate', 'C2', candidate('Grace'));
  expect(await connector.runOnce()).toMatchObject({ sent: 1, quarantined: 1, waiting: 0 });
  const [refused] = await connector.quarantine.list(id);
  expect(refused).toMatchObject({ kind: 'candidate', id: 'C1', status: 0, attempts: 1 });
  expect(refused?.reason).toContain('/emailAddresses/0');
  expect(refused?.remedy).toContain('recording the record anew');
  await record('candidate', 'C1', candidate('Ada'));
  expect(await connector.runOnce()).toMatchObject({ sent: 1, quarantined: 0 });
  expect(await connector.quarantine.list(id)).toEqual([]);
  expect((await company.held()).candidate).toEqual(['C1', 'C2']);
});

test('CO33 what the platform refuses for a while is tried again by itself', async () => {
  const { connector, id, record, company } = await ready('Birch');
  world.proxy.fault = ({ path, query, body }) => {
    if (!path.startsWith('/v2/atsCandidates') || !`${query}${body}`.includes('C9')) return undefined;
    const key = `atsCandidateId=C9&dataProvider=ATS&integrationContext=${company.organization}`;
    const error = { status: 500, message: 'not now' };
    return { status: 200, body: JSON.stringify({ results: {}, errors: { [key]: error } }) };
  };
  await record('candidate', 'C9', candidate('Ada'));
  await connector.runOnce();
  expect(await connector.quarantine.list(id)).toMatchObject([{ id: 'C9', status: 500 }]);
  world.proxy.fault = () => undefined;
  world.clock.advance(5 * 60_000);
  await connector.runOnce();
  expect(await connector.quarantine.list(id)).toEqual([]);
  expect((await company.held()).candidate).toEqual(['C9']);
});

test('CO31 CO30 rights that were taken away go first, children before parents, a closed job keeps its rules', async () => {
  const { connector, id, record, company, clientId } = await ready('Cedar');
  const rowan = await company.person(clientId, (await company.addSeat('Rowan')).memberId);
  await connector.customers.bindUser(id, 'u7', rowan);
  await record('application', 'A1', application('C1', 'J1'));
  await record('stage', { application: 'A1', id: 'S1' }, stage('Applied'));
  await record('entityAclAssignee', { acl: 'managers', user: 'u7' }, {});
  await record('candidate', 'C1', candidate('Ada'));
  await record('entityAcl', { acl: 'managers', job: 'J1' }, {});
  await record('job', 'J1', job('Baker'));
  await record('job', 'J1', job('Head baker'));
  await connector.runOnce();
  expect(written()).toEqual([
    'POST simpleJobPostings',
    'PUT atsEntityAcls',
    'PUT atsEntityAclAssignees',
    'PUT atsCandidates',
    'PUT atsApplications',
    'PUT stages',
  ]);
  expect(Object.keys(await company.held()).sort()).toEqual(
    ['application', 'candidate', 'entityAcl', 'entityAclAssignee', 'job', 'stage'].sort(),
  );
  world.proxy.seen.length = 0;
  await record('job', 'J1', null);
  await record('entityAcl', { acl: 'managers', job: 'J1' }, null);
  await record('candidate', 'C1', null);
  await record('application', 'A1', null);
  await record('candidate', 'C2', candidate('Grace'));
  await record('entityAclAssignee', { acl: 'managers', user: 'u7' }, null);
  await connector.runOnce();
  expect(written()).toEqual([
    'DELETE atsEntityAclAssignees',
    'PUT atsCandidates',
    'DELETE atsApplications',
    'DELETE atsCandidates',
    'POST simpleJobPostings',
  ]);
  expect(await company.held()).toMatchObject({ candidate: ['C2'], job: ['J1'] });
  expect((await company.held()).entityAcl).toHaveLength(1);
});

test('CO32 CO54 a history repeated sends nothing, loses to what changed meanwhile, and a reconcile deletes', async () => {
  const { connector, id, record, company } = await ready('Fir');
  const first = await connector.backfill(id, HISTORY);
  expect(first.kinds.candidate).toEqual({ sent: 1, unchanged: 0, refused: 0, deleted: 0 });
  world.proxy.seen.length = 0;
  const again = await connector.backfill(id, HISTORY);
  expect(again.kinds.candidate).toEqual({ sent: 0, unchanged: 1, refused: 0, deleted: 0 });
  expect(writes(world.proxy.seen)).toEqual([]);

  const progress: HistoryProgress[] = [];
  async function* jobs() {
    // While the history is being read, the ATS goes on.
    yield { key: 'J1', record: job('Baker') };
    await record('candidate', 'C1', candidate('Augusta'));
    await record('candidate', 'C2', candidate('Grace'));
    await record('candidate', 'C2', null);
  }
  await connector.backfill(
    id,
    {
      job: { total: 1, rows: jobs() },
      candidate: [
        { key: 'C1', record: candidate('Ada', { currentJobTitle: 'as the history read it' }) },
        { key: 'C2', record: candidate('Grace') },
      ],
    },
    (each) => progress.push(each),
  );
  expect((await company.held()).candidate).toEqual(['C1']);
  expect(progress[0]).toMatchObject({ kind: 'job', done: 1, etaMs: 0 });
  expect(
    writes(world.proxy.seen)
      .map(({ body }) => body)
      .join(),
  ).not.toContain('as the history read it');

  world.clock.advance(1);
  const { kinds } = await connector.reconcile(id, { ...HISTORY, stage: [], application: [] });
  expect(kinds.stage).toMatchObject({ deleted: 1 });
  expect(await company.held()).toEqual({ job: ['J1'], candidate: ['C1'] });

  const told = async () =>
    (await company.recordCounts()).map(({ kind, year, records }) => `${kind} ${year}: ${records}`);
  const old = { emailAddresses: ['no address'], atsCreatedAt: Date.UTC(2019, 2, 1) };
  await record('candidate', 'C3', candidate('Mary', old));
  await connector.runOnce();
  // A refused record is one that the ATS has.
  expect(await told()).toEqual(['candidate 2019: 1', 'candidate 2025: 1', 'job 2025: 1']);
  await record('candidate', 'C4', candidate('Edith'));
  await connector.runOnce();
  expect(await told()).toContain('candidate 2025: 1');
  world.clock.advance(24 * 3_600_000);
  await connector.runOnce();
  expect(await told()).toContain('candidate 2025: 2');
});

test('CO55 what was on its way when the answer was lost is sent again, or deleted where the ATS has it no more', async () => {
  const { connector, id, company } = await ready('Rowan');
  const named = (...keys: string[]) => keys.map((key) => ({ key, record: candidate('Ada') }));
  world.proxy.fault = ({ method, path }) =>
    method !== 'GET' && path.startsWith('/v2/atsCandidates') ? 'lose-answer' : undefined;
  await expect(connector.backfill(id, { candidate: named('C1', 'C2') })).rejects.toThrow('Gave up');
  world.proxy.fault = () => undefined;
  expect((await company.held()).candidate).toEqual(['C1', 'C2']);
  world.clock.advance(1);
  const { kinds } = await connector.reconcile(id, { candidate: named('C2') });
  expect(kinds.candidate).toEqual({ sent: 1, unchanged: 0, refused: 0, deleted: 1 });
  expect((await company.held()).candidate).toEqual(['C2']);
});

test('CO46 CO47 too many deletions wait for a word, rights excepted; a field that many lose is named', async () => {
  const { connector, id, record, company, log } = await ready('Hazel', {
    massDelete: { share: 0.05, rows: 5 },
  });
  const ids = Array.from({ length: 12 }, (_, n) => `C${n + 10}`);
  for (const each of ids) await record('candidate', each, candidate('Ada', { currentCompanyName: 'Acorn' }));
  await connector.runOnce();
  for (const each of ids) await record('candidate', each, candidate('Ada'));
  await connector.runOnce();
  expect(log.map(({ message }) => message).join('\n')).toContain(
    '12 records were sent without candidate.currentCompanyName',
  );
  for (const each of ids.slice(0, 6)) await record('candidate', each, null);
  await record('candidate', 'C99', candidate('Grace'));
  expect(await connector.runOnce()).toMatchObject({ sent: 1, deleted: 0, waiting: 6 });
  expect(await connector.heldDeletions(id)).toEqual([{ kind: 'candidate', rows: 6 }]);
  await connector.confirmDeletes(id, 'candidate');
  expect(await connector.runOnce()).toMatchObject({ deleted: 6, waiting: 0 });
  expect((await company.held()).candidate).toHaveLength(7);
});

test('CO48 L-173 L-178 a dry run names what is invalid and what is missing, jobs first', async () => {
  const { connector } = await world.connector(await world.store());
  const check = await connector.dryRun({
    candidate: [
      { key: 'C1', record: candidate('Ada') },
      { key: 'C2', record: candidate('') },
    ],
    application: [{ key: 'A1', record: application('C1', 'J1') }],
  });
  expect(check.kinds.candidate).toMatchObject({ records: 2, valid: 1 });
  expect(Object.keys(check.kinds.candidate?.reasons ?? {})[0]).toContain('/firstName');
  expect(check.missing.map((each) => each.split(':')[0])).toEqual(['job', 'stage', 'entityAcl']);
  expect(check.missing[0]).toContain('before anything else');
  const plan = connector.plan({
    candidate: { records: 950_000 },
    stage: { records: 400_000, parents: 190_000 },
  });
  expect(plan.kinds[0]).toMatchObject({ requests: 19_000, heldUpBy: '10000 records a minute' });
  expect(plan.kinds[0]?.hours).toBeCloseTo(1_900_000 / 9_500 / 60, 5);
  expect(plan.kinds[1]).toMatchObject({ requests: 190_000, hours: 48, heldUpBy: '100000 requests a day' });
  expect(plan.sentence).toMatch(/^Your history needs .*days\.$/);
  expect(world.proxy.seen).toEqual([]);
});

test('CO38 a customer whose platform fails holds up nobody, and a paused one is left alone', async () => {
  const [ash, bay] = [await world.company('Ash'), await world.company('Bay')];
  const ats = await world.connector(await world.store());
  for (const company of [ash, bay]) await onboard(ats, company);
  world.clock.advance(300_000);
  const { connector } = ats;
  await connector.runOnce();
  for (const { id } of [ash, bay]) await connector.record(null, id, 'candidate', 'C1', candidate('Ada'));
  const isOfAsh = ({ query, body }: SeenRequest) =>
    `${query}${body}`.includes(ash.organization.split(':').at(-1) ?? '-');
  world.proxy.fault = (request) => (isOfAsh(request) ? { status: 503 } : undefined);
  const round = await connector.runOnce();
  expect(round).toMatchObject({ sent: 1, failing: [{ customerId: 'ash' }] });
  expect((await bay.held()).candidate).toEqual(['C1']);
  const tries = world.proxy.seen.length;
  await connector.runOnce();
  expect(world.proxy.seen.slice(tries).filter(isOfAsh)).toEqual([]);
  world.proxy.fault = () => undefined;
  await connector.customers.pause('ash');
  world.clock.advance(300_000);
  await connector.runOnce();
  expect((await ash.held()).candidate).toBeUndefined();
  await connector.customers.resume('ash');
  await connector.runOnce();
  expect((await ash.held()).candidate).toEqual(['C1']);
});

test('CO38 CO30 while one platform hangs, what another process records and wakes is done, until it is stopped', async () => {
  const company = await world.company('Pine');
  const store = await world.store();
  const web = await world.connector(store);
  await onboard(web, company);
  world.clock.advance(300_000);
  await web.connector.runOnce();
  const hanging = createServer(() => {}).listen(0, '127.0.0.1');
  await once(hanging, 'listening');
  const { port } = hanging.address() as AddressInfo; // listening on a port: never a path
  await web.connector.customers.add({
    id: 'hanging',
    name: 'Hanging',
    credentials: { clientId: 'x', clientSecret: 'y' },
    organization: 'urn:li:organization:1',
    platform: { baseUrl: `http://127.0.0.1:${port}` },
  });
  const turning = async (ms: number) => {
    world.clock.advance(ms);
    await new Promise((done) => setTimeout(done, 5));
  };
  const worker = await world.connector(store, {
    concurrency: 4,
    clock: { now: () => world.clock.now(), pause: turning },
  });
  const stopping = new AbortController();
  const running = worker.connector.run({ stopping: stopping.signal });
  const asked = once(hanging, 'request');
  await web.connector.record(null, 'hanging', 'candidate', 'C1', candidate('Ada'));
  await asked;
  await web.connector.record(null, 'pine', 'candidate', 'C1', candidate('Ada'));
  await expect.poll(async () => (await company.held()).candidate, { timeout: 60_000 }).toEqual(['C1']);
  await web.connector.customers.pause('pine');
  await web.connector.record(null, 'pine', 'candidate', 'C2', candidate('Grace'));
  await web.connector.customers.resume('pine');
  await expect.poll(async () => (await company.held()).candidate, { timeout: 60_000 }).toEqual(['C1', 'C2']);
  stopping.abort();
  hanging.closeAllConnections();
  await new Promise((done) => hanging.close(done));
  await running;
  expect(
    (await store.pending({ customerId: 'hanging', most: 1, withoutKinds: [], withoutDeletionsOf: [] }))
      .length,
  ).toBe(1);
});

test('CO49 the doctor says what holds and what to do', async () => {
  const company = await world.company('Doc');
  const ats = await world.connector(await world.store());
  await ats.connector.customers.add({ id: 'doc', name: 'Doc' });
  await company.request((await ats.connector.customers.get('doc'))?.clientId ?? '');
  await ats.connector.customers.onboarded('doc', company.triples);
  const findings = new Map((await ats.connector.doctor('doc')).map((each) => [each.check, each]));
  expect(findings.get('platform reached with these credentials')?.ok).toBe(true);
  expect(findings.get('callback address answers')?.ok).toBe(true);
  expect(findings.get('all required kinds are sent')?.remedy).toMatch(/^job: send jobs/);
  expect(findings.get('ONE_CLICK_EXPORT is switched on')).toMatchObject({ ok: false, detail: 'REQUESTED' });
  await ats.connector.customers.pause('doc');
  expect((await ats.connector.doctor('doc'))[0]).toMatchObject({ ok: false, remedy: 'customers.resume()' });
  for (const { ok, remedy } of findings.values()) expect(remedy === null).toBe(ok);
});
