import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { WireClient } from '@carrick/connector';

/**
 * Kills the platform and PostgreSQL without warning in the middle of a load, again and again, and then asks whether
 * every record that was acknowledged is there in at least the state that was acknowledged. Exit code 1 when not.
 */
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '20' }, connections: { type: 'string', default: '4' } },
});
const rounds = Number(values.rounds);
const connections = Number(values.connections);
const MAIN = join(import.meta.dirname, '..', 'packages', 'cli', 'src', 'main.ts');

interface Sandbox {
  readonly process: ChildProcess;
  readonly baseUrl: string;
  readonly organization: string;
  readonly customer: { readonly clientId: string; readonly clientSecret: string };
}

async function startSandbox(dir: string): Promise<Sandbox> {
  const child = spawn(process.execPath, [MAIN, 'sandbox', '--port', '0', '--data', dir, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    // The sandbox's one line; its shape is documented in its help.
    const ready = JSON.parse(line) as Omit<Sandbox, 'process'>;
    return { ...ready, process: child };
  }
  throw new Error('the sandbox ended before it was ready');
}

/** The postmaster first or the platform first, by turns; its own children go with it. */
async function killEverything(sandbox: Sandbox, dir: string, round: number): Promise<void> {
  const postmaster = await postmasterPid(dir);
  const ended = new Promise((resolve) => sandbox.process.once('exit', resolve));
  const kills = [() => process.kill(postmaster, 'SIGKILL'), () => sandbox.process.kill('SIGKILL')];
  if (round % 2 === 1) kills.reverse();
  for (const kill of kills) kill();
  await ended;
}

async function postmasterPid(dir: string): Promise<number> {
  const names = await readdir(dir, { recursive: true });
  const name = names.find((entry) => entry.endsWith('postmaster.pid'));
  if (!name) throw new Error(`no postmaster.pid below ${dir}`);
  return Number((await readFile(join(dir, name), 'utf8')).split('\n')[0]);
}

/** Writes batches until the platform is gone; remembers only what was answered. */
async function load(
  { baseUrl, organization, customer }: Sandbox,
  connection: number,
  round: number,
  acknowledged: Map<string, number>,
): Promise<number> {
  const client = new WireClient({ baseUrl, authUrl: baseUrl, ...customer, organization, retryForMs: 0 });
  let written = 0;
  for (let batch = 0; ; batch++) {
    const version = round * 1_000_000 + batch + 1;
    // Every third batch rewrites earlier candidates, so that lost updates would show as old versions.
    const first = (batch % 3 === 2 ? batch - 2 : batch) * 100;
    const ids = Array.from({ length: 100 }, (_, index) => `${connection}-${first + index}`);
    const records = ids.map((id) => ({
      id,
      record: {
        firstName: 'Load',
        lastName: `Person ${id}`,
        emailAddresses: [`${id}@load.example`],
        atsCreatedAt: 1,
        atsLastModifiedAt: version,
      },
    }));
    let outcomes: Awaited<ReturnType<WireClient['upsert']>>;
    try {
      outcomes = await client.upsert('candidate', null, records);
    } catch {
      return written; // The platform was killed: what was not answered is not owed.
    }
    outcomes.forEach((outcome, index) => {
      const id = ids[index];
      if (outcome.ok && id !== undefined) acknowledged.set(id, version);
      else if (!outcome.ok && outcome.status < 500) throw new Error(`refused: ${outcome.message}`);
    });
    written += ids.length;
  }
}

async function dumpVersions(dir: string): Promise<Map<string, number>> {
  const child = spawn(process.execPath, [MAIN, 'dump', '--data', dir, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const versions = new Map<string, number>();
  for await (const line of createInterface({ input: child.stdout })) {
    const { kind, key, record } = JSON.parse(line) as {
      kind: string;
      key: unknown;
      record: { atsLastModifiedAt: number };
    };
    if (kind === 'candidate') versions.set(idOf(key), record.atsLastModifiedAt);
  }
  return versions;
}

const idOf = (key: unknown) =>
  Array.isArray(key)
    ? String(key[0])
    : typeof key === 'object' && key !== null && 'atsCandidateId' in key
      ? String(key.atsCandidateId)
      : String(key);

const dir = await mkdtemp(join(tmpdir(), 'carrick-kills-'));
const acknowledged = new Map<string, number>();
let sandbox = await startSandbox(dir);
for (let round = 1; round <= rounds; round++) {
  const running = sandbox;
  const loads = Array.from({ length: connections }, (_, connection) =>
    load(running, connection, round, acknowledged),
  );
  await sleep(300 + ((round * 7919) % 1700));
  await killEverything(sandbox, dir, round);
  const written = (await Promise.all(loads)).reduce((sum, count) => sum + count, 0);
  const startedAt = performance.now();
  sandbox = await startSandbox(dir);
  process.stderr.write(
    `round ${round} of ${rounds}: ${written} acknowledged, killed, ready again in ${Math.round(performance.now() - startedAt)} ms\n`,
  );
}
const stored = await dumpVersions(dir);
sandbox.process.kill('SIGTERM');
await new Promise((resolve) => sandbox.process.once('exit', resolve));
const missing = [...acknowledged].filter(([id, version]) => (stored.get(id) ?? 0) < version);
process.stdout.write(
  `${JSON.stringify({ rounds, acknowledged: acknowledged.size, stored: stored.size, missing: missing.length, examples: missing.slice(0, 5) })}\n`,
);
await rm(dir, { recursive: true, force: true });
process.exitCode = missing.length > 0 ? 1 : 0;
