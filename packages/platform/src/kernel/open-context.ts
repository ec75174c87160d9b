import type { Logger } from 'pino';
import { type Config, ConfigError } from '../config.ts';
import { ensureRoles } from './app-role.ts';
import type { Clock } from './clock.ts';
import type { Context } from './context.ts';
import { openDatabase } from './db.ts';
import { overTcp } from './embedded-postgres.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS, messageOf, openOwner } from './open-owner.ts';
import { deriveKeys } from './secrets.ts';

export interface OpenContext {
  readonly ctx: Context;
  /** The database as the application's role, by TCP: for looking at it from outside. */
  readonly databaseUrl: string;
  /** The database as its owner's: for what row-level security keeps from the application (erasing, rewriting files). */
  readonly ownerUrl: string;
  /** Names of the migrations that this opening applied. */
  readonly migrations: readonly string[];
  close(): Promise<void>;
}

/**
 * The database of a deployment, started if it is embedded, brought up to date and opened as the application's role.
 * Any number of processes may do this at once, beside a running platform too.
 */
export async function openContext(
  config: Config,
  { clock, log }: { readonly clock: Clock; readonly log: Logger },
): Promise<OpenContext> {
  const owner = await openOwner(config, log);
  const { ownerUrl, masterKey } = owner;
  try {
    const prepare = async () => ({
      appUrl: await ensureRoles({ ownerUrl, masterKey }),
      migrations: await migrate({ ownerUrl, dir: MIGRATIONS, clock, log }),
    });
    const { appUrl, migrations } = await prepare().catch((cause: unknown) => {
      if (owner.isEmbedded || !isUnreachable(cause)) throw cause;
      throw new ConfigError(`DATABASE_URL: ${messageOf(cause)}`, { cause });
    });
    const db = openDatabase({ url: appUrl, max: config.poolSize, log });
    return {
      ctx: { config, db, clock, log, keys: deriveKeys(masterKey) },
      databaseUrl: owner.isEmbedded ? overTcp(appUrl) : appUrl,
      ownerUrl,
      migrations,
      async close() {
        await db.close();
        await owner.close();
      },
    };
  } catch (error) {
    await owner.close();
    throw error;
  }
}

/** The address, the password or the name of the database is not right, or no server answers. */
const UNREACHABLE = new Set(
  'ECONNREFUSED ENOTFOUND EAI_AGAIN EHOSTUNREACH ETIMEDOUT CONNECT_TIMEOUT 28P01 28000 3D000'.split(' '),
);

function isUnreachable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && UNREACHABLE.has(String(error.code));
}
