import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { accessSync, chownSync, constants, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import mysql from 'mysql2/promise';

const FOLDERS = ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin'];
const PREFIX = 'carrick-mariadb-';
const START_TRIES = 200;

/** A MariaDB server of a test's own: private data folder, reached by its socket only. */
export interface TestMariadb {
  /** A new database filled by an SQL file; its URL is fit for `openMysql`. */
  database(name: string, sqlFile: string): Promise<string>;
  /** Changes what the ATS holds. */
  run(url: string, sql: string, values?: readonly (string | number | null)[]): Promise<void>;
  rows(url: string, sql: string): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/** Why tests with MariaDB cannot run here; null when they can. */
export function missingMariadb(): string | null {
  return pathOf('mariadbd') && pathOf('mariadb-install-db')
    ? null
    : 'MariaDB is not installed (Debian: apt-get install mariadb-server)';
}

/** `cacheMb`: what a test holds is small; a soak says how much its ATS would have. */
export async function startTestMariadb({ cacheMb = 16 } = {}): Promise<TestMariadb> {
  await removeLeftovers();
  const server = pathOf('mariadbd');
  const installer = pathOf('mariadb-install-db');
  if (!server || !installer) throw new Error(missingMariadb() ?? 'unreachable');
  const dir = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const dataDir = join(dir, 'data');
  const socket = join(dir, 's');
  // Two servers that are set up at once would take each other's temporary tables.
  const env = { ...process.env, TMPDIR: dir };
  // The server refuses to run as root; as anybody else it runs as whoever started it.
  const asUser = process.getuid?.() === 0 ? ['--user=mysql'] : [];
  if (asUser.length > 0) chownToMysql(dir);
  const installed = spawnSync(
    installer,
    [
      '--no-defaults',
      `--datadir=${dataDir}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      ...asUser,
    ],
    { encoding: 'utf8', env },
  );
  if (installed.status !== 0) throw new Error(`mariadb-install-db failed: ${installed.stderr}`);
  const child = spawn(
    server,
    [
      '--no-defaults',
      `--datadir=${dataDir}`,
      `--socket=${socket}`,
      `--pid-file=${join(dir, 'pid')}`,
      '--skip-networking',
      `--innodb-buffer-pool-size=${cacheMb}M`,
      '--innodb-flush-log-at-trx-commit=0',
      '--performance-schema=off',
      ...asUser,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], env },
  );
  let log = '';
  child.stderr?.on('data', (text: Buffer) => {
    log = `${log}${text}`.slice(-4000);
  });
  const urlOf = (name: string) => `mysql://root@localhost/${name}?socketPath=${encodeURIComponent(socket)}`;
  const run = async (url: string, sql: string, values: readonly (string | number | null)[] = []) => {
    const connection = await mysql.createConnection({ uri: url, multipleStatements: true });
    try {
      await connection.query(sql, [...values]);
    } finally {
      await connection.end();
    }
  };
  try {
    await untilReady(child, () => run(urlOf('mysql'), 'select 1'));
  } catch (cause) {
    child.kill('SIGKILL');
    throw new Error(`MariaDB did not start:\n${log}`, { cause });
  }
  return {
    run,
    async rows(url, sql) {
      const connection = await mysql.createConnection(url);
      try {
        const [rows] = await connection.query<mysql.RowDataPacket[]>(sql);
        return rows;
      } finally {
        await connection.end();
      }
    },
    async database(name, sqlFile) {
      await run(urlOf('mysql'), `create database ${name} character set utf8mb4`);
      await run(urlOf(name), await readFile(sqlFile, 'utf8'));
      return urlOf(name);
    },
    async stop() {
      const ended = new Promise((done) => child.once('exit', done));
      if (child.exitCode === null && child.kill('SIGTERM')) await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function untilReady(child: ChildProcess, connect: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await connect();
    } catch (error) {
      if (child.exitCode !== null || attempt === START_TRIES) throw error;
      await sleep(50);
    }
  }
}

/** Servers of test runs that were killed before they could stop them. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const owner = Number(name.slice(PREFIX.length).split('-')[0]);
    if (isAlive(owner)) continue;
    const dir = join(tmpdir(), name);
    const pid = Number(readOrEmpty(join(dir, 'pid')));
    // The number may belong to another process by now: only a command line with this folder is the server's.
    if (pid > 0 && readOrEmpty(`/proc/${pid}/cmdline`).includes(dir)) process.kill(pid, 'SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function pathOf(program: string): string | null {
  return FOLDERS.map((folder) => join(folder, program)).find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function chownToMysql(dir: string): void {
  const ids = /^mysql:[^:]*:(\d+):(\d+):/m.exec(readOrEmpty('/etc/passwd'));
  if (!ids) throw new Error('MariaDB is installed, but there is no user mysql to run it as');
  chownSync(dir, Number(ids[1]), Number(ids[2]));
}
