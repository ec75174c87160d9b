import { join } from 'node:path';
import type { Logger } from 'pino';
import { type Config, ConfigError } from '../config.ts';
import { ensureRoles } from './app-role.ts';
import type { Clock } from './clock.ts';
import type { Context } from './context.ts';
import { openDatabase } from './db.ts';
import { overTcp, startEmbeddedPostgres } from './embedded-postgres.ts';
import { migrate } from './migrate.ts';
import { deriveKeys, type MasterKey, parseMasterKey, readOrCreateMasterKey } from './secrets.ts';

export interface OpenContext {
  readonly ctx: Context;
  /** The database as the application's role, by TCP: for looking at it from outside. */
  readonly databaseUrl: string;
  /** Names of the migrations that this opening applied. */
  readonly migrations: readonly string[];
  close(): Promise<void>;
}

const MIGRATIONS = join(import.meta.dirname, '..', '..', 'migrations');

/**
 * The database of a deployment, started if it is embedded, brought up to date and opened as the application's role.
 * Any number of processes may do this at once, beside a running platform too.
 */
export async function openContext(
  config: Config,
  { clock, log }: { readonly clock: Clock; readonly log: Logger },
): Promise<OpenContext> {
  const masterKey = await masterKeyOf(config);
  const embedded =
    config.databaseUrl === null ? await startEmbeddedPostgres({ dataDir: config.dataDir, log }) : null;
  try {
    // One of the two exists: without a URL the embedded server was started.
    const ownerUrl = embedded?.ownerUrl ?? config.databaseUrl!;
    const prepare = async () => ({
      appUrl: await ensureRoles({ ownerUrl, masterKey }),
      migrations: await migrate({ ownerUrl, dir: MIGRATIONS, clock, log }),
    });
    const { appUrl, migrations } = await prepare().catch((cause: unknown) => {
      if (embedded || !isUnreachable(cause)) throw cause;
      throw new ConfigError(`DATABASE_URL: ${messageOf(cause)}`, { cause });
    });
    const db = openDatabase({ url: appUrl, max: config.poolSize, log });
    return {
      ctx: { config, db, clock, log, keys: deriveKeys(masterKey) },
      databaseUrl: embedded ? overTcp(appUrl) : appUrl,
      migrations,
      async close() {
        await db.close();
        await embedded?.release();
      },
    };
  } catch (error) {
    await embedded?.release();
    throw error;
  }
}

async function masterKeyOf(config: Config): Promise<MasterKey> {
  if (config.masterKey !== null) {
    try {
      return parseMasterKey(config.masterKey);
    } catch (cause) {
      throw new ConfigError(`CARRICK_MASTER_KEY: ${messageOf(cause)}`, { cause });
    }
  }
  if (config.databaseUrl !== null) {
    throw new ConfigError(
      'CARRICK_MASTER_KEY is needed with DATABASE_URL; make one with: openssl rand -base64 32',
    );
  }
  try {
    return await readOrCreateMasterKey(join(config.dataDir, 'master.key'));
  } catch (cause) {
    // The folder cannot be used, or the key in it: what Node says names the file and the reason.
    throw new ConfigError(`--data: ${messageOf(cause)}`, { cause });
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** The address, the password or the name of the database is not right, or no server answers. */
const UNREACHABLE = new Set(
  'ECONNREFUSED ENOTFOUND EAI_AGAIN EHOSTUNREACH ETIMEDOUT CONNECT_TIMEOUT 28P01 28000 3D000'.split(' '),
);

function isUnreachable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && UNREACHABLE.has(String(error.code));
}
