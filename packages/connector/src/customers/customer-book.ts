import {
  INTEGRATIONS,
  type IntegrationType,
  isIntegrationType,
  type OnboardingStatus,
} from '@carrick/protocol';
import { ConnectorError } from '../connector-error.ts';
import type { Entry, Store } from '../store/store.ts';
import type {
  Customer,
  CustomerIntegration,
  IntegrationTriple,
  PlatformAddress,
  Viewers,
} from './customer.ts';
import type { SecretBox } from './secret-box.ts';

/** A customer as it is stored; secrets are sealed. */
interface StoredCustomer {
  readonly id: string;
  readonly name: string;
  readonly clientId: string;
  readonly secret: string;
  /** Signatures under it are taken until `goodUntil`. */
  readonly former: { readonly secret: string; readonly goodUntil: number } | null;
  readonly applicationUrn: string | null;
  readonly organization: string | null;
  readonly contracts: readonly string[];
  readonly viewers: Viewers;
  /** Null: the connector's, wherever that is now. */
  readonly platform: PlatformAddress | null;
}

/** A customer with its secrets: never leaves the connector. */
export interface KnownCustomer extends Omit<StoredCustomer, 'secret' | 'former'> {
  readonly clientSecret: string;
  readonly former: { readonly clientSecret: string; readonly goodUntil: number } | null;
}

export interface StoredIntegration extends IntegrationTriple {
  readonly integrationType: IntegrationType;
  readonly status: OnboardingStatus;
  /** Named and configured by us. */
  readonly isReady: boolean;
}

const PAGE = 500;
/** What is kept of all customers belongs to none of them. */
export const NOBODY = '';

/** The customers, as the store holds them. Secrets go in and come out; in between they are encrypted. */
export class CustomerBook {
  readonly #store: Store<never>;
  readonly #box: SecretBox;

  constructor(store: Store<never>, box: SecretBox) {
    this.#store = store;
    this.#box = box;
  }

  async find(id: string): Promise<KnownCustomer | null> {
    const stored = (await this.#store.read(NOBODY, 'customer', [id])).get(id);
    return stored === undefined ? null : this.#opened(stored as StoredCustomer); // written by `save`
  }

  /** @throws ConnectorError when there is none */
  async need(id: string): Promise<KnownCustomer> {
    const found = await this.find(id);
    if (!found) throw new ConnectorError(`There is no customer ${id}. Add it with customers.add().`);
    return found;
  }

  async ids(): Promise<string[]> {
    const ids: string[] = [];
    for (;;) {
      const page = await this.#store.page(NOBODY, 'customer', ids.at(-1) ?? '', PAGE);
      ids.push(...page.map(({ key }) => key));
      if (page.length < PAGE) return ids;
    }
  }

  async save(customer: KnownCustomer): Promise<void> {
    const { clientSecret, former, ...rest } = customer;
    const seal = (secret: string) => this.#box.seal(customer.id, secret);
    const stored: StoredCustomer = {
      ...rest,
      secret: seal(clientSecret),
      former: former && { secret: seal(former.clientSecret), goodUntil: former.goodUntil },
    };
    await this.#store.settle(
      [],
      [{ customerId: NOBODY, collection: 'customer', key: customer.id, value: stored }],
    );
  }

  async remove(id: string): Promise<void> {
    await this.#store.forget(id);
    await this.#store.settle([], [{ customerId: NOBODY, collection: 'customer', key: id, value: null }]);
  }

  async integrations(id: string): Promise<StoredIntegration[]> {
    const page = await this.#store.page(id, 'integration', '', PAGE);
    return page.map(({ value }) => value as StoredIntegration); // written by `saveIntegrations`
  }

  async saveIntegrations(id: string, integrations: readonly StoredIntegration[]): Promise<void> {
    const entries: Entry[] = integrations.map((integration) => ({
      customerId: id,
      collection: 'integration',
      key: `${integration.integrationType} ${integration.integrationContext}`,
      value: integration,
    }));
    await this.#store.settle([], entries);
  }

  async isPaused(id: string): Promise<boolean> {
    return (await this.#store.read(id, 'state', ['paused'])).has('paused');
  }

  /** For others to see. */
  async show(customer: KnownCustomer, callbackUrl: string | undefined): Promise<Customer> {
    const state = await this.#store.read(customer.id, 'state', ['paused', 'history']);
    const history = state.get('history') as { doneAt: number | null } | undefined; // written by the history
    const { id, name, clientId, applicationUrn, organization, contracts } = customer;
    return {
      id,
      name,
      clientId,
      applicationUrn,
      organization,
      contracts,
      integrations: (await this.integrations(id)).map(
        ({ isReady: _, ...integration }): CustomerIntegration => integration,
      ),
      callbackUrl: callbackUrlOf(callbackUrl, id),
      isPaused: state.has('paused'),
      historySentAt: history?.doneAt ?? null,
    };
  }

  #opened({ secret, former, ...rest }: StoredCustomer): KnownCustomer {
    return {
      ...rest,
      clientSecret: this.#box.open(rest.id, secret),
      former: former && {
        clientSecret: this.#box.open(rest.id, former.secret),
        goodUntil: former.goodUntil,
      },
    };
  }
}

export function callbackUrlOf(base: string | undefined, customerId: string): string | null {
  return base === undefined ? null : `${base.replace(/\/+$/, '')}/${encodeURIComponent(customerId)}`;
}

/** What the widget's callback handed over, checked: it comes from a browser. */
export function checkedTriples(given: readonly IntegrationTriple[]): StoredIntegration[] {
  return given.flatMap(({ integrationContext, integrationType, tenantType }) => {
    // Of bundles that are not ours to serve the callback may name more.
    if (!isIntegrationType(integrationType)) return [];
    const kind = INTEGRATIONS[integrationType].context;
    if (!new RegExp(`^urn:li:${kind}:[\\w-]+$`).test(integrationContext))
      throw new ConnectorError(
        `${integrationType} needs the URN of the ${kind}, not "${integrationContext}".`,
      );
    return [
      { integrationContext, integrationType, tenantType, status: 'REQUESTED', isReady: false } as const,
    ];
  });
}
