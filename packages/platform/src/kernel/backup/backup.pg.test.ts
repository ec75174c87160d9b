import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Config, configOf } from '../../config.ts';
import { openDeployment } from '../../index.ts';
import { dumpRecords } from '../../records/index.ts';
import { createCustomerApplication, createOrganisation } from '../../tenancy/index.ts';
import { FakeClock } from '../clock.ts';
import { connect, withAccount, withDatabase } from '../connect.ts';
import { createLog } from '../log.ts';
import { encodePersonId } from '../secrets.ts';
import { TEST_MASTER_KEY, type TestDatabase, testDatabase } from '../testing.ts';
import { backup } from './backup.ts';
import { masterKeyIn, restore } from './restore.ts';

const KEY = TEST_MASTER_KEY.toString('hex');
const PEOPLE = 2_000;

const clock = new FakeClock();
const surroundings = { clock, log: createLog('silent') };
const folder = mkdtempSync(join(tmpdir(), 'carrick-backup-'));
const file = join(folder, 'deployment.backup');
let source: TestDatabase;
let config: Config;
let tenantId: number;

const configFor = (database: Pick<TestDatabase, 'ownerUrl'>, changes: Partial<Config> = {}) =>
  configOf({ databaseUrl: database.ownerUrl, masterKey: KEY, ...changes });

async function dump(of: Config): Promise<string[]> {
  const { ctx, close } = await openDeployment(of, surroundings);
  try {
    const lines: string[] = [];
    for await (const record of dumpRecords(ctx)) lines.push(JSON.stringify(record));
    return lines;
  } finally {
    await close();
  }
}

