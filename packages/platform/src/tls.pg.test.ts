import { request as httpRequest } from 'node:http';
import { createServer, request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  configOf,
  createContract,
  createCustomerApplication,
  createLog,
  createOrganisation,
  createPlatform,
  createSeat,
  type Platform,
  setIntegrationStatus,
} from './index.ts';
import { CERTIFICATE, KEY } from './kernel/localhost-certificate.fixture.ts';
import { TEST_MASTER_KEY, type TestDatabase, testDatabase } from './kernel/testing.ts';
import { candidateRecord } from './records/testing/sample-records.ts';

const PASSWORD = 'a long enough password';
const SEAT = { email: 'rita@acme.example', firstName: 'Rita', lastName: 'One', isAdmin: false };

let database: TestDatabase;
let platform: Platform;
let proxyPort: number;
let organisation: string;
let contract: string;
let client: { readonly client_id: string; readonly client_secret: string };

/** Ends TLS and hands on, as a proxy before a platform does. */
const proxy = createServer({ key: KEY, cert: CERTIFICATE }, (incoming, outgoing) => {
  const { hostname, port } = new URL(platform.baseUrl);
  const headers = {
    ...incoming.headers,
    'x-forwarded-for': '192.0.2.7',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': incoming.headers.host,
  };
  const { method, url: path } = incoming;
  const onward = httpRequest({ hostname, port, method, path, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  incoming.pipe(onward);
});

beforeAll(async () => {
  database = await testDatabase();
  platform = createPlatform(
    configOf({
      databaseUrl: database.ownerUrl,
      masterKey: TEST_MASTER_KEY.toString('hex'),
      port: 0,
      trustedProxies: ['127.0.0.1/32', '::1/128'],
    }),
    { log: createLog('silent') },
  );
  await platform.start();
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  proxyPort = (proxy.address() as AddressInfo).port; // it listens on a port
  const { ctx, memberHooks } = platform.deployment;
  const made = await createOrganisation(ctx, { name: 'Acme' });
  organisation = made.urn;
  const { tenantId } = made;
  const { contractId, urn } = await createContract(ctx, tenantId, { name: 'Hiring' });
  contract = urn;
  await createSeat(ctx, memberHooks, tenantId, { ...SEAT, contractId, password: PASSWORD });
  const application = await createCustomerApplication(ctx, { name: 'ATS', tenantId });
  const scope = { tenantId, atsNo: application.atsNo };
  for (const type of ['IN_ATS_INDICATOR', 'ONE_CLICK_EXPORT'] as const)
    await setIntegrationStatus(ctx, scope, [{ type, contextUrn: organisation }], 'ENABLED');
  client = { client_id: application.clientId, client_secret: application.clientSecret };
});
afterAll(async () => {
  proxy.closeAllConnections();
  await new Promise((resolve) => proxy.close(resolve));
  await platform.stop();
  await database.drop();
});

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

async function send(path: string, { method = 'GET', headers = {}, body }: Sent = {}) {
  return new Promise<{ status: number; cookie: string; body: string; isEncrypted: boolean }>(
    (resolve, reject) => {
      const sent = httpsRequest(
        {
          host: '127.0.0.1',
          port: proxyPort,
          servername: 'localhost',
          ca: CERTIFICATE,
          method,
          path,
          headers,
        },
        async (answer) => {
          const { statusCode: status = 0, socket } = answer;
          const [cookie = ''] = answer.headers['set-cookie'] ?? [];
          const isEncrypted = 'encrypted' in socket && socket.encrypted === true;
          resolve({ status, cookie, body: await text(answer), isEncrypted });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    },
  );
}

const json = { 'content-type': 'application/json' };

test('RU68 L-149 ATS data travels by TLS: tokens, records, uploads and sessions behind a proxy that speaks it', async () => {
  const form = new URLSearchParams({ grant_type: 'client_credentials', ...client }).toString();
  const granted = await send('/oauth/v2/accessToken', { method: 'POST', body: form });
  expect([granted.status, granted.isEncrypted]).toEqual([200, true]);
  const authorization = `Bearer ${JSON.parse(granted.body).access_token}`;
  const key = `atsCandidateId=C1&dataProvider=ATS&integrationContext=${organisation}`;
  const ids = key
    .split('&')
    .map((part) => `ids[0].${part}`)
    .join('&');
  const put = await send(`/v2/atsCandidates?${ids}`, {
    method: 'PUT',
    headers: { authorization, ...json },
    body: JSON.stringify({ entities: { [key]: candidateRecord() } }),
  });
  expect(JSON.parse(put.body)).toMatchObject({ errors: {} });
  const got = await send(`/v2/atsCandidates?${ids}`, { headers: { authorization } });
  expect(Object.values(JSON.parse(got.body).results)).toEqual([candidateRecord()]);

  const announced = await send('/v2/hireMediaUrl', {
    method: 'POST',
    headers: { authorization, ...json },
    body: JSON.stringify({
      contentType: 'text/plain',
      fileName: 'cv.txt',
      hiringContext: contract,
      usageParameters: { recruiterSystemConnectResumeParameters: {} },
    }),
  });
  // Handed out with the scheme by which it was asked for.
  expect(JSON.parse(announced.body).url).toMatch(/^https:\/\//);

  const signIn = await send('/app/api/sign-in', {
    method: 'POST',
    headers: { ...json, 'x-carrick': '1' },
    body: JSON.stringify({ email: SEAT.email, password: PASSWORD }),
  });
  expect([signIn.status, signIn.cookie]).toEqual([200, expect.stringContaining('; Secure')]);
});

test('TE36 L-149 a callback address without TLS is refused, unless a platform on one machine allows its own', async () => {
  const form = new URLSearchParams({ grant_type: 'client_credentials', ...client }).toString();
  const granted = await send('/oauth/v2/accessToken', { method: 'POST', body: form });
  const authorization = `Bearer ${JSON.parse(granted.body).access_token}`;
  const integration = `integrationContext=${organisation}&integrationType=ONE_CLICK_EXPORT&tenantType=RECRUITER&dataProvider=ATS`;
  const path = `/v2/atsIntegrations/${integration}/configurations?ids=CALLBACK_URL`;
  const put = async (string: string) => {
    const body = JSON.stringify({ entities: { CALLBACK_URL: { configurationValue: { string } } } });
    const answer = await send(path, { method: 'PUT', headers: { authorization, ...json }, body });
    const { results, errors } = JSON.parse(answer.body);
    return { ...results.CALLBACK_URL, ...errors.CALLBACK_URL };
  };
  for (const address of ['http://ats.example/hook', 'http://127.0.0.1:9/hook', 'ftp://ats.example/hook'])
    expect([address, await put(address)]).toEqual([
      address,
      expect.objectContaining({ status: 422, message: expect.stringContaining('https') }),
    ]);
  const nothing = await send(path, { headers: { authorization } });
  expect(JSON.parse(nothing.body).results).toEqual({});
  expect(await put('https://ats.example/hook')).toEqual({ status: 204 });
  const kept = await send(path, { headers: { authorization } });
  expect(kept.body).toContain('https://ats.example/hook');
});
