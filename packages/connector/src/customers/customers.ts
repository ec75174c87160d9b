import { INTEGRATION_BUNDLES, RECRUITER_TENANT } from '@carrick/protocol';
import type { ConnectorClock, ConnectorConfig, Customers } from '../ats-connector.ts';
import { ConnectorError } from '../connector-error.ts';
import { entry, settle } from '../lane.ts';
import type { Lanes } from '../lanes.ts';
import { readSeats, suggest } from '../receiving/seats.ts';
import { WireCaller } from '../wire-call.ts';
import type { IntegrationTriple, NewCustomer, PlatformAddress } from './customer.ts';
import { checkedTriples, type KnownCustomer } from './customer-book.ts';
import { provision, rotateSecret } from './platform-api.ts';

const RETRY_FOR_MS = 30_000;
/** How long signatures under a former secret are taken where the platform does not say. */
const OVERLAP_MS = 24 * 3_600_000;
const LONGEST_NAME = 50;

/** The customers of the ATS, as its own code sees them. */
export function createCustomers(
  config: ConnectorConfig<never>,
  lanes: Lanes,
  clock: ConnectorClock,
): Customers {
  const { book } = lanes;
  const show = async (id: string) => book.show(await book.need(id), config.callbackUrl);

  function partnerCaller(platform: PlatformAddress | null): WireCaller {
    if (!config.partner)
      throw new ConnectorError(
        'This needs the partner application: give createConnector its clientId and clientSecret as `partner`.',
      );
    return new WireCaller({
      ...lanes.addressOf({ platform }),
      ...config.partner,
      retryForMs: RETRY_FOR_MS,
      now: () => clock.now(),
      pause: (ms, signal) => clock.pause(ms, signal),
    });
  }

  async function credentialsOf(customer: NewCustomer, platform: PlatformAddress | null) {
    if (customer.credentials) {
      const { clientId, clientSecret } = customer.credentials;
      return { applicationUrn: null, clientId, clientSecret };
    }
    return provision(partnerCaller(platform), {
      uniqueForeignId: customer.id,
      name: `${config.atsName} - ${customer.name}`.slice(0, LONGEST_NAME),
      description: `${customer.name}, customer of ${config.atsName}`,
      validJsSdkDomains: customer.widgetOrigins ?? [],
    });
  }

  return {
    async add(customer) {
      if (!/^[\w.~-]{1,100}$/.test(customer.id))
        throw new ConnectorError(
          "A customer's id stands in its callback address: up to 100 letters, digits, - . _ ~.",
        );
      if (await book.find(customer.id)) return show(customer.id);
      const platform = customer.platform ?? null;
      const known: KnownCustomer = {
        id: customer.id,
        name: customer.name,
        ...(await credentialsOf(customer, platform)),
        former: null,
        organization: customer.organization ?? null,
        contracts: customer.contracts ?? [],
        viewers: customer.viewers ?? 'nobody',
        platform,
      };
      await book.save(known);
      if (known.organization !== null)
        await book.saveIntegrations(known.id, checkedTriples(triplesOf(known.organization, known.contracts)));
      return show(known.id);
    },
    async get(id) {
      const found = await book.find(id);
      return found && book.show(found, config.callbackUrl);
    },
    async list() {
      return Promise.all((await book.ids()).map(show));
    },
    async onboarded(id, triples) {
      const customer = await book.need(id);
      const checked = checkedTriples(triples);
      const contexts = checked.map(({ integrationContext }) => integrationContext);
      const organization = contexts.find((urn) => urn.startsWith('urn:li:organization:'));
      if (customer.organization && organization && organization !== customer.organization)
        throw new ConnectorError(
          `Customer ${id} is ${customer.organization}; ${organization} is another company. Add it as a customer of its own.`,
        );
      const contracts = contexts.filter((urn) => urn.startsWith('urn:li:contract:'));
      await book.save({
        ...customer,
        organization: organization ?? customer.organization,
        contracts: [...new Set([...customer.contracts, ...contracts])],
      });
      // What stood already keeps its status; asked for again, it is named and configured again.
      const standing = await book.integrations(id);
      const statusOf = ({ integrationType, integrationContext }: IntegrationTriple) =>
        standing.find(
          (each) =>
            each.integrationType === integrationType && each.integrationContext === integrationContext,
        )?.status;
      await book.saveIntegrations(
        id,
        checked.map((each) => ({ ...each, status: statusOf(each) ?? each.status })),
      );
      await lanes.wake(id);
      return show(id);
    },
    async pause(id) {
      await setPaused(id, true);
    },
    async resume(id) {
      await setPaused(id, null);
      await lanes.wake(id);
    },
    async rotateSecret(id, newSecret) {
      const customer = await book.need(id);
      const { applicationUrn } = customer;
      if (newSecret === undefined && applicationUrn === null)
        throw new ConnectorError(
          `Customer ${id} was added with credentials: rotate its secret where they come from, and give the new one here.`,
        );
      const rotated =
        newSecret === undefined
          ? await rotateSecret(partnerCaller(customer.platform), applicationUrn ?? '')
          : { clientSecret: newSecret, formerGoodUntil: clock.now() + OVERLAP_MS };
      await book.save({
        ...customer,
        clientSecret: rotated.clientSecret,
        former: { clientSecret: customer.clientSecret, goodUntil: rotated.formerGoodUntil },
      });
    },
    async remove(id) {
      await book.remove(id);
      lanes.forget(id);
    },
    suggestSeats: (id, users) =>
      lanes.at(id, async (lane) => {
        const bound = await lane.store.read(
          id,
          'user',
          users.map((user) => user.id),
        );
        const seats = await readSeats(lane, (await book.need(id)).contracts);
        return suggest(seats, users, bound as Map<string, string>); // written by `bindUser`
      }),
    bindUser: (id, userId, person) =>
      lanes.at(id, async (lane) => {
        if (person !== null && !/^urn:li:person:\S+$/.test(person))
          throw new ConnectorError(`"${person}" is no person; it must be urn:li:person:….`);
        await settle(
          lane,
          [],
          [entry(lane, 'user', userId, person), entry(lane, 'rebind', userId, clock.now())],
        );
        await lanes.wake(id);
      }),
  };

  async function setPaused(id: string, value: true | null): Promise<void> {
    await book.need(id);
    await lanes.store.settle([], [{ customerId: id, collection: 'state', key: 'paused', value }]);
  }
}

/** Everything that is offered, for a company whose URNs are known beforehand. */
function triplesOf(organization: string, contracts: readonly string[]): IntegrationTriple[] {
  const triple = (integrationContext: string) => (integrationType: string) => ({
    integrationContext,
    integrationType,
    tenantType: RECRUITER_TENANT,
  });
  return [
    ...INTEGRATION_BUNDLES.RECRUITER_SYSTEM_CONNECT_COMPANY.map(triple(organization)),
    ...contracts.flatMap((contract) =>
      INTEGRATION_BUNDLES.RECRUITER_SYSTEM_CONNECT_CONTRACT.map(triple(contract)),
    ),
  ];
}
