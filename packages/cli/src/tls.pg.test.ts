import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataFolder, type Started, startCarrick } from './carrick.fixture.ts';

const folder = dataFolder();
let served: Started<{ readonly baseUrl: string }>;

beforeAll(async () => {
  served = await startCarrick(['serve', '--tls', '--json', '--port', '0', '--data', folder.path]);
});
afterAll(async () => {
  await served.end('SIGKILL');
  await folder.remove();
});

/** As a browser asks that trusts this authority. */
function get(url: string, ca: string) {
  return new Promise<{ status: number; type: string; body: string }>((resolve, reject) => {
    const sent = request(url, { ca, agent: false }, async (answer) =>
      resolve({
        status: answer.statusCode ?? 0,
        type: answer.headers['content-type'] ?? '',
        body: await text(answer),
      }),
    );
    sent.on('error', reject);
    sent.end();
  });
}

test('WI2 L-012 with --tls a page that was written for https needs another host and nothing else', async () => {
  const { baseUrl } = served.details;
  expect(baseUrl).toMatch(/^https:\/\/localhost:\d+$/);
  const authority = readFileSync(join(folder.path, 'tls', 'authority.crt'), 'utf8');
  const loader = await get(`${baseUrl}/xdoor/scripts/in.js`, authority);
  expect([loader.status, loader.type]).toEqual([200, 'text/javascript; charset=utf-8']);
  for (const host of ['127.0.0.1', '[::1]'])
    expect((await get(`${baseUrl.replace('localhost', host)}/readyz`, authority)).status).toBe(200);
  await expect(get(`${baseUrl}/readyz`, '')).rejects.toThrow(/certificate/);
});
