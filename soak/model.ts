import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { RECORD_KINDS, type RecordKind } from '@carrick/protocol';
import fc from 'fast-check';
import { configOf } from '../packages/platform/src/config.ts';
import {
  createCustomerApplication,
  createOrganisation,
  createPlatform,
  encodePersonId,
  importMembers,
  setIntegrationStatus,
} from '../packages/platform/src/index.ts';
import { type Fields, Model } from '../packages/platform/src/records/testing/model.ts';
import {
  type Delivered,
  type Delivery,
  deliver,
  delivery,
  type ModelAts,
  readBack,
} from '../packages/platform/src/records/testing/model-traffic.ts';
import { nameOf } from '../packages/platform/src/records/testing/sample-records.ts';

const USAGE = `npm run soak -- model [--operations 500000] [--seed N] [--connections 8]

Random operations on every record kind over HTTP, against a model in memory: both dialects, both protocol versions, several
organisations and ATSs, any order, ids twice in a request, requests twice at once, deletions, partial updates, a fifth of the
records broken. Every answer is compared; at the end 'carrick dump --json' must be the model, record for record.

  --operations   records sent, one for each key of a batch
  --seed         of the operations; printed, so that a finding can be had again
  --connections  senders at once; each has ids of its own, in ATSs that they share

Progress goes to stderr, a report in JSON to stdout. Exit code 1 when something is not as the model says.`;

