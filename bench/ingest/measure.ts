import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { PROPOSE_LANE, REMATCH_LANE } from '../../packages/platform/src/matching/index.ts';
import { type CpuMeter, type CpuMs, cpuPerBatch } from './cpu.ts';
import { type Floor, floorSender } from './floors.ts';
import { drive, driveAtRate, fetchToken, httpSender, type Timing } from './load.ts';
import type { Server, Tenant } from './server.ts';
import { BATCH, matchedQuery, type Sender, SUBJECTS, type Subject } from './subjects.ts';

const MOST_CONNECTIONS = 8;
/** A server that has just started compiles for its first hundreds of batches; what is measured is one that runs. */
const WARM_UP = 400;
const OPEN_LOOP_MS = 10_000;

export interface Turn extends Timing {
  readonly cpuMsPerBatch: CpuMs;
}

/** Over HTTP; also with what is done behind the last answer until nothing is waiting. */
export interface HttpTurn extends Turn {
  readonly untilSettled: { readonly recordsPerSecond: number; readonly cpuMsPerBatch: CpuMs };
}

export interface Plan {
  readonly records: number;
  readonly rounds: number;
  readonly isOpenLoop: boolean;
}

/** Candidates that the whole plan sends at most: so many people are to be known as members beforehand. */
export function mostCandidates({ records, rounds }: Plan): number {
  return Math.max(records, WARM_UP * BATCH + 2 * (records / rounds)) + OPEN_LOOP_MS * 20;
}

/** The server and the tenants of one run; a tenant is written by one floor, or over HTTP, and never by both. */
export interface Bench {
  readonly server: Server;
  readonly cpu: CpuMeter;
  readonly bare: Tenant;
  readonly same: Tenant;
  /** Over HTTP what the floors write; all else that goes over HTTP goes to `aside`, so that rows can be compared. */
  readonly http: Tenant;
  readonly aside: Tenant;
}

export async function measure(bench: Bench, subject: Subject, plan: Plan) {
  const { bare, same, http, aside } = bench;
  const perRound = plan.records / plan.rounds / BATCH;
  for (const tenant of [http, aside]) await prepare(bench, tenant, subject);
  let next = 0;
  const beside = (count: number, connections: number) => {
    const from = next;
    next += count;
    return overHttp(bench, aside, subject, from, count, connections);
  };
  await beside(WARM_UP, MOST_CONNECTIONS);
  const before = await rowsOf(bench);
  const turns: { bareUpsert: Turn[]; sameTables: Turn[]; http: HttpTurn[] } = {
    bareUpsert: [],
    sameTables: [],
    http: [],
  };
  // By turns, so that a noisy neighbour hits all alike.
  for (let round = 0; round < plan.rounds; round++) {
    const from = round * perRound;
    turns.bareUpsert.push(await overFloor(bench, bare, 'bareUpsert', subject, from, perRound));
    turns.http.push(await overHttp(bench, http, subject, from, perRound, MOST_CONNECTIONS));
    turns.sameTables.push(await overFloor(bench, same, 'sameTables', subject, from, perRound));
    const rates = Object.entries(turns).map(([name, all]) => `${name} ${all.at(-1)?.recordsPerSecond}`);
    process.stderr.write(`${subject.kind}, round ${round + 1}: ${rates.join(', ')} records/s\n`);
  }
  const rows = difference(await rowsOf(bench), before);
  const overFour = await beside(perRound, 4);
  const overOne = await beside(perRound, 1);
  const middle = { http: middleTurn(turns.http), bare: middleTurn(turns.bareUpsert) };
  const halfRate = middle.http.recordsPerSecond / 2;
  return {
    recordsPerSecond: middle.http.recordsPerSecond,
    p50Ms: middle.http.p50Ms,
    p99Ms: middle.http.p99Ms,
    ratioToBareUpsert: ratio(turns.http, turns.bareUpsert),
    ratioToSameTables: ratio(turns.http, turns.sameTables),
    cpuRatioToSameTables: cpuRatio(turns.http, turns.sameTables),
    ...(plan.isOpenLoop ? { openLoop: await atRate(bench, subject, next, halfRate) } : {}),
    untilSettled: middle.http.untilSettled,
    cpuRatioUntilSettled: cpuRatio(
      turns.http.map(({ untilSettled }) => untilSettled),
      turns.sameTables,
    ),
    connections: { 1: overOne, 4: overFour, 8: middle.http },
    floors: { bareUpsert: middle.bare, sameTables: middleTurn(turns.sameTables) },
    rows,
  };
}

