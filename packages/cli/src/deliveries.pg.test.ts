import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DELIVERY_STATES, type DeliveryAnswer } from '@carrick/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { carrick, dataFolder, type Started, startCarrick } from './carrick.fixture.ts';
import type { TenantDetails } from './ensure-tenant.ts';

const folder = dataFolder();
let sandbox: Started<TenantDetails>;
const received: string[] = [];
let status = 500;
const receiver = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (chunk: string) => {
    body += chunk;
  });
  request.on('end', () => {
    received.push((JSON.parse(body) as { id: string }).id);
    response.writeHead(status).end();
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  sandbox = await startCarrick<TenantDetails>(['sandbox', '--data', folder.path, '--port', '0', '--json']);
  const { port } = receiver.address() as AddressInfo; // it listens on a port
  const callback = ['--callback-url', `http://127.0.0.1:${port}/cb`, '--integration-name', 'Hire'];
  const done = await admin('approve-integration', '--type', 'ONE_CLICK_EXPORT', ...callback);
  expect(done.stderr).toBe('');
});
afterAll(async () => {
  await sandbox.end('SIGTERM');
  await folder.remove();
  receiver.closeAllConnections();
  receiver.close();
});

function admin(action: string, ...args: string[]) {
  const { customer, organization } = sandbox.details;
  const whose = ['--client-id', customer.clientId, '--organization', organization];
  return carrick(['admin', action, '--data', folder.path, ...whose, ...args], {
    CARRICK_CALLBACK_URLS: 'loopback',
  });
}

const deliveries = (...args: string[]) =>
  carrick(['deliveries', '--data', folder.path, '--organization', sandbox.details.organization, ...args]);

test('PU24 carrick deliveries shows what failed and why, and sends it again, beside a running platform', async () => {
  const switched = await admin('disable-integration', '--type', 'ONE_CLICK_EXPORT');
  expect(switched.stderr).toBe('');
  await expect.poll(() => received.length, { timeout: 60_000 }).toBe(1);
  const [id = ''] = received;
  const one = async (): Promise<DeliveryAnswer> =>
    JSON.parse((await deliveries('--id', id, '--json')).stdout) as DeliveryAnswer;
  await expect.poll(async () => (await one()).log.length, { timeout: 60_000 }).toBe(1);
  expect(await one()).toMatchObject({
    state: 'pending',
    failure: 'REFUSED',
    detail: 'HTTP 500',
    log: [{ status: 500 }],
  });
  expect((await deliveries('--id', id)).stdout).toMatch(
    /pending after 1 {2}REFUSED HTTP 500 {2}next .*\n {4}.*HTTP 500/,
  );
  expect((await deliveries('--destinations')).stdout).toMatch(
    /^1 {2}.* well {2}1 failures in a row, 1 pending, 0 dead\n$/,
  );
  status = 204;
  expect((await deliveries('--resend', '--id', id)).stdout).toBe('1 are sent again.\n');
  await expect.poll(async () => (await one()).state, { timeout: 60_000 }).toBe('delivered');
  expect((await deliveries('--resend', '--ats', '1', '--since', '1h', '--json')).stdout).toBe(
    '{"resent":1}\n',
  );
  await expect.poll(() => received, { timeout: 60_000 }).toEqual([id, id, id]);
  expect((await deliveries('--resend', '--ats', '1', '--since', '1h', '--state', 'dead')).stdout).toMatch(
    /^0 are/,
  );
  expect((await deliveries('--enable', '--ats', '1')).stdout).toBe('ATS 1 is sent to again.\n');
  expect((await deliveries('--state', 'delivered', '--json')).stdout.trim().split('\n')).toHaveLength(1);
}, 120_000); // a dozen processes

test('PU24 it refuses what it cannot read', async () => {
  for (const args of [
    ['--state', 'lost'],
    ['--ats', 'x'],
    ['--most', '0'],
    ['--resend'],
    ['--resend', '--since', '1h'],
    ['--enable'],
    ['--since', 'yesterday'],
    ['--id', 'unknown'],
    ['--enable', '--ats', '9'],
  ]) {
    const { code, stdout, stderr } = await deliveries(...args);
    expect([args, code === 0, stdout, stderr.trim().split('\n').length]).toEqual([args, false, '', 1]);
  }
  expect((await carrick(['deliveries', '--data', folder.path])).code).toBe(2);
  expect((await carrick(['deliveries', '--help'])).stdout).toContain(DELIVERY_STATES.join(', '));
}, 120_000);
