import { afterAll, beforeAll, expect, test } from 'vitest';
import { application, candidate, job, type LibraryWorld, onboard, openLibraryWorld, stage } from './library-world.ts';

let world: LibraryWorld;
beforeAll(async () => {
  world = await openLibraryWorld();
});
afterAll(() => world.close());

test('CO37 CO32 onboarding', async () => {
  const acme = await world.company('Larch');
  const calls: string[] = [];
  const ats = await world.connector(await world.store(), {
    history: () => ({
      stage: [{ key: { application: 'A1', id: 'S1' }, record: stage('Interview') }],
      job: [{ key: 'J1', record: job('Baker') }],
      candidate: [{ key: 'C1', record: candidate('Ada') }],
      application: [{ key: 'A1', record: application('C1', 'J1') }],
    }),
    on: {
      enabled: () => void calls.push('enabled'),
      matched: (_customer, id, person) => void calls.push(`${id} ${person}`),
    },
  });
  await onboard(ats, acme);
  console.log((await ats.connector.customers.get('larch'))?.integrations.map((i) => i.status));
  world.clock.advance(300_000);
  console.log(await ats.connector.runOnce(), ats.log, calls);
  console.log(await ats.connector.runOnce(), ats.log.length);
  console.log(await acme.held());
  console.log(await ats.connector.doctor('larch'));
});
