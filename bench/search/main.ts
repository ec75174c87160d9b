/**
 * `npm run bench -- search [--members 50000] [--rounds 60]`: what one search costs, row-level security and access rules on, in three
 * organisations of one directory: a fifth, a fiftieth and a thousandth of the members applied there, and as many people whom only
 * the ATS knows; 10,000 jobs, 500 ACLs. From the session's viewer to the last row of the page. One JSON object on stdout; times in
 * milliseconds, `cpuMs` processor time of PostgreSQL and the server for one search, which neighbours do not lengthen. `floor`: the
 * same words looked up as the owner, with nothing else asked; `ratio`: how many times that the search takes of PostgreSQL's
 * processor time.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadViewer } from '../../packages/platform/src/access/index.ts';
import { configOf, openDeployment } from '../../packages/platform/src/index.ts';
import { connect } from '../../packages/platform/src/kernel/connect.ts';
import { startEmbeddedPostgres } from '../../packages/platform/src/kernel/embedded-postgres.ts';
import { createLog } from '../../packages/platform/src/kernel/log.ts';
import { answerSearch, parseKeywords, readPeople } from '../../packages/platform/src/search/index.ts';
import {
  createContract,
  createCustomerApplication,
  createOrganisation,
  openToEverySeat,
  setIntegrationStatus,
} from '../../packages/platform/src/tenancy/index.ts';
import { cpuMeter, postmasterPid } from '../ingest/cpu.ts';
import { ACLS, fillDirectory, fillTenant, JOBS, settle, type Tenant } from './fill.ts';

const { values } = parseArgs({
  options: {
    members: { type: 'string', default: '50000' },
    rounds: { type: 'string', default: '60' },
  },
});
const members = Number(values.members);
const rounds = Number(values.rounds);
const SHARES = { large: 5, middle: 50, small: 1000 } as const;
const THREE_FACETS = '&facets=title,company,location';

/** What is typed: a title's word, a title and a skill, two skills. */
function typed(round: number): string {
  const skill = (n: number) => `skill${(n * 37) % 60}`;
  const title = `title${(round * 13) % 200}`;
  if (round % 10 < 3) return title;
  return round % 10 < 7 ? `${title} ${skill(round)}` : `${skill(round)} ${skill(round + 1)}`;
}

const dataDir = mkdtempSync(join(tmpdir(), 'carrick-bench-'));
const log = createLog('warn');
const deployment = await openDeployment(configOf({ dataDir }), { log });
const server = await startEmbeddedPostgres({ dataDir, log });
const owner = connect(server.ownerUrl, { max: 1 });
const { ctx } = deployment;
const cpu = cpuMeter(process.pid, postmasterPid(dataDir));
try {
  process.stdout.write(`${JSON.stringify(await measure(), null, 2)}\n`);
} finally {
  await owner.end();
  await deployment.close();
  await server.release();
  rmSync(dataDir, { recursive: true, force: true });
}

async function measure() {
  await fillDirectory(server.ownerUrl, members);
  const tenants: Record<string, Tenant> = {};
  for (const [name, share] of Object.entries(SHARES)) {
    const tenant = await openTenant(name, Math.max(10, Math.floor(members / share)));
    await fillTenant(server.ownerUrl, tenant, members);
    tenants[name] = tenant;
  }
  await settle(server.ownerUrl);
  const results: Record<string, object> = {};
  for (const [name, tenant] of Object.entries(tenants)) results[name] = await measureTenant(tenant);
  return { members, jobs: JOBS, acls: ACLS, rounds, tenants: results };
}

async function openTenant(name: string, applicants: number): Promise<Tenant> {
  const { tenantId, urn } = await createOrganisation(ctx, { name });
  const { contractId } = await createContract(ctx, tenantId, { name });
  const { atsNo } = await createCustomerApplication(ctx, { tenantId, name });
  const scope = { tenantId, atsNo };
  await setIntegrationStatus(ctx, scope, [{ type: 'IN_ATS_INDICATOR', contextUrn: urn }], 'ENABLED');
  await openToEverySeat(ctx, scope, urn);
  return { tenantId, contractId, atsNo, applicants };
}

async function measureTenant({ tenantId, contractId, applicants }: Tenant) {
  const [seat] = await ctx.db.read(
    tenantId,
    async (tx) => tx<{ seat_id: number; member_id: number }>`select seat_id, member_id from seat limit 1`,
  );
  if (!seat) throw new Error('no seat was made');
  const session = { tenantId, contractId, seatId: seat.seat_id, memberId: seat.member_id };
  const search = (rawQuery: string) => answerSearch(ctx, session, rawQuery);
  const past = `spotlights=pastApplicants${THREE_FACETS}`;
  const floor = await timed((round) => lookUp(tenantId, typed(round)));
  const words = await timed((round) => search(`${past}&q=${typed(round)}`));
  const someone = await search('inAts=only&facets=');
  const ids = await ctx.db.read(tenantId, async (tx) => {
    const rows = await tx<{
      member_id: number;
    }>`select member_id from applicant where tenant_id = ${tenantId} limit 25`;
    return rows.map((row) => row.member_id);
  });
  const indicators = () =>
    ctx.db.read(tenantId, async (tx) => readPeople(ctx, tx, await loadViewer(tx, session, 'indicator'), ids));
  return {
    applicants,
    visible: someone.total,
    floor,
    'past applicants, words, three facets': {
      ...words,
      ratio: ratio(words.cpuMs.postgres, floor.cpuMs.postgres),
    },
    'everybody, words, three facets': await timed((round) => search(`q=${typed(round)}${THREE_FACETS}`)),
    'everybody, words, all facets': await timed((round) => search(`q=${typed(round)}`)),
    'past applicants, no words': await timed(() => search(past), 10),
    'everybody, no words': await timed(() => search(`${THREE_FACETS}`), 10),
    '25 members in the ATS': await timed(indicators),
    '25 members in the ATS, eight at once': await timed(indicators, rounds, 8),
  };
}

/** As the owner, past row-level security: whom the words find, and nothing else. */
function lookUp(tenantId: number, words: string) {
  return owner`
    select member_id from match_document
    where array[tenant_id] @> array[${tenantId}::bigint] and search_doc @@ to_tsquery('simple', ${parseKeywords(words) ?? ''})`;
}

async function timed(work: (round: number) => PromiseLike<unknown>, times = rounds, atOnce = 1) {
  const taken: number[] = [];
  let next = -5; // to warm up
  const before = cpu.read();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let round = next++; round < times; round = next++) {
        const start = performance.now();
        await work(Math.abs(round));
        if (round >= 0) taken.push(performance.now() - start);
      }
    }),
  );
  const after = cpu.read();
  const each = (who: 'postgres' | 'client') =>
    Math.round(((after[who] - before[who]) / (times + 5)) * 10) / 10;
  return {
    p10: percentile(taken, 0.1),
    p50: percentile(taken, 0.5),
    p99: percentile(taken, 0.99),
    cpuMs: { postgres: each('postgres'), server: each('client') },
  };
}

function ratio(a: number, b: number): number {
  return Math.round((10 * a) / b) / 10;
}

function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  const at = Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1);
  return Math.round((sorted[at] ?? 0) * 10) / 10;
}
