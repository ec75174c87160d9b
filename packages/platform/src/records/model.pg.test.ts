import { keyIdentity, RECORD_KINDS, type RecordKind } from '@carrick/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { KINDS } from './kinds.ts';
import { applyBatch } from './sync.ts';
import {
  applicationRecord,
  candidateRecord,
  dumped,
  nameOf,
  type TestStore,
  testStore,
} from './testing/store.ts';

let world: TestStore;
beforeAll(async () => {
  world = await testStore();
});
afterAll(() => world.close());

type Fields = Readonly<Record<string, unknown>>;

interface Batch {
  readonly kind: RecordKind;
  readonly change: 'upsert' | 'delete';
  readonly items: readonly { readonly key: readonly string[]; readonly record: Fields }[];
}

/** Few ids, so that batches meet; the same for parents and children, so that cascades would take the wrong ones. */
const id = fc.constantFrom('1', '2', '3', 'x&y');
const text = fc.option(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), { nil: undefined });
const time = fc.integer({ min: 1, max: 9 });

const FIELDS: { readonly [K in RecordKind]?: fc.Arbitrary<Fields> } = {
  candidate: fc
    .record({
      currentJobTitle: text,
      phoneNumbers: fc.option(fc.constant([{ number: '1' }]), { nil: undefined }),
    })
    .map(candidateRecord),
  application: fc
    .record({ atsCandidateId: fc.option(id, { nil: undefined }), source: text })
    .map(applicationRecord),
  candidateNote: fc.record({ note: text, atsCreatedAt: time }),
  applicationNote: fc.record({ note: text, atsCreatedAt: time }),
  interviewFeedback: fc.record({ feedback: text }),
  stage: fc.record({ stage: fc.constantFrom('Applied', 'Hired'), atsCreatedAt: time }),
};

const batch: fc.Arbitrary<Batch> = fc
  .constantFrom(...RECORD_KINDS.filter((kind) => kind !== 'job'))
  .chain((kind) =>
    fc.record({
      kind: fc.constant(kind),
      change: fc.constantFrom('upsert', 'upsert', 'delete'),
      items: fc.uniqueArray(
        fc.record({
          key: fc.tuple(
            ...KINDS[kind].key.map(({ type }) => (type === 'bigint' ? fc.constantFrom('1', '2') : id)),
          ),
          record: FIELDS[kind] ?? fc.constant({}),
        }),
        { minLength: 1, maxLength: 5, selector: ({ key }) => keyIdentity(key) },
      ),
    }),
  );

/** What replacing and deleting one record after the other leaves. */
class Model {
  readonly records = new Map<RecordKind, Map<string, { key: readonly string[]; record: Fields }>>(
    RECORD_KINDS.map((kind) => [kind, new Map()]),
  );

  of(kind: RecordKind) {
    return this.records.get(kind)!;
  }

  apply({ kind, change, items }: Batch): number[] {
    return items.map(({ key, record }) => {
      if (change === 'upsert') {
        this.of(kind).set(keyIdentity(key), { key, record });
        return 204;
      }
      if (!this.of(kind).delete(keyIdentity(key))) return 404;
      this.cascade(kind, key[0]!);
      return 204;
    });
  }

  cascade(kind: RecordKind, parent: string): void {
    const children: readonly RecordKind[] =
      kind === 'candidate'
        ? ['candidateNote']
        : kind === 'application'
          ? ['applicationNote', 'interviewFeedback', 'stage']
          : [];
    for (const child of children) {
      for (const [identity, { key }] of this.of(child))
        if (key[0] === parent) this.of(child).delete(identity);
    }
    if (kind !== 'candidate') return;
    for (const each of this.of('application').values()) {
      if (each.record.atsCandidateId === parent) each.record = { ...each.record, atsCandidateId: undefined };
    }
  }

  dumped(): Map<string, Fields> {
    const all = RECORD_KINDS.flatMap((kind) =>
      [...this.of(kind).values()].map(({ key, record }) => [nameOf(kind, key), record] as const),
    );
    return new Map(all);
  }
}

it('SY11 after any sequence of batches the store holds what the model holds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(batch, { minLength: 20, maxLength: 60 }), async (batches) => {
      const [scope] = await world.organisation();
      const model = new Model();
      for (const { kind, change, items } of batches) {
        const outcomes = await applyBatch(world.store, scope!, kind, change, items);
        const statuses = items.map(({ key }) => outcomes.get(keyIdentity(key))?.status);
        expect(statuses).toEqual(model.apply({ kind, change, items }));
      }
      expect(await dumped(world.ctx, scope!)).toEqual(model.dumped());
    }),
    { numRuns: 12 },
  );
});
