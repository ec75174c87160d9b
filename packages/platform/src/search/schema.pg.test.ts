import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type SqlClient } from '../kernel/connect.ts';
import { type TestDatabase, testDatabase } from '../kernel/testing.ts';
import { parseKeywords } from './keywords.ts';

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

test('SE99 words of a tenant find what words find, in its own documents only', async () => {
  const word = fc.constantFrom(
    'ada',
    'a',
    "o'neill",
    'c++',
    'front-end',
    '東京',
    'x\\y',
    "'",
    '7:ada',
    '',
    'http://x.example/y',
    'é',
  );
  const sign = fc.constantFrom('', ' ', ' OR ', ' NOT ', '-', '"', '(', ')');
  const text = fc.array(fc.tuple(sign, word), { maxLength: 5 }).map((parts) => parts.flat().join(' '));
  const asked = fc.tuple(
    text,
    fc.array(fc.tuple(sign, word), { maxLength: 4 }).map((parts) => parts.flat().join('')),
  );
  const cases = fc.sample(asked, 400).map(([doc, typed]) => ({ doc, query: parseKeywords(typed) }));
  const wrong = await owner`
    select doc, query
    from jsonb_to_recordset(${owner.json(cases)}) as c (doc text, query text)
    cross join lateral (select to_tsvector('simple', doc) as d, to_tsquery('simple', query) as q) w
    where tenant_doc(7, d) @@ tenant_query(7, q) is distinct from coalesce(d @@ q, true)
      or d @@ q and querytree(q) not in ('', 'T') and ts_rank(tenant_doc(7, d), tenant_query(7, q)) <> ts_rank(d, q)
      or tenant_doc(71, d) @@ tenant_query(7, q)`;
  expect(wrong).toEqual([]);
});
