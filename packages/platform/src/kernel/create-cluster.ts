import { type ExecFileOptions, execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Account } from './postgres-binaries.ts';

const run = promisify(execFile);

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

export function clusterPaths(folder: string): ClusterPaths {
  const dataDir = resolve(folder);
  return {
    dataDir,
    cluster: join(dataDir, 'postgres'),
    log: join(dataDir, 'postgres.log'),
    password: join(dataDir, 'postgres.password'),
    lock: join(dataDir, 'postgres.lock'),
    run: join(dataDir, 'postgres.json'),
  };
}

/** Not the caller's: it holds the master key, and anything that runs under the same account could read it. */
export const ENVIRONMENT = {
  HOME: '/',
  USER: 'postgres',
  LC_ALL: 'C',
  TZ: 'UTC',
  PGSSLMODE: 'disable',
  PATH: '/usr/bin:/bin',
};

/** PostgreSQL refuses to run as root; then the owner of the cluster runs it, which is `nobody` unless it was made by a person. */
export function accountFor(cluster: string): Account | undefined {
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
export function folderArgument(cluster: string, account: Account | undefined): string {
  return account && process.platform === 'linux' ? '/proc/self/cwd' : cluster;
}

export async function createCluster(
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

/** The random password of the superuser of this cluster; made before the cluster is. */
export function readPassword(paths: ClusterPaths): string {
  return readFileSync(paths.password, 'utf8').trim();
}

/** Not the TMPDIR of root, which another account may be unable to enter, nor the long one of macOS. */
export function shortTemporaryDir(): string {
  return existsSync('/tmp') ? '/tmp' : tmpdir();
}
