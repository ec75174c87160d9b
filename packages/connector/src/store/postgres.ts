import { backlogOf, changeRow, lastOfEach, pendingChange, type Row, valuesOf } from './rows.ts';
import type { Entry, Store } from './store.ts';

/** What `sql` and `tx` of postgres.js can do. */
interface PostgresJs {
  unsafe(query: string, parameters: string[]): PromiseLike<readonly object[]>;
}
/** What a pool or client of node-postgres (`pg`) can do. */
interface NodePostgres {
  query(query: string, parameters: string[]): Promise<{ readonly rows: readonly object[] }>;
}
export type PostgresQueries = PostgresJs | NodePostgres;

/** Each call is one statement, so that nothing is ever half done, whatever pool stands in front of the database. */
export function postgresStore<Q extends PostgresQueries>(sql: Q): Store<Q> {
  const rowsOf = (query: string, parameter: unknown) => run(sql, query, parameter);
  return {
    async record(tx, changes, recordedAt) {
      await run(tx, INSERT, {
        changes: changes.map((change, place) => ({ ...changeRow(change), place })),
        recordedAt,
      });
    },
    async pending({ customerId, most, withoutKinds, withoutDeletionsOf }) {
      const rows = await rowsOf(PENDING, { customerId, most, withoutKinds, withoutDeletionsOf });
      return rows.map(pendingChange(customerId));
    },
    async backlog(customerId) {
      return backlogOf(await rowsOf(BACKLOG, { customerId }));
    },
    async customersWithChanges() {
      return (await rowsOf(CUSTOMERS, {})).map((row) => String(row.customer_id));
    },
    async settle(done, entries) {
      const last = lastOfEach(entries);
      await rowsOf(SETTLE, {
        done,
        kept: last.filter(({ value }) => value !== null).map(entryRow),
        dropped: last.filter(({ value }) => value === null).map(entryRow),
      });
    },
    async read(customerId, collection, keys) {
      return new Map(valuesOf(await rowsOf(READ, { customerId, collection, keys })));
    },
    async page(customerId, collection, after, most) {
      const rows = await rowsOf(PAGE, { customerId, collection, after, most });
      return valuesOf(rows).map(([key, value]) => ({ key, value }));
    },
    async count(customerId, collection) {
      const [row] = await rowsOf(COUNT, { customerId, collection });
      return Number(row?.n ?? 0);
    },
    async forget(customerId) {
      await rowsOf(FORGET, { customerId });
    },
    async close() {},
  };
}

/** One parameter, as text: drivers disagree about arrays and JSON, and all know text. */
async function run(on: PostgresQueries, query: string, parameter: unknown): Promise<readonly Row[]> {
  const text = JSON.stringify(parameter);
  const rows = 'unsafe' in on ? await on.unsafe(query, [text]) : (await on.query(query, [text])).rows;
  return rows.map((row) => ({ ...row }));
}

const P = '(select $1::text::jsonb as p) given';
const LIST = (name: string) => `array(select jsonb_array_elements_text(p->'${name}'))`;

const INSERT = `
  insert into connector_change (customer_id, kind, parent_id, id, record, recorded_at)
  select c.customer_id, c.kind, c.parent_id, c.id, c.record, (p->>'recordedAt')::bigint
  from ${P}, jsonb_to_recordset(p->'changes')
    as c(customer_id text, kind text, parent_id text, id text, record text, place int) order by c.place`;
const PENDING = `
  select seq, kind, parent_id, id, record from connector_change, ${P}
  where customer_id = p->>'customerId' and kind <> all (${LIST('withoutKinds')})
    and not (record is null and kind = any (${LIST('withoutDeletionsOf')}))
  order by seq limit (select (($1::text::jsonb)->>'most')::int)`;
const BACKLOG = `
  select kind, count(*) as changes, count(*) filter (where record is null) as deletions, min(recorded_at) as oldest_at
  from connector_change, ${P} where customer_id = p->>'customerId' group by kind`;
/** Jumps from customer to customer along the index instead of reading the whole backlog. */
const CUSTOMERS = `
  with recursive customer(customer_id) as (
    select min(customer_id) from connector_change, ${P} where p is not null
    union all
    select (select min(c.customer_id) from connector_change c where c.customer_id > customer.customer_id)
    from customer where customer_id is not null)
  select customer_id from customer where customer_id is not null`;
const SETTLE = `
  with given as (select $1::text::jsonb as p),
  done as (
    delete from connector_change where seq in (select jsonb_array_elements_text(p->'done')::bigint from given)),
  dropped as (
    delete from connector_entry e using given, jsonb_to_recordset(p->'dropped')
      as d(customer_id text, collection text, entry_key text)
    where e.customer_id = d.customer_id and e.collection = d.collection and e.entry_key = d.entry_key)
  insert into connector_entry (customer_id, collection, entry_key, value)
  select k.customer_id, k.collection, k.entry_key, k.value from given, jsonb_to_recordset(p->'kept')
    as k(customer_id text, collection text, entry_key text, value text)
  order by 1, 2, 3
  on conflict (customer_id, collection, entry_key) do update set value = excluded.value`;
const READ = `
  select e.entry_key, e.value from ${P}, jsonb_array_elements_text(p->'keys') as k(key)
  join connector_entry e on e.entry_key = k.key
  where e.customer_id = p->>'customerId' and e.collection = p->>'collection'`;
const PAGE = `
  select entry_key, value from connector_entry, ${P}
  where customer_id = p->>'customerId' and collection = p->>'collection' and entry_key > p->>'after'
  order by entry_key limit (select (($1::text::jsonb)->>'most')::int)`;
const COUNT = `
  select count(*) as n from connector_entry, ${P}
  where customer_id = p->>'customerId' and collection = p->>'collection'`;
const FORGET = `
  with gone as (delete from connector_change using ${P} where customer_id = p->>'customerId')
  delete from connector_entry using ${P} where customer_id = p->>'customerId'`;

const entryRow = ({ customerId, collection, key, value }: Entry) => ({
  customer_id: customerId,
  collection,
  entry_key: key,
  value: JSON.stringify(value),
});
