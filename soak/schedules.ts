/**
 * `npm run soak -- schedules [--runs 1000] [--seed 1]`: twenty writers of the same members, candidates and applications at once, in
 * as many random schedules; what is linked when all is done must be what the same writes give one after the other. One line of
 * JSON; exit code 1 when a schedule came out otherwise.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { configOf } from '../packages/platform/src/config.ts';
import { systemClock } from '../packages/platform/src/kernel/clock.ts';
import { createLog } from '../packages/platform/src/kernel/log.ts';
import { openContext } from '../packages/platform/src/kernel/open-context.ts';
import { linksOf, schedule } from '../packages/platform/src/matching/testing/schedules.ts';
import { joinWorld } from '../packages/platform/src/matching/testing/world.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } },
});
const runs = Number(values.runs);
const first = Number(values.seed);

/** Each in an organisation of its own; what slows them down is waiting for the disk. */
const AT_ONCE = 4;

const dataDir = mkdtempSync(join(tmpdir(), 'carrick-soak-'));
const open = await openContext(configOf({ dataDir }), { clock: systemClock, log: createLog('silent') });
const world = joinWorld(open.ctx);
const startedAt = performance.now();
const differing: number[] = [];
let links = 0;
try {
  let next = first;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let seed = next++; seed < first + runs; seed = next++) await compare(seed);
    }),
  );
} finally {
  await world.outbox.stop();
  await open.close();
  rmSync(dataDir, { recursive: true, force: true });
}
const seconds = Math.round((performance.now() - startedAt) / 1_000);
process.stdout.write(`${JSON.stringify({ runs, links, differing, seconds })}\n`);
process.exitCode = differing.length > 0 ? 1 : 0;

async function compare(seed: number): Promise<void> {
  const writers = schedule(seed);
  const serial = await linksOf(world, writers, { isSerial: true, seed, at: `serial${seed}` });
  const concurrent = await linksOf(world, writers, { isSerial: false, seed, at: `concurrent${seed}` });
  links += Object.keys(serial).length;
  if (JSON.stringify(serial) !== JSON.stringify(concurrent)) {
    differing.push(seed);
    process.stderr.write(`${JSON.stringify({ seed, serial, concurrent })}\n`);
  }
  if (seed % 50 === 0) process.stderr.write(`${seed} of ${first + runs - 1}\n`);
}
