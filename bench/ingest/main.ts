/**
 * `npm run bench -- ingest`: batches of 100 records over HTTP with OAuth, matching on, against two floors of the same run
 * (floors.ts). The server is a process of its own.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cpuMeter, postmasterPid } from './cpu.ts';
import { measure, mostCandidates, type Plan } from './measure.ts';
import { MATCHED_EVERY, memberLine } from './people.ts';
import { importMembers, startServer } from './server.ts';
import { BATCH, SUBJECTS } from './subjects.ts';

const { values } = parseArgs({
  options: {
    kind: { type: 'string', default: 'candidate' },
    records: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '5' },
    'open-loop': { type: 'boolean', default: false },
    /** A folder for the server's processor profile. */
    profile: { type: 'string' },
    data: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const plan: Plan = {
  rounds,
  // Whole batches in each round.
  records: Math.floor(Number(values.records) / rounds / BATCH) * rounds * BATCH,
  isOpenLoop: values['open-loop'],
};
if (!(plan.records > 0)) throw new Error(`--records takes at least ${rounds * BATCH}`);
const subjects = SUBJECTS.filter(({ kind }) => values.kind === 'all' || values.kind === kind);
if (subjects.length === 0)
  throw new Error(`--kind takes all or one of ${SUBJECTS.map(({ kind }) => kind).join(', ')}`);

const dataDir = values.data ?? mkdtempSync(join(tmpdir(), 'carrick-bench-'));
const server = await startServer(dataDir, 4, values.profile);
try {
  await importMembers(dataDir, membersOf(mostCandidates(plan)));
  const [bare, same, http, aside] = server.tenants;
  if (!bare || !same || !http || !aside) throw new Error('four tenants were asked for');
  const cpu = cpuMeter(server.pid, postmasterPid(dataDir));
  const kinds: Record<string, unknown> = {};
  for (const subject of subjects)
    kinds[subject.kind] = await measure({ server, cpu, bare, same, http, aside }, subject, plan);
  const report = { records: plan.records, batch: BATCH, kinds, serverRssMb: server.peakRssMb() };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} finally {
  await server.stop();
  if (values.data === undefined) rmSync(dataDir, { recursive: true, force: true });
}

function* membersOf(count: number): Generator<string> {
  for (let n = 0; n < count; n += MATCHED_EVERY) yield memberLine(n);
}
