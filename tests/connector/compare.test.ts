import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { parseFlags } from '../../packages/cli/src/command.ts';
import { command } from '../../packages/cli/src/commands/compare.ts';
import {
  AcknowledgedRecords,
  type Connector,
  compareSides,
  deleteExtras,
  type EqualityProof,
  faultOf,
} from '../../packages/connector/src/daemon.ts';
import type { HeldRecords } from '../../packages/connector/src/digest/compare-kind.ts';
import { digestOf } from '../../packages/connector/src/digest/record-digest.ts';
import { applyBatch, type SyncItem } from '../../packages/platform/src/records/index.ts';
import { RECORD_KINDS, type RecordKind } from '../../packages/protocol/src/index.ts';
import { memoryAts } from './memory-source.ts';
import { openWorld, type World } from './world.ts';

const MANY = 20_000;
const SYNCED = 400;
const CREATED = Date.UTC(2026, 0, 5);

let world: World;
let held: AcknowledgedRecords;
let connector: Connector;
let ats: ReturnType<typeof memoryAts>;

const application = (n: number) => ({
  id: `A-${n}`,
  atsCandidateId: `C-${n % 40}`,
  atsJobPostingId: `J-${n % 3}`,
  atsJobPostingName: 'Signal engineer',
  firstName: 'Wren',
  lastName: `Halloran ${n}`,
  atsCreatedAt: CREATED,
  atsLastModifiedAt: CREATED,
});

const tables = {
  job: [0, 1, 2].map((n) => ({
    id: `J-${n}`,
    title: 'Signal engineer',
    description: '<p>Keep <em>every</em> signal &amp; relay in order.</p>',
    companyApplyUrl: 'https://ats.example/apply',
    location: 'Bergen, Norway',
    availability: 'PRIVATE_TO_ATS_INTEGRATION',
    accessRestricted: true,
    listedAt: CREATED,
  })),
  entityAcl: [{ atsEntityAclId: 'G-1', atsEntityId: 'J-0' }],
  entityAclAssignee: [] as object[],
  candidate: Array.from({ length: 40 }, (_, n) => ({
    id: `C-${n}/${n}&=`,
    firstName: 'Åse',
    lastName: `Ångström "${n}" \u2028 \ud83d\ude00`,
    'emailAddresses[0]': `c${n}@people.example`,
    'addresses[0].city': 'Bergen',
    'phoneNumbers[0].number': '+47 5555',
    doNotContact: n % 2 === 0,
    atsCreatedAt: CREATED,
    atsLastModifiedAt: CREATED,
  })),
  candidateNote: [
    { id: 'N-1', parentId: 'C-1/1&=', note: 'Called.', 'author.firstName': 'A', 'author.lastName': 'B' },
  ],
  application: Array.from({ length: SYNCED }, (_, n) => application(n)),
  stage: [0, 1].map((n) => ({ id: `S-${n}`, parentId: 'A-1', stage: 'Applied', atsCreatedAt: CREATED })),
  interviewFeedback: [
    {
      id: 'F-1',
      parentId: 'A-1',
      feedback: 'Good.',
      'evaluations[0].attribute': 'Care',
      atsCreatedAt: CREATED,
    },
  ],
  applicationNote: [{ id: 'M-1', parentId: 'A-1', note: 'See above.', atsCreatedAt: CREATED }],
};

beforeAll(async () => {
  world = await openWorld();
  tables.entityAclAssignee.push({ atsEntityAclId: 'G-1', assignee: world.tenant.seats[1]?.person });
  ats = memoryAts(tables as never);
  connector = world.connector(ats.mapping, ats.source);
  const { kinds } = await connector.runOnce();
  expect(kinds.application).toMatchObject({ sent: SYNCED, failed: 0 });
  held = new AcknowledgedRecords(world.stateDir());
}, 120_000);

afterAll(async () => {
  held.close();
  await world.close();
});

const scope = () => ({ tenantId: world.tenant.tenantId, atsNo: 1 });

const client = () => ({
  baseUrl: world.proxy.baseUrl,
  authUrl: world.proxy.baseUrl,
  clientId: world.tenant.customer.clientId,
  clientSecret: world.tenant.customer.clientSecret,
  organization: world.tenant.organization,
  retryForMs: 5_000,
  now: () => world.clock.now(),
});

async function compare(kinds: readonly RecordKind[] = RECORD_KINDS) {
  const comparison = await compareSides({ client: client(), held, kinds });
  if (comparison.method !== 'digests') throw new Error('the platform keeps digests');
  return comparison;
}

