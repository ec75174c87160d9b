import { type ExecFileOptions, execFile, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
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
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Account, locateBinaries } from './postgres-binaries.ts';
import { endOrphans, processIdentity, readPidFile } from './postgres-process.ts';

const run = promisify(execFile);
const POLL_MS = 5;
/** A server that has much log to replay after a crash is alive and not yet ready. */
const READY_PATIENCE_MS = 300_000;
const PORT_ATTEMPTS = 5;
const LOG_LIMIT_BYTES = 10_000_000;

/** Where everything of an embedded server lies, all inside the deployment's data folder. */
export interface ClusterPaths {
  readonly dataDir: string;
  /** PostgreSQL's own folder. */
  readonly cluster: string;
  readonly log: string;
  readonly password: string;
  readonly lock: string;
  /** Which process serves it, written when it is started. */
  readonly run: string;
}

export function clusterPaths(dataDir: string): ClusterPaths {
  return {
    dataDir,
    cluster: join(dataDir, 'postgres'),
    log: join(dataDir, 'postgres.log'),
    password: join(dataDir, 'postgres.password'),
    lock: join(dataDir, 'postgres.lock'),
    run: join(dataDir, 'postgres.json'),
  };
}

export interface RunningServer {
  readonly pid: number;
  /** See processIdentity: tells this process from a later one with the same id. */
  readonly identity: string;
  readonly port: number;
  readonly socketDir: string;
}

/**
 * Nothing here may let the log hold what a record or a statement says: of sessions only connection failures and crashes are
 * logged (the application reports its own errors), and never a detail, a statement or a parameter.
 */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  max_connections: '100',
  max_locks_per_transaction: '512',
  shared_buffers: '128MB',
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

/** Not the caller's: it holds the master key, and anything that runs under the same account could read it. */
const ENVIRONMENT = {
  HOME: '/',
  USER: 'postgres',
  LC_ALL: 'C',
  TZ: 'UTC',
  PGSSLMODE: 'disable',
  PATH: '/usr/bin:/bin',
};

/** The server of this data folder as it was started last, if it still lives. */
export function findServer(paths: ClusterPaths): RunningServer | null {
  if (!existsSync(paths.run)) return null;
  const server = JSON.parse(readFileSync(paths.run, 'utf8')) as RunningServer; // written by startServer below
  return processIdentity(server.pid) === server.identity ? server : null;
}

/** Creates the cluster where there is none, and starts it, detached: it outlives the process that started it. Call it under the lock. */
export async function startServer(paths: ClusterPaths, settings: ServerSettings): Promise<RunningServer> {
  mkdirSync(paths.dataDir, { recursive: true });
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

/** The random password of the superuser of this cluster; made before the cluster is. */
export function readPassword(paths: ClusterPaths): string {
  return readFileSync(paths.password, 'utf8').trim();
}

/** PostgreSQL refuses to run as root; then the owner of the cluster runs it, which is `nobody` unless it was made by a person. */
function accountFor(cluster: string): Account | undefined {
  const self = process.getuid?.();
  const owner = existsSync(cluster) ? statSync(cluster) : undefined;
  if (self !== 0) {
    if (owner && owner.uid !== self) {
      throw new Error(
        `${cluster} belongs to another account (uid ${owner.uid}); run Carrick as that one or as root`,
      );
    }
    return undefined;
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const account = nobody();
  // A cluster that root restored from a copy.
  if (owner) execFileSync('chown', ['-R', `${account.uid}:${account.gid}`, cluster]);
  return account;
}

/** initdb looks its account up by name, so it must be one that the machine knows. */
function nobody(): Account {
  const [, , uid, gid] =
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .find(([name]) => name === 'nobody') ?? [];
  if (uid === undefined || gid === undefined)
    throw new Error('started as root, and there is no account "nobody" for PostgreSQL');
  return { uid: Number(uid), gid: Number(gid) };
}

/**
 * How the server is told its folder. Under another account it may be unable to walk there (/root is mode 700), but it may well
 * be *in* it: the folder is entered as root, before the account changes, and every process of PostgreSQL stays there.
 */
function folderArgument(cluster: string, account: Account | undefined): string {
  return account && process.platform === 'linux' ? '/proc/self/cwd' : cluster;
}

async function createCluster(
  paths: ClusterPaths,
  binaries: string,
  account: Account | undefined,
): Promise<void> {
  if (!existsSync(paths.password)) {
    const draft = `${paths.password}.new`;
    writeFileSync(draft, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
    renameSync(draft, paths.password);
  }
  // Made beside its place and renamed: an interrupted initdb leaves no half cluster to be mistaken for one.
  const draft = `${paths.cluster}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  const passwordDir = mkdtempSync(join(shortTemporaryDir(), 'carrick-init-'));
  try {
    const passwordFile = join(passwordDir, 'password');
    writeFileSync(passwordFile, readPassword(paths), { mode: 0o600 });
    if (account)
      for (const path of [draft, passwordDir, passwordFile]) chownSync(path, account.uid, account.gid);
    await initdb(
      join(binaries, 'bin/initdb'),
      [
        '-D',
        folderArgument(draft, account),
        '-U',
        'postgres',
        '-A',
        'scram-sha-256',
        '--pwfile',
        passwordFile,
      ],
      { ...account, cwd: draft, env: ENVIRONMENT },
    );
    renameSync(draft, paths.cluster);
  } finally {
    rmSync(passwordDir, { recursive: true, force: true });
  }
}

/**
 * Order and case follow PostgreSQL's own UTF-8 rules: the same on every machine, and no collation to go stale. Only the parser of
 * full text asks the C library which characters are letters; under its "C" locale “Ivan” would be a word with its quotation marks.
 */
async function initdb(program: string, args: string[], options: ExecFileOptions): Promise<void> {
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  for (const ctype of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
    try {
      await run(program, [...args, ...locale, `--lc-ctype=${ctype}`], options);
      return;
    } catch (error) {
      const isMissing = error instanceof Error && error.message.includes('invalid locale name');
      if (!isMissing || ctype === 'C') throw error;
    }
  }
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
    renameSync(`${paths.run}.new`, paths.run);
    if (await untilReady(paths, server)) return server;
    return readFileSync(paths.log).subarray(before).toString();
  } finally {
    closeSync(log);
  }
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

/** Not the TMPDIR of root, which another account may be unable to enter, nor the long one of macOS. */
function shortTemporaryDir(): string {
  return existsSync('/tmp') ? '/tmp' : tmpdir();
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
