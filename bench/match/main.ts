/**
 * `npm run bench -- match [--members 100000] [--candidates 100000] [--rounds 3] [--changes 100]`: what matching costs a batch and
 * a back-fill, against the same door without matching in the same run; how soon a member's new address shows while batches are
 * sent. By turns, so that a noisy neighbour hits both alike. One JSON object on stdout.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
  configOf,
  type Deployment,
  importMembers,
  openDeployment,
} from '../../packages/platform/src/index.ts';
import { createLog } from '../../packages/platform/src/kernel/log.ts';
import { PROPOSE_LANE, REMATCH_LANE } from '../../packages/platform/src/matching/index.ts';
import { type CpuMs, cpuMeter, cpuPerBatch, postmasterPid } from '../ingest/cpu.ts';
import { fetchToken, httpSender } from '../ingest/load.ts';
import { startServer, type Tenant } from '../ingest/server.ts';
import { candidateBatch, type HttpBatch } from '../ingest/subjects.ts';
import { type Crowd, crowd } from './people.ts';

const BATCH = 100;
const CONNECTIONS = 8;
const WARM_UP_BATCHES = 100;
const LATENCY_BATCHES = 200;
const CLI = join(import.meta.dirname, '..', '..', 'packages', 'cli', 'src', 'main.ts');

const { values } = parseArgs({
  options: {
    members: { type: 'string', default: '100000' },
    candidates: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '3' },
    changes: { type: 'string', default: '100' },
    data: { type: 'string' },
  },
});
const [members, candidates, rounds, changes] = [
  values.members,
  values.candidates,
  values.rounds,
  values.changes,
].map(Number) as [number, number, number, number]; // four of the options above

const dataDir = values.data ?? mkdtempSync(join(tmpdir(), 'carrick-bench-'));
const server = await startServer(dataDir, 3, undefined);
try {
  process.stdout.write(`${JSON.stringify(await measure(), null, 2)}\n`);
} finally {
  await server.stop();
  if (values.data === undefined) rmSync(dataDir, { recursive: true, force: true });
}

async function measure() {
  const people = crowd(members, candidates);
  const imported = await timed(() => importCrowd(people));
  say(`${members} members imported at ${rate(members, imported)}/s`);
  const deployment = await openDeployment(configOf({ dataDir }), { log: createLog('warn') });
  const bare = await startBare();
  try {
    const counted = await timed(async () => {
      const { models } = deployment.matching;
      await models.publish(await models.make());
    });
    const [without, withMatching, other] = server.tenants;
    if (!without || !withMatching || !other) throw new Error('three tenants were asked for');
    const doors = {
      bare: await openDoor(bare.baseUrl, without),
      matching: await openDoor(server.baseUrl, withMatching),
      other: await openDoor(server.baseUrl, other),
    };
    await send(doors.bare, batches(people, without, WARM_UP_BATCHES));
    await send(doors.matching, batches(people, withMatching, WARM_UP_BATCHES));
    await settled(deployment);
    const backFill = await measureBackFill(deployment, people, doors);
    const latency = await measureLatency(deployment, people, doors);
    const changed = await measureChanges(deployment, people, doors.other);
    for (const door of Object.values(doors)) door.close();
    return {
      members,
      candidates,
      importedPerSecond: rate(members, imported),
      modelSeconds: round1(counted / 1_000),
      backFill,
      latency,
      changes: changed,
      serverRssMb: server.peakRssMb(),
    };
  } finally {
    await bare.stop();
    await deployment.close();
  }
}

interface Door {
  readonly tenant: Tenant;
  readonly sender: ReturnType<typeof httpSender>;
  close(): void;
}

async function openDoor(baseUrl: string, tenant: Tenant): Promise<Door> {
  const sender = httpSender(baseUrl, await fetchToken(baseUrl, tenant), CONNECTIONS);
  return { tenant, sender, close: () => sender.close() };
}

function batches(people: Crowd, tenant: Tenant, count: number): HttpBatch[] {
  return Array.from({ length: count }, () =>
    candidateBatch(
      tenant,
      people.candidates(BATCH).map((each) => ({ ...each, identifiers: 0, isMatched: false })),
    ),
  );
}

/** @returns the time of each batch */
async function send(door: Door, all: readonly HttpBatch[], connections = CONNECTIONS): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: connections }, async (_, connection) => {
      for (let batch = all[next++]; batch !== undefined; batch = all[next++])
        times.push(await timed(() => door.sender.send(batch as HttpBatch, connection)));
    }),
  );
  return times;
}

async function measureBackFill(
  deployment: Deployment,
  people: Crowd,
  doors: { readonly bare: Door; readonly matching: Door },
) {
  const cpu = cpuMeter(server.pid, postmasterPid(dataDir));
  const count = Math.floor(candidates / rounds / BATCH);
  const turns: { without: number; ingest: number; settled: number; cpu: CpuMs }[] = [];
  for (let turn = 0; turn < rounds; turn++) {
    const [forBare, forMatching] = [
      batches(people, doors.bare.tenant, count),
      batches(people, doors.matching.tenant, count),
    ];
    const without = await timed(() => send(doors.bare, forBare));
    const before = cpu.read();
    const startedAt = performance.now();
    await send(doors.matching, forMatching);
    const ingest = performance.now() - startedAt;
    await settled(deployment);
    const whole = performance.now() - startedAt;
    const turnsRates = {
      without: rate(count * BATCH, without),
      ingest: rate(count * BATCH, ingest),
      settled: rate(count * BATCH, whole),
    };
    turns.push({ ...turnsRates, cpu: cpuPerBatch(before, cpu.read(), count) });
    say(`round ${turn + 1}: ${JSON.stringify(turns.at(-1))}`);
  }
  const ratios = turns.map(({ without, settled: all }) => all / without).sort((a, b) => a - b);
  return {
    recordsPerSecondWithout: middle(turns.map(({ without }) => without)),
    recordsPerSecondAnswered: middle(turns.map(({ ingest }) => ingest)),
    recordsPerSecondSettled: middle(turns.map(({ settled: all }) => all)),
    ratioToWithout: Math.round((middle(ratios) ?? 0) * 100) / 100,
    cpuMsPerBatch: turns.at(-1)?.cpu,
    ...(await countLinks(deployment, doors.matching.tenant)),
  };
}

