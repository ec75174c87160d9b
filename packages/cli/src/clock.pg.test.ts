import { afterAll, beforeAll, expect, test } from 'vitest';
import { carrick, dataFolder, type Started, startCarrick } from './carrick.fixture.ts';
import type { TenantDetails } from './ensure-tenant.ts';

interface Details extends TenantDetails {
  readonly baseUrl: string;
}
interface Time {
  readonly now: number;
  readonly offsetMs: number;
}

const folder = dataFolder();
const ARGS = ['sandbox', '--data', folder.path, '--port', '0', '--json'];
let sandbox: Started<Details>;

beforeAll(async () => {
  sandbox = await startCarrick<Details>([...ARGS, '--clock', '--faults']);
});
afterAll(async () => {
  await sandbox.end('SIGKILL');
  await folder.remove();
});

const clock = (...args: string[]) => carrick(['clock', '--data', folder.path, ...args]);

async function time(): Promise<Time> {
  const response = await fetch(`${sandbox.details.baseUrl}/sandbox/clock`);
  return (await response.json()) as Time; // its form is tested where the door is
}

test('SB5 carrick clock turns a running sandbox, tells the time and refuses what it cannot do', async () => {
  const turned = await clock('--advance', '31d', '--json');
  expect([turned.code, JSON.parse(turned.stdout)]).toMatchObject([0, { offsetMs: 31 * 86_400_000 }]);
  await expect.poll(async () => (await time()).offsetMs, { timeout: 60_000 }).toBe(31 * 86_400_000);
  const told = await clock();
  expect(told.stdout).toMatch(/^\d{4}-\d\d-\d\dT\S+Z, 2678400 s ahead of the machine\n$/);
  const back = await clock('--set', '2020-01-01');
  expect([back.code, back.stderr]).toEqual([1, expect.stringContaining('only goes forward')]);
  for (const args of [
    ['--advance', 'soon'],
    ['--set', 'tomorrow'],
    ['--advance', '1d', '--set', '2090-01-01'],
  ])
    expect((await clock(...args)).code).toBe(2);
});

test('SB2 SB3 the offset is there after everything was killed, for a sandbox and no platform', async () => {
  const before = await time();
  await sandbox.end('SIGKILL');
  const served = await carrick(['serve', '--data', folder.path, '--port', '0']);
  expect([served.code, served.stdout, served.stderr]).toEqual([
    2,
    '',
    expect.stringContaining('carrick: this data is a sandbox whose clock can be turned'),
  ]);
  sandbox = await startCarrick<Details>([...ARGS, '--clock']);
  const after = await time();
  expect(after.offsetMs).toBe(before.offsetMs);
  expect(after.now).toBeGreaterThan(before.now);
  expect((await fetch(`${sandbox.details.baseUrl}/sandbox/faults`)).status).toBe(404);
});
