import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { inject } from 'vitest';
import { configOf } from '../config.ts';
import { ensureRoles } from './app-role.ts';
import { FakeClock } from './clock.ts';
import { connect, withDatabase } from './connect.ts';
import type { Context } from './context.ts';
import { type Db, openDatabase } from './db.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { withFileLock } from './file-lock.ts';
import { createLog, silentLog } from './log.ts';
import { migrate } from './migrate.ts';
import { deriveKeys, type Keys, type MasterKey, parseMasterKey } from './secrets.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Data folder of the test run's one PostgreSQL server; see tests/global-setup.ts. */
    testDataDir: string;
  }
}

export const TEST_MASTER_KEY: MasterKey = parseMasterKey(`${'00'.repeat(31)}01`);
export const testKeys: Keys = deriveKeys(TEST_MASTER_KEY);

export interface TestDatabase {
  /** Superuser on this database: for preparing what the application could not, never for the thing under test. */
  readonly ownerUrl: string;
  /** The application's role on this database. */
  readonly appUrl: string;
  readonly db: Db;
  /** Closes `db` and drops the database. */
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** `migrated` (default): a clone of the migrated template. `empty`: a database with nothing in it, roles there. */
  readonly from?: 'migrated' | 'empty';
}

const TEMPLATE = 'carrick_template';
const MIGRATIONS = join(import.meta.dirname, '../../migrations');

/** A database of its own for a test file: `beforeAll(async () => { database = await testDatabase() })`, `afterAll(() => database.drop())`. */
export async function testDatabase({ from = 'migrated' }: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { ownerUrl: serverUrl } = await testServer();
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = connect(serverUrl, { max: 1 });
  await admin.unsafe(`create database ${name} template ${from === 'migrated' ? TEMPLATE : 'template1'}`);
  const ownerUrl = withDatabase(serverUrl, name);
  const appUrl = await ensureRoles({ ownerUrl, masterKey: TEST_MASTER_KEY });
  const db = openDatabase({ url: appUrl, max: 4, log: silentLog });
  return {
    ownerUrl,
    appUrl,
    db,
    async drop() {
      await db.close();
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end({ timeout: 5 });
    },
  };
}

/** What a slice is given, silent and with a clock that stands. */
export function testContext({ db }: Pick<TestDatabase, 'db'>, clock = new FakeClock()): Context {
  return { config: configOf(), db, clock, log: createLog('silent'), keys: testKeys };
}

let server: Promise<EmbeddedPostgres> | undefined;

/** Started by the first test that asks, so that a run without databases starts none. Its lease is held until the worker ends. */
function testServer(): Promise<EmbeddedPostgres> {
  server ??= start(inject('testDataDir'));
  return server;
}

async function start(dataDir: string): Promise<EmbeddedPostgres> {
  const started = await startEmbeddedPostgres({ dataDir, log: silentLog });
  await withFileLock(join(dataDir, 'template.lock'), () => ensureTemplate(started.ownerUrl));
  return started;
}

async function ensureTemplate(serverUrl: string): Promise<void> {
  const admin = connect(serverUrl, { max: 1 });
  try {
    const [found] = await admin`select 1 from pg_database where datname = ${TEMPLATE}`;
    if (found) return;
    const draft = `${TEMPLATE}_draft`;
    await admin.unsafe(`drop database if exists ${draft} with (force)`);
    await admin.unsafe(`create database ${draft}`);
    const ownerUrl = withDatabase(serverUrl, draft);
    await ensureRoles({ ownerUrl, masterKey: TEST_MASTER_KEY });
    await migrate({ ownerUrl, dir: MIGRATIONS });
    // Renamed when complete: a failed migration leaves no template behind.
    await admin.unsafe(`alter database ${draft} rename to ${TEMPLATE}`);
  } finally {
    await admin.end({ timeout: 5 });
  }
}
