import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PlantedRepository } from './planted-repository.ts';

/** Stands in for npm: installing takes a moment, leaves what npm leaves, and is written down. */
const NPM = `
const { appendFileSync, copyFileSync, mkdirSync } = require('node:fs');
console.log('npm says this on stdout');
appendFileSync('installed.log', process.argv[2] + '\\n');
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
mkdirSync('node_modules', { recursive: true });
copyFileSync('package-lock.json', 'node_modules/.package-lock.json');
`;
const COMMAND = `
const [verb, ...args] = process.argv.slice(2);
if (verb === 'wait') {
  process.on('SIGTERM', () => { console.log('ended in order'); process.exit(7); });
  setInterval(() => undefined, 1000);
  console.log('waiting');
} else {
  console.log(JSON.stringify({ verb, args }));
  process.exitCode = 3;
}
`;

let planted: PlantedRepository;
beforeEach(() => {
  planted = new PlantedRepository({
    'package-lock.json': JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0' } } }),
    'npm/npm-cli.js': NPM,
    'packages/cli/src/main.ts': COMMAND,
  });
  copyFileSync(join(import.meta.dirname, '..', 'run.mjs'), join(planted.root, 'run.mjs'));
});
afterEach(() => planted.remove());

interface Started {
  child: ChildProcess;
  ended: Promise<{ code: unknown; out: string; err: string }>;
}

function start(...args: string[]): Started {
  return launch(process.execPath, [join(planted.root, 'run.mjs'), ...args]);
}

function launch(command: string, args: string[]): Started {
  const child = spawn(command, args, {
    cwd: planted.root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      npm_lifecycle_event: 'carrick',
      npm_execpath: join(planted.root, 'npm', 'npm-cli.js'),
    },
  });
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  return { child, ended: once(child, 'close').then(([code]) => ({ code, out, err })) };
}

const installations = () => readFileSync(join(planted.root, 'installed.log'), 'utf8').trim().split('\n');

test('HO7 arguments, output and exit code pass through; set-up speaks on stderr', async () => {
  const { code, out, err } = await start('carrick', 'dump', '--json', 'a b').ended;
  expect({ code, out }).toEqual({ code: 3, out: '{"verb":"dump","args":["--json","a b"]}\n' });
  expect(err).toContain('installing npm packages');
  expect(err).toContain('npm says this on stdout');
});

test('HO7 an unknown command is told how it goes', async () => {
  const { code, out, err } = await start('toString').ended;
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('usage');
});

test('HO8 SIGTERM reaches the command', async () => {
  const { child, ended } = start('carrick', 'wait');
  if (child.stdout) await once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 7, out: 'waiting\nended in order\n' });
});

test('HO8 when npm and its shell are ended alone, the command is ended too', async () => {
  const { child, ended } = launch('sh', ['-c', `'${process.execPath}' run.mjs carrick wait; exit 1`]);
  if (child.stdout) await once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ out: 'waiting\nended in order\n' });
});

test('HO9 two starts at once install once, and a third does not install again', async () => {
  await Promise.all([start('carrick', 'a').ended, start('carrick', 'b').ended]);
  const third = await start('carrick', 'c').ended;
  expect(installations()).toEqual(['ci']);
  expect(third.err).toBe('');
});

test('HO9 a lock of a dead process is taken over; a newer lock file installs again', async () => {
  const dead = start('carrick', 'a');
  await dead.ended;
  planted.write({
    'package-lock.json': JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.1' } } }),
    '.carrick/packages.lock': String(dead.child.pid),
  });
  expect(await start('carrick', 'b').ended).toMatchObject({ code: 3 });
  expect(installations()).toEqual(['ci', 'ci']);
});
