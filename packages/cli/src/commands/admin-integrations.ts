import {
  APPLICATION_ACCESS,
  type AtsScope,
  type Deployment,
  deleteIntegration,
  describeWaiting,
  findAts,
  findOauthApplication,
  type Integration,
  type IntegrationKey,
  listIntegrations,
  nameIntegrations,
  putConfigurations,
  requestIntegrations,
  setApplicationAccess,
  setJsSdkDomains,
  switchIntegration,
} from '@carrick/platform';
import {
  configurationProblem,
  INTEGRATION_BUNDLES,
  INTEGRATIONS,
  INTEGRATIONS_NOT_OFFERED,
  type IntegrationType,
  isIntegrationType,
  pageOriginProblem,
  MOST_PAGE_ORIGINS,
} from '@carrick/protocol';
import { CommandError, type Flags, optional, required, usageError } from '../command.ts';
import { type AdminAction, contractsOf, organisationOf } from './admin-organisation.ts';

/** The whole way of an integration by hand, where neither plugin nor administrator's page is at hand. */
export const INTEGRATION_ACTIONS: Readonly<Record<string, AdminAction>> = {
  'request-integration': async (deployment, flags) => {
    const { ctx } = deployment;
    const organisation = await organisationOf(deployment, flags);
    const application = await applicationOf(deployment, flags);
    const keys = await requestedKeys(deployment, flags);
    const { warning, ...scope } = await requestIntegrations(ctx, organisation, application, keys);
    return { ...(await describe(deployment, scope)), ...(warning === null ? {} : { warning }) };
  },
  'approve-integration': async (deployment, flags) => {
    const { ctx } = deployment;
    const { scope, chosen } = await chosenIntegrations(deployment, flags);
    const name = required(flags, 'integration-name');
    const callbackUrl = optional(flags, 'callback-url');
    if (callbackUrl !== undefined) await setCallbackUrl(deployment, scope, chosen, callbackUrl);
    await nameIntegrations(
      ctx,
      scope,
      chosen.map((key) => ({ ...key, name })),
    );
    return describe(deployment, scope);
  },
  'enable-integration': (deployment, flags) => switchAll(deployment, flags, true),
  'disable-integration': (deployment, flags) => switchAll(deployment, flags, false),
  'delete-integration': async (deployment, flags) => {
    if (optional(flags, 'type') === undefined) throw usageError('--type is needed');
    const { scope, chosen } = await chosenIntegrations(deployment, flags);
    for (const key of chosen) await deleteIntegration(deployment.ctx, scope, key);
    return describe(deployment, scope);
  },
  'list-integrations': async (deployment, flags) => {
    const { applicationId } = await applicationOf(deployment, flags);
    const scope = await findAts(deployment.ctx, applicationId);
    return scope ? describe(deployment, scope) : { integrations: [] };
  },
  'set-application-access': async ({ ctx }, flags) => {
    const clientId = required(flags, 'client-id');
    const wanted = required(flags, 'access');
    const access = APPLICATION_ACCESS.find((each) => each === wanted);
    if (!access) throw usageError(`--access takes one of: ${APPLICATION_ACCESS.join(', ')}`);
    await setApplicationAccess(ctx, clientId, access);
    return { clientId, access };
  },
  'set-widget-origins': async ({ ctx }, flags) => {
    const clientId = required(flags, 'client-id');
    const origins = required(flags, 'origins')
      .split(',')
      .map((origin) => origin.trim());
    for (const origin of origins) {
      const problem = pageOriginProblem(origin);
      if (problem) throw usageError(`--origins: ${origin} ${problem}`);
    }
    if (origins.length > MOST_PAGE_ORIGINS)
      throw usageError(`--origins takes at most ${MOST_PAGE_ORIGINS}`);
    await setJsSdkDomains(ctx, clientId, origins);
    return { clientId, origins };
  },
};

