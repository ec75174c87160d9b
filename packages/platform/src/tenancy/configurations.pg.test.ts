import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCustomerApplication, createOrganisation, setIntegrationStatus } from './index.ts';
import {
  configurationsPath,
  integrationKey,
  type OnboardingWorld,
  openOnboardingWorld,
  putting,
} from './testing/onboarding-world.ts';

let world: OnboardingWorld;
let organization: string;
let token: string;

beforeAll(async () => {
  world = await openOnboardingWorld();
  const organisation = await createOrganisation(world.ctx, { name: 'Acme' });
  organization = organisation.urn;
  const { tenantId } = organisation;
  const application = await createCustomerApplication(world.ctx, { tenantId, name: 'Hire' });
  const types = ['ONE_CLICK_EXPORT', 'IN_ATS_INDICATOR'] as const;
  const integrations = types.map((type) => ({ type, contextUrn: organization }));
  await setIntegrationStatus(world.ctx, { tenantId, atsNo: application.atsNo }, integrations, 'ENABLED');
  token = await world.tokenOf(application);
});
afterAll(() => world.close());

const at = (type: string) => integrationKey(organization, type);
const put = (type: string, values: Record<string, unknown>) =>
  world.call(token, configurationsPath(at(type), Object.keys(values)), putting(values));
const get = (type: string, ...names: string[]) => world.call(token, configurationsPath(at(type), names));
const remove = (type: string, ...names: string[]) =>
  world.call(token, configurationsPath(at(type), names), { method: 'DELETE' });

test('TE35 L-024 a configuration that was put is the one that is got; it can be changed and removed', async () => {
  const url = 'https://ats.example.com/li/Acme%20Inc?x=ä&y=1';
  expect(await put('ONE_CLICK_EXPORT', { CALLBACK_URL: url })).toMatchObject({
    status: 200,
    body: { errors: {}, results: { CALLBACK_URL: { status: 204 } } },
  });
  expect((await get('ONE_CLICK_EXPORT', 'CALLBACK_URL')).body).toEqual({
    results: { CALLBACK_URL: { configurationValue: { string: url } } },
    statuses: {},
    errors: {},
  });
  // Each integration has its own.
  expect((await get('IN_ATS_INDICATOR', 'CALLBACK_URL')).body.errors).toMatchObject({
    CALLBACK_URL: { status: 404 },
  });
  await put('ONE_CLICK_EXPORT', {
    CALLBACK_URL: 'https://b.example:443/',
    JOB_POSTING_VIEWERS: 'ALL_PRODUCT_USERS',
  });
  expect((await get('ONE_CLICK_EXPORT', 'CALLBACK_URL', 'JOB_POSTING_VIEWERS')).body.results).toEqual({
    CALLBACK_URL: { configurationValue: { string: 'https://b.example:443/' } },
    JOB_POSTING_VIEWERS: { configurationValue: { string: 'ALL_PRODUCT_USERS' } },
  });
  const removed = await remove('ONE_CLICK_EXPORT', 'CALLBACK_URL', 'APPLICATION_VIEWERS');
  expect(removed.body).toMatchObject({
    results: { CALLBACK_URL: { status: 204 } },
    errors: { APPLICATION_VIEWERS: { status: 404 } },
  });
  expect((await get('ONE_CLICK_EXPORT', 'CALLBACK_URL')).body.errors).toMatchObject({
    CALLBACK_URL: { status: 404 },
  });
});

