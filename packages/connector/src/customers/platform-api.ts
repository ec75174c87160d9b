import {
  type ConfigurationKey,
  DATA_PROVIDER,
  encodeBatchIds,
  encodeBodyKey,
  encodePathKey,
  keyIdentity,
  mergeBatchResponse,
  type OnboardingStatus,
  RESOURCES,
  type ResourceKind,
  type TypedKey,
} from '@carrick/protocol';
import { RefusedRequest } from '../connector-error.ts';
import type { WireCaller } from '../wire-call.ts';
import type { IntegrationTriple } from './customer.ts';

const VERSION = '1.0.0';
const PAGE = 100;

export type Element = Readonly<Record<string, unknown>>;

/** What the platform said of each key: null where it did as asked. */
export type PerKeyRefusal<K> = ReadonlyMap<K, KeyRefusal | null>;
interface KeyRefusal {
  readonly status: number;
  readonly message: string;
}
const NO_ANSWER: KeyRefusal = { status: 0, message: 'the platform gave no answer' };

export interface Credentials {
  readonly applicationUrn: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A finder's elements, page after page; the caller may stop in between. */
export async function* find(
  caller: WireCaller,
  name: (typeof RESOURCES)[number]['name'],
  criteria: Readonly<Record<string, string | number | readonly string[]>>,
  page = PAGE,
): AsyncGenerator<Element> {
  const query = Object.entries(criteria).flatMap(([key, value]) =>
    [value].flat().map((one) => `${key}=${encodeURIComponent(one)}`),
  );
  for (let start = 0; ; start += page) {
    const elements = await caller.call(
      {
        method: 'GET',
        path: `/v2/${name}`,
        restliMethod: 'finder',
        query: [...query, `start=${start}`, `count=${page}`].join('&'),
      },
      elementsOf,
    );
    yield* elements;
    if (elements.length < page) return;
  }
}

/** Names integrations, so that the customer's administrator sees who serves them. */
export async function nameIntegrations<T extends IntegrationTriple>(
  caller: WireCaller,
  integrations: readonly T[],
  name: string,
): Promise<PerKeyRefusal<T>> {
  const { key } = resourceOf('integration');
  const keys = integrations.map(integrationKey);
  const entities = Object.fromEntries(
    keys.map((each) => [encodeBodyKey(each, key, VERSION), { patch: { $set: { integrationName: name } } }]),
  );
  const merged = await caller.call(
    {
      method: 'POST',
      path: '/v2/atsIntegrations',
      query: encodeBatchIds(keys, key, VERSION),
      restliMethod: 'batch_partial_update',
      records: keys.length,
      body: JSON.stringify({ entities }),
    },
    (answer) => mergeBatchResponse(answer, key, sentAs(keys)),
  );
  return new Map(
    integrations.map((integration) => {
      const outcome = merged.get(keyIdentity(integrationKey(integration)));
      return [integration, refusalIn(outcome)];
    }),
  );
}

/** Sets configurations of one integration; a value of null deletes the key. */
export async function configure(
  caller: WireCaller,
  integration: IntegrationTriple,
  values: ReadonlyMap<ConfigurationKey, string | null>,
): Promise<PerKeyRefusal<ConfigurationKey>> {
  const refusals = new Map<ConfigurationKey, KeyRefusal | null>();
  const path = configurationsOf(integration);
  const { key } = resourceOf('integrationConfiguration');
  const call = async (names: readonly ConfigurationKey[], method: 'PUT' | 'DELETE') => {
    if (names.length === 0) return;
    const keys = names.map((name) => [name]);
    const entities = Object.fromEntries(
      names.map((name) => [name, { configurationValue: { string: values.get(name) } }]),
    );
    const merged = await caller.call(
      {
        method,
        path,
        query: encodeBatchIds(keys, key, VERSION),
        restliMethod: method === 'PUT' ? 'batch_update' : 'batch_delete',
        records: keys.length,
        ...(method === 'PUT' && { body: JSON.stringify({ entities }) }),
      },
      (answer) => mergeBatchResponse(answer, key, sentAs(keys)),
    );
    for (const name of names) {
      const outcome = merged.get(keyIdentity([name]));
      // What is to be deleted and is not there is as it should be.
      const isFine = outcome && (!outcome.error || (method === 'DELETE' && outcome.status === 404));
      refusals.set(name, isFine ? null : refusalIn(outcome));
    }
  };
  const names = [...values.keys()];
  await call(
    names.filter((name) => values.get(name) !== null),
    'PUT',
  );
  await call(
    names.filter((name) => values.get(name) === null),
    'DELETE',
  );
  return refusals;
}

/** The values of an integration's configurations; a key that is not set is left out. */
export async function readConfigurations(
  caller: WireCaller,
  integration: IntegrationTriple,
  names: readonly ConfigurationKey[],
): Promise<ReadonlyMap<string, string>> {
  const { key } = resourceOf('integrationConfiguration');
  const keys = names.map((name) => [name]);
  const merged = await caller.call(
    { method: 'GET', path: configurationsOf(integration), query: encodeBatchIds(keys, key, VERSION) },
    (answer) => mergeBatchResponse<{ configurationValue?: { string?: string } }>(answer, key, sentAs(keys)),
  );
  return new Map(
    [...merged.values()].flatMap(({ key: [name = ''], entity }) => {
      const value = entity?.configurationValue?.string;
      return value === undefined ? [] : [[String(name), value] as const];
    }),
  );
}

/** The status of each integration; one that the platform does not know is left out. */
export async function integrationStatuses(
  caller: WireCaller,
  integrations: readonly IntegrationTriple[],
): Promise<ReadonlyMap<IntegrationTriple, OnboardingStatus>> {
  const { key } = resourceOf('integration');
  const keys = integrations.map(integrationKey);
  const merged = await caller.call(
    {
      method: 'GET',
      path: '/v2/atsIntegrations',
      query: encodeBatchIds(keys, key, VERSION),
      restliMethod: 'batch_get',
      records: keys.length,
    },
    (answer) => mergeBatchResponse<{ onboardingStatus?: OnboardingStatus }>(answer, key, sentAs(keys)),
  );
  return new Map(
    integrations.flatMap((integration) => {
      const status = merged.get(keyIdentity(integrationKey(integration)))?.entity?.onboardingStatus;
      return status === undefined ? [] : [[integration, status] as const];
    }),
  );
}

/** Gives a customer an application of its own, or finds the one it was given before. Called with the partner's application. */
export async function provision(
  caller: WireCaller,
  application: {
    readonly uniqueForeignId: string;
    readonly name: string;
    readonly description: string;
    readonly validJsSdkDomains: readonly string[];
  },
): Promise<Credentials> {
  const found = await findProvisioned(caller, application.uniqueForeignId);
  if (found) return found;
  try {
    return await caller.call(
      {
        method: 'POST',
        path: '/v2/provisionedApplications',
        restliMethod: 'create',
        body: JSON.stringify(application),
      },
      (answer) => credentialsIn(answer as Element), // an object, or `credentialsIn` says what is missing
    );
  } catch (error) {
    if (!(error instanceof RefusedRequest) || error.status !== 409) throw error;
    // Another process was quicker.
    const made = await findProvisioned(caller, application.uniqueForeignId);
    if (!made) throw error;
    return made;
  }
}

async function findProvisioned(caller: WireCaller, uniqueForeignId: string): Promise<Credentials | null> {
  const criteria = { q: 'credentialsByUniqueForeignId', uniqueForeignId };
  for await (const element of find(caller, 'provisionedApplications', criteria))
    return credentialsIn(element);
  return null;
}

/** A new secret; the old one is good until `formerGoodUntil`. Called with the partner's application. */
export function rotateSecret(
  caller: WireCaller,
  applicationUrn: string,
): Promise<{ readonly clientSecret: string; readonly formerGoodUntil: number }> {
  return caller.call(
    {
      method: 'POST',
      path: `/v2/provisionedApplications/${applicationUrn}`,
      query: 'action=rotateSecret',
      restliMethod: 'action',
      body: '{}',
    },
    (answer) => {
      const { value } = answer as { value?: Element };
      const { clientSecret } = credentialsIn({ key: applicationUrn, ...value });
      return { clientSecret, formerGoodUntil: Number(value?.formerSecretExpiresAt ?? 0) };
    },
  );
}

function credentialsIn(element: Element): Credentials {
  const { client_id: clientId, client_secret: clientSecret } = (element.credentials ?? {}) as Element;
  if (typeof element.key !== 'string' || typeof clientId !== 'string' || typeof clientSecret !== 'string')
    throw new SyntaxError('no credentials in it');
  return { applicationUrn: element.key, clientId, clientSecret };
}

function elementsOf(answer: unknown): Element[] {
  const { elements } = (answer ?? {}) as { elements?: unknown };
  if (!Array.isArray(elements)) throw new SyntaxError('no elements in it');
  return elements.filter((each): each is Element => typeof each === 'object' && each !== null);
}

function refusalIn(
  outcome: { readonly status: number; readonly error?: { readonly message: string } | undefined } | undefined,
): KeyRefusal | null {
  if (!outcome) return NO_ANSWER;
  return outcome.error ? { status: outcome.status, message: outcome.error.message } : null;
}

const integrationKey = ({ integrationContext, integrationType, tenantType }: IntegrationTriple): TypedKey => [
  integrationContext,
  integrationType,
  tenantType,
  DATA_PROVIDER,
];

function configurationsOf(integration: IntegrationTriple): string {
  const { key } = resourceOf('integration');
  return `/v2/atsIntegrations/${encodePathKey(integrationKey(integration), key, VERSION)}/configurations`;
}

const sentAs = (keys: readonly TypedKey[]) => ({
  sentKeys: new Map(keys.map((key) => [keyIdentity(key), key])),
  onUnknownKey: () => {},
});

function resourceOf(kind: ResourceKind) {
  const resource = RESOURCES.find((row) => row.kind === kind);
  if (!resource) throw new Error(`The wire has no resource for ${kind}.`);
  return resource;
}
