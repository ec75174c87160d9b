import { afterAll, beforeAll, expect, test } from 'vitest';
import { linksOf, schedule } from './testing/schedules.ts';
import { type OpenedWorld, openWorld } from './testing/world.ts';

let world: OpenedWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** `npm run soak -- schedules` runs a thousand. */
const SCHEDULES = 6;

test('MA48 twenty writers of members, candidates and applications at once leave the links of a serial run', async () => {
  for (let seed = 1; seed <= SCHEDULES; seed++) {
    const writers = schedule(seed);
    const serial = await linksOf(world, writers, { isSerial: true, seed, at: `serial${seed}` });
    const concurrent = await linksOf(world, writers, { isSerial: false, seed, at: `concurrent${seed}` });
    expect({ seed, links: concurrent }).toEqual({ seed, links: serial });
  }
}, 120_000);
