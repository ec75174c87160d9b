import { INTEGRATIONS, RESOURCES, type TypedKey } from '@carrick/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createContract,
  createCustomerApplication,
  createOrganisation,
  createPartner,
  deleteIntegration,
  findAts,
  findOauthApplication,
  type IntegrationKey,
  listIntegrations,
  requestIntegrations,
  setApplicationAccess,
  switchIntegration,
} from './index.ts';
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

type Customer = Awaited<ReturnType<typeof customer>>;

/** An organisation, and an application of a partner's that it has asked nothing of yet. */
async function customer(name: string) {
  const { ctx } = world;
  const organisation = await createOrganisation(ctx, { name });
  const vendor = await world.tokenOf(await createPartner(ctx, { name: 'Vendor' }));
  const { body } = await world.call(vendor, '/v2/provisionedApplications', {
    method: 'POST',
    body: { uniqueForeignId: name, name: `Hire - ${name}`, description: 'x' },
  });
  const { client_id: clientId, client_secret: clientSecret } = body.credentials;
  const applicationId = Number(body.key.split(':').at(-1));
  const token = await world.tokenOf({ clientId, clientSecret });
  const key = (type: string) => integrationKey(organisation.urn, type);
  const request = (...keys: IntegrationKey[]) =>
    requestIntegrations(ctx, organisation, { applicationId, name: 'Hire' }, keys);
  const get = async (keys: readonly TypedKey[], fields = '') =>
    (await world.call(token, `${integrationsPath(keys)}${fields}`)).body;
  const statusOf = async (wireKey: TypedKey) =>
    (await get([wireKey])).results[keyText(wireKey)]?.onboardingStatus;
  const turn = async (type: IntegrationKey['type'], isOn: boolean, contextUrn: string = organisation.urn) => {
    const scope = await findAts(ctx, applicationId);
    if (!scope) throw new Error('not bound');
    return switchIntegration(ctx, scope, { type, contextUrn }, isOn);
  };
  return { organisation, vendor, clientId, applicationId, token, key, request, get, statusOf, turn };
}

const company = ({ organisation }: Customer, ...types: IntegrationKey['type'][]): IntegrationKey[] =>
  types.map((type) => ({ type, contextUrn: organisation.urn }));

const putCandidate = async ({ token, organisation }: Customer, id = '1') => {
  const key = `atsCandidateId=${id}&dataProvider=ATS&integrationContext=${organisation.urn}`;
  const query = key.replaceAll(/(^|&)/g, '$1ids[0].');
  const person = {
    atsCreatedAt: 1,
    atsLastModifiedAt: 2,
    firstName: 'Ada',
    lastName: 'B',
    emailAddresses: [],
  };
  const { status, body } = await world.call(token, `/v2/atsCandidates?${query}`, {
    method: 'PUT',
    body: { entities: { [key]: person } },
  });
  const [outcome] = Object.values({ ...body.results, ...body.errors }) as {
    status: number;
    message?: string;
    code?: string;
  }[];
  return { status, code: body.code, message: body.message, outcome };
};

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
    expect(await putCandidate(acme)).toMatchObject({
      status: 403,
      message: expect.stringContaining('no organization'),
    });
    await acme.request(...company(acme, 'ONE_CLICK_EXPORT', 'PROFILE_PLUGIN'));
    const key = acme.key('PROFILE_PLUGIN');
    await world.call(acme.token, integrationsPath([key]), naming([key], { integrationName: 'Hire' }));
    const refused = await putCandidate(acme);
    expect(refused).toMatchObject({ status: 200, outcome: { status: 403, code: 'INTEGRATION_NOT_ENABLED' } });
    expect(refused.outcome?.message).toContain('ONE_CLICK_EXPORT is REQUESTED: waits for the partner');
    expect(refused.outcome?.message).toContain(
      "PROFILE_PLUGIN is PARTNER_READY: waits for the customer's administrator",
    );
    await acme.turn('PROFILE_PLUGIN', true);
    expect((await putCandidate(acme)).outcome).toEqual({ status: 204 });
    await acme.turn('PROFILE_PLUGIN', false);
    expect((await putCandidate(acme)).outcome).toMatchObject({ status: 403 });
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