test('DT1 DT5 both sides agree about every kind, with one question a kind, and say so under a signature', async () => {
  const comparison = await compare();
  expect(comparison.differences).toEqual([]);
  expect(comparison.requests).toBe(RECORD_KINDS.length);
  expect(comparison.kinds.map(({ kind, rowsThere }) => [kind, rowsThere])).toEqual(
    RECORD_KINDS.map((kind) => [kind, tables[kind].length]),
  );
  const proof = comparison.proof as EqualityProof;
  const { clientSecret } = world.tenant.customer;
  expect(faultOf(proof, clientSecret)).toBeNull();
  expect(faultOf(JSON.parse(JSON.stringify(proof)), clientSecret)).toBeNull();
  expect(faultOf(proof, 'another')).toMatch(/signature/);
  const [first] = proof.kinds;
  if (!first) throw new Error('no kind');
  expect(faultOf({ ...proof, kinds: [{ ...first, rows: 4 }] }, clientSecret)).toMatch(/signature/);
});

test('DT2 DT4 what differs is repaired: sent again, or deleted where only the platform has it', async () => {
  const { deployment } = world.platform;
  const item = (id: string, record?: object) => ({ key: [id], record });
  const write = (change: 'upsert' | 'delete', items: readonly ReturnType<typeof item>[]) =>
    applyBatch(deployment.records, scope(), 'application', change, items);
  const { id: _, ...changed } = { ...application(0), firstName: 'Wrén' };
  await write('upsert', [item('A-3', changed), item('A-7', changed), item('A-9000', changed)]);
  await write('delete', [item('A-5')]);
  // Deleting a candidate takes it out of its applications: what is stored is no longer what was sent.
  await applyBatch(deployment.records, scope(), 'candidate', 'delete', [item('C-11/11&=')]);

  const comparison = await compare();
  expect(comparison.proof).toBeNull();
  const found = comparison.differences.map(({ kind, key, found }) => `${kind} ${key} ${found}`);
  expect(found.sort()).toEqual([
    'application A-3 different',
    'application A-5 missing',
    'application A-7 different',
    'application A-9000 extra',
    'candidate C-11/11&= missing',
  ]);

  held.unsettle(comparison.differences.filter((each) => each.found !== 'extra'));
  expect(await deleteExtras(client(), comparison.differences)).toEqual([]);
  const { kinds } = await connector.runOnce();
  expect(kinds.application).toMatchObject({ sent: 3, failed: 0 });
  expect((await compare()).proof).not.toBeNull();
});

test('DT3 of 20,000 records the 100 that differ are found exactly, and the traffic grows with them alone', async () => {
  const id = (n: number) => [`A-${n >> 4}`, `S-${n}`];
  const record = (stage: string) => ({ stage, atsCreatedAt: CREATED });
  const numbers = Array.from({ length: MANY }, (_, n) => n);
  const put = (some: readonly number[], stage: string) =>
    applyBatch(
      world.platform.deployment.records,
      scope(),
      'stage',
      'upsert',
      some.map((n) => ({ key: id(n), record: record(stage) })),
    );
  const wrong = numbers.filter((n) => n % 500 === 3); // 40
  const lost = numbers.filter((n) => n % 500 === 4).slice(0, 30);
  const extra = Array.from({ length: 30 }, (_, n) => MANY + n);
  const isLost = new Set(lost);
  for (let start = 0; start < MANY; start += 2_000)
    await put(
      numbers.slice(start, start + 2_000).filter((n) => !isLost.has(n)),
      'Interview',
    );
  const ours: HeldRecords = {
    *of() {
      for (const row of tables.stage)
        yield {
          key: [row.parentId, row.id],
          digest: digestOf('stage', [row.parentId, row.id], record(row.stage)),
        };
      for (const n of numbers) yield { key: id(n), digest: digestOf('stage', id(n), record('Interview')) };
    },
  };
  const compareStages = async () => {
    const comparison = await compareSides({ client: client(), held: ours, kinds: ['stage'] });
    if (comparison.method !== 'digests') throw new Error('the platform keeps digests');
    return comparison;
  };
  await put([...wrong, ...extra], 'Offer');
  const comparison = await compareStages();
  const found = (what: string) =>
    comparison.differences.filter((each) => each.found === what).map(({ key }) => Number(key[1]?.slice(2)));
  expect(found('different').sort((a, b) => a - b)).toEqual(wrong);
  expect(found('missing').sort((a, b) => a - b)).toEqual(lost);
  expect(found('extra').sort((a, b) => a - b)).toEqual(extra);
  // 20,000 keys and digests are 1.2 million characters.
  expect(comparison.received).toBeLessThan(150_000);
  expect(comparison.requests).toBeLessThan(8);

  await put([...wrong.slice(1), ...lost], 'Interview');
  const nearly = (await compareStages()).received;
  const less = comparison.received - nearly;
  expect(less).toBeGreaterThan(0);
});

