import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { carrick, dataFolder, type Started, startCarrick } from './carrick.fixture.ts';
import type { TenantDetails } from './ensure-tenant.ts';

interface Details extends TenantDetails {
  readonly ready: true;
  readonly baseUrl: string;
  readonly databaseUrl: string;
  readonly tenants: readonly TenantDetails[];
}

const folder = dataFolder();
const ARGS = ['sandbox', '--data', folder.path, '--port', '0', '--tenants', '2', '--json'];
let sandbox: Started<Details>;

beforeAll(async () => {
  sandbox = await startCarrick<Details>(ARGS);
});
afterAll(async () => {
  await sandbox.end('SIGKILL');
  await folder.remove();
});

async function tokenFrom({ clientId, clientSecret }: TenantDetails['parent']) {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  });
  const response = await fetch(`${sandbox.details.baseUrl}/oauth/v2/accessToken`, { method: 'POST', body });
  return response.status;
}

test('RU61 sandbox prints one line with all that is needed to use each of its tenants', async () => {
  const { details } = sandbox;
  expect(details).toMatchObject({ ready: true, baseUrl: expect.stringMatching(/^http:\/\/localhost:\d+$/) });
  expect(details.tenants).toHaveLength(2);
  expect(details.customer).toEqual(details.tenants[0]?.customer);
  for (const tenant of details.tenants) {
    expect(tenant.organization).toMatch(/^urn:li:organization:/);
    expect(tenant.contract).toMatch(/^urn:li:contract:/);
    expect(tenant.customer.applicationUrn).toMatch(/^urn:li:developerApplication:/);
    expect(tenant.members.map(({ id }) => id)).toEqual(
      ['admin', 'r1', 'r2'].map((name) => `sandbox-${tenant.tenantId}-${name}`),
    );
    expect(tenant.seats.map(({ admin }) => admin)).toEqual([true, false, false]);
    expect(await tokenFrom(tenant.customer)).toBe(200);
    expect(await tokenFrom(tenant.parent)).toBe(200);
  }
  const ids = details.tenants.flatMap(({ seats }) => seats.map(({ person }) => person));
  expect(new Set(ids).size).toBe(6);
});

