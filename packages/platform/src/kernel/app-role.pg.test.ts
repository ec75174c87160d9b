import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appLogin, ensureRoles } from './app-role.ts';
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
  for (const url of urls) expect(await signIn(url)).toEqual({ name: appLogin(masterKey) });
  const [roles] = await superuser`select count(*) as n from pg_roles where rolname like 'carrick%'`;
  expect(roles).toEqual({ n: 3 });
});

test('RU14 a role that is right is left alone, one with another password is put right', async () => {
  const stored = async () =>
    (await superuser`select rolpassword from pg_authid where rolname = ${appLogin(masterKey)}`)[0];
  const before = await stored();
  const appUrl = await ensureRoles({ ownerUrl: server.ownerUrl, masterKey });
  expect(await stored()).toEqual(before);
  await superuser.unsafe(`alter role ${appLogin(masterKey)} password 'another'`);
  await expect(signIn(appUrl)).rejects.toMatchObject({ code: '28P01' });
  await ensureRoles({ ownerUrl: server.ownerUrl, masterKey });
  expect(await signIn(appUrl)).toEqual({ name: appLogin(masterKey) });
});

test('RU91 deployments with different master keys share a server and leave each other alone', async () => {
  const [mine, theirs] = [withDatabase(server.ownerUrl, 'one'), withDatabase(server.ownerUrl, 'two')];
  const myUrl = await ensureRoles({ ownerUrl: mine, masterKey });
  await migrate({ ownerUrl: mine, dir: migrations });
  const theirUrl = await ensureRoles({ ownerUrl: theirs, masterKey: otherKey });
  await migrate({ ownerUrl: theirs, dir: migrations });
  expect(appLogin(otherKey)).not.toBe(appLogin(masterKey));
  expect(await signIn(myUrl)).toEqual({ name: appLogin(masterKey) });
  expect(await signIn(theirUrl)).toEqual({ name: appLogin(otherKey) });
  // Started again, in whatever order, neither changes anything of the other.
  expect(await ensureRoles({ ownerUrl: mine, masterKey })).toBe(myUrl);
  expect(await ensureRoles({ ownerUrl: theirs, masterKey: otherKey })).toBe(theirUrl);
  for (const url of [myUrl, theirUrl]) {
    const sql = connect(url, { max: 1 });
    const [seen] = await sql`select (select count(*) from candidate) as n`;
    expect(seen).toEqual({ n: 0 });
    await sql.end();
  }
});

test('RU14 an application role that could get around row security is refused', async () => {
  for (const role of ['carrick_app', appLogin(masterKey)]) {
    await superuser.unsafe(`alter role ${role} bypassrls`);
    await expect(ensureRoles({ ownerUrl: server.ownerUrl, masterKey })).rejects.toThrow(/row-level security/);
    await superuser.unsafe(`alter role ${role} nobypassrls`);
  }
});

test('RU14 an owner that is no superuser is enough, as on a managed server', async () => {
  for (const name of ['one', 'two']) await superuser.unsafe(`drop database ${name}`);
  for (const role of [appLogin(masterKey), appLogin(otherKey), 'carrick_app', 'carrick_reader'])
    await superuser.unsafe(`drop role ${role}`);
  await superuser`create role landlord login createrole password 'landlord' nosuperuser`;
  await superuser`create database managed owner landlord`;
  const ownerUrl = withDatabase(withAccount(server.ownerUrl, 'landlord', 'landlord'), 'managed');
  const appUrl = await ensureRoles({ ownerUrl, masterKey });
  expect((await migrate({ ownerUrl, dir: migrations })).length).toBeGreaterThan(0);
  expect(await signIn(appUrl)).toEqual({ name: appLogin(masterKey) });
  expect(await ensureRoles({ ownerUrl, masterKey })).toBe(appUrl);
});
