import { pageOriginProblem, redirectAddressProblem } from '@carrick/protocol/page-origin';
import type { PartnerCustomer } from '@carrick/protocol/partner-console';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import admin from '../admin/admin-page.module.css';
import { Region } from '../admin/region.tsx';
import { exactTime } from '../elements/moment.ts';
import { NotFound } from '../shell/dead-ends.tsx';
import { AddressList } from './address-list.tsx';
import { CallbackTest } from './callback-test.tsx';
import { Embed } from './embed.tsx';
import css from './partner-page.module.css';
import { customersQuery, deliveriesQuery } from './queries.ts';
import { RequestLog } from './request-log.tsx';
import { Secrets } from './secrets.tsx';
import { words } from './words.ts';

const route = getRouteApi('/partner/customers/$id');
const TONES = { REQUESTED: 'warning', PARTNER_READY: 'plain', ENABLED: 'good' } as const;

/** One customer: its keys and origins in one place, its integrations, and what is called and told. */
export function Customer() {
  const { id } = route.useParams();
  const query = useQuery(customersQuery);
  return (
    <div className={css.page}>
      <p>
        <Link to="/partner">{words.back}</Link>
      </p>
      <Region query={query}>
        {({ customers }) => {
          const customer = customers.find(({ applicationId }) => String(applicationId) === id);
          return customer ? <Details customer={customer} /> : <NotFound />;
        }}
      </Region>
    </div>
  );
}

function Details({ customer }: { customer: PartnerCustomer }) {
  const { applicationId, name, foreignId, organisation, askedAt, clientId, formerGoodUntil } = customer;
  return (
    <div className={css.page}>
      <header>
        <h1 className={admin.title}>
          <bdi>{name}</bdi>
        </h1>
        <p className={admin.meta}>
          {[organisation ?? words.noOrganisation, foreignId, customer.urn].filter(Boolean).join(' · ')}
        </p>
      </header>
      {askedAt !== null && (
        <p className={admin.warning} role="status">
          {words.asked(organisation ?? name, exactTime(askedAt))}
        </p>
      )}
      {customer.integrations.length > 0 && (
        <section className={admin.card} aria-labelledby="integrations">
          <div className={admin.cardHead}>
            <h2 className={admin.cardTitle} id="integrations">
              {words.columns.integrations}
            </h2>
          </div>
          <ul className={admin.list}>
            {customer.integrations.map((each) => (
              <li key={`${each.type} ${each.contextUrn}`} className={admin.line}>
                <div className={admin.words}>
                  <p className={admin.name}>{words.integrations[each.type]}</p>
                  <p className={admin.meta}>
                    {words.turn(each)} · {each.contextUrn}
                  </p>
                </div>
                <span className={admin.chip} data-tone={TONES[each.status]}>
                  {words.status[each.status]}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className={admin.card} aria-labelledby="secret">
        <div className={admin.cardHead}>
          <h2 className={admin.cardTitle} id="secret">
            {words.secret}
          </h2>
        </div>
        <Secrets
          clientId={clientId}
          formerGoodUntil={formerGoodUntil}
          isSecretKnown={customer.isSecretKnown}
          path="customers/rotate"
          body={{ applicationId }}
        />
      </section>
      <AddressList
        applicationId={applicationId}
        field="jsDomains"
        values={customer.jsDomains}
        problemOf={pageOriginProblem}
        labels={{ title: words.origins, hint: words.originsHint, add: words.origin, none: words.noOrigins }}
      />
      <AddressList
        applicationId={applicationId}
        field="redirectAddresses"
        values={customer.redirectAddresses}
        problemOf={redirectAddressProblem}
        labels={{
          title: words.redirects,
          hint: words.redirectsHint,
          add: words.redirect,
          none: words.noRedirects,
        }}
      />
      <CallbackTest customer={customer} />
      <Deliveries applicationId={applicationId} />
      <Embed customer={customer} />
      <RequestLog applicationId={applicationId} />
    </div>
  );
}

function Deliveries({ applicationId }: { applicationId: number }) {
  const query = useQuery(deliveriesQuery(applicationId));
  return (
    <Region query={query}>
      {({ deliveries }) => (
        <section className={admin.card} aria-labelledby="deliveries">
          <div className={admin.cardHead}>
            <h2 className={admin.cardTitle} id="deliveries">
              {words.deliveries}
            </h2>
          </div>
          {deliveries.length === 0 && (
            <div className={css.body}>
              <p className={css.hint}>{words.noDeliveries}</p>
            </div>
          )}
          <ul className={admin.list}>
            {deliveries.map(({ id, type, state, createdAt, status, failure, detail }) => (
              <li key={id} className={admin.line}>
                <div className={admin.words}>
                  <p className={admin.name}>{type}</p>
                  <p className={admin.meta}>
                    {[exactTime(createdAt), id, status, failure, detail].filter(Boolean).join(' · ')}
                  </p>
                </div>
                <span
                  className={admin.chip}
                  data-tone={state === 'delivered' ? 'good' : state === 'dead' ? 'bad' : 'plain'}
                >
                  {words.deliveryState[state]}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Region>
  );
}