/** What the subject's records hang on. */
async function prepare(bench: Bench, tenant: Tenant, { needs }: Subject): Promise<void> {
  for (const subject of SUBJECTS) {
    const records = (subject.kind === 'candidate' || subject.kind === 'application') && needs[subject.kind];
    if (records) await overHttp(bench, tenant, subject, 0, records / BATCH, MOST_CONNECTIONS);
  }
}

/** The tenant as it sends. */
async function senderOf(
  { baseUrl }: Server,
  tenant: Tenant,
  { kind }: Subject,
  token: string,
): Promise<Sender> {
  const { organization } = tenant;
  if (kind !== 'entityAclAssignee') return { organization, persons: [] };
  const { send, close } = httpSender(baseUrl, token, 1);
  const answer = await send(matchedQuery({ organization }));
  close();
  return { organization, persons: answer.match(/urn:li:person:[\w-]+/g) ?? [] };
}

const numbers = (from: number, count: number): number[] => Array.from({ length: count }, (_, n) => from + n);

async function overHttp(
  { server, cpu }: Bench,
  tenant: Tenant,
  subject: Subject,
  from: number,
  count: number,
  connections: number,
): Promise<HttpTurn> {
  const token = await fetchToken(server.baseUrl, tenant);
  const sender = await senderOf(server, tenant, subject, token);
  const batches = numbers(from, count).map((batch) => subject.http(sender, batch));
  const { send, close } = httpSender(server.baseUrl, token, connections);
  const [before, startedAt] = [cpu.read(), performance.now()];
  const timing = await drive(
    batches,
    connections,
    async (batch, connection) => void (await send(batch, connection)),
  );
  const answered = cpuPerBatch(before, cpu.read(), count);
  close();
  await settled(server);
  return {
    ...timing,
    cpuMsPerBatch: answered,
    untilSettled: {
      recordsPerSecond: Math.round((count * BATCH * 1_000) / (performance.now() - startedAt)),
      cpuMsPerBatch: cpuPerBatch(before, cpu.read(), count),
    },
  };
}

/** Until nothing waits to be done behind the answers, so that it does not run beside what is measured next. */
async function settled({ databaseUrl }: Server): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1 });
  const isWaiting = async () => {
    const [row] = await sql<{ waiting: boolean }[]>`
      select sum(outbox_waiting(lane, ${Number.MAX_SAFE_INTEGER})) > 0 as waiting from unnest(${[PROPOSE_LANE, REMATCH_LANE]}::text[]) as lane`;
    return row?.waiting === true;
  };
  while (await isWaiting()) await pause(20);
  await sql.end();
}

async function overFloor(
  { server, cpu }: Bench,
  { tenantId }: Tenant,
  floor: Floor,
  subject: Subject,
  from: number,
  count: number,
): Promise<Turn> {
  const { send, close } = await floorSender(server.databaseUrl, tenantId, floor, MOST_CONNECTIONS);
  const batches = numbers(from, count).map((batch) => subject.floor(batch));
  const turn = await metered(cpu, count, () => drive(batches, MOST_CONNECTIONS, send));
  await close();
  return turn;
}

