/**
 * `npm run bench -- search [--members 50000] [--rounds 60] [--notes 40] [--buffers 128MB] [--data FOLDER]`: what one search costs, row-level
 * security and access rules on, in three organisations of one directory: a fifth, a fiftieth and a thousandth of the members applied
 * there, and as many people whom only the ATS knows; 10,000 jobs, 500 ACLs. By HTTP with a session, client and server in one process.
 * One JSON object on stdout, progress on stderr; times in milliseconds, `cpuMs` processor time, which neighbours do not lengthen.
 * `total`: how many the searches of a row find, the middle one and the most. `floor`: the same words looked up as the owner, nothing
 * else asked. `--data`: keeps what was filled, and measures it again when it is there.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { SearchAnswer } from '@carrick/protocol';
import { loadViewer, type Viewer } from '../../packages/platform/src/access/index.ts';
import { configOf, createPlatform } from '../../packages/platform/src/index.ts';
import { connect } from '../../packages/platform/src/kernel/connect.ts';
import type { Tx } from '../../packages/platform/src/kernel/db.ts';
import { startEmbeddedPostgres } from '../../packages/platform/src/kernel/embedded-postgres.ts';
import { createLog } from '../../packages/platform/src/kernel/log.ts';
import { parseKeywords, readPeople, standingsOf } from '../../packages/platform/src/search/index.ts';
import {
  createContract,
  createCustomerApplication,
  createOrganisation,
  createSeat,
  openToEverySeat,
  setIntegrationStatus,
} from '../../packages/platform/src/tenancy/index.ts';
import { cpuMeter, postmasterPid } from '../ingest/cpu.ts';
import { ACLS, fillDirectory, fillTenant, JOBS, settle, type Tenant } from './fill.ts';
import { measureNotes } from './live.ts';
import { percentile, tenths, timed } from './timing.ts';

const { values } = parseArgs({
  options: {
    members: { type: 'string', default: '50000' },
    rounds: { type: 'string', default: '60' },
    notes: { type: 'string', default: '40' },
    buffers: { type: 'string' },
    data: { type: 'string' },
  },
});
const members = Number(values.members);
const rounds = Number(values.rounds);
const SHARES = { large: 5, middle: 50, small: 1000 } as const;
const PASSWORD = 'a long enough password';
const PAST = 'spotlights=pastApplicants&';
const THREE_FACETS = '&facets=title,company,location';

const title = (round: number) => `title${(round * 13) % 200}`;
const skill = (round: number) => `skill${(round * 37) % 60}`;

/** What is typed, by name; the last word finds longer ones too, so `title1` finds 111 of 200 titles. */
const TYPED = {
  'a title': title,
  'a title and a skill': (round: number) => `${title(round)} ${skill(round)}`,
  'two skills': (round: number) => `${skill(round)} ${skill(round + 1)}`,
  'the commonest skill': () => 'skill0',
  nothing: () => '',
} as const;

/** Of ten searches three are for a title, four for a title and a skill, three for two skills. */
function typed(round: number): string {
  const what = round % 10 < 3 ? 'a title' : round % 10 < 7 ? 'a title and a skill' : 'two skills';
  return TYPED[what](round);
}

const dataDir = values.data ?? mkdtempSync(join(tmpdir(), 'carrick-bench-'));
const filledFile = join(dataDir, 'bench-search.json');
const log = createLog('warn');
const server = await startEmbeddedPostgres({
  dataDir,
  log,
  settings: values.buffers ? { shared_buffers: values.buffers } : {},
});
const platform = createPlatform(configOf({ dataDir, port: 0 }), { log });
await platform.start();
const { ctx, records } = platform.deployment;
const owner = connect(server.ownerUrl, { max: 1 });
const cpu = cpuMeter(process.pid, postmasterPid(dataDir));
const startedAt = performance.now();
try {
  process.stdout.write(`${JSON.stringify(await measure(), null, 2)}\n`);
} finally {
  await owner.end();
  await platform.stop();
  await server.release();
  if (values.data === undefined) rmSync(dataDir, { recursive: true, force: true });
}

async function measure() {
  const tenants = existsSync(filledFile)
    ? (JSON.parse(readFileSync(filledFile, 'utf8')) as Record<string, Tenant>) // written by fill
    : await fill();
  const results: Record<string, object> = {};
  for (const [name, tenant] of Object.entries(tenants)) {
    results[name] = await measureTenant(tenant);
    progress(`${name} measured`);
  }
  return { members, jobs: JOBS, acls: ACLS, rounds, buffers: values.buffers ?? 'as usual', tenants: results };
}

async function fill(): Promise<Record<string, Tenant>> {
  await fillDirectory(server.ownerUrl, members);
  progress(`${members} members`);
  const tenants: Record<string, Tenant> = {};
  for (const [name, share] of Object.entries(SHARES)) {
    const tenant = await openTenant(name, Math.max(10, Math.floor(members / share)));
    await fillTenant(server.ownerUrl, tenant, members);
    tenants[name] = tenant;
    progress(`${tenant.applicants} applicants of ${name}`);
  }
  await settle(server.ownerUrl);
  progress('analyzed');
  if (values.data !== undefined) writeFileSync(filledFile, JSON.stringify(tenants));
  return tenants;
}

