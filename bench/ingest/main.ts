/**
 * `npm run bench -- ingest`: batches of 100 candidates over HTTP with OAuth, matching on, against two floors of the same run
 * (floors.ts). The server is a process of its own. What is compared runs by turns, so that a noisy neighbour hits all alike.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import postgres from 'postgres';
import { type CpuMeter, type CpuMs, cpuMeter, cpuPerBatch, postmasterPid } from './cpu.ts';
import { type Floor, floorBatch, floorSender } from './floors.ts';
import { drive, fetchToken, httpBatch, httpSender, type Timing } from './load.ts';
import { type Candidate, candidate, MATCHED_EVERY, memberLine } from './people.ts';
import { importMembers, type Server, startServer, type Tenant } from './server.ts';

const BATCH = 100;
const MOST_CONNECTIONS = 8;
/** A server that has just started compiles for its first hundred batches; what is measured is one that runs. */
const WARM_UP = 15_000;

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '5' },
    data: { type: 'string' },
  },
});
const records = Number(values.records);
const rounds = Number(values.rounds);
if (!(records >= rounds * BATCH * MOST_CONNECTIONS))
  throw new Error(`--records takes at least ${rounds * BATCH * MOST_CONNECTIONS}`);

const dataDir = values.data ?? mkdtempSync(join(tmpdir(), 'carrick-bench-'));
const server = await startServer(dataDir, 5);
try {
  await importMembers(dataDir, membersOf(records));
  const report = await measure(server, cpuMeter(server.pid, postmasterPid(dataDir)));
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} finally {
  await server.stop();
  if (values.data === undefined) rmSync(dataDir, { recursive: true, force: true });
}

function* membersOf(count: number): Generator<string> {
  for (let n = 0; n < count; n += MATCHED_EVERY) yield memberLine(n);
}

function batchesOf(from: number, count: number): Candidate[][] {
  return Array.from({ length: Math.floor(count / BATCH) }, (_, batch) =>
    Array.from({ length: BATCH }, (_, n) => candidate(from + batch * BATCH + n)),
  );
}

interface Turn extends Timing {
  readonly cpuMsPerBatch: CpuMs;
}

async function measure({ baseUrl, databaseUrl, tenants, peakRssMb }: Server, cpu: CpuMeter) {
  const [bare, same, eight, four, one] = tenants;
  if (!bare || !same || !eight || !four || !one) throw new Error('five tenants were asked for');
  const turns: { bareUpsert: Turn[]; sameTables: Turn[]; http: Turn[] } = {
    bareUpsert: [],
    sameTables: [],
    http: [],
  };
  const viaHttp = (tenant: Tenant, candidates: readonly Candidate[][], connections: number) =>
    overHttp(baseUrl, cpu, tenant, candidates, connections);
  const viaFloor = (tenant: Tenant, floor: Floor, candidates: readonly Candidate[][]) =>
    overFloor(databaseUrl, cpu, tenant, floor, candidates);
  const perRound = records / rounds;
  await viaHttp(one, batchesOf(0, WARM_UP), MOST_CONNECTIONS);
  for (let round = 0; round < rounds; round++) {
    const batches = batchesOf(round * perRound, perRound);
    turns.bareUpsert.push(await viaFloor(bare, 'bareUpsert', batches));
    turns.http.push(await viaHttp(eight, batches, MOST_CONNECTIONS));
    turns.sameTables.push(await viaFloor(same, 'sameTables', batches));
    process.stderr.write(
      `round ${round + 1}: ${Object.entries(turns)
        .map(([name, all]) => `${name} ${all.at(-1)?.recordsPerSecond}`)
        .join(', ')} records/s\n`,
    );
  }
  const fewer = batchesOf(0, perRound);
  const overFour = await viaHttp(four, fewer, 4);
  const overOne = await viaHttp(one, fewer, 1);
  const [http, bareUpsert, sameTables] = [turns.http, turns.bareUpsert, turns.sameTables].map(middle);
  return {
    records,
    recordsPerSecond: http?.recordsPerSecond,
    p50Ms: http?.p50Ms,
    p99Ms: http?.p99Ms,
    serverRssMb: peakRssMb(),
    ratioToBareUpsert: ratio(turns.http, turns.bareUpsert),
    ratioToSameTables: ratio(turns.http, turns.sameTables),
    cpuRatioToSameTables: cpuRatio(turns.http, turns.sameTables),
    connections: { 1: overOne, 4: overFour, 8: http },
    floors: { bareUpsert, sameTables },
    rows: await rowsOf(databaseUrl, { bareUpsert: bare, sameTables: same, http: eight }),
  };
}

