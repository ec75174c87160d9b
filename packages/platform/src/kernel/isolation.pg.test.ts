import { afterAll, beforeAll, expect, test } from 'vitest';
import { APP_ROLE, appLogin, READER_ROLE } from './app-role.ts';
import { connect, type SqlClient } from './connect.ts';
import { type Db, SET_TENANT } from './db.ts';
import { TEST_MASTER_KEY, type TestDatabase, testDatabase } from './testing.ts';

let database: TestDatabase;
let owner: SqlClient;
let db: Db;

beforeAll(async () => {
  database = await testDatabase({ from: 'empty' });
  db = database.db;
  owner = connect(database.ownerUrl, { max: 1 });
  const tenant = `nullif(current_setting('carrick.tenant_id', true), '')::bigint`;
  await owner.unsafe(`
    create extension btree_gin;
    create table note (tenant_id bigint, id bigint, doc tsvector not null, primary key (tenant_id, id));
    insert into note select tenant_id, id, to_tsvector('simple', 'word' || id % 500)
      from generate_series(1, 2) tenant_id, generate_series(1, 10000) id;
    create index note_doc on note using gin (tenant_id, doc);
    alter table note enable row level security;
    alter table note force row level security;
    create policy tenant on note to ${APP_ROLE} using (tenant_id = ${tenant}) with check (tenant_id = ${tenant});
    create policy reader on note to ${READER_ROLE} using (true);
    grant select, insert, update, delete on note to ${APP_ROLE};
    grant select on note to ${READER_ROLE};
    create function explain_search(words text) returns setof text language plpgsql security definer set search_path = public as $$
      begin
        return query execute format(
          'explain select id from note where tenant_id = ${tenant.replaceAll("'", "''")} and doc @@ %L::tsquery', words);
      end $$;
    create function search(words text) returns setof bigint language sql stable security definer
      set search_path = public set plan_cache_mode = force_custom_plan
      as $$ select id from note where tenant_id = ${tenant} and doc @@ words::tsquery $$;
    alter function explain_search owner to ${READER_ROLE};
    alter function search owner to ${READER_ROLE};`);
  await owner`analyze note`;
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

test('RU14 the application signs in as a role that is neither superuser nor owner and cannot bypass row security', async () => {
  const [role] = await db.lookup`
    select current_user as name, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
      (select count(*) from pg_class where relowner = pg_roles.oid) as owned
    from pg_roles where rolname = current_user`;
  expect(role).toEqual({
    name: appLogin(TEST_MASTER_KEY),
    rolsuper: false,
    rolbypassrls: false,
    rolcreaterole: false,
    rolcreatedb: false,
    owned: 0,
  });
  const [reader] =
    await db.lookup`select rolcanlogin, rolsuper, rolbypassrls from pg_roles where rolname = ${READER_ROLE}`;
  expect(reader).toEqual({ rolcanlogin: false, rolsuper: false, rolbypassrls: false });
});

test('RU14 with no tenant set nothing is shown, and nothing stays set after a transaction', async () => {
  const count = () => db.lookup<{ n: number }>`select count(*) as n from note`;
  expect((await count())[0]?.n).toBe(0);
  await db.pipeline(1, (tx) => [tx`select 1`]);
  for (let i = 0; i < 4; i++) {
    const [row] = await db.transaction(null, async (tx) => tx`select count(*) as n from note`);
    expect(row).toEqual({ n: 0 });
  }
});

test('RU14 a tenant reads and writes its own rows only', async () => {
  const [row] = await db.read(1, async (tx) => tx`select count(*) as n, max(tenant_id) as tenant from note`);
  expect(row).toEqual({ n: 10_000, tenant: 1 });
  const [updated, deleted] = await db.pipeline(1, (tx) => [
    tx`update note set doc = '' where tenant_id = 2`,
    tx`delete from note where tenant_id = 2`,
  ]);
  expect([updated.count, deleted.count]).toEqual([0, 0]);
  const foreign = db.pipeline(1, (tx) => [tx`insert into note values (2, 99999, '')`]);
  await expect(foreign).rejects.toMatchObject({ code: '42501' });
});

test('RU94 a statement by itself is in the tenant that it sets, and in none without', async () => {
  const insert = (tenant: string) => `with tenant as materialized (select ${tenant})
    insert into note select g.tenant_id, $2, '' from tenant cross join unnest(array[$1::bigint]) as g(tenant_id)`;
  await db.single.prepared(insert(SET_TENANT), [1, 77_777]);
  const counted = (tenantId: number) =>
    db.read(tenantId, async (tx) => (await tx`select from note where id = 77777`).length);
  expect([await counted(1), await counted(2)]).toEqual([1, 0]);
  await expect(db.single.prepared(insert('null'), [1, 77_778])).rejects.toMatchObject({ code: '42501' });
  expect((await db.single<{ n: number }>`select count(*) as n from note`)[0]?.n).toBe(0);
  await db.pipeline(1, (tx) => [tx`delete from note where id = 77777`]);
});

test('RU15 a function of the reader uses the index that row security keeps from the application', async () => {
  const planned = (tx: Parameters<Parameters<Db['read']>[1]>[0]) =>
    tx<{ explain_search: string }>`select explain_search('word7')`;
  const inside = await db.read(1, async (tx) =>
    (await planned(tx)).map((row) => row.explain_search).join('\n'),
  );
  expect(inside).toMatch(/Index Cond: .*doc @@/);
  const outside = await db.read(1, async (tx) =>
    (
      await tx<
        Record<string, string>
      >`explain select id from note where tenant_id = 1 and doc @@ 'word7'::tsquery`
    )
      .map((row) => row['QUERY PLAN'])
      .join('\n'),
  );
  expect(outside).not.toMatch(/Index Cond: .*doc @@/);
});

test('RU15 a function of the reader stays inside the tenant', async () => {
  const found = (tenantId: number | null) =>
    db.read(tenantId, async (tx) => (await tx`select search('word7') as id`).length);
  expect(await found(1)).toBe(20);
  expect(await found(null)).toBe(0);
});
