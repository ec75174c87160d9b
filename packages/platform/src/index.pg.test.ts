import { afterAll, beforeAll, expect, test } from 'vitest';
import { configOf, createLog, createPlatform, type Platform } from './index.ts';
import { connect, withDatabase } from './kernel/connect.ts';
import { TEST_MASTER_KEY, type TestDatabase, testDatabase } from './kernel/testing.ts';

let database: TestDatabase;
let platform: Platform;

beforeAll(async () => {
  database = await testDatabase();
  const config = configOf({
    databaseUrl: database.ownerUrl,
    masterKey: TEST_MASTER_KEY.toString('hex'),
    port: 0,
  });
  platform = createPlatform(config, { log: createLog('silent') });
  await platform.start();
});
afterAll(async () => {
  await platform.stop();
  await database.drop();
});

const get = (path: string) => fetch(`${platform.baseUrl}${path}`);

test('RU67 metrics count requests by route and status', async () => {
  await get('/v2/atsCandidates?ids[0].integrationContext=urn:li:organization:4711');
  const text = await (await get('/metrics')).text();
  expect(text).toContain(
    'carrick_http_requests_total{method="GET",route="/v2/atsCandidates",status="401"} 1',
  );
  expect(text).not.toContain('4711');
});

test('RU67 readiness follows the database', async () => {
  expect((await get('/readyz')).status).toBe(200);
  const name = new URL(database.ownerUrl).pathname.slice(1);
  const admin = connect(withDatabase(database.ownerUrl, 'postgres'), { max: 1 });
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