/** One connection, one batch after the other, by turns; second looks have ended before. */
async function measureLatency(
  deployment: Deployment,
  people: Crowd,
  doors: { readonly bare: Door; readonly matching: Door },
) {
  const [bare, matching] = [
    batches(people, doors.bare.tenant, LATENCY_BATCHES),
    batches(people, doors.matching.tenant, LATENCY_BATCHES),
  ];
  const times = { without: [] as number[], with: [] as number[] };
  for (let i = 0; i < LATENCY_BATCHES; i++) {
    times.without.push(...(await send(doors.bare, bare.slice(i, i + 1), 1)));
    times.with.push(...(await send(doors.matching, matching.slice(i, i + 1), 1)));
    if (i % 20 === 19) await settled(deployment);
  }
  const [without, withMatching] = [percentiles(times.without), percentiles(times.with)];
  return {
    without,
    with: withMatching,
    addedP50Ms: round1(withMatching.p50Ms - without.p50Ms),
    addedP99Ms: round1(withMatching.p99Ms - without.p99Ms),
  };
}

/** While batches are sent: the time from the import's start until the link is there for everybody. */
async function measureChanges(deployment: Deployment, people: Crowd, door: Door) {
  const { ctx, memberHooks } = deployment;
  const mail = (n: number) => `changed.person.${n}@wanderer${n % 50}.org`;
  const name = { firstName: 'Wendeline', lastName: 'Overstraeten' };
  const record = { atsCreatedAt: 1, atsLastModifiedAt: 1, ...name };
  for (let n = 0; n < changes; n += BATCH) {
    const some = Array.from({ length: Math.min(BATCH, changes - n) }, (_, i) => ({
      id: `changed-${n + i}`,
      record: { ...record, emailAddresses: [mail(n + i)] },
      identifiers: 0,
      isMatched: false,
    }));
    await door.sender.send(candidateBatch(door.tenant, some), 0);
  }
  let isOver = false;
  const load = (async () => {
    while (!isOver) await send(door, batches(people, door.tenant, CONNECTIONS));
  })();
  const times: number[] = [];
  for (let n = 0; n < changes; n++) {
    const line = `${JSON.stringify({ id: `changed-${n}`, ...name, emails: [mail(n)] })}\n`;
    times.push(
      await timed(async () => {
        await importMembers(ctx, one(line), { hooks: memberHooks });
        while (!(await isLinked(deployment, door.tenant, `changed-${n}`))) await pause(5);
      }),
    );
  }
  isOver = true;
  await load;
  return { count: changes, ...percentiles(times) };
}

async function* one(line: string): AsyncGenerator<string> {
  yield line;
}

async function isLinked({ ctx }: Deployment, { tenantId }: Tenant, candidateId: string): Promise<boolean> {
  const rows = await ctx.db.read(
    tenantId,
    async (tx) =>
      tx`select from automatic_match where tenant_id = ${tenantId} and candidate_id = ${candidateId}`,
  );
  return rows.length > 0;
}

async function countLinks({ ctx }: Deployment, { tenantId }: Tenant) {
  const [row] = await ctx.db.read(
    tenantId,
    async (tx) => tx<{ links: number; proposals: number; candidates: number; weak: number }>`
      select (select count(*) from automatic_match) as links, (select count(distinct candidate_id) from match_proposal) as proposals,
        (select count(*) from candidate) as candidates, (select count(*) from weak_identifier) as weak`,
  );
  return {
    linked: share(row?.links, row?.candidates),
    proposed: share(row?.proposals, row?.candidates),
    weakIdentifiers: row?.weak,
  };
}

async function settled({ outbox }: Deployment): Promise<void> {
  while ((await outbox.waiting([REMATCH_LANE, PROPOSE_LANE])) > 0) await pause(20);
}

async function importCrowd(people: Crowd): Promise<void> {
  const child = spawn(process.execPath, [CLI, 'import-members', '--file', '-', '--data', dataDir], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await people.writeMembers(child.stdin);
  const code = await ended;
  if (code !== 0) throw new Error(`import-members ended with ${code}`);
}

async function startBare(): Promise<{ readonly baseUrl: string; stop(): Promise<void> }> {
  const flags = [
    '--disable-warning=ExperimentalWarning',
    '--max-semi-space-size=32',
    '--heap-growing-percent=100',
  ];
  const child = spawn(
    process.execPath,
    [...flags, join(import.meta.dirname, 'bare-server.ts'), '--data', dataDir],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    const { baseUrl } = JSON.parse(line) as { baseUrl: string }; // our own script's line
    return {
      baseUrl,
      async stop() {
        child.stdin.end();
        await ended;
      },
    };
  }
  throw new Error('the server without matching said nothing');
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function percentiles(times: readonly number[]): { readonly p50Ms: number; readonly p99Ms: number } {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number) => round1(sorted[Math.floor(sorted.length * part)] ?? 0);
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

function middle(numbers: readonly number[]): number | undefined {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function rate(count: number, ms: number): number {
  return Math.round((count / ms) * 1_000);
}

function share(part = 0, whole = 1): number {
  return Math.round((part / whole) * 1_000) / 1_000;
}

function round1(number: number): number {
  return Math.round(number * 10) / 10;
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
