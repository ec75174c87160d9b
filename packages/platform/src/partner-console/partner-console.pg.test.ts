import type {
  NewSecret,
  PartnerAudit,
  PartnerCustomers,
  PartnerMe,
  PartnerRequests,
  TestEvent,
} from '@carrick/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../kernel/connect.ts';
import { signature } from '../push/sign.ts';
import { Receiver } from '../push/testing/receiver.ts';
import {
  createOrganisation,
  createPartner,
  createPartnerUser,
  findOrganisation,
  putConfigurations,
  requestIntegrations,
  setApplicationAccess,
  setIntegrationStatus,
  setPartnerUser,
} from '../tenancy/index.ts';
import { type OnboardingWorld, openOnboardingWorld } from '../tenancy/testing/onboarding-world.ts';

const PASSWORD = 'a long enough password';
const HOUR_MS = 3_600_000;

let world: OnboardingWorld;
let receiver: Receiver;
let vera: Console;
let otto: Console;

/** A signed-in person of a vendor. */
interface Console {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly cookie: string;
  get(path: string): Promise<Response>;
  read<Answer>(path: string): Promise<Answer>;
  post(path: string, body: unknown): Promise<Response>;
}

beforeAll(async () => {
  receiver = await Receiver.open();
  world = await openOnboardingWorld({ callbackUrls: 'loopback' });
  vera = await openConsole('Hireworks', 'vera@hireworks.example');
  otto = await openConsole('Otherworks', 'otto@otherworks.example');
});
afterAll(async () => {
  await world.close();
  await receiver.close();
});

async function openConsole(partner: string, email: string): Promise<Console> {
  const { ctx } = world;
  const { clientId, clientSecret } = await createPartner(ctx, { name: partner });
  await createPartnerUser(ctx, { clientId, email, name: partner, password: PASSWORD });
  const signedIn = await send('POST', 'sign-in', '', { email, password: PASSWORD });
  expect(signedIn.status).toBe(200);
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const get = (path: string) => send('GET', path, cookie);
  return {
    clientId,
    clientSecret,
    cookie,
    get,
    post: (path, body) => send('POST', path, cookie, body),
    async read<Answer>(path: string) {
      const response = await get(path);
      expect([path, response.status]).toEqual([path, 200]);
      return (await response.json()) as Answer;
    },
  };
}

