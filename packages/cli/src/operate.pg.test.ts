import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { carrick, dataFolder, type Started, startCarrick } from './carrick.fixture.ts';
import type { TenantDetails } from './ensure-tenant.ts';

interface Ready {
  readonly baseUrl: string;
}

const [here, there] = [dataFolder(), dataFolder()];
const file = join(there.path, '..', 'deployment.backup');
let first: Started<Ready & TenantDetails>;
let second: Started<Ready>;
let token: string;

beforeAll(async () => {
  first = await startCarrick(['sandbox', '--data', here.path, '--port', '0', '--json']);
  second = await startCarrick(['serve', '--data', here.path, '--port', '0', '--json']);
  const { clientId, clientSecret } = first.details.customer;
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
  const response = await fetch(`${first.details.baseUrl}/oauth/v2/accessToken`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  token = ((await response.json()) as { access_token: string }).access_token; // its own tests check the answer
});
afterAll(async () => {
  await Promise.all([first.end('SIGTERM'), second.end('SIGTERM')]);
  await here.remove();
  await there.remove();
});

const candidateKey = (id: string) =>
  `atsCandidateId=${id}&dataProvider=ATS&integrationContext=${encodeURIComponent(first.details.organization)}`;
const idsOf = (id: string) =>
  candidateKey(id)
    .split('&')
    .map((part) => `ids[0].${part}`)
    .join('&');

async function putCandidate(baseUrl: string, id: string): Promise<void> {
  const candidate = {
    atsCreatedAt: 1,
    atsLastModifiedAt: 1,
    firstName: 'Rowan',
    lastName: 'Fell',
    emailAddresses: ['r1@tenant1.example'],
    manualMatchedMember: first.details.seats[1]?.person,
  };
  const response = await fetch(`${baseUrl}/v2/atsCandidates?${idsOf(id)}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'X-RestLi-Method': 'batch_update' },
    body: JSON.stringify({ entities: { [candidateKey(id)]: candidate } }),
  });
  expect(await response.json()).toMatchObject({ errors: {} });
}

async function getCandidate(baseUrl: string, id: string): Promise<unknown> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${baseUrl}/v2/atsCandidates?${idsOf(id)}`, { headers });
  expect(response.status).toBe(200);
  return response.json();
}

test('RU73 what one process of a platform stores, the pages open at another are told', async () => {
  const { baseUrl, seats } = first.details;
  const { email, password } = seats[0] ?? { email: '', password: '' };
  const signedIn = await fetch(`${baseUrl}/app/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-carrick': '1' },
    body: JSON.stringify({ email, password }),
  });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  // A session opened at one process is one at the other.
  const me = await fetch(`${second.details.baseUrl}/app/api/me`, { headers: { cookie } });
  expect(me.status).toBe(200);

  const leaving = new AbortController();
  const stream = await fetch(`${baseUrl}/app/api/events`, { headers: { cookie }, signal: leaving.signal });
  const heard = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  await heard?.read(); // the stream stands
  await putCandidate(second.details.baseUrl, 'c1');
  let text = '';
  while (!text.includes('data: ')) text += (await heard?.read())?.value ?? '';
  expect(text).toContain('data: {"person":');
  leaving.abort();
});

test('RU93 a record is one line of the dump, whatever its text holds', async () => {
  const record = {
    atsCreatedAt: 1,
    atsLastModifiedAt: 1,
    firstName: 'a\u2028b\u2029c\u0085d\ne',
    lastName: 'Lines',
    emailAddresses: [],
  };
  const response = await fetch(`${first.details.baseUrl}/v2/atsCandidates?${idsOf('lines')}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ entities: { [candidateKey('lines')]: record } }),
  });
  expect(await response.json()).toMatchObject({ errors: {} });
  const { stdout } = await carrick(['dump', '--json', '--data', here.path]);
  const lines = stdout.split(/[\n\u0085\u2028\u2029]/).filter((line) => line.includes('"lines"'));
  expect(lines.map((line) => JSON.parse(line).record)).toEqual([record]);
});

test('RU70 backup beside a running platform, wipe, restore elsewhere: the same dump, tokens and person ids', async () => {
  const before = await getCandidate(first.details.baseUrl, 'c1');
  expect(JSON.stringify(before)).toContain(first.details.seats[1]?.person);
  const made = await carrick(['backup', file, '--data', here.path]);
  expect([made.code, made.stdout]).toEqual([0, expect.stringMatching(/^Wrote \d+ rows to /)]);
  expect(made.stderr).toContain('WARNING: the file holds the master key');
  const dump = await carrick(['dump', '--json', '--data', here.path]);
  await Promise.all([first.end('SIGTERM'), second.end('SIGTERM')]);
  rmSync(here.path, { recursive: true });

  const restored = await carrick(['restore', file, '--data', there.path]);
  expect([restored.code, restored.stdout]).toEqual([0, expect.stringMatching(/^Restored \d+ rows as of 20/)]);
  expect((await carrick(['dump', '--json', '--data', there.path])).stdout).toBe(dump.stdout);
  const again = await startCarrick<Ready>(['serve', '--data', there.path, '--port', '0', '--json']);
  try {
    expect(await getCandidate(again.details.baseUrl, 'c1')).toEqual(before);
    await putCandidate(again.details.baseUrl, 'c2');
  } finally {
    await again.end('SIGTERM');
  }
  const full = await carrick(['restore', file, '--data', there.path]);
  expect([full.code, full.stderr]).toEqual([1, expect.stringContaining('is not empty')]);
  expect(existsSync(`${file}.part`)).toBe(false);
}, 240_000); // eight commands, each a process with a database to start or find

test('RU92 a command that works on what is there makes nothing where there is nothing', {
  timeout: 120_000,
}, async () => {
  const nowhere = join(there.path, '..', 'mistyped');
  for (const args of [
    ['admin', 'create-organisation', '--name', 'Acme'],
    ['dump', '--json'],
    ['requests'],
    ['backup', join(there.path, '..', 'nothing.backup')],
    ['doctor'],
  ]) {
    const { code, stdout, stderr } = await carrick([...args, '--data', nowhere]);
    expect([args[0], code, stdout + stderr]).toEqual([args[0], 1, expect.stringContaining('check --data')]);
    expect([args[0], existsSync(nowhere)]).toEqual([args[0], false]);
  }
});

test.skipIf(!existsSync('/proc/self'))(
  'RU92 a folder that cannot be made is said at once, whichever command was to make it',
  { timeout: 120_000 },
  async () => {
    const key: Record<string, string> = { CARRICK_MASTER_KEY: '00'.repeat(32) };
    for (const extra of [{}, key]) {
      for (const args of [['serve', '--port', '0'], ['migrate']]) {
        const { code, stderr } = await carrick([...args, '--data', '/proc/nope'], extra);
        expect([args[0], code, stderr]).toEqual([
          args[0],
          2,
          expect.stringMatching(/^carrick: --data: ENOENT/),
        ]);
      }
    }
  },
);
