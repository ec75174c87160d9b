import {
  exampleKey,
  RECORD_EXAMPLES,
  RECORD_KINDS,
  RESOURCES,
  type ResourceDefinition,
} from '@carrick/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dumped } from './testing/store.ts';
import { batch, type TestAts, type TestWire, testWire } from './testing/wire.ts';

let world: TestWire;
let ats: TestAts;
beforeAll(async () => {
  world = await testWire();
  ats = await world.ats();
});
afterAll(() => world.close());

const KEYED = RESOURCES.filter(
  ({ kind, key }: ResourceDefinition) => !key.simple && RECORD_KINDS.some((each) => each === kind),
).map((of: ResourceDefinition) => ({ of, name: of.name }));

test.each(KEYED)(
  "SY17 L-040 the data provider of $name is ATS: a sibling product's PARTNER is refused by itself, read or written",
  async ({ of }) => {
    const values = { integrationContext: ats.organisation, assignee: ats.person(1) };
    const good = exampleKey(of, values);
    const bad = exampleKey(of, { ...values, dataProvider: 'PARTNER' });
    const record = RECORD_EXAMPLES[of.kind as keyof typeof RECORD_EXAMPLES]; // only records were chosen
    for (const [method, says] of [
      ['PUT', 'batch_update'],
      ['POST', 'batch_partial_update'],
      ['GET', 'batch_get'],
      ['DELETE', 'batch_delete'],
    ] as const) {
      if (!of.methods.includes(says)) continue;
      const entity = method === 'POST' ? { patch: { $set: { lastName: 'Byron' } } } : record;
      const { body } = await batch(world, ats, method, of, [
        [bad, entity],
        [good, entity],
      ]);
      const refused = expect.objectContaining({
        status: 422,
        message: 'ERROR :: /dataProvider :: "PARTNER" is not an enum symbol\n',
      });
      expect([says, Object.values(body.errors), Object.keys(body.results).length]).toEqual([
        says,
        [refused],
        1,
      ]);
    }
    expect((await dumped(world.ctx, ats)).size).toBe(0);
  },
);
