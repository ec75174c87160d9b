import { afterAll, beforeAll, expect, test } from 'vitest';
import { configOf } from '../config.ts';
import { createPlatform, type Platform } from '../index.ts';
import { FakeClock } from '../kernel/clock.ts';
import { createLog } from '../kernel/log.ts';
import { TEST_MASTER_KEY, type TestDatabase, testDatabase } from '../kernel/testing.ts';
import {
  createCustomerApplication,
  createOrganisation,
  type OauthApplication,
  type Organisation,
  setIntegrationStatus,
} from '../tenancy/index.ts';
import { forgetTraffic } from './forget.ts';
import { findRequests, RequestLog } from './request-log.ts';
import { openTraffic } from './traffic.ts';

const DAY_MS = 86_400_000;
const clock = new FakeClock(Date.UTC(2026, 0, 5, 0, 0, 30, 500));
let database: TestDatabase;
let one: Platform;
let other: Platform;
let organisation: Organisation;
let application: OauthApplication;
let token: string;

beforeAll(async () => {
  database = await testDatabase();
  const config = configOf({
    databaseUrl: database.ownerUrl,
    masterKey: TEST_MASTER_KEY.toString('hex'),
    port: 0,
    poolSize: 4,
  });
  const surroundings = { clock, log: createLog('silent') };
  [one, other] = [createPlatform(config, surroundings), createPlatform(config, surroundings)];
  await one.start();
  await other.start();
  const { ctx } = one.deployment;
  organisation = await createOrganisation(ctx, { name: 'Acme' });
  const { tenantId, urn } = organisation;
  const created = await createCustomerApplication(ctx, { name: 'ATS', tenantId });
  application = created;
  await setIntegrationStatus(
    ctx,
    { tenantId, atsNo: created.atsNo },
    [{ type: 'IN_ATS_INDICATOR', contextUrn: urn }],
    'ENABLED',
  );
  token = await freshToken();
});
afterAll(async () => {
  await one.stop();
  await other.stop();
  await database.drop();
});

function key(id: string): string {
  return `atsCandidateId=${id}&dataProvider=ATS&integrationContext=${organisation.urn}`;
}

function putCandidates(
  platform: Platform,
  candidates: Readonly<Record<string, object>>,
  authorization = `Bearer ${token}`,
): Promise<Response> {
  const ids = Object.keys(candidates);
  const query = ids
    .map((id, index) => `ids[${index}].${key(id).replaceAll('&', `&ids[${index}].`)}`)
    .join('&');
  const entities = Object.fromEntries(ids.map((id) => [key(id), candidates[id]]));
  return fetch(`${platform.baseUrl}/v2/atsCandidates?${query}`, {
    method: 'PUT',
    headers: { authorization, 'x-restli-method': 'batch_update' },
    body: JSON.stringify({ entities }),
  });
}

const candidate = {
  firstName: 'Ada',
  lastName: 'Byron',
  emailAddresses: ['ada@example.com'],
  atsCreatedAt: 1_700_000_000_000,
  atsLastModifiedAt: 1_700_000_000_000,
};

/** What another process counted before. */
async function use(limitName: string, resource: string, used: number): Promise<void> {
  const windowMs = limitName.endsWith('day') ? DAY_MS : 60_000;
  const row = {
    application_id: application.applicationId,
    resource,
    limit_name: limitName,
    starts_at: clock.now() - (clock.now() % windowMs),
    used,
  };
  await one.deployment.ctx.db.lookup`select * from add_quota_use(${JSON.stringify([row])})`;
}

/** The row of a request, as soon as it is there. */
async function loggedAs(requestId: string | null) {
  const { ctx } = one.deployment;
  return expect.poll(() => findRequests(ctx, { requestId: requestId ?? '' }), { timeout: 60_000 });
}

test('TR4 every counted answer tells the limits and what is left of them', async () => {
  const response = await putCandidates(one, { C1: candidate, C2: candidate });
  expect(response.status).toBe(200);
  expect(response.headers.get('ratelimit-policy')).toBe(
    '"requests-per-day";q=100000;w=86400, "records-per-minute";q=10000;w=60',
  );
  expect(response.headers.get('ratelimit')).toBe(
    '"requests-per-day";r=99999;t=86370, "records-per-minute";r=9998;t=30',
  );
});

