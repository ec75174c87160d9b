/**
 * `npm run bench -- match-eval`: people whose truth is known, decided by `carrick match-eval`, beside the rule most systems have
 * (the same e-mail is the same person). Prints JSON; with --write the tables of docs/matching.md as well, with
 * --certainty the shares that are told of a weight.
 */
import { parseArgs } from 'node:util';
import { decideByEmail } from './baseline.ts';
import { CertaintyCounts } from './certainty.ts';
import { decideByEngine } from './engine.ts';
import { febrlSet, SHARED_DATA } from './febrl.ts';
import { bareSet, type LabelledSet, stressSet } from './labelled-set.ts';
import { secondSet } from './second-generator.ts';
import { measures, Tally } from './tally.ts';
import { writeResults } from './write-results.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1,2,3,4,5' },
    members: { type: 'string', default: '100000' },
    candidates: { type: 'string', default: '100000' },
    /** stress, bare, second, febrl */
    sets: { type: 'string', default: 'stress,bare,second,febrl' },
    write: { type: 'boolean', default: false },
    /** Counts on the stress sets what is told of how sure a pair is: writes the engine's certainty.json. */
    certainty: { type: 'boolean', default: false },
    /** How many wrong links are listed. */
    wrong: { type: 'string', default: '50' },
  },
});
const seeds = values.seeds.split(',').map(Number);
const [members, candidates] = [Number(values.members), Number(values.candidates)];
if (![members, candidates, ...seeds].every((number) => Number.isSafeInteger(number) && number > 0))
  throw new Error('--seeds, --members and --candidates take whole numbers');
const wanted = new Set(values.sets.split(','));

const [first = 1] = seeds;
const certainty = values.certainty ? new CertaintyCounts() : null;
const report = {
  members,
  candidates,
  seeds,
  ...(wanted.has('stress')
    ? {
        stress: await together(
          seeds.map((seed) => () => stressSet(seed, members, candidates)),
          certainty,
        ),
      }
    : {}),
  ...(wanted.has('bare') ? { bare: await together([() => bareSet(first, members, candidates)]) } : {}),
  ...(wanted.has('second') ? { second: await together([() => secondSet(first, members, candidates)]) } : {}),
  ...(wanted.has('febrl') ? { febrl: await febrl() } : {}),
};
if (values.write) writeResults(report);
certainty?.write({ seeds, members, candidates });
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);

export type Report = typeof report;
export type GroupReport = Awaited<ReturnType<typeof together>>;

/** Sets are made one after the other: each holds its people in memory. */
async function together(sets: readonly (() => LabelledSet)[], counts: CertaintyCounts | null = null) {
  const all = new Tally();
  const byEmail = new Tally();
  const runs = [];
  for (const make of sets) {
    const set = make();
    process.stderr.write(`${set.name}\n`);
    const { tally, report: engine } = await decideByEngine(set, counts ? { onDecision: counts.of(set) } : {});
    const baseline = decideByEmail(set);
    all.merge(tally);
    byEmail.merge(baseline);
    runs.push({
      name: set.name,
      ...measures(tally.all),
      canonicalEmail: measures(baseline.all),
      unsettled: engine.unsettled,
      tookMs: engine.tookMs,
      atPrecision: engine.accuracy.atPrecision,
      bestWithoutFalse: engine.accuracy.bestWithoutFalse,
    });
  }
  return {
    all: measures(all.all),
    canonicalEmail: measures(byEmail.all),
    runs,
    byTag: grouped(all.byTag),
    byScript: grouped(all.byScript),
    canonicalEmailByTag: grouped(byEmail.byTag),
    calibration: [...all.calibration]
      .toSorted(([a], [b]) => a - b)
      .map(([bits, counts]) => ({ bits, ...counts })),
    told: [...all.told].toSorted(([a], [b]) => a - b).map(([from, counts]) => ({ from, ...counts })),
    wrong: all.wrong.slice(0, Number(values.wrong)),
  };
}

function grouped(groups: ReadonlyMap<string, Tally['all']>) {
  return Object.fromEntries(
    [...groups].toSorted(([a], [b]) => a.localeCompare(b)).map(([name, counts]) => [name, measures(counts)]),
  );
}

async function febrl() {
  const set = febrlSet();
  if (set) return together([() => set]);
  process.stderr.write(
    `febrl4 is left out: ${SHARED_DATA} holds no febrl4a.csv and febrl4b.csv (CARRICK_SHARED_DATA names another folder)\n`,
  );
  return null;
}
