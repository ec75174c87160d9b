import { encodePathKey, type TypedKey } from '@carrick/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findRequests } from '../traffic/index.ts';
import { company, openCustomer } from './testing/onboarding-customer.ts';
import {
  configurationsPath,
  INTEGRATION_KEY,
  integrationsPath,
  type OnboardingWorld,
  openOnboardingWorld,
  putting,
} from './testing/onboarding-world.ts';

let world: OnboardingWorld;
beforeAll(async () => {
  world = await openOnboardingWorld({ quotas: true });
});
afterAll(() => world.close());

const pathOf = (key: TypedKey) => `/v2/atsIntegrations/${encodePathKey(key, INTEGRATION_KEY, '1.0.0')}`;

test('TE29 TR7 L-022 calls to atsIntegrations come a second apart; those to its configurations need not', async () => {
  const acme = await openCustomer(world, 'Acme');
  await acme.request(...company(acme, 'ONE_CLICK_EXPORT'));
  const key = acme.key('ONE_CLICK_EXPORT');
  const get = () => world.call(acme.token, integrationsPath([key]));
  const first = await get();
  expect([first.status, first.headers.get('ratelimit')]).toEqual([
    200,
    expect.stringContaining('"requests-per-day";r=4999'),
  ]);
  const second = await get();
  expect([second.status, second.headers.get('retry-after')]).toEqual([429, '1']);
  for (let call = 0; call < 2; call++) {
    const path = configurationsPath(key, ['CALLBACK_URL']);
    const put = await world.call(acme.token, path, putting({ CALLBACK_URL: 'https://a.example/cb' }));
    expect(put.status).toBe(200);
  }
  world.clock.advance(1_000);
  expect((await get()).status).toBe(200);
});

test('TR9 TE29 provisioning, integrations and members are logged with their applications, bound to an organisation or not', async () => {
  const birch = await openCustomer(world, 'Birch');
  await world.call(birch.token, integrationsPath([birch.key('ONE_CLICK_EXPORT')]));
  await birch.request(...company(birch, 'ONE_CLICK_EXPORT'));
  world.clock.advance(1_000);
  await world.call(birch.token, integrationsPath([birch.key('ONE_CLICK_EXPORT')]));
  await world.call(birch.token, '/v2/me');
  await expect
    .poll(async () => {
      const logged = await findRequests(world.ctx, { applicationIds: [birch.applicationId] });
      return logged.map(({ resource, tenantId, status }) => [resource, tenantId, status]);
    })
    .toEqual([
      ['v2/atsIntegrations', birch.organisation.tenantId, 200],
      ['v2/atsIntegrations', null, 200],
    ]);
  const all = await findRequests(world.ctx, {});
  expect(all.map(({ resource }) => resource)).toEqual(
    expect.arrayContaining(['v2/provisionedApplications', 'v2/me', 'oauth/v2/accessToken']),
  );
});

test('TE25 WP42 one integration and one configuration by the key in the path', async () => {
  const cedar = await openCustomer(world, 'Cedar');
  await cedar.request(...company(cedar, 'ONE_CLICK_EXPORT'));
  const path = pathOf(cedar.key('ONE_CLICK_EXPORT'));
  const call = (more: string, method: 'GET' | 'PUT' | 'POST' | 'DELETE', body?: unknown) => {
    world.clock.advance(1_000);
    return world.call(cedar.token, `${path}${more}`, { method, body });
  };
  const named = await call('', 'POST', { patch: { $set: { integrationName: 'Hire' } } });
  expect([named.status, named.body]).toEqual([204, null]);
  const configuration = { configurationValue: { string: 'https://a.example/cb' } };
  expect((await call('/configurations/CALLBACK_URL', 'PUT', configuration)).status).toBe(204);
  expect((await call('', 'GET')).body).toEqual({
    integrationName: 'Hire',
    onboardingStatus: 'PARTNER_READY',
  });
  expect((await call('/configurations/CALLBACK_URL', 'GET')).body).toEqual(configuration);
  expect((await call('/configurations/CALLBACK_URL', 'DELETE')).status).toBe(204);
  expect((await call('/configurations/CALLBACK_URL', 'GET')).status).toBe(404);
});
