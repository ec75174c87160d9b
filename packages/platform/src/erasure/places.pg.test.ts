import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type SqlClient } from '../kernel/connect.ts';
import { type TestDatabase, testDatabase } from '../kernel/testing.ts';
import { OF_NO_TENANT, PLACES } from './places.ts';

let database: TestDatabase;
let sql: SqlClient;
let tables: Map<string, { name: string; isText: boolean }[]>;

beforeAll(async () => {
  database = await testDatabase();
  sql = connect(database.ownerUrl, { max: 1 });
  const columns = await sql<{ place: string; name: string; isText: boolean }[]>`
    select c.relname as place, a.attname as name,
      format_type(a.atttypid, null) not in ('bigint', 'integer', 'smallint', 'boolean', 'real', 'uuid', 'xid8', 'bigint[]') as "isText"
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
    order by 1, 2`;
  tables = Map.groupBy(columns, ({ place }) => place);
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

const listed = (text: string): string[] => text.split(' ').filter((name) => name !== '');

test('ER1 every column that can hold text is known to the catalogue, and nothing that is not there', () => {
  const inSchema = [...tables].map(([place, columns]) => [
    place,
    columns
      .filter(({ isText }) => isText)
      .map(({ name }) => name)
      .sort(),
  ]);
  const inCatalogue = Object.entries(PLACES)
    .map(([place, { personal, plain }]) => [place, [...listed(personal), ...listed(plain)].sort()] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  expect(inCatalogue).toEqual(inSchema);
});

test('ER1 every table that names a candidate, member, seat, contract or organisation is reached by its erasure, or says why not', () => {
  const references = {
    candidate_id: ['candidate'],
    member_id: ['member'],
    seat_id: ['seat', 'contract'],
    contract_id: ['contract'],
    tenant_id: ['organisation'],
  } as const;
  const silent = [...tables].flatMap(([place, columns]) =>
    Object.entries(references).flatMap(([column, kinds]) =>
      kinds.flatMap((kind) => {
        const entry = PLACES[place];
        const isNamed = columns.some(({ name }) => name === column);
        return isNamed && entry?.reach[kind] === undefined && entry?.kept === undefined
          ? [`${place} ${kind}`]
          : [];
      }),
    ),
  );
  expect(silent).toEqual([]);
  const untenanted = [...tables].filter(([, columns]) => !columns.some(({ name }) => name === 'tenant_id'));
  expect(new Set(untenanted.map(([place]) => place))).toEqual(OF_NO_TENANT);
});

test('ER1 where something of a person stands, something erases it', () => {
  const unreached = Object.entries(PLACES)
    .filter(([, { personal, reach, kept }]) => personal !== '' && Object.keys(reach).length === 0 && !kept)
    .map(([place]) => place);
  expect(unreached).toEqual([]);
});