function send(method: string, path: string, cookie: string, body?: unknown): Promise<Response> {
  return fetch(`${world.platform.baseUrl}/app/api/partner/${path}`, {
    method,
    headers: { cookie, 'x-carrick': '1', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

const customersOf = async (who: Console) => (await who.read<PartnerCustomers>('customers')).customers;
const token = (clientId: string, clientSecret: string) =>
  world.form('/oauth/v2/accessToken', {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  });
const accessTokenOf = (credentials: { clientId: string; clientSecret: string }) => world.tokenOf(credentials);

const acme = async () => (await customersOf(vera)).find(({ foreignId }) => foreignId === 'ACME-1');
let made: NewSecret;

test('PC3 PC5 a customer is made in the console; its secret is in that answer and in no other', async () => {
  const response = await vera.post('customers', {
    foreignId: 'ACME-1',
    name: 'Hireworks - Acme',
    description: 'Acme',
  });
  made = (await response.json()) as NewSecret;
  expect((await token(made.clientId, made.clientSecret)).status).toBe(200);
  const [customer, ...others] = await customersOf(vera);
  expect(others).toEqual([]);
  expect(customer).toMatchObject({
    foreignId: 'ACME-1',
    clientId: made.clientId,
    organisation: null,
    integrations: [],
    lastCallAt: null,
  });
  expect(await (await vera.get('customers')).text()).not.toContain(made.clientSecret);
  expect((await vera.post('customers', { foreignId: 'ACME-1', name: 'x', description: 'x' })).status).toBe(
    409,
  );
  expect(
    await (await vera.post('customers', { foreignId: 'L', name: 'LinkedIn', description: 'x' })).json(),
  ).toMatchObject({ code: 'NOT_VALID' });
});

test('PC2 another vendor finds no customer, by whatever door, and changes nothing; nor do keys of one customer read the other', async () => {
  const own = await acme();
  const applicationId = own?.applicationId;
  expect(await customersOf(otto)).toEqual([]);
  const tries: [string, object][] = [
    ['customers/change', { applicationId, jsDomains: ['https://evil.example'] }],
    ['customers/rotate', { applicationId, overlapMs: 0 }],
    ['customers/test-event', { applicationId }],
  ];
  for (const [path, body] of tries) {
    const foreign = await otto.post(path, body);
    const absent = await otto.post(path, { ...body, applicationId: 999_999 });
    expect([path, foreign.status, await foreign.text()]).toEqual([path, 404, await absent.text()]);
  }
  for (const path of ['requests', 'deliveries'])
    expect((await otto.get(`${path}?applicationId=${applicationId}`)).status).toBe(404);
  expect((await acme())?.jsDomains).toEqual([]);
  expect((await token(made.clientId, made.clientSecret)).status).toBe(200);
});

test('PC1 a console’s session opens no page of a company, and ends with the person or the vendor', async () => {
  const app = (path: string) =>
    fetch(`${world.platform.baseUrl}/app/api/${path}`, { headers: { cookie: otto.cookie } });
  for (const path of ['me', 'search', 'admin/integrations']) expect((await app(path)).status).toBe(401);
  expect((await send('GET', 'me', 'carrick_session=x')).status).toBe(401);
  expect((await send('POST', 'sign-in', '', { email: 'nobody@x.example', password: 'x' })).status).toBe(401);
  const { ctx } = world;
  await setPartnerUser(ctx, 'otto@otherworks.example', false);
  expect((await otto.get('me')).status).toBe(401);
  expect(
    (await send('POST', 'sign-in', '', { email: 'otto@otherworks.example', password: PASSWORD })).status,
  ).toBe(401);
  await setPartnerUser(ctx, 'otto@otherworks.example', true);
  expect((await otto.get('me')).status).toBe(200);
  await setApplicationAccess(ctx, otto.clientId, 'blocked');
  expect((await otto.get('customers')).status).toBe(401);
});

test('PC6 1.19 A1 origins follow one rule at both doors', async () => {
  const own = await acme();
  const change = (jsDomains: readonly string[]) =>
    vera.post('customers/change', { applicationId: own?.applicationId, jsDomains });
  const refused = await change(['https://ats.example.com', 'http://127.0.0.1:5000/']);
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({
    code: 'NOT_VALID',
    message: expect.stringMatching(/^http:\/\/127\.0\.0\.1:5000\/ .*no path or slash at the end\.$/),
  });
  expect((await change(Array.from({ length: 21 }, (_, n) => `https://a${n}.example`))).status).toBe(400);
  expect((await change(['https://ats.example.com', 'http://127.0.0.1:5000'])).status).toBe(204);
  const path = '/v2/provisionedApplications?q=credentialsByUniqueForeignId&uniqueForeignId=ACME-1';
  expect((await world.call(await accessTokenOf(vera), path)).body).toMatchObject({
    elements: [{ validJsSdkDomains: ['https://ats.example.com', 'http://127.0.0.1:5000'] }],
  });
});

test('PC3 PC4 1.19 A3 after a rotation both secrets are good until the overlap ends, the vendor’s own too', async () => {
  const own = await acme();
  const { applicationId } = own ?? {};
  const rotated = (await (
    await vera.post('customers/rotate', { applicationId, overlapMs: HOUR_MS })
  ).json()) as NewSecret;
  expect(rotated.clientSecret).not.toBe(made.clientSecret);
  const waiting = await acme();
  expect(waiting).toMatchObject({ formerGoodUntil: world.clock.now() + HOUR_MS, isSecretKnown: false });
  expect((await token(made.clientId, made.clientSecret)).status).toBe(200);
  expect((await acme())?.isSecretKnown).toBe(false);
  expect((await token(made.clientId, rotated.clientSecret)).status).toBe(200);
  expect((await acme())?.isSecretKnown).toBe(true);
  const partner = (await (await vera.post('rotate', { overlapMs: HOUR_MS })).json()) as NewSecret;
  expect((await vera.read<PartnerMe>('me')).formerGoodUntil).toBe(world.clock.now() + HOUR_MS);
  world.clock.advance(HOUR_MS);
  expect((await token(made.clientId, made.clientSecret)).status).toBe(401);
  expect((await token(vera.clientId, vera.clientSecret)).status).toBe(401);
  expect((await token(vera.clientId, partner.clientSecret)).status).toBe(200);
  expect((await acme())?.formerGoodUntil).toBeNull();
  made = rotated;
});

test('PC5 PC7 1.19 a customer that asks is shown with what is missing; a test event shows what was signed and what came back', async () => {
  const { ctx } = world;
  const applicationId = (await acme())?.applicationId ?? 0;
  const test = async () => {
    const response = await vera.post('customers/test-event', { applicationId });
    expect(response.status).toBe(200);
    return (await response.json()) as TestEvent;
  };
  expect((await vera.post('customers/test-event', { applicationId })).status).toBe(409);
  const organisation = await createOrganisation(ctx, { name: 'Acme' });
  const key = { type: 'ONE_CLICK_EXPORT', contextUrn: organisation.urn } as const;
  const scope = await requestIntegrations(ctx, organisation, { applicationId, name: 'Hireworks' }, [key]);
  expect(await acme()).toMatchObject({
    organisation: 'Acme',
    integrations: [{ ...key, status: 'REQUESTED', missing: ['integrationName', 'CALLBACK_URL'] }],
  });
  await putConfigurations(ctx, scope, key, [{ key: 'CALLBACK_URL', value: receiver.url }]);
  const event = await test();
  expect(event).toMatchObject({ url: receiver.url, outcome: { status: 204 } });
  const [received] = receiver.received;
  expect(received?.body).toBe(event.body);
  expect(received?.headers['x-li-signature']).toBe(signature(made.clientSecret, event.body));
  expect(event.signed[0]).toEqual({ header: 'X-LI-Signature', text: `hmacsha256=${event.body}` });
  await putConfigurations(ctx, scope, key, [{ key: 'CALLBACK_URL', value: 'http://localhost:1/nobody' }]);
  expect(await test()).toMatchObject({ outcome: { failure: 'NOT_CONNECTED' } });
  expect(
    (await vera.read<{ deliveries: unknown[] }>(`deliveries?applicationId=${applicationId}`)).deliveries,
  ).toEqual([]);
  for (let n = 0; n < 18; n++) await test();
  expect((await vera.post('customers/test-event', { applicationId })).status).toBe(429);
  await setIntegrationStatus(ctx, scope, [key], 'ENABLED');
});

test('PC10 1.19 the audit log tells who did what for which customer, to this vendor alone, and holds no secret', async () => {
  const { entries } = await vera.read<PartnerAudit>('audit');
  expect(entries.filter(({ action }) => action === 'test-event-sent')).toHaveLength(20);
  expect(entries.slice(-4).map(({ by, action, customer, detail }) => [by, action, customer, detail])).toEqual(
    [
      ['Hireworks', 'own-secret-rotated', null, { overlapMs: HOUR_MS }],
      ['Hireworks', 'secret-rotated', 'Hireworks - Acme', { overlapMs: HOUR_MS }],
      [
        'Hireworks',
        'origins-changed',
        'Hireworks - Acme',
        { added: ['https://ats.example.com', 'http://127.0.0.1:5000'], removed: [] },
      ],
      ['Hireworks', 'customer-added', 'Hireworks - Acme', { foreignId: 'ACME-1' }],
    ],
  );
  const file = await (await vera.get('audit.csv')).text();
  expect(file.split('\r\n')[0]).toBe('at,by,action,customer,detail');
  expect(file).not.toContain(made.clientSecret);
  // What cannot be noted is not done.
  const applicationId = (await acme())?.applicationId ?? 0;
  const before = await acme();
  const owner = connect(world.database.ownerUrl, { max: 1 });
  try {
    await owner`alter table partner_audit add constraint refuses check (false) not valid`;
    const jsDomains = ['https://else.example.com'];
    expect((await vera.post('customers/change', { applicationId, jsDomains })).status).toBe(500);
    expect((await vera.post('customers/rotate', { applicationId, overlapMs: 0 })).status).toBe(500);
    expect(await acme()).toEqual(before);
    await owner`alter table partner_audit drop constraint refuses`;
  } finally {
    await owner.end();
  }
  await setApplicationAccess(world.ctx, otto.clientId, 'enabled');
  expect((await otto.read<PartnerAudit>('audit')).entries).toEqual([]);
});

test('PC8 1.19 A4 the log gives the reason of each refusal, and leads to the rule that stands in the reference', async () => {
  const applicationId = (await acme())?.applicationId ?? 0;
  const bearer = await accessTokenOf(made);
  const context = (await acme())?.organisationUrn ?? '';
  const key = `atsCandidateId=c1&dataProvider=ATS&integrationContext=${context}`;
  await world.call(
    bearer,
    `/v2/atsCandidates?ids[0].atsCandidateId=c1&ids[0].dataProvider=ATS&ids[0].integrationContext=${context}`,
    {
      method: 'PUT',
      headers: { 'x-restli-method': 'batch_update' },
      body: {
        entities: {
          [key]: { firstName: 'Secret', lastName: 'Person', atsCreatedAt: 1, atsLastModifiedAt: 1 },
        },
      },
    },
  );
  await world.call('no token of ours', '/v2/atsCandidates?ids[0].atsCandidateId=c1');
  const read = () => vera.read<PartnerRequests>(`requests?applicationId=${applicationId}&failed=yes`);
  await expect.poll(async () => (await read()).requests.length, { timeout: 60_000 }).toBe(1);
  const [failed] = (await read()).requests;
  expect(failed).toMatchObject({
    resource: 'v2/atsCandidates',
    status: 200,
    failed: 1,
    refusals: [
      { status: 422, field: '/emailAddresses', rule: '/docs/required-fields#candidate-emailAddresses' },
    ],
  });
  expect(JSON.stringify(failed)).not.toContain('Secret');
  expect((await world.call('', '/docs/required-fields')).body).toContain('id="candidate-emailAddresses"');
  expect((await world.call('', '/docs/api')).body).toContain('id="error-THROTTLED"');
  expect((await acme())?.lastCallAt).not.toBeNull();
});

test('PC2 L-005 of two applications for one customer, production and development, neither reads or changes what is the other’s', async () => {
  const { ctx } = world;
  const development = (await (
    await vera.post('customers', { foreignId: 'ACME-DEV', name: 'Hireworks - Acme dev', description: 'dev' })
  ).json()) as NewSecret;
  const context = (await acme())?.organisationUrn ?? '';
  const organisation = await findOrganisation(ctx, context);
  const [listed] = (await customersOf(vera)).filter(({ foreignId }) => foreignId === 'ACME-DEV');
  if (!organisation || !listed) throw new Error('both are there');
  const key = { type: 'IN_ATS_INDICATOR', contextUrn: context } as const;
  const application = { applicationId: listed.applicationId, name: 'Hireworks dev' };
  const scope = await requestIntegrations(ctx, organisation, application, [key]);
  await setIntegrationStatus(ctx, scope, [key], 'ENABLED');
  const ids = `ids[0].atsCandidateId=c2&ids[0].dataProvider=ATS&ids[0].integrationContext=${context}`;
  const body = `atsCandidateId=c2&dataProvider=ATS&integrationContext=${context}`;
  const record = {
    firstName: 'Ann',
    lastName: 'Prod',
    emailAddresses: [],
    atsCreatedAt: 1,
    atsLastModifiedAt: 1,
  };
  const call = async (by: NewSecret, method: 'PUT' | 'GET' | 'DELETE', restli: string, sent?: object) =>
    (
      await world.call(await accessTokenOf(by), `/v2/atsCandidates?${ids}`, {
        method,
        headers: { 'x-restli-method': restli },
        ...(sent ? { body: sent } : {}),
      })
    ).body;
  await call(made, 'PUT', 'batch_update', { entities: { [body]: record } });
  expect(Object.values((await call(development, 'GET', 'batch_get')).results)).toEqual([]);
  expect(Object.values((await call(development, 'DELETE', 'batch_delete')).errors)).toMatchObject([
    { status: 404 },
  ]);
  await call(development, 'PUT', 'batch_update', { entities: { [body]: { ...record, lastName: 'Dev' } } });
  expect(Object.values((await call(made, 'GET', 'batch_get')).results)).toMatchObject([{ lastName: 'Prod' }]);
});
