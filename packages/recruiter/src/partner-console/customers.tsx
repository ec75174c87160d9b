import type { NewSecret, PartnerCustomer } from '@carrick/protocol/partner-console';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import admin from '../admin/admin-page.module.css';
import { Region } from '../admin/region.tsx';
import button from '../elements/button.module.css';
import { day, exactTime } from '../elements/moment.ts';
import css from './partner-page.module.css';
import { customersQuery, partnerMeQuery, useConsoleChange } from './queries.ts';
import { FreshSecret, Secrets } from './secrets.tsx';
import { words } from './words.ts';

const TONES = { REQUESTED: 'warning', PARTNER_READY: 'plain', ENABLED: 'good' } as const;

/** The vendor's customers and its own application. */
export function Customers() {
  const query = useQuery(customersQuery);
  const { data: me } = useQuery(partnerMeQuery);
  return (
    <div className={css.page}>
      <h1 className={admin.title}>{words.customers}</h1>
      <Region query={query}>
        {({ customers }) => (
          <section className={admin.card} aria-labelledby="customers">
            <div className={admin.cardHead}>
              <h2 className={admin.cardTitle} id="customers">
                {words.finding(customers.length, customers.filter(isWaiting).length)}
              </h2>
            </div>
            {customers.length === 0 ? (
              <p className={admin.empty}>{words.noCustomers}</p>
            ) : (
              <CustomerTable customers={customers} />
            )}
          </section>
        )}
      </Region>
      <AddCustomer />
      {me && (
        <section className={admin.card} aria-labelledby="own">
          <div className={admin.cardHead}>
            <div>
              <h2 className={admin.cardTitle} id="own">
                {words.own}
              </h2>
              <p className={admin.meta}>{words.ownHint}</p>
            </div>
          </div>
          <Secrets clientId={me.clientId} formerGoodUntil={me.formerGoodUntil} path="rotate" body={{}} />
        </section>
      )}
    </div>
  );
}

const isWaiting = ({ integrations }: PartnerCustomer): boolean =>
  integrations.some(({ status }) => status === 'REQUESTED');

function CustomerTable({ customers }: { customers: readonly PartnerCustomer[] }) {
  const head = words.columns;
  return (
    <table className={`${admin.table} ${admin.stacked}`} aria-labelledby="customers" data-testid="customers">
      <thead>
        <tr>
          {Object.values(head).map((label) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {customers.map((customer) => (
          <tr key={customer.applicationId}>
            <th scope="row">
              <Link to="/partner/customers/$id" params={{ id: String(customer.applicationId) }}>
                <bdi>{customer.name}</bdi>
              </Link>
              <p className={admin.meta}>
                {customer.organisation ?? words.noOrganisation}
                {customer.access !== 'enabled' && ` · ${words.access[customer.access]}`}
              </p>
              {customer.askedAt !== null && (
                <p className={admin.meta}>
                  {words.asked(customer.organisation ?? customer.name, exactTime(customer.askedAt))}
                </p>
              )}
            </th>
            <td data-label={head.foreignId}>{customer.foreignId ?? words.none}</td>
            <td data-label={head.key}>
              <code className={css.code}>{customer.clientId}</code>
            </td>
            <td data-label={head.integrations}>
              <Integrations customer={customer} />
            </td>
            <td data-label={head.lastCall}>
              {customer.lastCallAt === null ? words.noCall : day(customer.lastCallAt)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Integrations({ customer: { integrations } }: { customer: PartnerCustomer }) {
  if (integrations.length === 0) return words.none;
  return (
    <ul className={css.integrations}>
      {integrations.map(({ type, contextUrn, status }) => (
        <li key={`${type} ${contextUrn}`}>
          {words.integrations[type]}{' '}
          <span className={admin.chip} data-tone={TONES[status]}>
            {words.status[status]}
          </span>
        </li>
      ))}
    </ul>
  );
}

function AddCustomer() {
  const { change, isBusy, refusal } = useConsoleChange();
  const [given, setGiven] = useState({ foreignId: '', name: '', description: '' });
  const [problem, setProblem] = useState<string>();
  const [fresh, setFresh] = useState<NewSecret>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (Object.values(given).some((text) => text.trim() === '')) return setProblem(words.fillIn);
    setProblem(undefined);
    const made = await change<NewSecret>('customers', given, words.added);
    if (!made) return;
    setFresh(made);
    setGiven({ foreignId: '', name: '', description: '' });
  };
  const field = (name: keyof typeof given, label: string, hint?: string) => (
    <label>
      {label}
      <input
        className={admin.input}
        value={given[name]}
        maxLength={name === 'name' ? 50 : 255}
        onChange={(event) => setGiven({ ...given, [name]: event.target.value })}
      />
      {hint && <span className={css.hint}>{hint}</span>}
    </label>
  );
  const said = problem ?? refusal;
  return (
    <section className={admin.card} aria-labelledby="add">
      <div className={admin.cardHead}>
        <h2 className={admin.cardTitle} id="add">
          {words.add}
        </h2>
      </div>
      <div className={css.body}>
        <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
          {field('foreignId', words.addForeignId)}
          {field('name', words.addName)}
          {field('description', words.addDescription)}
          <button type="submit" className={button.button} aria-disabled={isBusy || undefined}>
            {words.addButton}
          </button>
          {said && (
            <p className={css.refusal} role="alert">
              {said}
            </p>
          )}
        </form>
        <p className={css.hint}>{words.addNameHint}</p>
        {fresh && <FreshSecret secret={fresh} close={() => setFresh(undefined)} />}
      </div>
    </section>
  );
}