test('TR3 TR5 what one process admitted is gone for the other, with 429 and the time to wait', async () => {
  await use('requests-per-day', 'v2/atsCandidates', 100_000);
  // Both hear of it with the next thing that they tell, a second later at most.
  const refused = async () => (await putCandidates(other, { C1: candidate })).status;
  await expect.poll(refused, { timeout: 60_000, interval: 100 }).toBe(429);
  const response = await putCandidates(other, { C1: candidate });
  expect(response.headers.get('retry-after')).toBe(String(86_370));
  expect(response.headers.get('ratelimit')).toMatch(/^"requests-per-day";r=0;t=86370, /);
  expect(response.headers.get('x-linkedin-error-response')).toBe('true');
  expect(await response.json()).toMatchObject({
    status: 429,
    serviceErrorCode: 101,
    message: 'Resource level throttle APPLICATION DAY limit for calls to this resource is reached.',
  });
  // Other resources go on, and so does the next day.
  const finder = `${other.baseUrl}/v2/atsEntityAcls?q=criteria&dataProvider=ATS&integrationContext=${organisation.urn}`;
  expect((await fetch(finder, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
  clock.advance(DAY_MS);
});

test('TR9 TR10 a batch with a bad record is found by the x-li-uuid of its answer', async () => {
  token = await freshToken();
  const at = clock.now();
  const response = await putCandidates(one, {
    C1: candidate,
    C2: { ...candidate, emailAddresses: ['nobody@nowhere'], firstName: '' },
  });
  const requestId = response.headers.get('x-li-uuid');
  const polled = await loggedAs(requestId);
  await polled.toEqual([
    {
      requestId,
      at,
      tenantId: organisation.tenantId,
      applicationId: application.applicationId,
      httpMethod: 'PUT',
      resource: 'v2/atsCandidates',
      method: 'batch_update',
      status: 200,
      code: null,
      rule: null,
      records: 2,
      failed: 1,
      ms: expect.any(Number),
      failures: [
        {
          key: expect.stringContaining('atsCandidateId=C2&'),
          status: 422,
          code: 'INVALID_RECORD',
          field: '/firstName',
          rule: 'must not be empty',
        },
      ],
      // Of those that were taken.
      warnings: { '/externalProfileUrl': 1, '/phoneNumbers': 1, '/addresses': 1 },
    },
  ]);
  const everything = JSON.stringify(await findRequests(one.deployment.ctx, {}));
  for (const secret of ['Byron', 'nobody', 'nowhere', token]) expect(everything).not.toContain(secret);
});

test('TR9 what has no good token or no form is logged as well', async () => {
  const stranger = await putCandidates(one, { C1: candidate }, 'Bearer none');
  await (await loggedAs(stranger.headers.get('x-li-uuid'))).toMatchObject([
    {
      tenantId: null,
      applicationId: null,
      method: null,
      status: 401,
      code: 'INVALID_ACCESS_TOKEN',
      records: 0,
    },
  ]);
  const nonsense = await fetch(`${one.baseUrl}/v2/atsCandidates?ids[0].what=1`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}` },
  });
  expect(nonsense.status).toBe(405);
  await (await loggedAs(nonsense.headers.get('x-li-uuid'))).toMatchObject([
    { resource: 'v2/atsCandidates', httpMethod: 'PATCH', status: 405, code: 'METHOD_NOT_ALLOWED' },
  ]);
});

test('TR12 requests are found by tenant, by application, by failure and since a time', async () => {
  const { ctx } = one.deployment;
  const since = clock.now() + 1_000;
  clock.set(since);
  await putCandidates(one, { C1: candidate });
  const failing = await putCandidates(one, { C3: {} });
  const requestId = failing.headers.get('x-li-uuid') ?? '';
  await expect.poll(() => findRequests(ctx, { since }), { timeout: 60_000 }).toHaveLength(2);
  const idsOf = async (filter: Parameters<typeof findRequests>[1]) =>
    (await findRequests(ctx, filter)).map((each) => each.requestId);
  const { tenantId } = organisation;
  const { applicationId } = application;
  expect(await idsOf({ since, isFailed: true })).toEqual([requestId]);
  expect(await idsOf({ since, isFailed: true, tenantId, applicationIds: [applicationId] })).toEqual([
    requestId,
  ]);
  expect(await idsOf({ since, tenantId: tenantId + 1 })).toEqual([]);
  expect(await idsOf({ since, applicationIds: [] })).toEqual([]);
  expect(await idsOf({ since: since + 1 })).toEqual([]);
  expect(await idsOf({ requestId, applicationIds: [applicationId + 1] })).toEqual([]);
  expect(await idsOf({ requestId: "'; drop table api_request" })).toEqual([]);
  expect(await idsOf({ most: 1 })).toHaveLength(1);
  // The application's role sees its tenant's rows only, whatever it asks.
  const [row] = await ctx.db.read(
    tenantId + 1,
    async (tx) => tx<{ count: number }>`select count(*) as count from api_request`,
  );
  expect(row?.count).toBe(0);
});

test('TR11 what the database does not take is dropped beyond a bound, counted and said', async () => {
  const warnings: string[] = [];
  const { ctx } = one.deployment;
  const log = Object.assign(createLog('silent'), {
    warn: (...said: unknown[]) => void warnings.push(String(said.at(-1))),
  });
  const requestLog = new RequestLog({ ...ctx, log });
  const request = (tenantId: number | null) => ({
    requestId: crypto.randomUUID(),
    at: 1,
    tenantId,
    applicationId: null,
    httpMethod: 'GET',
    resource: 'v2/atsCandidates',
    method: null,
    status: 200,
    code: null,
    rule: null,
    records: 0,
    failed: 0,
    ms: 1,
    failures: [],
    warnings: {},
  });
  for (let count = 0; count < 6_000; count++) requestLog.add(request(null));
  expect(requestLog.dropped).toBe(1_000);
  requestLog.add(request(1));
  expect(requestLog.dropped).toBe(1_000);
  for (let count = 0; count < 60_000; count++) requestLog.add(request(1));
  expect(requestLog.dropped).toBe(16_001);
  await requestLog.flush();
  const [row] = await ctx.db.lookup<{ count: number }>`
    select count(*) as count from find_api_requests(null, null, null, 0, false, 100000) where at = 1`;
  expect(row?.count).toBe(50_000);
  requestLog.add(request(1));
  expect(requestLog.dropped).toBe(16_001);
  expect(warnings).toEqual(['the request log cannot keep up: requests are dropped from it']);
});

test('TR13 requests and counters are forgotten after their time', async () => {
  const { ctx } = one.deployment;
  const count = async () => (await findRequests(ctx, { most: 100_000 })).length;
  await forgetTraffic(ctx); // those of 1970, in several statements
  const kept = await count();
  expect(kept).toBeGreaterThan(0);
  clock.advance(28 * DAY_MS);
  expect([await forgetTraffic(ctx), await count()]).toEqual([0, kept]);
  clock.advance(3 * DAY_MS);
  expect([await forgetTraffic(ctx), await count()]).toEqual([kept, 0]);
});

test('TR5 TR11 what waits is written at the end', async () => {
  const { ctx } = one.deployment;
  const traffic = openTraffic(ctx);
  const [route] = traffic.observe([
    { method: 'GET', path: '/v2/me', handler: async () => ({ status: 200, body: '{}' }) },
  ]);
  const id = crypto.randomUUID();
  const request = {
    method: 'GET',
    path: '/v2/me',
    rawQuery: '',
    headers: {},
    body: Buffer.alloc(0),
    id,
  } as const;
  await route?.handler({ ...request, origin: one.baseUrl, remoteAddress: '127.0.0.1' } as never);
  await traffic.stop();
  expect(await findRequests(ctx, { requestId: id })).toMatchObject([{ resource: 'v2/me', status: 200 }]);
});

async function freshToken(): Promise<string> {
  const answer = await fetch(`${one.baseUrl}/oauth/v2/accessToken`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: application.clientId,
      client_secret: application.clientSecret,
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}