describe('who', () => {
  test('TE7 TE30 the first request binds the application; a second organisation is refused, its contracts too', async () => {
    const [acme, other] = [await customer('Kapok'), await customer('Larch')];
    await acme.request(...company(acme, 'PROFILE_PLUGIN'));
    const steal = requestIntegrations(
      world.ctx,
      other.organisation,
      { applicationId: acme.applicationId, name: 'x' },
      company(other, 'PROFILE_PLUGIN'),
    );
    await expect(steal).rejects.toThrow(/another organisation/);
    const contract = await createContract(world.ctx, other.organisation.tenantId, { name: 'Theirs' });
    await expect(acme.request({ type: 'CSA_API', contextUrn: contract.urn })).rejects.toThrow(
      /neither the organisation/,
    );
    const keys = [other.key('PROFILE_PLUGIN'), integrationKey(contract.urn, 'CSA_API')];
    const { body } = await world.call(
      acme.token,
      integrationsPath(keys),
      naming(keys, { integrationName: 'Mine' }),
    );
    for (const key of keys)
      expect(body.errors[keyText(key)]).toMatchObject({ status: 403, code: 'CONTEXT_NOT_OWNED' });
  });

  test('TE30 several contracts are requested, named and switched each by itself', async () => {
    const acme = await customer('Maple');
    const { tenantId } = acme.organisation;
    const [one, two] = [
      await createContract(world.ctx, tenantId, { name: 'One' }),
      await createContract(world.ctx, tenantId, { name: 'Two' }),
    ];
    const keys = [one, two].map(({ urn }) => integrationKey(urn, 'CSA_API'));
    await acme.request(...[one, two].map(({ urn }) => ({ type: 'CSA_API' as const, contextUrn: urn })));
    await world.call(acme.token, integrationsPath(keys), naming(keys, { integrationName: 'Hire' }));
    await acme.turn('CSA_API', true, two.urn);
    expect(await Promise.all(keys.map(acme.statusOf))).toEqual(['PARTNER_READY', 'ENABLED']);
    // One contract's integration admits no records of the organisation.
    expect((await putCandidate(acme)).outcome).toMatchObject({ status: 403 });
  });

  test("TE31 L-003 onboarding acts for one customer: a partner's and another customer's token reach nothing", async () => {
    const [acme, other] = [await customer('Nutmeg'), await customer('Oak')];
    await acme.request(...company(acme, 'ONE_CLICK_EXPORT'));
    await other.request(...company(other, 'ONE_CLICK_EXPORT'));
    const key = acme.key('ONE_CLICK_EXPORT');
    const put = putting({ CALLBACK_URL: 'https://a.example/' });
    for (const path of [integrationsPath([key]), configurationsPath(key, ['CALLBACK_URL'])]) {
      expect(await world.call(acme.vendor, path)).toMatchObject({
        status: 403,
        body: { code: 'ACCESS_DENIED' },
      });
      const { body } = await world.call(other.token, path);
      expect(Object.values(body.errors)).toMatchObject([{ status: 403, code: 'CONTEXT_NOT_OWNED' }]);
    }
    const foreign = await world.call(other.token, configurationsPath(key, ['CALLBACK_URL']), put);
    expect(foreign.body).toMatchObject({ results: {}, errors: { CALLBACK_URL: { status: 403 } } });
    expect(
      (await world.call(acme.token, configurationsPath(key, ['CALLBACK_URL']), put)).body.results,
    ).toEqual({
      CALLBACK_URL: { status: 204 },
    });
  });

  test('TE32 L-006 an application that is not enabled gets 403 with the reason; once enabled the same call succeeds', async () => {
    const acme = await customer('Pine');
    await acme.request(...company(acme, 'PROFILE_PLUGIN'));
    const call = () => world.call(acme.token, integrationsPath([acme.key('PROFILE_PLUGIN')]));
    await setApplicationAccess(world.ctx, acme.clientId, 'pending');
    expect(await call()).toMatchObject({
      status: 403,
      body: {
        code: 'APPLICATION_NOT_ENABLED',
        message: expect.stringContaining('not enabled for these endpoints'),
      },
    });
    expect(await putCandidate(acme)).toMatchObject({ status: 403, code: 'APPLICATION_NOT_ENABLED' });
    await setApplicationAccess(world.ctx, acme.clientId, 'enabled');
    expect((await call()).status).toBe(200);
    await expect(setApplicationAccess(world.ctx, 'nobody', 'enabled')).rejects.toThrow(/no application/);
  });

  test('TE33 L-029 more than 15 integrations bring a warning and all work; a deleted one shows nowhere', async () => {
    const acme = await customer('Quince');
    const { tenantId } = acme.organisation;
    const contracts = await Promise.all(
      Array.from({ length: 16 }, (_, index) => createContract(world.ctx, tenantId, { name: `C${index}` })),
    );
    const keysOf = (count: number) =>
      contracts.slice(0, count).map(({ urn }) => ({ type: 'CSA_API' as const, contextUrn: urn }));
    expect((await acme.request(...keysOf(15))).warning).toBeNull();
    const { warning, ...scope } = await acme.request(...keysOf(16));
    expect(warning).toContain('16 integrations');
    const keys = contracts.map(({ urn }) => integrationKey(urn, 'CSA_API'));
    expect(Object.keys((await acme.get(keys.slice(0, 16))).results)).toHaveLength(16);
    const [first = { type: 'CSA_API', contextUrn: '' }] = keysOf(1);
    await world.call(
      acme.token,
      configurationsPath(keys[0]!, ['CALLBACK_URL']),
      putting({ CALLBACK_URL: 'https://a.example/' }),
    );
    expect(await deleteIntegration(world.ctx, scope, first)).toBe(true);
    expect(await deleteIntegration(world.ctx, scope, first)).toBe(false);
    expect((await acme.get([keys[0]!])).errors[keyText(keys[0]!)]).toMatchObject({ status: 404 });
    expect(await listIntegrations(world.ctx, scope)).toHaveLength(15);
    expect((await acme.request(...keysOf(1))).warning).toContain('16');
    const configurations = await world.call(acme.token, configurationsPath(keys[0]!, ['CALLBACK_URL']));
    expect(configurations.body.errors).toMatchObject({ CALLBACK_URL: { status: 404 } });
  });

  test('TE34 a change by another process is felt by the next request', async () => {
    const acme = await customer('Rowan');
    await acme.request(...company(acme, 'IN_ATS_INDICATOR'));
    const key = acme.key('IN_ATS_INDICATOR');
    await world.call(acme.token, integrationsPath([key]), naming([key], { integrationName: 'Hire' }));
    await acme.turn('IN_ATS_INDICATOR', true);
    expect((await putCandidate(acme)).outcome).toEqual({ status: 204 });
    // The same database, and none of this process's memory: as the command line has it.
    const elsewhere = { ...world.ctx };
    const heard = Promise.withResolvers<void>();
    const listening = await world.ctx.db.listen('carrick_callers', () => heard.resolve());
    const scope = await findAts(elsewhere, acme.applicationId);
    await switchIntegration(
      elsewhere,
      scope!,
      { type: 'IN_ATS_INDICATOR', contextUrn: acme.organisation.urn },
      false,
    );
    await heard.promise;
    await listening.unlisten();
    expect((await putCandidate(acme)).outcome).toMatchObject({ status: 403 });
  });

  test('TE9 L-030 a company with an ATS of its own goes the same way without a partner', async () => {
    const organisation = await createOrganisation(world.ctx, { name: 'Sorrel' });
    const application = await createCustomerApplication(world.ctx, {
      tenantId: organisation.tenantId,
      name: 'Own',
    });
    const token = await world.tokenOf(application);
    const types = Object.entries(INTEGRATIONS).flatMap(([type, { context }]) =>
      context === 'organization' ? [type] : [],
    );
    const keys = types.map((type) => integrationKey(organisation.urn, type));
    await requestIntegrations(
      world.ctx,
      organisation,
      { applicationId: application.applicationId, name: 'Own' },
      [{ type: 'PROFILE_PLUGIN', contextUrn: organisation.urn }],
    );
    const { body } = await world.call(
      token,
      integrationsPath(keys),
      naming(keys, { integrationName: 'Own' }),
    );
    expect(body.results[keyText(integrationKey(organisation.urn, 'PROFILE_PLUGIN'))]).toEqual({
      status: 204,
    });
    expect(Object.keys(body.errors)).toHaveLength(2);
  });
});
