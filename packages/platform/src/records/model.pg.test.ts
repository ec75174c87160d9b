import { keyIdentity, parsePatch } from '@carrick/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AtsScope } from './hooks.ts';
import { patchCandidates } from './patch.ts';
import { applyBatch, type Outcome } from './sync.ts';
import { Model, type ModelBatch } from './testing/model.ts';
import { BATCH_KINDS, modelBatch } from './testing/model-batch.ts';
import { dumped, type TestStore, testStore } from './testing/store.ts';

let world: TestStore;
beforeAll(async () => {
  world = await testStore();
});
afterAll(() => world.close());

const batch = modelBatch({
  kinds: BATCH_KINDS,
  ids: ['1', '2', '3', 'x&y'],
  children: ['1', '2', '3', 'x&y'],
  members: [1, 2],
  most: 5,
  broken: 20,
  now: 0,
});

/** Links need members in the directory: the soak has them. */
function apply(scope: AtsScope, { kind, change, items }: ModelBatch): Promise<ReadonlyMap<string, Outcome>> {
  if (change !== 'patch')
    return applyBatch(world.store, scope, kind, change === 'delete' ? 'delete' : 'upsert', items);
  const patches = items.map(({ key, record }) => {
    const removed = Object.keys(record).filter((field) => record[field] === null);
    const set = Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
    return { key, patch: parsePatch({ $set: set, $delete: removed }) };
  });
  return patchCandidates(world.store, scope, patches);
}

it('SY11 after any sequence of batches the store holds what the model holds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(batch, { minLength: 20, maxLength: 60 }), async (batches) => {
      const [scope] = await world.organisation();
      const model = new Model();
      for (const each of batches) {
        const outcomes = await apply(scope!, each);
        const statuses = each.items.map(({ key }) => outcomes.get(keyIdentity(key))?.status);
        expect(statuses).toEqual(model.apply(each).map(({ status }) => status));
      }
      expect(await dumped(world.ctx, scope!)).toEqual(model.dumped());
    }),
    { numRuns: 12 },
  );
});