test('RU61 L-007 a seat of the sandbox signs in at once', async () => {
  for (const { email, password, name } of sandbox.details.seats) {
    const response = await fetch(`${sandbox.details.baseUrl}/app/api/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-carrick': '1' },
      body: JSON.stringify({ email, password }),
    });
    expect(await response.json()).toMatchObject({ status: 'signed-in', me: { name } });
  }
});

test('RU62 IC4 what does not exist and what makes no sense is refused with exit code 2 and said', async () => {
  const noPort = await carrick(['sandbox', '--data', folder.path, '--intercept', '--intercept-port', 'x']);
  expect([noPort.code, noPort.stderr]).toEqual([2, expect.stringContaining('--intercept-port takes a port')]);
  for (const args of [
    ['frobnicate'],
    ['serve', '--colour'],
    ['sandbox', '--tenants', 'many'],
    ['admin', 'create-king'],
    ['admin', 'create-partner', 'Vendor', '--name', 'Vendor'],
    ['migrate', '--data', import.meta.filename],
    ['admin', 'create-organisation', '--name', 'X', '--country', 'Germany', '--data', folder.path],
  ]) {
    const { code, stdout, stderr } = await carrick(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  }
  for (const name of [
    'serve',
    'demo',
    'sandbox',
    'admin',
    'import-members',
    'connect',
    'dump',
    'requests',
    'clock',
    'migrate',
    'doctor',
  ]) {
    const { code, stdout } = await carrick([name, '--help']);
    expect([code, stdout]).toEqual([0, expect.stringContaining(`carrick ${name}`)]);
  }
});

test('RU62 a database that is not there and a key that is none are said in one sentence', async () => {
  const key = 'ab'.repeat(32);
  const url = 'postgres://somebody:secret@127.0.0.1:1/nowhere';
  for (const [set, name] of [
    [{ DATABASE_URL: url, CARRICK_MASTER_KEY: key }, 'DATABASE_URL'],
    [{ DATABASE_URL: url, CARRICK_MASTER_KEY: 'short' }, 'CARRICK_MASTER_KEY'],
  ] as const) {
    const { code, stdout, stderr } = await carrick(['migrate'], set);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(`^carrick: ${name}: .+\n$`)]);
    expect(stderr).not.toContain('secret');
  }
});

test('RU62 a port that is taken is said, with what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const { code, stderr } = await carrick(['serve', '--data', folder.path, '--port', String(port)]);
  other.close();
  expect([code, stderr]).toEqual([1, expect.stringMatching(new RegExp(`port ${port} is in use.*--port`))]);
});

test('RU63 people are imported beside the running platform, with their person ids and the refused lines', async () => {
  const file = `${folder.path}/people.jsonl`;
  writeFileSync(file, '{"id":"x-1","firstName":"Łucja","lastName":"Żak"}\n{"id":"x-2"}\n');
  const urn = sandbox.details.customer.applicationUrn;
  const { code, stdout, stderr } = await carrick([
    'import-members',
    '--data',
    folder.path,
    '--file',
    file,
    '--application',
    urn,
    '--json',
  ]);
  expect([code, JSON.parse(stdout)]).toEqual([
    1,
    { id: 'x-1', person: expect.stringMatching(/^urn:li:person:[\w-]{32}$/) },
  ]);
  expect(stderr).toContain('line 2 refused: missing name');
  expect(stderr).toContain('2 read: 1 new, 0 changed, 0 unchanged, 1 refused');
});

test('RU62 an application that is not there names nobody, and a folder without data has nothing to dump', async () => {
  const file = `${folder.path}/nobody.jsonl`;
  writeFileSync(file, '{"id":"x-3","firstName":"A","lastName":"B"}\n');
  const application = 'urn:li:developerApplication:999999';
  const imported = [
    'import-members',
    '--data',
    folder.path,
    '--file',
    file,
    '--application',
    application,
    '--json',
  ];
  for (const args of [imported, ['dump', '--json', '--data', `${folder.path}/nothing`]]) {
    const { code, stdout, stderr } = await carrick(args);
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(/^carrick: there is no .+\n$/)]);
  }
});

test('RU63 an empty platform is put to use by admin, beside it', async () => {
  const admin = async (...args: string[]) => {
    const { code, stdout, stderr } = await carrick(['admin', ...args, '--data', folder.path, '--json'], {
      SEAT_PASSWORD: 'correct horse',
    });
    expect([code, stderr]).toEqual([0, '']);
    return JSON.parse(stdout) as Record<string, string>;
  };
  const { organization = '' } = await admin('create-organisation', '--name', 'Own ATS Ltd');
  const { contract = '' } = await admin(
    'create-contract',
    '--organization',
    organization,
    '--name',
    'Talent',
  );
  await admin(
    'create-seat',
    '--organization',
    organization,
    '--contract',
    contract,
    '--email',
    'olga@own.example',
    '--first-name',
    'Olga',
    '--last-name',
    'Own',
    '--password-env',
    'SEAT_PASSWORD',
    '--admin',
  );
  const {
    clientId = '',
    clientSecret = '',
    status,
  } = await admin(
    'create-application',
    '--organization',
    organization,
    '--integration-name',
    'House ATS',
    '--enable',
    '--viewers',
  );
  expect([await tokenFrom({ clientId, clientSecret }), status]).toEqual([200, 'ENABLED']);
  const partner = await admin('create-partner', '--name', 'Vendor');
  expect(partner.applicationUrn).toMatch(/^urn:li:developerApplication:\d+$/);

  const nowhere = await carrick([
    'admin',
    'create-contract',
    '--organization',
    'urn:li:organization:0',
    '--name',
    'x',
    '--data',
    folder.path,
  ]);
  expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringContaining('create-organisation')]);
});

test('RU63 doctor finds the running deployment sound', async () => {
  const { code, stdout } = await carrick(['doctor', '--data', folder.path, '--json']);
  expect([code, JSON.parse(stdout).map(({ check }: { check: string }) => check)]).toEqual([
    0,
    ['node', 'master key', 'database', 'schema', 'role', 'row-level security'],
  ]);
});

test('RU64 SIGTERM ends everything in order, and the next start hands out the same credentials', async () => {
  const { tenants } = sandbox.details;
  const { code, stdout } = await sandbox.end('SIGTERM');
  expect([code, stdout.trim().split('\n')]).toEqual([0, [expect.stringContaining('"ready":true')]]);
  sandbox = await startCarrick<Details>(ARGS);
  expect(sandbox.details.tenants).toEqual(tenants);
});