const { values } = parseArgs({
  options: {
    operations: { type: 'string', default: '500000' },
    seed: { type: 'string' },
    connections: { type: 'string', default: '8' },
    help: { type: 'boolean' },
  },
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}

const wantedOperations = Number(values.operations);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const connections = Number(values.connections);
const MAIN = join(import.meta.dirname, '..', 'packages', 'cli', 'src', 'main.ts');
/** ATSs of each organisation. */
const ORGANISATIONS = [2, 2, 1];
const MEMBERS = 20;
const IDS = 60;
const ROUND = 25;
const TOKEN_MS = 20 * 60_000;
const PROGRESS_EVERY = 25_000;
const MOST_MISMATCHES = 20;
/** Parts of ids that are hard to write in one of the syntaxes. */
const HARD = [
  '&a=b',
  '100%',
  '%2F',
  "it's, (so): ",
  '+ +',
  '👩🏽‍💻',
  '__proto__',
  'List(x)',
  '~2E',
  'e\u0301',
  '"\\',
  "a''b",
];

interface Ats extends ModelAts {
  token: string;
  readonly tenantId: number;
  readonly atsNo: number;
  renew(): Promise<void>;
}

const tally = {
  operations: 0,
  broken: 0,
  requests: 0,
  readBack: 0,
  statuses: new Map<number, number>(),
  kinds: new Map<RecordKind, number>(),
  dialects: new Map<string, number>(),
  mismatches: [] as string[],
};

const add = <K>(counts: Map<K, number>, key: K, count: number) =>
  counts.set(key, (counts.get(key) ?? 0) + count);

function count({ batch: { kind }, dialect, version }: Delivery, delivered: Delivered): void {
  const { operations, broken, requests, statuses, mismatches } = delivered;
  const before = Math.floor(tally.operations / PROGRESS_EVERY);
  tally.operations += operations;
  tally.broken += broken;
  tally.requests += requests;
  for (const status of statuses) add(tally.statuses, status, 1);
  add(tally.kinds, kind, operations);
  add(tally.dialects, `${dialect} ${version}`, operations);
  tally.mismatches.push(...mismatches);
  if (Math.floor(tally.operations / PROGRESS_EVERY) > before) {
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    console.error(`${tally.operations} operations, ${tally.mismatches.length} mismatches, ${seconds} s`);
  }
}

/** One sender: batches one after the other, with ids that nobody else uses. */
async function send(ats: Ats, no: number): Promise<void> {
  const ids = Array.from(
    { length: IDS },
    (_, i) => `${no}-${i}${i % 4 === 0 ? HARD[(i / 4) % HARD.length] : ''}`,
  );
  const world = {
    kinds: RECORD_KINDS,
    ids,
    children: ['1', '2', 'x&y', ...HARD],
    members,
    most: 100,
    broken: 24,
    now: Date.now(), // soak scripts run by the machine's clock
  };
  const deliveries = delivery(world);
  for (let round = 0; !isOver(); round++) {
    const sample = fc.sample(deliveries, { numRuns: ROUND, seed: seed + no * 1_000_003 + round });
    for (const each of sample) {
      if (isOver()) return;
      count(each, await deliver(ats, each));
    }
    const wanted = ids.slice((round * 20) % IDS, ((round * 20) % IDS) + 20);
    const [dialect, version] = [round % 2 ? 'rest' : 'v2', round % 3 ? '1.0.0' : '2.0.0'] as const;
    tally.mismatches.push(...(await readBack(ats, wanted, dialect, version)));
    tally.readBack += wanted.length;
  }
}

const isOver = () => tally.operations >= wantedOperations || tally.mismatches.length >= MOST_MISMATCHES;

/** What `carrick dump` prints, by tenant and ATS; a process of its own, beside the running platform. */
async function dump(): Promise<ReadonlyMap<string, Map<string, Fields>>> {
  const child = spawn(process.execPath, [MAIN, 'dump', '--json', '--data', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const found = new Map<string, Map<string, Fields>>();
  for await (const line of createInterface({ input: child.stdout })) {
    // The command's help documents the shape of a line.
    const { tenant, atsNo, kind, key, record } = JSON.parse(line) as {
      tenant: number;
      atsNo: number;
      kind: RecordKind;
      key: readonly string[];
      record: Fields;
    };
    const scope = `${tenant} ${atsNo}`;
    if (!found.has(scope)) found.set(scope, new Map());
    found.get(scope)?.set(nameOf(kind, key), record);
  }
  if ((await ended) !== 0) throw new Error('carrick dump failed');
  return found;
}

function differences(ats: Ats, held: ReadonlyMap<string, Fields>): string[] {
  const wanted = ats.model.dumped();
  const names = new Set([...wanted.keys(), ...held.keys()]);
  return [...names].flatMap((name) => {
    const record = wanted.get(name);
    return isDeepStrictEqual(record && JSON.parse(JSON.stringify(record)), held.get(name))
      ? []
      : [
          `${ats.tenantId} ${ats.atsNo} ${name}: ${JSON.stringify(held.get(name))}, not ${JSON.stringify(record)}`,
        ];
  });
}

const dataDir = mkdtempSync(join(tmpdir(), 'carrick-soak-'));
const platform = createPlatform(
  configOf({ dataDir, port: 0, logLevel: 'error', quotas: false, unseenResources: true }),
);
const members: number[] = [];
const startedAt = performance.now();

/** Organisations, each with its ATSs. */
async function openInstances(): Promise<readonly Ats[]> {
  const { ctx, memberHooks } = platform.deployment;
  const lines = Array.from({ length: MEMBERS }, (_, i) =>
    JSON.stringify({ id: `${i}`, firstName: 'Ada', lastName: `${i}` }),
  );
  await importMembers(
    ctx,
    (async function* () {
      yield lines.join('\n');
    })(),
    {
      hooks: memberHooks,
      onMember: (memberId) => members.push(memberId),
    },
  );
  const organisations = await Promise.all(
    ORGANISATIONS.map((_, i) => createOrganisation(ctx, { name: `Soak ${i}` })),
  );
  const opened: Ats[] = [];
  for (const [place, howMany] of ORGANISATIONS.entries()) {
    for (let i = 0; i < howMany; i++) {
      const { tenantId, urn } = organisations[place]!; // made above, one for each
      const foreign = organisations[(place + 1) % organisations.length]!;
      const application = await createCustomerApplication(ctx, { name: 'ATS', tenantId });
      const { atsNo, applicationId, clientId, clientSecret } = application;
      await setIntegrationStatus(
        ctx,
        { tenantId, atsNo },
        [{ type: 'IN_ATS_INDICATOR', contextUrn: urn }],
        'ENABLED',
      );
      const personKey = ctx.keys.personKey(applicationId);
      const ats: Ats = {
        baseUrl: platform.baseUrl,
        token: '',
        organisation: urn,
        foreignOrganisation: foreign.urn,
        model: new Model(),
        tenantId,
        atsNo,
        person: (memberId) => `urn:li:person:${encodePersonId(personKey, memberId)}`,
        async renew() {
          const response = await fetch(`${platform.baseUrl}/oauth/v2/accessToken`, {
            method: 'POST',
            body: new URLSearchParams({
              grant_type: 'client_credentials',
              client_id: clientId,
              client_secret: clientSecret,
            }),
          });
          ats.token = ((await response.json()) as { access_token: string }).access_token; // the endpoint's tests check its shape
        },
      };
      await ats.renew();
      opened.push(ats);
    }
  }
  return opened;
}

try {
  await platform.start();
  const instances = await openInstances();
  const renewal = setInterval(() => void Promise.all(instances.map((ats) => ats.renew())), TOKEN_MS);
  try {
    await Promise.all(
      Array.from({ length: connections }, (_, no) => send(instances[no % instances.length]!, no)),
    );
  } finally {
    clearInterval(renewal);
  }
  const ms = Math.round(performance.now() - startedAt);
  const held = await dump();
  const different = instances.flatMap((ats) =>
    differences(ats, held.get(`${ats.tenantId} ${ats.atsNo}`) ?? new Map()),
  );
  for (const line of [...tally.mismatches, ...different].slice(0, MOST_MISMATCHES)) console.error(line);
  console.log(
    JSON.stringify({
      seed,
      operations: tally.operations,
      broken: tally.broken,
      requests: tally.requests,
      readBack: tally.readBack,
      statuses: Object.fromEntries([...tally.statuses].sort(([a], [b]) => a - b)),
      kinds: Object.fromEntries(tally.kinds),
      dialects: Object.fromEntries(tally.dialects),
      organisations: ORGANISATIONS.length,
      instances: instances.length,
      connections,
      records: [...held.values()].reduce((sum, records) => sum + records.size, 0),
      mismatches: tally.mismatches.length,
      differences: different.length,
      ms,
      rssMb: Math.round(process.memoryUsage.rss() / 2 ** 20),
    }),
  );
  if (tally.mismatches.length > 0 || different.length > 0) process.exitCode = 1;
} finally {
  await platform.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