/** Round by round, since both halves of a round had the same neighbours; of these the one in the middle. */
function ratio(turns: readonly Turn[], floors: readonly Turn[]): number | undefined {
  return middleOf(
    turns.map(({ recordsPerSecond }, round) => recordsPerSecond / (floors[round]?.recordsPerSecond ?? NaN)),
  );
}

/** The same by processor time, which a neighbour does not take away: what the two rates would be with all cores busy and our own. */
function cpuRatio(turns: readonly Turn[], floors: readonly Turn[]): number | undefined {
  const spent = (turn: Turn | undefined) => {
    const { postgres = NaN, server = NaN, client = NaN } = turn?.cpuMsPerBatch ?? {};
    return postgres + server + client;
  };
  return middleOf(turns.map((turn, round) => spent(floors[round]) / spent(turn)));
}

function middleOf(ratios: readonly number[]): number | undefined {
  const found = ratios.toSorted((one, other) => one - other)[Math.floor(ratios.length / 2)];
  return found === undefined ? undefined : Math.round(found * 100) / 100;
}

/** The round in the middle, so that one disturbed round says nothing. */
function middle(timings: readonly Turn[]): Turn | undefined {
  return timings.toSorted((a, b) => a.recordsPerSecond - b.recordsPerSecond)[Math.floor(timings.length / 2)];
}

async function overHttp(
  baseUrl: string,
  cpu: CpuMeter,
  tenant: Tenant,
  candidates: readonly Candidate[][],
  connections: number,
): Promise<Turn> {
  const sender = httpSender(baseUrl, await fetchToken(baseUrl, tenant), connections);
  const batches = candidates.map((each) => httpBatch(tenant, each));
  const turn = await metered(cpu, batches.length, () => drive(batches, BATCH, connections, sender.send));
  sender.close();
  return turn;
}

async function overFloor(
  databaseUrl: string,
  cpu: CpuMeter,
  { tenantId }: Tenant,
  floor: Floor,
  candidates: readonly Candidate[][],
): Promise<Turn> {
  const sender = await floorSender(databaseUrl, tenantId, floor, MOST_CONNECTIONS);
  const batches = candidates.map(floorBatch);
  const turn = await metered(cpu, batches.length, () => drive(batches, BATCH, MOST_CONNECTIONS, sender.send));
  await sender.close();
  return turn;
}

async function metered(cpu: CpuMeter, batches: number, run: () => Promise<Timing>): Promise<Turn> {
  const before = cpu.read();
  const timing = await run();
  return { ...timing, cpuMsPerBatch: cpuPerBatch(before, cpu.read(), batches) };
}

/** That the floor wrote the same rows as the server. */
async function rowsOf(databaseUrl: string, tenants: Readonly<Record<string, Tenant>>) {
  const sql = postgres(databaseUrl, { max: 1 });
  const counts: Record<string, Record<string, number>> = {};
  for (const [name, { tenantId }] of Object.entries(tenants)) {
    await sql.begin(async (tx) => {
      await tx`select set_config('carrick.tenant_id', ${String(tenantId)}, true)`;
      const [row] = await tx`select
        (select count(*)::int from candidate) as candidate, (select count(*)::int from candidate_key) as candidate_key,
        (select count(*)::int from automatic_match) as automatic_match, (select count(*)::int from outbox) as outbox`;
      counts[name] = { ...row };
    });
  }
  await sql.end();
  return counts;
}
