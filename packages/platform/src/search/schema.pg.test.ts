import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type SqlClient } from '../kernel/connect.ts';
import { type TestDatabase, testDatabase } from '../kernel/testing.ts';

const SOURCE = join(import.meta.dirname, '..');
let database: TestDatabase;
let owner: SqlClient;

beforeAll(async () => {
  database = await testDatabase();
  owner = connect(database.ownerUrl, { max: 1 });
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

/** Indexes over operators that are not leakproof, of tables with a policy or a right of the application's. */
const guarded = () => owner`
  select c.relname as name, i.relname as index
  from pg_index x
  join pg_class i on i.oid = x.indexrelid
  join pg_class c on c.oid = x.indrelid
  where exists (
    select from unnest(x.indclass::oid[]) as used (opclass)
    join pg_opclass o on o.oid = used.opclass
    join pg_amop a on a.amopfamily = o.opcfamily and a.amoplefttype = o.opcintype
    join pg_operator r on r.oid = a.amopopr
    join pg_proc p on p.oid = r.oprcode
    where o.opcmethod <> (select oid from pg_am where amname = 'btree') and not p.proleakproof
  ) and (
    exists (select from pg_policy y where y.polrelid = c.oid and y.polroles && array['carrick_app'::regrole::oid])
  )
  order by 1, 2`;

test('SE87 the application searches nothing through row security with an operator that is not leakproof', async () => {
  // Candidates are read by their keys under the policy; their words only by the reader's function.
  expect(await guarded()).toEqual([{ name: 'candidate', index: 'candidate_search' }]);
  const rights = await owner`
    select has_table_privilege('carrick_app', 'match_document', 'select, insert, update, delete') as has_any`;
  expect(rights).toEqual([{ has_any: false }]);
  const searching = await owner`
    select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.prosrc like '%@@%'
      and not (
        p.prosecdef and p.proowner = 'carrick_reader'::regrole
        and p.proconfig @> array['plan_cache_mode=force_custom_plan', 'search_path=public, pg_temp']
      )`;
  expect(searching).toEqual([]);
  // Members have no tenant, so no policy stands before them.
  const wordy = globSync('**/*.ts', { cwd: SOURCE }).filter(
    (file) =>
      !file.endsWith('.test.ts') && /(?<!m\.search_doc )@@/.test(readFileSync(join(SOURCE, file), 'utf8')),
  );
  expect(wordy).toEqual([]);
});

test('SE87 a policy on such a table is found', async () => {
  await owner`create policy too_much on match_document for select to carrick_app using (tenant_id = (select tenant_id()))`;
  expect((await guarded()).map(({ name }) => name)).toEqual(['candidate', 'match_document']);
  await owner`drop policy too_much on match_document`;
});
