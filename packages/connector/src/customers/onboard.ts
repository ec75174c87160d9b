import {
  type ConfigurationKey,
  EVERY_SEAT,
  INTEGRATIONS,
  type IntegrationDefinition,
} from '@carrick/protocol';
import { ConnectorError, RefusedRequest } from '../connector-error.ts';
import type { Lane } from '../lane.ts';
import type { CustomerBook, StoredIntegration } from './customer-book.ts';
import { configure, integrationStatuses, nameIntegrations, type PerKeyRefusal } from './platform-api.ts';

/**
 * Names and configures what the customer asked for, so that its administrator can switch it on. What the customer did not ask for
 * is passed over. @throws ConnectorError for what the platform refuses otherwise
 */
export async function prepareIntegrations(
  lane: Lane,
  book: CustomerBook,
  { name, callbackUrl }: { readonly name: string; readonly callbackUrl: string | null },
): Promise<void> {
  const integrations = await book.integrations(lane.customer.id);
  const fresh = integrations.filter(({ isReady }) => !isReady);
  const refused: string[] = [];
  const configured: StoredIntegration[] = [];
  // Configured first: once it has its name too, it is the administrator's turn.
  for (const integration of fresh) {
    const { requiredKeys }: IntegrationDefinition = INTEGRATIONS[integration.integrationType];
    if (callbackUrl === null && requiredKeys.includes('CALLBACK_URL'))
      lane.log(
        'warn',
        `${integration.integrationType} needs an address for notifications: give createConnector a callbackUrl`,
      );
    const values = configurationsFor(integration, lane.customer.viewers, callbackUrl);
    const refusals = [...(await configureIfRequested(lane, integration, values))].flatMap(([key, refusal]) =>
      refusal === null ? [] : [{ key, ...refusal }],
    );
    if (refusals.some(({ status }) => status === NOT_REQUESTED)) continue;
    refused.push(...refusals.map(({ key, message }) => `${integration.integrationType} ${key}: ${message}`));
    if (refusals.length === 0) configured.push(integration);
  }
  const named: StoredIntegration[] = [];
  if (configured.length > 0)
    for (const [integration, refusal] of await nameIntegrations(lane.caller, configured, name)) {
      if (refusal === null) named.push(integration);
      else if (refusal.status !== NOT_REQUESTED)
        refused.push(`${integration.integrationType}: ${refusal.message}`);
    }
  await book.saveIntegrations(
    lane.customer.id,
    named.map((each) => ({ ...each, isReady: true })),
  );
  if (refused.length > 0)
    throw new ConnectorError(`The platform refused integrations of this customer: ${refused.join('; ')}`);
}

const NOT_REQUESTED = 404;

async function configureIfRequested(
  { caller }: Lane,
  integration: StoredIntegration,
  values: ReadonlyMap<ConfigurationKey, string | null>,
): Promise<PerKeyRefusal<ConfigurationKey>> {
  try {
    return await configure(caller, integration, values);
  } catch (error) {
    if (!(error instanceof RefusedRequest) || error.status !== NOT_REQUESTED) throw error;
    const { status, message } = error;
    return new Map([...values.keys()].map((key) => [key, { status, message }]));
  }
}

/** What an integration has to be told. Without "everyone", the key that opens all to every seat must not be there. */
function configurationsFor(
  { integrationType }: StoredIntegration,
  viewers: 'everyone' | 'nobody',
  callbackUrl: string | null,
): Map<ConfigurationKey, string | null> {
  const { configurationKeys }: IntegrationDefinition = INTEGRATIONS[integrationType];
  const values = new Map<ConfigurationKey, string | null>();
  for (const key of configurationKeys) {
    if (key !== 'CALLBACK_URL') values.set(key, viewers === 'everyone' ? EVERY_SEAT : null);
    else if (callbackUrl !== null) values.set(key, callbackUrl);
  }
  return values;
}

/** Asks how far each integration is. Returns whether one changed. */
export async function readStatuses(lane: Lane, book: CustomerBook): Promise<boolean> {
  const integrations = await book.integrations(lane.customer.id);
  if (integrations.length === 0) return false;
  const statuses = await integrationStatuses(lane.caller, integrations);
  const now = integrations.map((each) => ({ ...each, status: statuses.get(each) ?? 'REQUESTED' }) as const);
  const changed = now.filter(({ status }, index) => status !== integrations[index]?.status);
  if (changed.length > 0) await book.saveIntegrations(lane.customer.id, changed);
  for (const { integrationType, status } of changed) lane.log('info', `${integrationType} is ${status} now`);
  return changed.length > 0;
}

/** Whether records are taken: one integration of the whole company is enough. */
export function isSyncOpen(integrations: readonly StoredIntegration[]): boolean {
  return integrations.some(
    ({ integrationType, status }) =>
      status === 'ENABLED' && INTEGRATIONS[integrationType].context === 'organization',
  );
}
