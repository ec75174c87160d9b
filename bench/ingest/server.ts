import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** As run.mjs starts it. */
const NODE_FLAGS = [
  '--disable-warning=ExperimentalWarning',
  '--max-semi-space-size=32',
  '--heap-growing-percent=100',
];
const CLI = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'src', 'main.ts');

export interface Tenant {
  readonly tenantId: number;
  readonly organization: string;
  readonly customer: { readonly clientId: string; readonly clientSecret: string };
}

export interface Server {
  readonly pid: number;
  readonly baseUrl: string;
  readonly databaseUrl: string;
  readonly tenants: readonly Tenant[];
  /** The most memory its process has held, PostgreSQL's not among it; null where the system does not tell. */
  peakRssMb(): number | null;
  stop(): Promise<void>;
}

/** A sandbox in a process of its own, as an operator would start it. `profile`: a folder for its processor profile. */
export async function startServer(
  dataDir: string,
  tenants: number,
  profile: string | undefined,
): Promise<Server> {
  const profiling = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  const child = spawn(
    process.execPath,
    [
      ...NODE_FLAGS,
      ...profiling,
      CLI,
      'sandbox',
      '--port',
      '0',
      '--data',
      dataDir,
      '--tenants',
      String(tenants),
      '--json',
    ],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const failed = ended.then(() => Promise.reject(new Error(`the server ended with ${child.exitCode}`)));
  failed.catch(() => {}); // raced below; later an end is what stop() waits for
  for await (const line of race(createInterface({ input: child.stdout }), failed)) {
    const details = JSON.parse(line) as Pick<Server, 'baseUrl' | 'databaseUrl' | 'tenants'>; // our own command's line
    return {
      ...details,
      pid: child.pid ?? 0,
      peakRssMb: () => peakRss(child.pid),
      async stop() {
        child.kill('SIGTERM');
        await ended;
      },
    };
  }
  throw new Error('the server said nothing');
}

async function* race(lines: AsyncIterable<string>, failed: Promise<never>): AsyncGenerator<string> {
  const iterator = lines[Symbol.asyncIterator]();
  for (;;) {
    const next = await Promise.race([iterator.next(), failed]);
    if (next.done) return;
    yield next.value;
  }
}

function peakRss(pid: number | undefined): number | null {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024);
  } catch {
    return null;
  }
}

/** Runs another command beside the server; its input is `lines`. */
export async function importMembers(dataDir: string, lines: Iterable<string>): Promise<void> {
  const child = spawn(process.execPath, [CLI, 'import-members', '--file', '-', '--data', dataDir], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.stdin.end([...lines].join('\n'));
  const code = await ended;
  if (code !== 0) throw new Error(`import-members ended with ${code}`);
}