test('TE35 the documented request is taken as it is written, and the same in 2.0', async () => {
  const path = `/v2/atsIntegrations/integrationContext=${organization}&integrationType=ONE_CLICK_EXPORT&tenantType=RECRUITER&dataProvider=ATS/configurations?ids=CALLBACK_URL`;
  const { status, body } = await world.call(
    token,
    path,
    putting({ CALLBACK_URL: 'https://customer.example.com/goes/here' }),
  );
  expect([status, body]).toEqual([200, { errors: {}, results: { CALLBACK_URL: { status: 204 } } }]);
  const v2 = configurationsPath(at('ONE_CLICK_EXPORT'), ['CALLBACK_URL'], '2.0.0');
  expect(
    (await world.call(token, v2, putting({ CALLBACK_URL: 'https://v2.example/' }, '2.0.0'))).body.results,
  ).toEqual({
    CALLBACK_URL: { status: 204 },
  });
  const got = await world.call(token, v2, { headers: { 'x-restli-protocol-version': '2.0.0' } });
  expect(got.body.results).toEqual({
    CALLBACK_URL: { configurationValue: { string: 'https://v2.example/' } },
  });
});

test('TE36 values and keys are checked one by one, and the reason names the key', async () => {
  const wrong: [string, string, unknown, RegExp][] = [
    ['ONE_CLICK_EXPORT', 'CALLBACK_URL', 'http://a.example/', /CALLBACK_URL must be an https URL/],
    ['ONE_CLICK_EXPORT', 'CALLBACK_URL', 'http://localhost:8090/', /must be an https URL/],
    ['ONE_CLICK_EXPORT', 'CALLBACK_URL', 'https://a.example:8443/', /port 443 or 80/],
    ['ONE_CLICK_EXPORT', 'CALLBACK_URL', 'https://u:p@a.example/', /neither a user/],
    ['ONE_CLICK_EXPORT', 'CALLBACK_URL', 'ats.example', /must be an https URL/],
    ['ONE_CLICK_EXPORT', 'CALLBACK_URL', 7, /\/configurationValue\/string :: 7 cannot be coerced/],
    ['ONE_CLICK_EXPORT', 'JOB_POSTING_VIEWERS', 'NOBODY', /must be ALL_PRODUCT_USERS/],
    [
      'IN_ATS_INDICATOR',
      'JOB_POSTING_VIEWERS',
      'ALL_PRODUCT_USERS',
      /takes CALLBACK_URL, APPLICATION_VIEWERS/,
    ],
    ['IN_ATS_INDICATOR', 'COLOUR', 'red', /COLOUR is not a configuration key/],
  ];
  for (const [type, key, value, reason] of wrong) {
    const { status, body } = await put(type, { [key]: value });
    expect([status, body.results]).toEqual([200, {}]);
    expect(body.errors[key]).toMatchObject({ status: 422, message: expect.stringMatching(reason) });
  }
  const mixed = await put('IN_ATS_INDICATOR', { APPLICATION_VIEWERS: 'ALL_PRODUCT_USERS', COLOUR: 'red' });
  expect(mixed.body).toMatchObject({
    results: { APPLICATION_VIEWERS: { status: 204 } },
    errors: { COLOUR: { status: 422 } },
  });
  const shapeless = await world.call(token, configurationsPath(at('ONE_CLICK_EXPORT'), ['CALLBACK_URL']), {
    method: 'PUT',
    body: { entities: { CALLBACK_URL: { configurationValue: 'https://a.example/' } } },
  });
  expect(shapeless.body.errors.CALLBACK_URL).toMatchObject({
    status: 422,
    message: expect.stringContaining('/configurationValue'),
  });
});

test('TE36 an integration that was not requested, or is none, refuses each key for itself', async () => {
  const values = { CALLBACK_URL: 'https://a.example/' };
  expect((await put('PROFILE_PLUGIN', values)).body.errors).toMatchObject({ CALLBACK_URL: { status: 404 } });
  expect((await put('APPLY_CONNECT', values)).body.errors).toMatchObject({ CALLBACK_URL: { status: 403 } });
  expect((await remove('PROFILE_PLUGIN', 'CALLBACK_URL')).body.errors).toMatchObject({
    CALLBACK_URL: { status: 404 },
  });
  expect((await get('NO_TYPE', 'CALLBACK_URL')).body.errors).toMatchObject({ CALLBACK_URL: { status: 422 } });
  expect((await world.call(token, '/v2/atsIntegrations/x=1/configurations?ids=CALLBACK_URL')).status).toBe(
    400,
  );
});
