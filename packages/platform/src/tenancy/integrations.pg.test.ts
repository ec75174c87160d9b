import { RESOURCES, type TypedKey } from '@carrick/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createContract,
  deleteIntegration,
  findAts,
  findOauthApplication,
  listIntegrations,
} from './index.ts';
import { type Customer, company, openCustomer } from './testing/onboarding-customer.ts';
import {
  configurationsPath,
  integrationKey,
  integrationsPath,
  keyText,
  naming,
  type OnboardingWorld,
  openOnboardingWorld,
  putting,
} from './testing/onboarding-world.ts';

let world: OnboardingWorld;
beforeAll(async () => {
  world = await openOnboardingWorld();
});
afterAll(() => world.close());

const customer = (name: string): Promise<Customer> => openCustomer(world, name);

describe('states', () => {
  test('TE21 L-026 L-028 REQUESTED, PARTNER_READY once named and configured, ENABLED by the administrator and only then', async () => {
    const acme = await customer('Alder');
    const key = acme.key('ONE_CLICK_EXPORT');
    const text = keyText(key);
    expect((await acme.get([key])).errors[text]).toMatchObject({ status: 404 });
    await acme.request(...company(acme, 'ONE_CLICK_EXPORT'));
    expect(await acme.get([key])).toEqual({
      results: { [text]: { onboardingStatus: 'REQUESTED' } },
      errors: {},
      statuses: {},
    });
    await expect(acme.turn('ONE_CLICK_EXPORT', true)).rejects.toThrow(
      /waits for the partner to send integrationName, CALLBACK_URL/,
    );
    const named = await world.call(
      acme.token,
      integrationsPath([key]),
      naming([key], { integrationName: 'Hire ★' }),
    );
    expect(named).toMatchObject({ status: 200, body: { results: { [text]: { status: 204 } }, errors: {} } });
    expect(await acme.statusOf(key)).toBe('REQUESTED');
    await world.call(
      acme.token,
      configurationsPath(key, ['CALLBACK_URL']),
      putting({ CALLBACK_URL: 'https://a.example/cb' }),
    );
    expect(await acme.statusOf(key)).toBe('PARTNER_READY');
    await acme.turn('ONE_CLICK_EXPORT', true);
    expect((await acme.get([key])).results[text]).toEqual({
      integrationName: 'Hire ★',
      onboardingStatus: 'ENABLED',
    });
    await world.call(acme.token, integrationsPath([key]), naming([key], { integrationName: 'Hire 2' }));
    expect((await acme.get([key])).results[text]).toEqual({
      integrationName: 'Hire 2',
      onboardingStatus: 'ENABLED',
    });
    await acme.turn('ONE_CLICK_EXPORT', false);
    expect(await acme.statusOf(key)).toBe('PARTNER_READY');
  });

  test('TE22 L-025 while something is missing it says what, and whose turn it is', async () => {
    const acme = await customer('Birch');
    const key = acme.key('ONE_CLICK_EXPORT');
    await acme.request(...company(acme, 'ONE_CLICK_EXPORT'));
    const state = async () =>
      (await acme.get([key], '&fields=onboardingStatus,waitsFor,missing')).results[keyText(key)];
    const put = () =>
      world.call(
        acme.token,
        configurationsPath(key, ['CALLBACK_URL']),
        putting({ CALLBACK_URL: 'https://a.example/' }),
      );
    const remove = () =>
      world.call(acme.token, configurationsPath(key, ['CALLBACK_URL']), { method: 'DELETE' });
    expect(await state()).toEqual({
      onboardingStatus: 'REQUESTED',
      waitsFor: 'partner',
      missing: ['integrationName', 'CALLBACK_URL'],
    });
    await put();
    expect(await state()).toMatchObject({ onboardingStatus: 'REQUESTED', missing: ['integrationName'] });
    await world.call(acme.token, integrationsPath([key]), naming([key], { integrationName: 'Hire' }));
    expect(await state()).toEqual({
      onboardingStatus: 'PARTNER_READY',
      waitsFor: 'administrator',
      missing: [],
    });
    await remove();
    expect(await state()).toMatchObject({ onboardingStatus: 'REQUESTED', missing: ['CALLBACK_URL'] });
    await put();
    await acme.turn('ONE_CLICK_EXPORT', true);
    await remove();
    expect(await state()).toEqual({ onboardingStatus: 'ENABLED', waitsFor: null, missing: ['CALLBACK_URL'] });
  });

  test('TE22 a name and a configuration that come at the same moment see each other', async () => {
    const acme = await customer('Cedar');
    await acme.request(...company(acme, 'ONE_CLICK_EXPORT'));
    const key = acme.key('ONE_CLICK_EXPORT');
    for (let round = 0; round < 8; round++) {
      const scope = await findAts(world.ctx, acme.applicationId);
      await deleteIntegration(world.ctx, scope!, {
        type: 'ONE_CLICK_EXPORT',
        contextUrn: acme.organisation.urn,
      });
      await acme.request(...company(acme, 'ONE_CLICK_EXPORT'));
      await Promise.all([
        world.call(acme.token, integrationsPath([key]), naming([key], { integrationName: 'Hire' })),
        world.call(
          acme.token,
          configurationsPath(key, ['CALLBACK_URL']),
          putting({ CALLBACK_URL: 'https://a.example/' }),
        ),
      ]);
      expect(await acme.statusOf(key)).toBe('PARTNER_READY');
    }
  });

  test('TE23 L-027 before ENABLED records are refused one by one with what is waited for; the same batch is accepted afterwards', async () => {
    const acme = await customer('Dogwood');
    expect(await acme.putCandidate()).toMatchObject({
      status: 403,
      message: expect.stringContaining('no organization'),
    });
    await acme.request(...company(acme, 'ONE_CLICK_EXPORT', 'PROFILE_PLUGIN'));
    const key = acme.key('PROFILE_PLUGIN');
    await world.call(acme.token, integrationsPath([key]), naming([key], { integrationName: 'Hire' }));
    const refused = await acme.putCandidate();
    expect(refused).toMatchObject({ status: 200, outcome: { status: 403, code: 'INTEGRATION_NOT_ENABLED' } });
    expect(refused.outcome?.message).toContain('ONE_CLICK_EXPORT is REQUESTED: waits for the partner');
    expect(refused.outcome?.message).toContain(
      "PROFILE_PLUGIN is PARTNER_READY: waits for the customer's administrator",
    );
    await acme.turn('PROFILE_PLUGIN', true);
    expect((await acme.putCandidate()).outcome).toEqual({ status: 204 });
    await acme.turn('PROFILE_PLUGIN', false);
    expect((await acme.putCandidate()).outcome).toMatchObject({ status: 403 });
  });

  test('TE24 L-153 switching on and off notifies: the id finds the integration with its six fields for seven days', async () => {
    const [acme, other] = [await customer('Elder'), await customer('Elder 2')];
    await acme.request(...company(acme, 'IN_ATS_INDICATOR'));
    await other.request(...company(other, 'IN_ATS_INDICATOR'));
    const key = acme.key('IN_ATS_INDICATOR');
    await world.call(acme.token, integrationsPath([key]), naming([key], { integrationName: 'Hire' }));
    const id = await acme.turn('IN_ATS_INDICATOR', true);
    expect(await acme.turn('IN_ATS_INDICATOR', true)).toBeNull();
    const find = (token: string, requestId: string | null) =>
      world.call(token, `/v2/atsIntegrations?q=request&requestId=${requestId}`);
    expect(await find(acme.token, id)).toMatchObject({
      status: 200,
      body: {
        elements: [
          {
            dataProvider: 'ATS',
            integrationContext: acme.organisation.urn,
            integrationName: 'Hire',
            integrationType: 'IN_ATS_INDICATOR',
            onboardingStatus: 'ENABLED',
            tenantType: 'RECRUITER',
          },
        ],
        paging: { count: 10, links: [], start: 0 },
      },
    });
    const off = await acme.turn('IN_ATS_INDICATOR', false);
    expect((await find(acme.token, off)).body.elements[0].onboardingStatus).toBe('PARTNER_READY');
    for (const answer of [
      await find(other.token, id),
      await find(acme.token, 'unknown'),
      await find(acme.token, 'a%00b'),
    ]) {
      expect(answer).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    }
    expect((await world.call(acme.token, '/v2/atsIntegrations?q=request')).status).toBe(400);
    expect((await world.call(acme.token, '/v2/atsIntegrations?q=other&requestId=1')).status).toBe(400);
    world.clock.advance(7 * 24 * 3_600_000);
    const credentials = await findOauthApplication(world.ctx, acme.clientId);
    expect(await find(await world.tokenOf(credentials!), id)).toMatchObject({
      status: 404,
      body: { code: 'REQUEST_EXPIRED' },
    });
  });
});

