import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureRoles } from './app-role.ts';
import { connect, type SqlClient, withAccount, withDatabase } from './connect.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { silentLog } from './log.ts';
import { migrate } from './migrate.ts';
import { parseMasterKey } from './secrets.ts';

// Roles belong to a whole server, and these tests change them: so they have a server of their own.
let dataDir: string;
let server: EmbeddedPostgres;
let superuser: SqlClient;

const masterKey = parseMasterKey('a1'.repeat(32));
const otherKey = parseMasterKey('b2'.repeat(32));
const migrations = join(import.meta.dirname, '../../migrations');

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'roles-'));
  server = await startEmbeddedPostgres({ dataDir, log: silentLog });
  superuser = connect(server.ownerUrl, { max: 1 });
  for (const name of ['one', 'two', 'three']) await superuser.unsafe(`create database ${name}`);
});
afterAll(async () => {
  await superuser.end();
  await server.release();
  rmSync(dataDir, { recursive: true });
});

async function signIn(url: string): Promise<unknown> {
  const sql = connect(url, { max: 1 });
  try {
    return (await sql`select current_user as name`)[0];
  } finally {
    await sql.end();
  }
}

test('RU14 the roles are made once, however many databases and processes ask at the same time', async () => {
  const databases = ['one', 'two', 'three', 'one', 'two', 'three', 'one', 'two'];
  const urls = await Promise.all(
    databases.map((database) =>
      ensureRoles({ ownerUrl: withDatabase(server.ownerUrl, database), masterKey }),
    ),
  );
  for (const url of urls) expect(await signIn(url)).toEqual({ name: 'carrick_app' });
  const [roles] = await superuser`select count(*) as n from pg_roles where rolname like 'carrick%'`;
  expect(roles).toEqual({ n: 2 });
});

test('RU14 a role that is right is left alone, one with another password is put right', async () => {
  const stored = async () =>
    (await superuser`select rolpassword from pg_authid where rolname = 'carrick_app'`)[0];
  const before = await stored();
  const appUrl = await ensureRoles({ ownerUrl: server.ownerUrl, masterKey });
  expect(await stored()).toEqual(before);
  await ensureRoles({ ownerUrl: server.ownerUrl, masterKey: otherKey });
  await expect(signIn(appUrl)).rejects.toMatchObject({ code: '28P01' });
  await ensureRoles({ ownerUrl: server.ownerUrl, masterKey });
  expect(await signIn(appUrl)).toEqual({ name: 'carrick_app' });
});

test('RU14 an application role that could get around row security is refused', async () => {
  await superuser`alter role carrick_app bypassrls`;
  await expect(ensureRoles({ ownerUrl: server.ownerUrl, masterKey })).rejects.toThrow(/row-level security/);
  await superuser`alter role carrick_app nobypassrls`;
});

test('RU14 an owner that is no superuser is enough, as on a managed server', async () => {
  await superuser`drop role carrick_app`;
  await superuser`drop role carrick_reader`;
  await superuser`create role landlord login createrole password 'landlord' nosuperuser`;
  await superuser`create database managed owner landlord`;
  const ownerUrl = withDatabase(withAccount(server.ownerUrl, 'landlord', 'landlord'), 'managed');
  const appUrl = await ensureRoles({ ownerUrl, masterKey });
  expect((await migrate({ ownerUrl, dir: migrations })).length).toBeGreaterThan(0);
  expect(await signIn(appUrl)).toEqual({ name: 'carrick_app' });
  expect(await ensureRoles({ ownerUrl, masterKey })).toBe(appUrl);
});
