import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FakeClock } from './clock.ts';
import { connect, type SqlClient } from './connect.ts';
import { MigrationError, migrate } from './migrate.ts';
import { type TestDatabase, testDatabase } from './testing.ts';

let database: TestDatabase;
let owner: SqlClient;
let dir: string;
const clock = new FakeClock(1_700_000_000_000);

beforeEach(async () => {
  database = await testDatabase({ from: 'empty' });
  owner = connect(database.ownerUrl, { max: 1 });
  dir = mkdtempSync(join(tmpdir(), 'migrations '));
  write('001_first.sql', 'create table first (id int);\ninsert into first values (1);');
  write('002_second.sql', 'create table second (id int);');
});
afterEach(async () => {
  rmSync(dir, { recursive: true });
  await owner.end();
  await database.drop();
});

const write = (name: string, text: string) => writeFileSync(join(dir, name), text);
const run = () => migrate({ ownerUrl: database.ownerUrl, dir, clock });

test('RU12 migrations are applied in order and once', async () => {
  expect(await run()).toEqual(['001_first.sql', '002_second.sql']);
  expect(await run()).toEqual([]);
  write('010_third.sql', 'alter table second add word text');
  expect(await run()).toEqual(['010_third.sql']);
  const rows = await owner`select number, name, applied_at from schema_migration order by number`;
  expect([...rows]).toEqual([
    { number: 1, name: '001_first.sql', applied_at: clock.now() },
    { number: 2, name: '002_second.sql', applied_at: clock.now() },
    { number: 10, name: '010_third.sql', applied_at: clock.now() },
  ]);
});

test('RU12 a checkout with other line ends changes nothing', async () => {
  await run();
  write('001_first.sql', 'create table first (id int);\r\ninsert into first values (1);');
  expect(await run()).toEqual([]);
});

test('RU12 a changed, a missing and a late file are refused by name', async () => {
  await run();
  write('001_first.sql', 'create table first (id bigint);');
  await expect(run()).rejects.toThrow('001_first.sql was changed after it had been applied');
  rmSync(join(dir, '001_first.sql'));
  await expect(run()).rejects.toThrow('001_first.sql was applied to this database and its file is missing');
  write('001_first.sql', 'create table first (id int);\ninsert into first values (1);');
  write('005_fifth.sql', 'select 1');
  await run();
  write('003_late.sql', 'select 1');
  await expect(run()).rejects.toThrow('003_late.sql came after number 5');
});

test('RU12 a database newer than the files is refused', async () => {
  write('003_third.sql', 'select 1');
  await run();
  rmSync(join(dir, '003_third.sql'));
  await expect(run()).rejects.toThrow(/newer than this version of Carrick: it has had 003_third.sql/);
});

test('RU12 a failing file is undone whole and named; those before it stay', async () => {
  write('002_second.sql', 'create table second (id int); select * from nowhere;');
  const failed = run();
  await expect(failed).rejects.toBeInstanceOf(MigrationError);
  await expect(failed).rejects.toThrow(
    /002_second.sql failed and was undone: relation "nowhere" does not exist/,
  );
  expect(await owner`select to_regclass('second') as second, to_regclass('first')::text as first`).toEqual([
    { second: null, first: 'first' },
  ]);
});

test('RU12 names and numbers that mislead are refused', async () => {
  write('2_short.sql', 'select 1');
  await expect(run()).rejects.toThrow(/2_short.sql is not named like/);
  rmSync(join(dir, '2_short.sql'));
  write('002_again.sql', 'select 1');
  await expect(run()).rejects.toThrow(/have the same number/);
});

test('RU13 ten processes that start at once apply everything once', async () => {
  const applied = await Promise.all(Array.from({ length: 10 }, run));
  expect(applied.flat().sort()).toEqual(['001_first.sql', '002_second.sql']);
  expect((await owner`select id from first`).length).toBe(1);
});