describe('keys', () => {
  test('TE25 L-019 L-020 keys are known in any order, escaped or not, in both versions; a bad one leaves its neighbours alone', async () => {
    const acme = await customer('Fir');
    await acme.request(...company(acme, 'ONE_CLICK_EXPORT', 'IN_ATS_INDICATOR'));
    const urn = acme.organisation.urn;
    const query = `ids[0].integrationContext=${urn}&ids[0].integrationType=ONE_CLICK_EXPORT&ids[0].tenantType=RECRUITER&ids[0].dataProvider=ATS`;
    for (const bodyKey of [
      `integrationContext=${urn}&integrationType=ONE_CLICK_EXPORT&tenantType=RECRUITER&dataProvider=ATS`,
      `integrationType=ONE_CLICK_EXPORT&tenantType=RECRUITER&dataProvider=ATS&integrationContext=${encodeURIComponent(urn)}`,
    ]) {
      const { body } = await world.call(acme.token, `/v2/atsIntegrations?${query}`, {
        method: 'POST',
        headers: { 'x-restli-method': 'batch_partial_update' },
        body: { entities: { [bodyKey]: { patch: { $set: { integrationName: 'Hire' } } } } },
      });
      expect(body).toEqual({
        errors: {},
        results: { [keyText(acme.key('ONE_CLICK_EXPORT'))]: { status: 204 } },
      });
    }
    const keys = [acme.key('ONE_CLICK_EXPORT'), acme.key('NOT_A_TYPE'), acme.key('IN_ATS_INDICATOR')];
    const v2 = await world.call(
      acme.token,
      integrationsPath(keys, '2.0.0'),
      naming(keys, { integrationName: 'N' }, '2.0.0'),
    );
    expect(v2).toMatchObject({ status: 200 });
    expect(Object.keys(v2.body.results).sort()).toEqual(
      [keys[0]!, keys[2]!].map((key) => keyText(key, '2.0.0')).sort(),
    );
    expect(Object.keys(v2.body.errors)).toEqual([keyText(keys[1]!, '2.0.0')]);
  });

  test('TE26 L-018 the context is an organization or contract as its type asks, and every part is one of its values', async () => {
    const acme = await customer('Gorse');
    const contract = await createContract(world.ctx, acme.organisation.tenantId, { name: 'One' });
    await acme.request(...company(acme, 'PROFILE_PLUGIN'), { type: 'CSA_API', contextUrn: contract.urn });
    const { urn } = acme.organisation;
    const wrong: [TypedKey, string][] = [
      [integrationKey(contract.urn, 'PROFILE_PLUGIN'), '/integrationContext'],
      [integrationKey(urn, 'CSA_API'), '/integrationContext'],
      [integrationKey('4gX03uw', 'PROFILE_PLUGIN'), '/integrationContext'],
      [integrationKey(urn, 'PAST_APPLICANTS'), '/integrationType'],
      [integrationKey(urn, 'PROFILE_PLUGIN', 'JOBS'), '/tenantType'],
      [integrationKey(urn, 'PROFILE_PLUGIN', 'RECRUITER', 'CRM'), '/dataProvider'],
    ];
    const good = [acme.key('PROFILE_PLUGIN'), integrationKey(contract.urn, 'CSA_API')];
    const all = [...wrong.map(([key]) => key), ...good];
    const { body } = await world.call(
      acme.token,
      integrationsPath(all),
      naming(all, { integrationName: 'Hire' }),
    );
    for (const [key, field] of wrong) {
      expect(body.errors[keyText(key)]).toMatchObject({
        status: 422,
        message: expect.stringContaining(`ERROR :: ${field} ::`),
      });
    }
    for (const key of good) expect(body.results[keyText(key)]).toEqual({ status: 204 });
  });

  test('TE27 L-013 a type that the protocol knows and nobody offers here is answered as not offered', async () => {
    const acme = await customer('Hazel');
    const keys = ['APPLY_CONNECT', 'APPLY_WITH_LINKEDIN', 'CRM_ONE_CLICK_EXPORT', 'RECOMMENDED_MATCHES'].map(
      (type) => integrationKey(acme.organisation.urn, type, 'JOBS'),
    );
    const { body } = await world.call(acme.token, integrationsPath(keys));
    for (const key of keys) {
      expect(body.errors[keyText(key)]).toMatchObject({
        status: 403,
        code: 'INTEGRATION_NOT_OFFERED',
        message: `${key[1]} is not offered by this platform`,
      });
    }
  });

  test('TE28 L-017 the name is needed, is text, and is all that can be set', async () => {
    const acme = await customer('Ivy');
    await acme.request(...company(acme, 'IN_ATS_INDICATOR'));
    const key = acme.key('IN_ATS_INDICATOR');
    for (const [set, field] of [
      [{}, '/integrationName'],
      [{ integrationName: 7 }, '/integrationName'],
      [{ integrationName: null }, '/integrationName'],
      [{ integrationName: '  ' }, '/integrationName'],
      [{ integrationName: 'a\u0000b' }, '/integrationName'],
      [{ integrationName: 'x'.repeat(256) }, '/integrationName'],
      [{ integrationName: 'Hire', onboardingStatus: 'ENABLED' }, '/onboardingStatus'],
    ] as const) {
      const { body } = await world.call(acme.token, integrationsPath([key]), naming([key], set));
      expect(body.errors[keyText(key)]).toMatchObject({
        status: 422,
        message: expect.stringContaining(`ERROR :: ${field} ::`),
      });
    }
    const entities = { [keyText(key)]: { patch: 'x' } };
    const broken = await world.call(acme.token, integrationsPath([key]), {
      method: 'POST',
      body: { entities },
    });
    expect(broken.body.errors[keyText(key)]).toMatchObject({ status: 400 });
    expect((await acme.get([key])).results[keyText(key)]).toEqual({ onboardingStatus: 'REQUESTED' });
    const { applicationId } = acme;
    await world.call(acme.token, integrationsPath([key]), naming([key], { integrationName: '人事 💼' }));
    const scope = await findAts(world.ctx, applicationId);
    expect(await listIntegrations(world.ctx, scope!)).toMatchObject([{ name: '人事 💼' }]);
  });

  test('TE29 L-022 a batch takes at most 100, and the table of resources names the gap between calls', async () => {
    const acme = await customer('Juniper');
    await acme.request(...company(acme, 'IN_ATS_INDICATOR'));
    const contracts = Array.from({ length: 101 }, (_, index) =>
      integrationKey(`urn:li:contract:9${index}`, 'CSA_API'),
    );
    const tunnelled = (keys: readonly TypedKey[]) =>
      world.call(acme.token, '/v2/atsIntegrations', {
        method: 'POST',
        headers: { 'x-http-method-override': 'GET', 'content-type': 'application/x-www-form-urlencoded' },
        body: integrationsPath(keys).split('?')[1],
      });
    expect((await tunnelled(contracts)).status).toBe(400);
    const full = await tunnelled(contracts.slice(1));
    expect([full.status, Object.keys(full.body.errors).length]).toEqual([200, 100]);
    expect(RESOURCES.find(({ name }) => name === 'atsIntegrations')).toMatchObject({ leastGapMs: 1_000 });
  });
});
