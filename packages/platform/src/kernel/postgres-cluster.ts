import { spawn } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  accountFor,
  type ClusterPaths,
  createCluster,
  ENVIRONMENT,
  folderArgument,
  shortTemporaryDir,
} from './create-cluster.ts';
import { makeFolder } from './make-folder.ts';
import { type Account, locateBinaries } from './postgres-binaries.ts';
import { endOrphans, processIdentity, readPidFile } from './postgres-process.ts';

const POLL_MS = 5;
/** A server that has much log to replay after a crash is alive and not yet ready. */
const READY_PATIENCE_MS = 300_000;
const PORT_ATTEMPTS = 5;
const LOG_LIMIT_BYTES = 10_000_000;

export interface RunningServer {
  readonly pid: number;
  /** See processIdentity: tells this process from a later one with the same id. */
  readonly identity: string;
  readonly port: number;
  readonly socketDir: string;
}

/**
 * An eighth of what memory this process may use, as other things run beside the database; taken page by page as it is used. With
 * the database's usual 128 MB a search of a million people reads half of what it looks at from the system.
 */
function sharedBuffersMb(): number {
  const mayUse = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  return Math.round(Math.min(1024, Math.max(128, mayUse / 8 / 2 ** 20)));
}

/**
 * Nothing here may let the log hold what a record or a statement says: of sessions only connection failures and crashes are
 * logged (the application reports its own errors), and never a detail, a statement or a parameter.
 */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  max_connections: '100',
  max_locks_per_transaction: '512',
  shared_buffers: `${sharedBuffersMb()}MB`,
  wal_compression: 'on',
  fsync: 'on',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_statement: 'none',
  log_checkpoints: 'off',
};

export type ServerSettings = Readonly<Record<string, string>>;

/** The server of this data folder as it was started last, if it still lives. */
export function findServer(paths: ClusterPaths): RunningServer | null {
  if (!existsSync(paths.run)) return null;
  const server = JSON.parse(readFileSync(paths.run, 'utf8')) as RunningServer; // written by startServer below
  return processIdentity(server.pid) === server.identity ? server : null;
}

/** Creates the cluster where there is none, and starts it, detached: it outlives the process that started it. Call it under the lock. */
export async function startServer(paths: ClusterPaths, settings: ServerSettings): Promise<RunningServer> {
  makeFolder(paths.dataDir);
  const account = accountFor(paths.cluster);
  const binaries = await locateBinaries(account);
  if (!existsSync(paths.cluster)) await createCluster(paths, binaries, account);
  await endOrphans(paths.cluster);
  // What it names is gone (the caller looked, and the orphans were waited for), but its process id may be another's by now,
  // or a zombie's, and PostgreSQL would take that for itself.
  rmSync(join(paths.cluster, 'postmaster.pid'), { force: true });
  for (let attempt = 1; ; attempt++) {
    const before = lastRun(paths);
    const port = attempt === 1 && before && (await isFree(before.port)) ? before.port : await freePort();
    const socketDir = ensureSocketDir(before?.socketDir, account);
    // The lock beside the socket names the same dead process id as postmaster.pid did.
    for (const name of [`.s.PGSQL.${port}`, `.s.PGSQL.${port}.lock`])
      rmSync(join(socketDir, name), { force: true });
    const outcome = await launch(paths, binaries, account, { ...SETTINGS, ...settings }, port, socketDir);
    if (typeof outcome !== 'string') return outcome;
    if (attempt >= PORT_ATTEMPTS || !outcome.includes('could not bind')) {
      throw new Error(`PostgreSQL did not start. The end of ${paths.log}:\n${outcome}`);
    }
  }
}

/** Waits until it takes connections; a server found starting or replaying its log is alive and not there yet. */
export async function untilReady(paths: ClusterPaths, server: RunningServer): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < READY_PATIENCE_MS; waitedMs += POLL_MS) {
    if (processIdentity(server.pid) !== server.identity) return false;
    const file = readPidFile(paths.cluster);
    if (file?.pid === server.pid && file.isReady) return true;
    await pause(POLL_MS);
  }
  throw new Error(
    `PostgreSQL (process ${server.pid}) is not ready after ${READY_PATIENCE_MS / 1000} s; see ${paths.log}`,
  );
}

/** The running server, or, where it ended at once, what it wrote into its log. */
async function launch(
  paths: ClusterPaths,
  binaries: string,
  account: Account | undefined,
  settings: ServerSettings,
  port: number,
  socketDir: string,
): Promise<RunningServer | string> {
  const log = openLog(paths.log);
  try {
    const before = fstatSync(log).size;
    const child = spawn(
      join(binaries, 'bin/postgres'),
      [
        ['-D', folderArgument(paths.cluster, account), '-p', String(port), '-k', socketDir],
        ...Object.entries(settings).map(([name, value]) => ['-c', `${name}=${value}`]),
      ].flat(),
      { ...account, cwd: paths.cluster, env: ENVIRONMENT, detached: true, stdio: ['ignore', log, log] },
    );
    const failed = Promise.withResolvers<never>();
    failed.promise.catch(() => {});
    child.once('error', failed.reject);
    child.unref();
    const pid = child.pid;
    if (pid === undefined) return await failed.promise;
    const server = { pid, identity: processIdentity(pid) ?? '', port, socketDir };
    writeFileSync(`${paths.run}.new`, JSON.stringify(server), { mode: 0o600 });
    if (account) for (const file of [`${paths.run}.new`, paths.log]) handOver(file, paths.dataDir);
    renameSync(`${paths.run}.new`, paths.run);
    if (await untilReady(paths, server)) return server;
    return readFileSync(paths.log).subarray(before).toString();
  } finally {
    closeSync(log);
  }
}

/** What root does once in a person's data folder must not shut that person out. */
function handOver(file: string, folder: string): void {
  const { uid, gid } = statSync(folder);
  chownSync(file, uid, gid);
}

function lastRun(paths: ClusterPaths): RunningServer | undefined {
  return existsSync(paths.run) ? (JSON.parse(readFileSync(paths.run, 'utf8')) as RunningServer) : undefined;
}

function openLog(file: string): number {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

/** A socket's path may have 107 bytes, and a data folder's is the user's choice; so sockets live in a folder of their own. */
function ensureSocketDir(previous: string | undefined, account: Account | undefined): string {
  const owner = account?.uid ?? process.getuid?.();
  if (previous !== undefined) {
    // The same place again, so that the addresses that running processes hold stay right.
    mkdirSync(previous, { recursive: true, mode: 0o700 });
    const found = lstatSync(previous);
    if (found.isDirectory() && found.uid === 0 && account) chownSync(previous, account.uid, account.gid);
    const after = lstatSync(previous);
    if (after.isDirectory() && after.uid === owner && (after.mode & 0o077) === 0) return previous;
  }
  const fresh = mkdtempSync(join(shortTemporaryDir(), 'carrick-pg-'));
  if (account) chownSync(fresh, account.uid, account.gid);
  return fresh;
}

async function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
