/**
 * `npm run check`: everything that is checked without running the product. `npm run check -- NAME…` runs only those;
 * --fix lets Biome mend what it can first; --all adds the slow ones (lock).
 */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';

const house = join(import.meta.dirname, '..');
const bin = (path: string) => join(house, 'node_modules', path);
const script = (name: string) => [join('scripts', `${name}.ts`)];
const tsc = (project: string) => [bin('typescript/bin/tsc'), '--project', project];
const biome = (...args: string[]) => [bin('@biomejs/biome/bin/biome'), ...args];

const CHECKS: Record<string, string[][]> = {
  style: [biome('check', '--error-on-warnings', '--diagnostic-level=warn', '--max-diagnostics=50', '.')],
  types: [tsc('.'), tsc('packages/protocol'), tsc('packages/recruiter'), tsc('packages/widgets')],
  imports: [script('check-imports')],
  unused: [[bin('knip/bin/knip.js'), '--no-progress']],
  rules: [script('check-rules')],
  time: [script('check-time')],
  migrations: [script('check-migrations')],
  names: [script('check-names')],
  words: [script('check-words')],
  dependencies: [script('check-dependencies')],
  generated: [[...script('generate'), '--check']],
};
const SLOW: Record<string, string[][]> = { lock: [script('check-lock')] };

const args = process.argv.slice(2);
const known = { ...CHECKS, ...SLOW };
const named = args.filter((arg) => !arg.startsWith('--'));
const unknown = named.filter((name) => !Object.hasOwn(known, name));
if (unknown.length > 0) {
  console.error(`no such check: ${unknown.join(', ')}. There are: ${Object.keys(known).join(', ')}`);
  process.exit(2);
}
if (args.includes('--fix'))
  spawnSync(process.execPath, biome('check', '--write', '.'), { cwd: house, stdio: 'inherit' });

let names = Object.keys(args.includes('--all') ? known : CHECKS);
if (named.length > 0) names = named;
const queue = names.flatMap((name) => (known[name] ?? []).map((command) => ({ name, command })));
let failures = 0;
await Promise.all([drain(), drain()]);
console.log(failures === 0 ? 'all checks passed' : `${failures} checks failed`);
process.exitCode = failures === 0 ? 0 : 1;

/** One of two lanes: takes the next check until none is left. */
async function drain(): Promise<void> {
  for (let next = queue.shift(); next; next = queue.shift()) {
    const startedAt = performance.now();
    const { code, output } = await run(next.command);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`${code === 0 ? '✓' : '✗'} ${next.name} (${seconds} s)`);
    if (code !== 0) {
      failures += 1;
      console.log(output);
    }
  }
}

function run(command: string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, { cwd: house, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
