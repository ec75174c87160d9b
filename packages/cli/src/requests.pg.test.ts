import { OPTIONS } from '@carrick/platform';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { carrick, dataFolder, type Started, startCarrick } from './carrick.fixture.ts';
import type { TenantDetails } from './ensure-tenant.ts';

type Details = TenantDetails & { readonly baseUrl: string };

const folder = dataFolder();
let sandbox: Started<Details>;
let token: string;

beforeAll(async () => {
  sandbox = await startCarrick<Details>([
    'sandbox',
    '--data',
    folder.path,
    '--port',
    '0',
    '--quotas',
    'on',
    '--json',
  ]);
  const { baseUrl, customer } = sandbox.details;
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: customer.clientId,
    client_secret: customer.clientSecret,
  });
  const answer = await fetch(`${baseUrl}/oauth/v2/accessToken`, { method: 'POST', body });
  ({ access_token: token } = (await answer.json()) as { access_token: string });
});
afterAll(async () => {
  await sandbox.end('SIGTERM');
  await folder.remove();
});

function putStage(id: string, stage: object): Promise<Response> {
  const { baseUrl, organization } = sandbox.details;
  const parent = `atsJobApplicationId=A1&dataProvider=ATS&integrationContext=${organization}`;
  return fetch(`${baseUrl}/v2/atsApplications/${parent}/stages?ids=${id}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ entities: { [id]: stage } }),
  });
}

const requests = (...args: string[]) => carrick(['requests', '--data', folder.path, ...args]);

test('TR12 carrick requests finds a request by the x-li-uuid of its answer, with what was wrong', async () => {
  await putStage('S1', { stage: 'Applied', atsCreatedAt: 1 });
  const failing = await putStage('S2', { stage: 'Not Available', atsCreatedAt: 1 });
  const uuid = failing.headers.get('x-li-uuid') ?? '';
  const look = async () => (await requests('--uuid', uuid, '--json')).stdout;
  await expect.poll(look, { timeout: 60_000 }).not.toBe('');
  expect(JSON.parse(await look())).toMatchObject({
    requestId: uuid,
    resource: 'v2/atsApplications/stages',
    method: 'batch_update',
    records: 1,
    failed: 1,
    failures: [{ key: 'S2', status: 422, code: 'INVALID_RECORD', field: '/stage' }],
  });
  const { stdout } = await requests('--uuid', uuid);
  expect(stdout).toMatch(/ 200 {2}PUT v2\/atsApplications\/stages batch_update {2}1 records, 1 failed/);
  expect(stdout).toMatch(/ {4}S2: 422 INVALID_RECORD \/stage … is not a stage\n/);
});

test('TR12 carrick requests lists what failed, since a time, of one organisation or application', async () => {
  const { organization, customer } = sandbox.details;
  const of = ['--organization', organization, '--application', customer.clientId];
  const failed = await requests('--failed', '--since', '1h', '--json', ...of);
  expect([failed.code, failed.stdout.trim().split('\n')]).toEqual([0, [expect.stringContaining('"S2"')]]);
  const all = await requests('--since', '2026-01-01T00:00Z', '--json');
  expect(all.stdout.trim().split('\n').length).toBeGreaterThanOrEqual(3);
  expect((await requests('--since', '2100-01-01T00:00Z', '--json')).stdout).toBe('');
  const unknown = await requests('--uuid', '00000000-0000-4000-8000-000000000000');
  expect([unknown.code, unknown.stdout]).toEqual([1, expect.stringMatching(/^No such requests/)]);
});

test('TR12 carrick requests refuses what it cannot read', async () => {
  for (const args of [
    ['--since', 'yesterday'],
    ['--most', '0'],
    ['--application', 'nobody'],
    ['--organization', 'urn:li:organization:0'],
  ]) {
    const { code, stdout, stderr } = await requests(...args);
    expect([code === 0, stdout, stderr.trim().split('\n').length]).toEqual([false, '', 1]);
  }
});

test('TR8 quotas are on unless it is said, and in a sandbox off unless it is said', async () => {
  expect([OPTIONS.quotas.default, (await carrick(['serve', '--help'])).stdout]).toEqual([
    true,
    expect.stringContaining('--quotas'),
  ]);
  const answered = await putStage('S1', { stage: 'Applied', atsCreatedAt: 1 });
  expect(answered.headers.get('ratelimit-policy')).toContain('"requests-per-day";q=100000');
  await sandbox.end('SIGTERM');
  sandbox = await startCarrick<Details>(['sandbox', '--data', folder.path, '--port', '0', '--json']);
  const free = await putStage('S1', { stage: 'Applied', atsCreatedAt: 1 });
  expect([free.status, free.headers.get('ratelimit-policy')]).toEqual([200, null]);
});