async function setCallbackUrl(
  { ctx }: Deployment,
  scope: AtsScope,
  integrations: readonly IntegrationKey[],
  value: string,
): Promise<void> {
  for (const integration of integrations) {
    const problem = configurationProblem(integration.type, 'CALLBACK_URL', value, ctx.config.callbackUrls);
    if (problem) throw usageError(`--callback-url ${problem}`);
    await putConfigurations(ctx, scope, integration, [{ key: 'CALLBACK_URL', value }]);
  }
}

async function switchAll(deployment: Deployment, flags: Flags, isOn: boolean) {
  const { scope, chosen } = await chosenIntegrations(deployment, flags);
  const notifications: Record<string, string> = {};
  for (const key of chosen) {
    const id = await switchIntegration(deployment.ctx, scope, key, isOn);
    if (id !== null) notifications[`${key.type} ${key.contextUrn}`] = id;
  }
  return { ...(await describe(deployment, scope)), notifications };
}

async function applicationOf({ ctx }: Deployment, flags: Flags) {
  const clientId = required(flags, 'client-id');
  const application = await findOauthApplication(ctx, clientId);
  if (application?.kind !== 'customer')
    throw new CommandError(`there is no customer application with the client id ${clientId}`);
  return application;
}

/** What the flags name of a bundle, a type or everything that is offered; contract-level types for each contract. */
async function requestedKeys(deployment: Deployment, flags: Flags): Promise<IntegrationKey[]> {
  const { urn } = await organisationOf(deployment, flags);
  const type = typeOf(flags);
  const types = type ? [type] : bundleOf(flags);
  const needsContracts = types.some((each) => INTEGRATIONS[each].context === 'contract');
  const contracts = needsContracts ? await contractsOf(deployment, flags) : [];
  return types.flatMap((each) =>
    INTEGRATIONS[each].context === 'organization'
      ? [{ type: each, contextUrn: urn }]
      : contracts.map((contract) => ({ type: each, contextUrn: contract.urn })),
  );
}

function bundleOf(flags: Flags): readonly IntegrationType[] {
  const bundle = optional(flags, 'bundle');
  switch (bundle) {
    case 'company':
      return INTEGRATION_BUNDLES.RECRUITER_SYSTEM_CONNECT_COMPANY;
    case 'contract':
      return INTEGRATION_BUNDLES.RECRUITER_SYSTEM_CONNECT_CONTRACT;
    case undefined:
      return Object.values(INTEGRATION_BUNDLES).flat();
    default:
      throw usageError('--bundle takes company or contract');
  }
}

function typeOf(flags: Flags): IntegrationType | null {
  const type = optional(flags, 'type');
  if (type === undefined) return null;
  if (isIntegrationType(type)) return type;
  const isKnown = INTEGRATIONS_NOT_OFFERED.some((each) => each === type);
  throw usageError(
    isKnown
      ? `${type} is not offered by this platform`
      : `--type takes one of: ${Object.keys(INTEGRATIONS).join(', ')}`,
  );
}

/** Of what the customer has requested, what the flags name; all of it, where they name nothing. */
async function chosenIntegrations(
  deployment: Deployment,
  flags: Flags,
): Promise<{ scope: AtsScope; chosen: readonly Integration[] }> {
  const { applicationId, clientId } = await applicationOf(deployment, flags);
  const scope = await findAts(deployment.ctx, applicationId);
  const type = typeOf(flags);
  const contract = optional(flags, 'contract');
  const all = scope ? await listIntegrations(deployment.ctx, scope) : [];
  const chosen = all.filter(
    (each) =>
      (type === null || each.type === type) && (contract === undefined || each.contextUrn === contract),
  );
  if (!scope || chosen.length === 0)
    throw new CommandError(
      `${clientId} has no such integration: carrick admin request-integration asks for one`,
    );
  return { scope, chosen };
}

async function describe({ ctx }: Deployment, scope: AtsScope) {
  const integrations = await listIntegrations(ctx, scope);
  return {
    integrations: integrations.map((each) => ({
      type: each.type,
      context: each.contextUrn,
      name: each.name,
      status: each.status,
      configurations: each.configurationKeys,
      state: `${each.type} ${describeWaiting(each)}`,
    })),
  };
}
