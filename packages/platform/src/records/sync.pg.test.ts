import { keyIdentity, RECORD_KINDS, type RecordKind } from '@carrick/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AtsScope, RecordChanges } from './hooks.ts';
import { applyBatch } from './index.ts';
import { type Outcome, RECORDS_LANE } from './sync.ts';
import { applicationRecord, candidateRecord, dumped, nameOf, type TestStore, testStore } from './testing.ts';

let world: TestStore;
const seen: RecordChanges[] = [];

beforeAll(async () => {
  world = await testStore([
    {
      kinds: RECORD_KINDS,
      async after(_tx, changes) {
        seen.push(changes);
      },
    },
  ]);
});
afterAll(() => world.close());

type Items = Parameters<typeof applyBatch>[4];

async function put(scope: AtsScope, kind: RecordKind, items: Items): Promise<ReadonlyMap<string, Outcome>> {
  return applyBatch(world.store, scope, kind, 'upsert', items);
}

async function remove(scope: AtsScope, kind: RecordKind, ...keys: string[][]): Promise<number[]> {
  const outcomes = await applyBatch(
    world.store,
    scope,
    kind,
    'delete',
    keys.map((key) => ({ key })),
  );
  return keys.map((key) => outcomes.get(keyIdentity(key))?.status ?? 0);
}

async function stored(scope: AtsScope, kind: RecordKind, ...key: string[]) {
  return (await dumped(world.ctx, scope)).get(nameOf(kind, key));
}

describe('storing', () => {
  it('SY1 L-020 stores 99 of 100 and answers the bad one with 422 and the field', async () => {
    const [scope] = await world.organisation();
    const items = Array.from({ length: 100 }, (_, i) => ({
      key: [`C${i}`],
      record: candidateRecord(i === 41 ? { emailAddresses: ['nobody'] } : { firstName: `N${i}` }),
    }));
    const outcomes = await put(scope!, 'candidate', items);
    expect(outcomes.size).toBe(100);
    expect([...outcomes.values()].filter(({ status }) => status === 204)).toHaveLength(99);
    expect(outcomes.get(keyIdentity(['C41']))).toMatchObject({
      status: 422,
      message: expect.stringContaining('/emailAddresses/0'),
    });
    const held = await dumped(world.ctx, scope!);
    expect(held.size).toBe(99);
    expect(held.get(nameOf('candidate', ['C99']))).toMatchObject({ firstName: 'N99' });
  });

  it('SY2 L-040 replaces: what is omitted is gone', async () => {
    const [scope] = await world.organisation();
    const full = candidateRecord({
      middleInitial: 'K',
      phoneNumbers: [{ number: '+1 555 0100', extension: '7' }],
      addresses: [{ line1: 'x', line2: null, geographicAreaType: 'STATE' }],
      doNotContact: false,
      currentJobTitle: 'Countess',
      externalProfileUrl: 'https://ats.example/1',
    });
    await put(scope!, 'candidate', [{ key: ['1'], record: full }]);
    expect(await stored(scope!, 'candidate', '1')).toEqual(full);
    const bare = candidateRecord({ firstName: 'Augusta', addresses: null });
    await put(scope!, 'candidate', [{ key: ['1'], record: bare }]);
    expect(await stored(scope!, 'candidate', '1')).toEqual(candidateRecord({ firstName: 'Augusta' }));
  });
});
