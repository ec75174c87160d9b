import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Platform } from './index.ts';
import { connect, withDatabase } from './kernel/connect.ts';
import { type ServedPlatform, servePlatform } from './testing/served-platform.ts';

let served: ServedPlatform;
let platform: Platform;

beforeAll(async () => {
  served = await servePlatform();
  platform = served.platform;
});
afterAll(() => served.close());

const get = (path: string) => fetch(`${platform.baseUrl}${path}`);

test('RU67 metrics count requests by route and status', async () => {
  await get('/v2/atsCandidates?ids[0].integrationContext=urn:li:organization:of-nobody');
  const text = await (await get('/metrics')).text();
  expect(text).toMatch(
    /^carrick_http_requests_total\{method="GET",route="\/v2\/atsCandidates",status="401"\} [1-9]/m,
  );
  expect(text).not.toContain('of-nobody');
});

test('RU67 readiness follows the database', async () => {
  expect((await get('/readyz')).status).toBe(200);
  const name = new URL(served.database.ownerUrl).pathname.slice(1);
  const admin = connect(withDatabase(served.database.ownerUrl, 'postgres'), { max: 1 });
  try {
    await admin.unsafe(`alter database ${name} with allow_connections false`);
    await admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`;
    expect((await get('/readyz')).status).toBe(503);
    expect((await get('/healthz')).status).toBe(200);
    await admin.unsafe(`alter database ${name} with allow_connections true`);
    expect((await get('/readyz')).status).toBe(200);
  } finally {
    await admin.end();
  }
});