beforeAll(async () => {
  source = await testDatabase();
  config = configFor(source);
  const { ctx, close } = await openDeployment(config, surroundings);
  ({ tenantId } = await createOrganisation(ctx, { name: 'Ácme "\\N\t\n' }));
  await createCustomerApplication(ctx, { name: 'ATS', tenantId });
  const names = Array.from({ length: PEOPLE }, (_, n) => `c${n} \\. \t 👩🏽‍💻 ${'x'.repeat(n % 300)}`);
  await ctx.db.pipeline(tenantId, (tx) => [
    tx`insert into candidate (tenant_id, ats_no, id, ats_created_at, ats_last_modified_at, first_name, last_name, email_addresses, received_at)
       select ${tenantId}, 1, name, 1, 1, name, name, '["a@b.c"]', 1 from unnest(${names}::text[]) as name`,
    tx`insert into outbox (tenant_id, lane, payload, created_at) values (${tenantId}, 'records', '{}', 1)`,
  ]);
  await close();
});
afterAll(async () => {
  await source.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe('backup', () => {
  it('RU69 RU70 a restored database holds the same records, sequences and secrets', async () => {
    await backup(config, surroundings, { file });
    expect(statSync(file).mode & 0o077).toBe(0);
    const target = await testDatabase({ from: 'empty' });
    try {
      const restored = configFor(target);
      const { rows, createdAt, migrations } = await restore(restored, surroundings, { file });
      expect(rows).toBeGreaterThan(PEOPLE);
      expect({ createdAt, migrations }).toEqual({ createdAt: clock.now(), migrations: [] });
      expect(await dump(restored)).toEqual(await dump(config));
      const { ctx, close } = await openDeployment(restored, surroundings);
      const [found] = await ctx.db.lookup<{
        name: string;
      }>`select name from find_organisation(${await urn()})`;
      expect(found?.name).toBe('Ácme "\\N\t\n');
      // The next numbers do not collide, and old events are seen by readers on this server.
      expect((await createOrganisation(ctx, { name: 'Next' })).tenantId).toBeGreaterThan(tenantId);
      const tail = await ctx.db.lookup`select id from outbox_tail('records', '0'::xid8, 0, 10)`;
      expect(tail).toHaveLength(1);
      await close();
      const sql = connect(target.ownerUrl, { max: 1 });
      const open =
        await sql`select relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
        where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and not relforcerowsecurity`;
      expect(open).toEqual([]);
      await sql.end();
    } finally {
      await target.drop();
    }
  });

  async function urn(): Promise<string> {
    const [row] = await source.db.read(
      tenantId,
      async (tx) => tx<{ urn: string }>`select urn from organisation`,
    );
    return row?.urn ?? '';
  }

  it('RU69 is of one moment while the platform goes on, and an owner bound by row-level security can make and restore it', async () => {
    const admin = connect(source.ownerUrl, { max: 1 });
    const name = `owner_${randomBytes(4).toString('hex')}`;
    const target = `test_${randomBytes(6).toString('hex')}`;
    await admin.unsafe(`create role ${name} login createrole password 'x'`);
    await admin.unsafe(`grant carrick_reader, carrick_app to ${name} with admin option`);
    await admin.unsafe(`create database ${target} owner ${name}`);
    const ownerUrl = withAccount(withDatabase(source.ownerUrl, target), name, 'x');
    const weak = configFor({ ownerUrl });
    try {
      expect((await restore(weak, surroundings, { file })).rows).toBeGreaterThan(PEOPLE);
      const again = join(folder, 'weak.backup');
      const sql = connect(withDatabase(source.ownerUrl, target), { max: 1 });
      let isDone = false;
      const writing = (async () => {
        for (let n = 0; !isDone; n++)
          await sql`insert into contract (tenant_id, name, created_at) values (${tenantId}, ${`n${n}`}, 1)`;
      })();
      const { rows } = await backup(weak, surroundings, { file: again });
      isDone = true;
      await writing;
      await sql.end();
      const third = await testDatabase({ from: 'empty' });
      expect((await restore(configFor(third), surroundings, { file: again })).rows).toBe(rows);
      expect(await dump(configFor(third))).toEqual(await dump(config));
      await third.drop();
    } finally {
      await admin.unsafe(`drop database ${target} with (force)`);
      await admin.unsafe(`drop role ${name}`);
      await admin.end();
    }
  });
});

it('RU69 ends whatever the size of a table, however slowly its file is written', async () => {
  const big = await testDatabase({ from: 'empty' });
  const sql = connect(big.ownerUrl, { max: 1 });
  await sql`create table schema_migration (number int, name text, checksum text)`;
  for (let kilobytes = 60; kilobytes < 200; kilobytes++)
    await sql.unsafe(
      `create table t${kilobytes} as select repeat('x', 1023) x from generate_series(1, ${kilobytes})`,
    );
  await sql.end();
  const { rows } = await backup(configFor(big), surroundings, { file: join(folder, 'big.backup') });
  expect(rows).toBe(((60 + 199) * 140) / 2);
  await big.drop();
});

describe('restore refuses', () => {
  async function refusal(changes: { file?: string; config?: Partial<Config>; database?: TestDatabase }) {
    const database = changes.database ?? (await testDatabase({ from: 'empty' }));
    try {
      await restore(configFor(database, changes.config), surroundings, { file: changes.file ?? file });
      return 'restored';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    } finally {
      if (!changes.database) await database.drop();
    }
  }
  const damaged = (change: (bytes: Buffer) => Buffer): string => {
    const path = join(folder, 'damaged.backup');
    writeFileSync(path, change(readFileSync(file)));
    return path;
  };

  it('RU71 a file that is missing, none, cut off or altered, and stores nothing of it', async () => {
    expect(await refusal({ file: join(folder, 'missing') })).toContain('there is no file');
    expect(
      await refusal({ file: damaged(() => Buffer.from('PK\u0003\u0004 something else entirely')) }),
    ).toContain('no backup');
    expect(await refusal({ file: damaged((bytes) => bytes.subarray(0, bytes.length - 400)) })).toMatch(
      /damaged|not complete/,
    );
    const database = await testDatabase({ from: 'empty' });
    const altered = damaged((bytes) => {
      const middle = Math.floor(bytes.length / 2);
      bytes[middle] = (bytes[middle] ?? 0) ^ 0xff;
      return bytes;
    });
    expect(await refusal({ file: altered, database })).not.toBe('restored');
    expect(await refusal({ database })).toBe('restored');
    await database.drop();
  });

  it('RU71 a database that is not empty', async () => {
    expect(await refusal({ database: source })).toContain('is not empty');
  });

  it('RU72 another master key, and a sealed one without its passphrase', async () => {
    expect(await refusal({ config: { masterKey: randomBytes(32).toString('hex') } })).toContain('master key');
    expect(await refusal({ config: { masterKey: null } })).toContain('--print-key');
    const sealed = join(folder, 'sealed.backup');
    await backup(configFor(source, { backupPassphrase: 'correct horse' }), surroundings, { file: sealed });
    expect(await refusal({ file: sealed })).toContain('CARRICK_BACKUP_PASSPHRASE');
    expect(await refusal({ file: sealed, config: { backupPassphrase: 'wrong' } })).toContain('does not open');
    expect(await refusal({ file: sealed, config: { backupPassphrase: 'correct horse' } })).toBe('restored');
    expect(await masterKeyIn(sealed, 'correct horse')).toBe(TEST_MASTER_KEY.toString('base64url'));
    const keyless = join(folder, 'keyless.backup');
    expect(await backup(config, surroundings, { file: keyless, isKeyLeftOut: true })).toMatchObject({
      masterKey: 'none',
    });
    await expect(masterKeyIn(keyless, null)).rejects.toThrow('holds no master key');
    expect(await refusal({ file: keyless })).toBe('restored');
  });

  it('RU69 a backup that breaks off leaves no file, and never half a one under its name', async () => {
    const gone = join(folder, 'missing-folder', 'x.backup');
    await expect(backup(config, surroundings, { file: gone })).rejects.toThrow('ENOENT');
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

it('RU70 embedded: another folder gets data, master key and thereby person ids and tokens', async () => {
  const [first, second] = ['first', 'second'].map((name) => configOf({ dataDir: join(folder, name) }));
  const opened = await openDeployment(first!, surroundings);
  const organisation = await createOrganisation(opened.ctx, { name: 'Acme' });
  const application = await createCustomerApplication(opened.ctx, {
    name: 'ATS',
    tenantId: organisation.tenantId,
  });
  const personId = encodePersonId(opened.ctx.keys.personKey(application.applicationId), 42);
  await opened.close();
  const copy = join(folder, 'embedded.backup');
  await backup(first!, surroundings, { file: copy });
  rmSync(join(folder, 'first'), { recursive: true });
  await restore(second!, surroundings, { file: copy });
  const { ctx, close } = await openDeployment(second!, surroundings);
  expect(encodePersonId(ctx.keys.personKey(application.applicationId), 42)).toBe(personId);
  await close();
  await expect(restore(second!, surroundings, { file: copy })).rejects.toThrow('is not empty');
}, 120_000); // four starts of a database server
