import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { connect, type SqlClient, withDatabase } from './connect.ts';
import { type ClusterPaths, clusterPaths, readPassword } from './create-cluster.ts';
import { withFileLock } from './file-lock.ts';
import type { Log } from './log.ts';
import {
  findServer,
  type RunningServer,
  type ServerSettings,
  startServer,
  untilReady,
} from './postgres-cluster.ts';
import { stopPostgres } from './postgres-process.ts';

export interface EmbeddedPostgresOptions {
  /** The deployment's data folder; the cluster, its log and its password lie in it. */
  readonly dataDir: string;
  readonly log: Log;
  /** Server settings over ours; they count when this call starts the server, not when it finds one running. */
  readonly settings?: ServerSettings;
}

export interface EmbeddedPostgres {
  /** Superuser, database `carrick`, over the unix socket. For `connect` and `openDatabase`, or psql. */
  readonly ownerUrl: string;
  readonly socketDir: string;
  readonly port: number;
  readonly pid: number;
  /** Gives the lease back; the last one out stops the server. Safe to call twice. */
  release(): Promise<void>;
}

const DATABASE = 'carrick';
const LEASE = 'carrick-lease';
const RENEW_PAUSE_MS = 200;
const HOLD_ATTEMPTS = 10;

/**
 * Uses the PostgreSQL of a data folder: whoever comes first starts it, everybody holds a lease connection, the last one out
 * stops it. A process that is killed loses its lease and leaves the server running for the next.
 * While the lease is held, a server that died is started again at the same address.
 * @throws Error with the end of its log when it does not start.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const lease = new Lease(options);
  const server = await lease.hold();
  return {
    ownerUrl: withDatabase(ownerUrl(lease.paths, server), DATABASE),
    socketDir: server.socketDir,
    port: server.port,
    pid: server.pid,
    release: () => lease.release(),
  };
}

/** Stops the server of a data folder that nobody uses, as killed processes leave it. @returns false where somebody does. */
export async function stopUnusedPostgres(dataDir: string): Promise<boolean> {
  const paths = clusterPaths(dataDir);
  return withFileLock(paths.lock, async () => {
    const server = findServer(paths);
    if (!server) return true;
    const client = connect(ownerUrl(paths, server), { max: 1 });
    const isUsed = (await countOtherLeases(client)) > 0;
    await client.end({ timeout: 5 });
    if (!isUsed) await stop(server);
    return !isUsed;
  });
}

/** Stops the server of a data folder, whoever uses it: for a test run's end. */
export async function stopEmbeddedPostgres(dataDir: string): Promise<void> {
  const paths = clusterPaths(dataDir);
  await withFileLock(paths.lock, async () => {
    const server = findServer(paths);
    if (server) await stop(server);
  });
}

/** The same database by TCP on this machine, for programs that want a host and a port. */
export function overTcp(url: string): string {
  const { username, password, port, pathname } = new URL(url);
  return `postgres://${username}:${password}@127.0.0.1:${port}${pathname}`;
}

class Lease {
  readonly paths: ClusterPaths;
  readonly #options: EmbeddedPostgresOptions;
  #client: SqlClient | undefined;
  #released: Promise<void> | undefined;

  constructor(options: EmbeddedPostgresOptions) {
    this.#options = options;
    this.paths = clusterPaths(options.dataDir);
  }

  /** Under the lock from the look to the lease, so that nobody stops the server in between. */
  hold(): Promise<RunningServer> {
    return withFileLock(this.paths.lock, async () => {
      for (let attempt = 1; ; attempt++) {
        const server = await this.#findOrStart();
        try {
          await this.#connect(server);
          return server;
        } catch (error) {
          // The server found was about to die: it resets the connection or says that it shuts down. Any other word of it counts.
          const isRefusal = error instanceof postgres.PostgresError && !error.code.startsWith('57P');
          if (isRefusal || attempt >= HOLD_ATTEMPTS) throw error;
          await pause(RENEW_PAUSE_MS);
        }
      }
    });
  }

  release(): Promise<void> {
    this.#released ??= withFileLock(this.paths.lock, async () => {
      const client = this.#client;
      this.#client = undefined;
      if (!client) return;
      const server = findServer(this.paths);
      const isLast = server !== null && (await countOtherLeases(client)) === 0;
      await client.end({ timeout: 5 });
      if (isLast) await stop(server);
    });
    return this.#released;
  }

  async #connect(server: RunningServer): Promise<void> {
    const client = connect(ownerUrl(this.paths, server), {
      max: 1,
      isPermanent: true,
      applicationName: LEASE,
      onClose: () => void this.#renew(client),
    });
    try {
      const [found] = await client`select 1 from pg_database where datname = ${DATABASE}`;
      if (!found) await client`create database ${client(DATABASE)}`;
      this.#client = client;
    } catch (error) {
      await client.end({ timeout: 0 });
      throw error;
    }
  }

  async #findOrStart(): Promise<RunningServer> {
    const running = findServer(this.paths);
    if (running && (await untilReady(this.paths, running))) return running;
    const server = await startServer(this.paths, this.#options.settings ?? {});
    this.#options.log.info({ pid: server.pid, port: server.port }, 'PostgreSQL started');
    return server;
  }

  /** The lease connection went without having been released: the server died, or restarted itself after a crash. */
  async #renew(lost: SqlClient): Promise<void> {
    if (this.#client !== lost || this.#released) return;
    this.#client = undefined;
    this.#options.log.warn('PostgreSQL went away; looking for it again');
    await lost.end({ timeout: 0 });
    while (!this.#released) {
      try {
        await this.hold();
        return;
      } catch (error) {
        this.#options.log.error({ err: error }, 'PostgreSQL does not come back');
        await pause(RENEW_PAUSE_MS);
      }
    }
  }
}

async function countOtherLeases(client: SqlClient): Promise<number> {
  try {
    const [row] = await client<{ others: number }[]>`
      select count(*) as others from pg_stat_activity where application_name = ${LEASE} and pid <> pg_backend_pid()`;
    return row?.others ?? 0;
  } catch {
    return 0; // it is going down or does not answer: nobody can use it
  }
}

async function stop(server: RunningServer): Promise<void> {
  await stopPostgres(server.pid, server.identity);
  rmSync(server.socketDir, { recursive: true, force: true });
}

function ownerUrl(paths: ClusterPaths, server: RunningServer): string {
  const host = encodeURIComponent(server.socketDir);
  return `postgres://postgres:${readPassword(paths)}@${host}:${server.port}/postgres`;
}
