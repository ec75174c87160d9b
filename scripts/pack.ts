/**
 * Compiles `protocol` and `connector` for Node 20 and packs them as npm would publish them: `npm run pack -- FOLDER` leaves two
 * .tgz files there. In the repository the packages run as TypeScript; what is published has `dist` instead of `src`.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { root } from './repository.ts';

interface Manifest {
  readonly [field: string]: unknown;
  readonly exports: Readonly<Record<string, string>>;
}

/** In the order in which one is compiled against the other. */
const PACKAGES = ['protocol', 'connector'] as const;
const BIN = 'carrick-connector';

const target = resolve(process.argv[2] ?? join(root, '.carrick', 'packed'));
const stage = mkdtempSync(join(tmpdir(), 'carrick-pack-'));
try {
  mkdirSync(target, { recursive: true });
  for (const name of PACKAGES) process.stdout.write(`${join(target, pack(name))}\n`);
} finally {
  rmSync(stage, { recursive: true, force: true });
}

function pack(name: (typeof PACKAGES)[number]): string {
  const from = join(root, 'packages', name);
  const to = join(stage, name);
  const project = join(stage, `${name}.json`);
  writeFileSync(
    project,
    JSON.stringify({
      extends: join(from, 'tsconfig.publish.json'),
      compilerOptions: {
        rootDir: join(from, 'src'),
        outDir: join(to, 'dist'),
        typeRoots: [join(root, 'node_modules', '@types')],
        // The other package as it will be published, not as the source that stands in the workspace.
        ...(name === 'connector' && {
          paths: { '@carrick/protocol': [join(stage, 'protocol', 'dist', 'index.d.ts')] },
        }),
      },
      include: [join(from, 'src', '**', '*.ts')],
      // From the root of the source: this file stands elsewhere.
      exclude: ['*.test.ts', 'testing-*.ts'].map((name) => join(from, 'src', '**', name)),
    }),
  );
  run(join(root, 'node_modules', '.bin', 'tsc'), ['-p', project], root);
  const manifest = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as Manifest; // ours
  const { private: _, ...published } = manifest;
  const exported = Object.entries(manifest.exports).map(([door, source]) => {
    const file = source.replace('./src/', './dist/').replace(/\.ts$/, '');
    return [door, { types: `${file}.d.ts`, default: `${file}.js` }];
  });
  writeFileSync(
    join(to, 'package.json'),
    `${JSON.stringify(
      {
        ...published,
        exports: Object.fromEntries(exported),
        ...(name === 'connector' && { bin: { [BIN]: './dist/bin.js' } }),
        files: ['dist', 'LICENSE', 'NOTICE'],
        engines: { node: '>=20' },
      },
      null,
      2,
    )}\n`,
  );
  for (const file of ['LICENSE', 'NOTICE']) cpSync(join(root, file), join(to, file));
  return run('npm', ['pack', '--silent', '--pack-destination', target], to).trim();
}

function run(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} failed: ${error?.message ?? `${stdout}${stderr}`}`);
  return stdout;
}
