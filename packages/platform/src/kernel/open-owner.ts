import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigError } from '../config.ts';
import { clusterPaths } from './create-cluster.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import type { Log } from './log.ts';
import { makeFolder } from './make-folder.ts';
import { type MasterKey, parseMasterKey, readOrCreateMasterKey } from './secrets.ts';

export const MIGRATIONS = join(import.meta.dirname, '..', '..', 'migrations');

/** The database of a deployment as its owner's, before it is known whether its schema fits. */
export interface OpenOwner {
  readonly ownerUrl: string;
  readonly masterKey: MasterKey;
  readonly isEmbedded: boolean;
  close(): Promise<void>;
}

const MASTER_KEY = 'master.key';

/** Whether there is something to open: with a database of one's own that is for its server to say. */
export function holdsDeployment({ databaseUrl, dataDir }: Config): boolean {
  return databaseUrl !== null || [join(dataDir, MASTER_KEY), clusterPaths(dataDir).cluster].some(existsSync);
}

/** Starts the database if it is embedded. `initialKey` becomes the master key of a data folder that has none. */
export async function openOwner(
  config: Config,
  log: Log,
  initialKey: MasterKey | null = null,
): Promise<OpenOwner> {
  if (config.databaseUrl === null) makeDataFolder(config);
  const masterKey = await masterKeyOf(config, initialKey);
  const embedded =
    config.databaseUrl === null ? await startEmbeddedPostgres({ dataDir: config.dataDir, log }) : null;
  return {
    // One of the two exists: without a URL the embedded server was started.
    ownerUrl: embedded?.ownerUrl ?? config.databaseUrl!,
    masterKey,
    isEmbedded: embedded !== null,
    async close() {
      await embedded?.release();
    },
  };
}

function makeDataFolder({ dataDir }: Config): void {
  try {
    makeFolder(dataDir);
  } catch (cause) {
    throw new ConfigError(`--data: ${messageOf(cause)}`, { cause });
  }
}

async function masterKeyOf(config: Config, initialKey: MasterKey | null): Promise<MasterKey> {
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
    return await readOrCreateMasterKey(join(config.dataDir, MASTER_KEY), initialKey);
  } catch (cause) {
    // The folder cannot be used, or the key in it: what Node says names the file and the reason.
    throw new ConfigError(`--data: ${messageOf(cause)}`, { cause });
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
