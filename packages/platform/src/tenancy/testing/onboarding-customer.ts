import type { TypedKey } from '@carrick/protocol';
import {
  createOrganisation,
  createPartner,
  findAts,
  type IntegrationKey,
  requestIntegrations,
  switchIntegration,
} from '../index.ts';
import { integrationKey, integrationsPath, keyText, type OnboardingWorld } from './onboarding-world.ts';

export type Customer = Awaited<ReturnType<typeof openCustomer>>;

/** An organisation, and an application of a partner's that it has asked nothing of yet. */
export async function openCustomer(world: OnboardingWorld, name: string) {
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
  const putCandidate = async () => {
    const candidate = `atsCandidateId=1&dataProvider=ATS&integrationContext=${organisation.urn}`;
    const query = candidate.replaceAll(/(^|&)/g, '$1ids[0].');
    const person = {
      atsCreatedAt: 1,
      atsLastModifiedAt: 2,
      firstName: 'Ada',
      lastName: 'B',
      emailAddresses: [],
    };
    const { status, body } = await world.call(token, `/v2/atsCandidates?${query}`, {
      method: 'PUT',
      body: { entities: { [candidate]: person } },
    });
    const [outcome] = Object.values({ ...body.results, ...body.errors }) as {
      status: number;
      message?: string;
      code?: string;
    }[];
    return { status, code: body.code, message: body.message, outcome };
  };
  return {
    putCandidate,
    organisation,
    vendor,
    clientId,
    credentials: { clientId, clientSecret },
    applicationId,
    token,
    key,
    request,
    get,
    statusOf,
    turn,
  };
}

export const company = ({ organisation }: Customer, ...types: IntegrationKey['type'][]): IntegrationKey[] =>
  types.map((type) => ({ type, contextUrn: organisation.urn }));
