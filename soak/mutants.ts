/**
 * `npm run soak -- mutants [--only TEXT] [--whole]`: how strong is the certification? The reference ATS is broken in one way after
 * the other, and each of these must be caught by a case that names the broken rule. With --whole every case runs against every
 * one, else those that are meant to notice and what they need. One line of JSON; exit code 1 below 95 % or when the unbroken one
 * fails.
 */
import { parseArgs } from 'node:util';
import { certify } from '../packages/cli/src/certify/certify.ts';
import type { Verdict } from '../packages/cli/src/certify/check.ts';
import { breakConnector, MUTANTS, type Mutant } from '../packages/cli/src/certify/mutants.ts';
import { openReferenceWorld } from '../packages/cli/src/certify/reference-world.ts';
import {
  configOf,
  createLog,
  createPlatform,
  createScratchDatabase,
  openSideDatabase,
} from '../packages/platform/src/index.ts';

const LEAST_SHARE = 0.95;

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, whole: { type: 'boolean' } },
});
const log = createLog('silent');
const scratch = await createScratchDatabase(log);
const config = {
  ...configOf({ dataDir: scratch.dataDir, port: 0, quotas: false }),
  callbackUrls: 'loopback' as const,
  mailbox: true,
};
const platform = createPlatform(config, { log, sandbox: { hasClock: false, hasFaults: false } });
await platform.start();
let number = 0;

async function failedCases(mutant: Mutant | null): Promise<readonly Verdict[]> {
  number += 1;
  const database = await openSideDatabase(config, log, `mutant_${number}`);
  const { stage, close } = await openReferenceWorld(platform, {
    number,
    database,
    ...(mutant && { connect: breakConnector(mutant) }),
  });
  try {
    const verdicts = await certify(stage, mutant && values.whole !== true ? { only: mutant.breaks } : {});
    return verdicts.filter(({ outcome }) => outcome === 'failed');
  } finally {
    await close();
  }
}

try {
  const sound = await failedCases(null);
  for (const { check, reason } of sound) process.stderr.write(`unbroken: ${check.id} fails: ${reason}\n`);
  const tried = MUTANTS.filter(({ name }) => name.includes(values.only));
  let named = 0;
  for (const mutant of tried) {
    const failed = await failedCases(mutant);
    const first = failed.find(({ check }) => mutant.breaks.includes(check.id));
    if (first) named += 1;
    const told = first ?? failed[0];
    process.stderr.write(
      `${first ? '✓' : failed.length > 0 ? '~' : '✗'} ${mutant.name}: ${told ? `${told.check.id}, ${told.reason}` : 'nobody noticed'}\n`,
    );
  }
  const share = tried.length === 0 ? 0 : named / tried.length;
  console.log(JSON.stringify({ mutants: tried.length, caught: named, share, sound: sound.length === 0 }));
  process.exitCode = share >= LEAST_SHARE && sound.length === 0 ? 0 : 1;
} finally {
  await platform.stop();
  await scratch.remove();
}
