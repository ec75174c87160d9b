import { INTEGRATIONS } from '@carrick/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createContract,
  createCustomerApplication,
  createOrganisation,
  deleteIntegration,
  findAts,
  listIntegrations,
  requestIntegrations,
  setApplicationAccess,
  switchIntegration,
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
    expect((await acme.putCandidate()).outcome).toMatchObject({ status: 403 });
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
    expect(await acme.putCandidate()).toMatchObject({ status: 403, code: 'APPLICATION_NOT_ENABLED' });
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

  test('TE34 a change by another process is heard of, long before what is remembered ends', async () => {
    const acme = await customer('Rowan');
    await acme.request(...company(acme, 'IN_ATS_INDICATOR'));
    const key = acme.key('IN_ATS_INDICATOR');
    await world.call(acme.token, integrationsPath([key]), naming([key], { integrationName: 'Hire' }));
    await acme.turn('IN_ATS_INDICATOR', true);
    expect((await acme.putCandidate()).outcome).toEqual({ status: 204 });
    // The same database, and none of this process's memory: as the command line has it.
    const elsewhere = { ...world.ctx };
    const scope = await findAts(elsewhere, acme.applicationId);
    await switchIntegration(
      elsewhere,
      scope!,
      { type: 'IN_ATS_INDICATOR', contextUrn: acme.organisation.urn },
      false,
    );
    await expect.poll(async () => (await acme.putCandidate()).outcome?.status).toBe(403);
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