/** Over HTTP at a rate that the server does not choose. */
async function atRate(
  { server, cpu, aside }: Bench,
  subject: Subject,
  from: number,
  recordsPerSecond: number,
) {
  const token = await fetchToken(server.baseUrl, aside);
  const sender = await senderOf(server, aside, subject, token);
  const count = Math.round((recordsPerSecond * OPEN_LOOP_MS) / 1_000 / BATCH);
  const batches = numbers(from, count).map((batch) => subject.http(sender, batch));
  const { send, close } = httpSender(server.baseUrl, token);
  const turn = await metered(cpu, count, () =>
    driveAtRate(batches, recordsPerSecond, async (batch) => void (await send(batch))),
  );
  close();
  return turn;
}

async function metered(cpu: CpuMeter, batches: number, run: () => Promise<Timing>): Promise<Turn> {
  const before = cpu.read();
  const timing = await run();
  return { ...timing, cpuMsPerBatch: cpuPerBatch(before, cpu.read(), batches) };
}

/** Round by round, since both halves of a round had the same neighbours; of these the one in the middle. */
function ratio(turns: readonly Turn[], floors: readonly Turn[]): number {
  return middleOf(
    turns.map(({ recordsPerSecond }, round) => recordsPerSecond / (floors[round]?.recordsPerSecond ?? NaN)),
  );
}

/** The same by processor time, which a neighbour does not take away: what the two rates would be with all cores busy and our own. */
function cpuRatio(turns: readonly Pick<Turn, 'cpuMsPerBatch'>[], floors: readonly Turn[]): number {
  const total = (turn: Pick<Turn, 'cpuMsPerBatch'> | undefined): number =>
    turn ? Object.values(turn.cpuMsPerBatch).reduce((sum: number, ms: number) => sum + ms, 0) : NaN;
  return middleOf(turns.map((turn, round) => total(floors[round]) / total(turn)));
}

function middleOf(ratios: readonly number[]): number {
  const found = ratios.toSorted((one, other) => one - other)[Math.floor(ratios.length / 2)] ?? NaN;
  return Math.round(found * 100) / 100;
}

/** The round in the middle, so that one disturbed round says nothing. */
function middleTurn<T extends Turn>(turns: readonly T[]): T {
  const sorted = turns.toSorted((a, b) => a.recordsPerSecond - b.recordsPerSecond);
  const turn = sorted[Math.floor(sorted.length / 2)];
  if (!turn) throw new Error('a plan has at least one round');
  return turn;
}

type Counts = Readonly<Record<'sameTables' | 'http', Readonly<Record<string, number>>>>;
const TABLES = [
  'candidate',
  'candidate_key',
  'automatic_match',
  'match_event',
  'match_proposal',
  'candidate_note',
  'application',
  'application_note',
  'interview_feedback',
  'stage',
  'applicant',
  'job',
  'job_task',
  'entity_acl',
  'acl_assignee',
  'outbox',
];

/** That the floor writes the same rows as the server. */
async function rowsOf({ server, same, http }: Bench): Promise<Counts> {
  const sql = postgres(server.databaseUrl, { max: 1 });
  const counted = (tenant: Tenant) =>
    sql.begin(async (tx) => {
      await tx`select set_config('carrick.tenant_id', ${String(tenant.tenantId)}, true)`;
      const counts: Record<string, number> = {};
      for (const table of TABLES) {
        const [row] = await tx<{ count: number }[]>`select count(*)::int as count from ${tx(table)}`;
        counts[table] = row?.count ?? 0;
      }
      return counts;
    });
  const counts = { sameTables: await counted(same), http: await counted(http) };
  await sql.end();
  return counts;
}

/** Tables that grew. */
function difference(after: Counts, before: Counts): Counts {
  const grown = (name: keyof Counts) =>
    Object.fromEntries(
      TABLES.map((table) => [table, (after[name][table] ?? 0) - (before[name][table] ?? 0)] as const).filter(
        ([, rows]) => rows !== 0,
      ),
    );
  return { sameTables: grown('sameTables'), http: grown('http') };
}
