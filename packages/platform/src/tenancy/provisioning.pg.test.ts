import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../kernel/connect.ts';
import { createOrganisation, createPartner, type OauthApplication, requestIntegrations } from './index.ts';
import {
  integrationKey,
  integrationsPath,
  type OnboardingWorld,
  openOnboardingWorld,
} from './testing/onboarding-world.ts';

const ROOT = '/v2/provisionedApplications';
let world: OnboardingWorld;
let partner: OauthApplication;
let token: string;

beforeAll(async () => {
  world = await openOnboardingWorld();
  partner = await createPartner(world.ctx, { name: 'Vendor' });
  token = await world.tokenOf(partner);
});
afterAll(() => world.close());

const application = (uniqueForeignId: string, more: object = {}) => ({
  uniqueForeignId,
  name: 'Hire - Acme',
  description: 'the ATS of Acme',
  ...more,
});
const create = (uniqueForeignId: string, more: object = {}, bearer = token) =>
  world.call(bearer, ROOT, { method: 'POST', body: application(uniqueForeignId, more) });
const find = (uniqueForeignId: string, bearer = token) =>
  world.call(bearer, `${ROOT}?q=credentialsByUniqueForeignId&uniqueForeignId=${uniqueForeignId}`);
const change = (urn: string, $set: unknown, patch: object = {}) =>
  world.call(token, `${ROOT}/${urn}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: { patch: { $set, ...patch } },
  });
const rotate = (urn: string, body?: object, bearer = token) =>
  world.call(bearer, `${ROOT}/${urn}?action=rotateSecret`, { method: 'POST', ...(body ? { body } : {}) });
const mint = (clientId: string, clientSecret: string) =>
  world.form('/oauth/v2/accessToken', {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  });

test('TE15 L-001 a partner provisions an application for each customer, with credentials of its own, and finds it again', async () => {
  const lists = {
    validJsSdkDomains: ['http://localhost:5000', 'https://ats.example.com'],
    oauth2AuthorizedCallbackUrls: ['https://ats.example.com/back?x=1'],
  };
  const [first, second] = await Promise.all([create('c-1', lists), create('c-2')]);
  for (const { status, headers, body } of [first, second]) {
    expect(status).toBe(201);
    expect(body).toEqual({
      key: expect.stringMatching(/^urn:li:developerApplication:\d+$/),
      credentials: { client_id: expect.any(String), client_secret: expect.any(String) },
    });
    expect(headers.get('x-restli-id')).toBe(body.key);
    expect(headers.get('x-linkedin-id')).toBe(body.key);
    expect(decodeURIComponent(headers.get('location') ?? '')).toBe(`${ROOT}/${body.key}`);
    expect((await mint(body.credentials.client_id, body.credentials.client_secret)).status).toBe(200);
  }
  expect(first.body.credentials.client_id).not.toBe(second.body.credentials.client_id);
  expect(first.body.credentials.client_secret).not.toBe(second.body.credentials.client_secret);
  expect((await find('c-1')).body).toEqual({
    elements: [{ ...first.body, ...application('c-1'), ...lists }],
    paging: { start: 0, count: 10, links: [] },
  });
  expect((await find('c-9')).body).toEqual({ elements: [], paging: { start: 0, count: 10, links: [] } });
});

test('TE15 both protocol versions, a slash at the end and a body called text are taken', async () => {
  const created = await world.call(token, `${ROOT}/`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', 'x-restli-protocol-version': '2.0.0' },
    body: application('c-slash'),
  });
  expect(created.status).toBe(201);
  expect(created.headers.get('x-restli-protocol-version')).toBe('2.0.0');
  const found = await world.call(token, `${ROOT}/?q=credentialsByUniqueForeignId&uniqueForeignId=c-slash`, {
    headers: { 'x-restli-protocol-version': '2.0.0' },
  });
  expect(found.body.elements).toHaveLength(1);
});

test('TE16 a second application for a customer and a client id that is taken are conflicts; what is wrong is named', async () => {
  await create('c-once');
  expect(await create('c-once')).toMatchObject({
    status: 409,
    body: { code: 'CONFLICT', message: expect.stringContaining('uniqueForeignId') },
  });
  const taken = { credentials: { client_id: partner.clientId, client_secret: 'long enough' } };
  expect(await create('c-taken', taken)).toMatchObject({
    status: 409,
    body: { message: expect.stringContaining('client_id') },
  });
  const wrong: [object, string][] = [
    [{ uniqueForeignId: undefined }, '/uniqueForeignId'],
    [{ uniqueForeignId: 'nul\u0000' }, '/uniqueForeignId'],
    [{ name: 'x'.repeat(51) }, '/name'],
    [{ name: 'LinkedIn - Acme' }, '/name'],
    [{ description: 7 }, '/description'],
    [{ oauth2AuthorizedCallbackUrls: ['/back'] }, '/oauth2AuthorizedCallbackUrls/0'],
    [{ validJsSdkDomains: ['https://ats.example.com/'] }, '/validJsSdkDomains/0'],
    [{ validJsSdkDomains: ['ats.example.com'] }, '/validJsSdkDomains/0'],
    [{ credentials: { client_id: 'a b', client_secret: 'long enough' } }, '/credentials/client_id'],
    [{ credentials: { client_id: 'ab', client_secret: 'short' } }, '/credentials/client_secret'],
  ];
  for (const [more, field] of wrong) {
    const { status, headers, body } = await create('c-wrong', more);
    expect([status, body.code, body.message]).toEqual([
      422,
      'INVALID_RECORD',
      expect.stringContaining(`ERROR :: ${field} ::`),
    ]);
    expect(headers.get('x-linkedin-error-response')).toBe('true');
  }
  expect((await world.call(token, ROOT, { method: 'POST', body: 'no json' })).status).toBe(400);
  expect((await world.call(token, `${ROOT}?q=credentialsByUniqueForeignId`)).status).toBe(400);
  expect((await world.call(token, `${ROOT}?q=other&uniqueForeignId=c-1`)).status).toBe(400);
});

test('TE17 a partial update replaces lists whole and changes nothing else; what cannot be changed is named', async () => {
  const { body } = await create('c-patch', { validJsSdkDomains: ['https://old.example'] });
  const urn: string = body.key;
  const domains = { validJsSdkDomains: ['https://ats.example.com'] };
  const changed = await change(urn, domains);
  expect([changed.status, changed.body]).toEqual([204, null]);
  expect(
    (await change(urn, { name: 'New - Acme', oauth2AuthorizedCallbackUrls: ['https://a.example/b'] })).status,
  ).toBe(204);
  const element = async () => (await find('c-patch')).body.elements[0];
  expect(await element()).toEqual({
    ...body,
    ...application('c-patch'),
    ...domains,
    name: 'New - Acme',
    oauth2AuthorizedCallbackUrls: ['https://a.example/b'],
  });
  expect((await change(urn, {}, { $delete: ['validJsSdkDomains'] })).status).toBe(204);
  expect((await element()).validJsSdkDomains).toEqual([]);
  for (const [$set, patch] of [
    [{ uniqueForeignId: 'x' }, {}],
    [{ name: 'Some LinkedIn' }, {}],
    [{ validJsSdkDomains: 'https://a.example' }, {}],
    [{}, { $delete: ['description'] }],
  ] as const) {
    expect((await change(urn, $set, patch)).status).toBe(422);
  }
  expect((await change('urn:li:developerApplication:999999', domains)).status).toBe(404);
  expect((await change('nonsense', domains)).status).toBe(404);
  expect(
    (await world.call(token, `${ROOT}/${urn}`, { method: 'POST', body: { patch: { $put: {} } } })).status,
  ).toBe(400);
});

test('TE18 after a rotation both secrets hold until the overlap ends, then the new one alone', async () => {
  const { body } = await create('c-rotate');
  const { client_id: clientId, client_secret: former } = body.credentials;
  const person = world.ctx.keys.personKey(Number(body.key.split(':').at(-1)));
  const rotated = await rotate(body.key, { overlapMs: 60_000 });
  expect(rotated).toMatchObject({
    status: 200,
    body: {
      value: { credentials: { client_id: clientId }, formerSecretExpiresAt: world.clock.now() + 60_000 },
    },
  });
  const current: string = rotated.body.value.credentials.client_secret;
  expect(current).not.toBe(former);
  expect((await find('c-rotate')).body.elements[0].credentials.client_secret).toBe(current);
  const statuses = async () => [
    (await mint(clientId, current)).status,
    (await mint(clientId, former)).status,
  ];
  expect(await statuses()).toEqual([200, 200]);
  world.clock.advance(59_999);
  expect(await statuses()).toEqual([200, 200]);
  world.clock.advance(1);
  expect(await statuses()).toEqual([200, 401]);
  token = await world.tokenOf(partner);
  expect(world.ctx.keys.personKey(Number(body.key.split(':').at(-1)))).toBe(person);
  expect((await rotate(body.key)).body.value.formerSecretExpiresAt).toBe(world.clock.now() + 24 * 3_600_000);
  expect((await rotate(body.key, { overlapMs: -1 })).status).toBe(422);
  expect((await rotate('urn:li:developerApplication:999999')).status).toBe(404);
  expect((await world.call(token, `${ROOT}/${body.key}?action=other`, { method: 'POST' })).status).toBe(400);
});

test('TE19 L-004 credentials that a customer holds already are imported, and calls made with them work', async () => {
  const credentials = { client_id: '77existingkey', client_secret: 'Kept+from/elsewhere=1' };
  const imported = await create('c-import', { credentials });
  expect([imported.status, imported.body.credentials]).toEqual([201, credentials]);
  const held = { clientId: credentials.client_id, clientSecret: credentials.client_secret };
  const customer = await world.tokenOf(held);
  const organisation = await createOrganisation(world.ctx, { name: 'Importing' });
  const applicationId = Number(imported.body.key.split(':').at(-1));
  await requestIntegrations(world.ctx, organisation, { applicationId, name: 'Hire' }, [
    { type: 'IN_ATS_INDICATOR', contextUrn: organisation.urn },
  ]);
  const key = integrationKey(organisation.urn, 'IN_ATS_INDICATOR');
  expect(Object.values((await world.call(customer, integrationsPath([key]))).body.results)).toEqual([
    { onboardingStatus: 'REQUESTED' },
  ]);
  const owner = connect(world.database.ownerUrl, { max: 1 });
  const [row] =
    await owner`select o::text as text from oauth_application o where client_id = ${held.clientId}`;
  await owner.end();
  expect(row?.text).not.toContain(Buffer.from(held.clientSecret).toString('hex'));
});

test("TE20 a partner sees and changes its own applications only; a customer's token provisions nothing", async () => {
  const other = await world.tokenOf(await createPartner(world.ctx, { name: 'Rival' }));
  const { body } = await create('c-mine');
  expect((await find('c-mine', other)).body.elements).toEqual([]);
  expect((await rotate(body.key, {}, other)).status).toBe(404);
  const foreign = await world.call(other, `${ROOT}/${body.key}`, {
    method: 'POST',
    body: { patch: { $set: { name: 'x' } } },
  });
  expect(foreign.status).toBe(404);
  // Each partner numbers its customers by itself.
  expect((await create('c-mine', {}, other)).status).toBe(201);
  const { client_id: clientId, client_secret: clientSecret } = body.credentials;
  const customer = await world.tokenOf({ clientId, clientSecret });
  expect(await find('c-mine', customer)).toMatchObject({ status: 403, body: { code: 'ACCESS_DENIED' } });
  expect((await create('c-theirs', {}, customer)).status).toBe(403);
  expect((await find('c-mine', 'forged')).status).toBe(401);
});