function progress(what: string): void {
  process.stderr.write(`${Math.round((performance.now() - startedAt) / 1000)} s: ${what}\n`);
}

async function openTenant(name: string, applicants: number): Promise<Tenant> {
  const { tenantId, urn } = await createOrganisation(ctx, { name });
  const { contractId } = await createContract(ctx, tenantId, { name });
  const { atsNo } = await createCustomerApplication(ctx, { tenantId, name });
  const scope = { tenantId, atsNo };
  await setIntegrationStatus(ctx, scope, [{ type: 'IN_ATS_INDICATOR', contextUrn: urn }], 'ENABLED');
  await openToEverySeat(ctx, scope, urn);
  const email = `${name}@bench.example`;
  await createSeat(ctx, [], tenantId, {
    contractId,
    email,
    password: PASSWORD,
    firstName: 'Bench',
    lastName: name,
    isAdmin: false,
  });
  return { tenantId, contractId, atsNo, email, applicants };
}

async function signIn(email: string): Promise<string> {
  const response = await fetch(`${platform.baseUrl}/app/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-carrick': '1' },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  const cookie = response.headers.get('set-cookie')?.split(';')[0];
  if (!cookie) throw new Error(`no session: ${response.status}`);
  return cookie;
}

async function measureTenant(tenant: Tenant) {
  const { tenantId, contractId, email, applicants } = tenant;
  const cookie = await signIn(email);
  const search = async (query: string): Promise<SearchAnswer> => {
    const response = await fetch(`${platform.baseUrl}/app/api/search?${query}${THREE_FACETS}`, {
      headers: { cookie },
    });
    if (response.status !== 200) throw new Error(`${query}: ${response.status}`);
    return (await response.json()) as SearchAnswer;
  };
  const searches = async (among: string, words: (round: number) => string, times = rounds) => {
    const totals: number[] = [];
    const timing = await timed(
      cpu,
      async (round) => totals.push((await search(`${among}q=${words(round)}`)).total),
      { rounds: times },
    );
    return { total: { p50: percentile(totals, 0.5), most: Math.max(...totals) }, ...timing };
  };
  const few = Math.max(10, Math.floor(rounds / 4));
  const floor = await timed(cpu, (round) => lookUp(tenantId, typed(round)), { rounds });
  const mix = await searches(PAST, typed);
  const past = [];
  for (const [what, words] of Object.entries(TYPED))
    past.push([`past applicants, ${what}`, await searches(PAST, words, few)]);
  return {
    applicants,
    visible: (await search('inAts=only&')).total,
    floor,
    'past applicants, typed as people do': {
      ...mix,
      ratio: tenths(mix.cpuMs.postgres / floor.cpuMs.postgres),
    },
    ...Object.fromEntries(past),
    'everybody, typed as people do': await searches('', typed, few),
    'everybody, nothing': await searches('', TYPED.nothing, 10),
    ...(await lookUps(tenantId, contractId)),
    'a note until it is on an open page': await measureNotes(
      ctx,
      records,
      tenant,
      { baseUrl: platform.baseUrl, cookie },
      Number(values.notes),
    ),
  };
}

/** Who of 25 members is in the ATS, alone and with all that their rows show. */
async function lookUps(tenantId: number, contractId: number) {
  const [seats, rows] = await ctx.db.read(tenantId, (tx) =>
    tx.flight([
      tx<{ seat_id: number; member_id: number }>`
        select seat_id, member_id from seat where contract_id = ${contractId} order by seat_id limit 1`,
      tx<{ member_id: number }>`
        select distinct member_id from applicant where tenant_id = ${tenantId} order by member_id limit ${25 * 2 * rounds}`,
    ]),
  );
  const [seat] = seats;
  if (!seat) throw new Error('no seat was made');
  const session = { tenantId, contractId, seatId: seat.seat_id, memberId: seat.member_id };
  const looking =
    (read: (tx: Tx, viewer: Viewer, memberIds: readonly number[]) => PromiseLike<unknown>) =>
    (round: number) => {
      const from = (25 * round) % Math.max(1, rows.length - 24);
      const ids = rows.slice(from, from + 25).map((row) => row.member_id);
      return ctx.db.read(tenantId, async (tx) => read(tx, await loadViewer(tx, session, 'indicator'), ids));
    };
  const look = looking(standingsOf);
  const show = looking((tx, viewer, ids) => readPeople(ctx, tx, viewer, ids));
  const eight = { rounds: 4 * rounds, atOnce: 8 };
  return {
    '25 members in the ATS': await timed(cpu, look, { rounds }),
    '25 members in the ATS, eight at once': await timed(cpu, look, eight),
    'rows of 25 members': await timed(cpu, show, { rounds }),
    'rows of 25 members, eight at once': await timed(cpu, show, eight),
  };
}

/** As the owner, past row-level security: whom the words find, and nothing else. */
function lookUp(tenantId: number, words: string) {
  return owner`
    select member_id from match_document
    where search_doc @@ tenant_query(${tenantId}, to_tsquery('simple', ${parseKeywords(words) ?? ''}))`;
}