test('DT6 against a platform without digests: counts and samples, which prove nothing', async () => {
  world.proxy.fault = ({ path }) => (path.startsWith('/carrick/') ? { status: 404, body: '{}' } : undefined);
  await applyBatch(world.platform.deployment.records, scope(), 'candidate', 'delete', [{ key: ['C-2/2&='] }]);
  const comparison = await compareSides({
    client: client(),
    held,
    kinds: ['job', 'candidate', 'application'],
  });
  world.proxy.fault = () => undefined;
  expect(comparison).toEqual({
    method: 'samples',
    kinds: [
      { kind: 'job', rowsHere: 3, sampled: 3, missing: [] },
      { kind: 'candidate', rowsHere: 40, sampled: 40, missing: ['C-2/2&='] },
      { kind: 'application', rowsHere: SYNCED, sampled: null, missing: [] },
    ],
  });
});

test('DT7 digests are an ATS’s own; what makes no sense is refused, and two questions at once are one too many', async () => {
  const { baseUrl } = world.proxy;
  const { customer, organization } = world.tenant;
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: customer.clientId,
    client_secret: customer.clientSecret,
  });
  const answer = await fetch(`${baseUrl}/oauth/v2/accessToken`, { method: 'POST', body });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  const ask = async (kind: string, query: string, bearer = token, context: string = organization) => {
    const url = `${baseUrl}/carrick/digests/${kind}?integrationContext=${context}&${query}`;
    return (await fetch(url, { headers: { authorization: `Bearer ${bearer}` } })).status;
  };
  expect(await ask('candidate', 'levels=0')).toBe(200);
  expect(await ask('candidate', '', 'x')).toBe(401);
  expect(await ask('candidate', '', token, 'urn:li:organization:1')).toBe(403);
  expect(await ask('member', '')).toBe(404);
  for (const query of [
    'levels=4',
    'path=xyz',
    'path=abcde',
    'path=a&path=bc',
    'path=abc&levels=2',
    'path=unknown',
  ])
    expect([query, await ask('candidate', query)]).toEqual([query, 400]);
  const statuses = await Promise.all(Array.from({ length: 6 }, () => ask('stage', 'levels=1')));
  expect([...new Set(statuses)].sort()).toEqual([200, 429]);
  await world.setSyncEnabled(false);
  expect(await ask('candidate', '')).toBe(403);
  await world.setSyncEnabled(true);
});

/** Runs the command as it is typed. */
async function typed(...args: readonly string[]): Promise<{ code: number; text: string }> {
  const { baseUrl } = world.proxy;
  vi.stubEnv('COMPARE_SECRET', world.tenant.customer.clientSecret);
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    const { flags } = parseFlags(command, [
      ...['--state', world.stateDir(), '--base-url', baseUrl, '--client-id', world.tenant.customer.clientId],
      ...['--client-secret-env', 'COMPARE_SECRET', '--organization', world.tenant.organization, ...args],
    ]);
    const code = await command.run({ flags, positionals: [], stopping: new AbortController().signal });
    return { code, text: write.mock.calls.map(([text]) => String(text)).join('') };
  } finally {
    write.mockRestore();
    vi.unstubAllEnvs();
  }
}

test('DT8 DT9 L-031 carrick compare names what differs, proves equality and checks a proof; a job that is gone is no difference', async () => {
  const extra = { key: ['A-1', 'S-9'], record: { stage: 'Offer', atsCreatedAt: CREATED } };
  const write = (kind: RecordKind, change: 'upsert' | 'delete', items: SyncItem[]) =>
    applyBatch(world.platform.deployment.records, scope(), kind, change, items);
  await world.platform.deployment.ctx.db.pipeline(world.tenant.tenantId, (tx) => [
    tx<object>`delete from stage where tenant_id = ${world.tenant.tenantId} and application_id <> 'A-1'`,
  ]);
  await write(
    'stage',
    'delete',
    Array.from({ length: 16 }, (_, n) => ({ key: ['A-1', `S-${n + 16}`] })),
  );
  await write('stage', 'upsert', [extra]);
  const found = await typed();
  expect(found.code).toBe(1);
  expect(found.text).toContain('stage A-1 / S-9: only the platform has it');
  expect(found.text).toContain('candidate C-2/2&=: the platform does not have it');

  const repaired = await typed('--repair');
  expect(repaired.text).toContain('sent again by the running connector');
  tables.job.shift();
  tables.entityAcl.length = 0;
  tables.entityAclAssignee.length = 0;
  await connector.runOnce();
  const file = join(world.stateDir(), 'proof.json');
  const equal = await typed('--proof', file);
  expect(equal).toMatchObject({ code: 0, text: expect.stringMatching(/^equal at revision \d+:\d+:/) });
  expect(equal.text).toMatch(
    /job: 2 records, digest [0-9a-f]{32}, besides 1 that are gone from the ATS and stay/,
  );
  expect(equal.text).toContain('entityAcl: 0 records');
  expect((await typed('--verify', file)).text).toBe(equal.text);
  writeFileSync(file, readFileSync(file, 'utf8').replace('"rows": 2', '"rows": 3'));
  await expect(typed('--verify', file)).rejects.toThrow(/does not hold: the signature/);
});
