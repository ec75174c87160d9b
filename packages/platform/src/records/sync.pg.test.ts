import { keyIdentity, RECORD_KINDS, type RecordKind } from '@carrick/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AtsScope, RecordChanges } from './hooks.ts';
import { applyBatch, purgeRecords } from './index.ts';
import { type Outcome, RECORDS_LANE } from './sync.ts';
import {
  applicationRecord,
  candidateRecord,
  dumped,
  nameOf,
  type TestStore,
  testStore,
} from './testing/store.ts';

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

  it('SY2 leaves out what the kind does not have, and the newest write wins whatever its times say', async () => {
    const [scope] = await world.organisation();
    await put(scope!, 'stage', [
      { key: ['A', 'S'], record: { stage: 'Applied', atsCreatedAt: 9, id: 'other', stageName: 'x' } },
    ]);
    expect(await stored(scope!, 'stage', 'A', 'S')).toEqual({ stage: 'Applied', atsCreatedAt: 9 });
  });

  it('SY12 the newest write wins by arrival', async () => {
    const [scope] = await world.organisation();
    await put(scope!, 'candidate', [
      { key: ['1'], record: candidateRecord({ atsLastModifiedAt: 1_800_000_000_000 }) },
    ]);
    await put(scope!, 'candidate', [{ key: ['1'], record: candidateRecord({ firstName: 'Older' }) }]);
    expect(await stored(scope!, 'candidate', '1')).toMatchObject({ firstName: 'Older' });
  });

  it('SY3 two ATSs of one organisation and another organisation keep a candidate "1" each', async () => {
    const scopes = [...(await world.organisation(2)), ...(await world.organisation())];
    for (const [index, scope] of scopes.entries())
      await put(scope, 'candidate', [{ key: ['1'], record: candidateRecord({ firstName: `of ${index}` }) }]);
    expect(await remove(scopes[1]!, 'candidate', ['1'])).toEqual([204]);
    expect(await stored(scopes[0]!, 'candidate', '1')).toMatchObject({ firstName: 'of 0' });
    expect(await stored(scopes[1]!, 'candidate', '1')).toBeUndefined();
    expect(await stored(scopes[2]!, 'candidate', '1')).toMatchObject({ firstName: 'of 2' });
  });

  it('SY9 any Unicode, in keys and texts, comes back as it was sent; 64 KB notes too', async () => {
    const [scope] = await world.organisation();
    const ids = [
      'a/b&c=d:e(f),g%20h+i',
      '候補者 1',
      '👩🏽‍💻',
      'caf\u00e9',
      'cafe\u0301',
      "'; drop table candidate; --",
      '__proto__',
      ' ',
      '\\N',
      '{"a"}',
      'x'.repeat(255),
    ];
    const note = `${'𝄞'.repeat(16_384)} "quoted" \\ \u2028 <b>`;
    const outcomes = await put(
      scope!,
      'candidateNote',
      ids.map((id) => ({ key: [id, id], record: { note: `${id} ${note}` } })),
    );
    expect([...outcomes.values()].map(({ status }) => status)).toEqual(ids.map(() => 204));
    for (const id of ids)
      expect(await stored(scope!, 'candidateNote', id, id)).toEqual({ note: `${id} ${note}` });
    expect(await remove(scope!, 'candidateNote', ...ids.map((id) => [id, id]))).toEqual(ids.map(() => 204));
  });

  it.each(['', 'a\u0000', '\ud800', 'x'.repeat(256)])('SY9 the key %j is refused by itself', async (bad) => {
    const [scope] = await world.organisation();
    const outcomes = await put(
      scope!,
      'candidate',
      [bad, 'good'].map((id) => ({ key: [id], record: candidateRecord() })),
    );
    expect(outcomes.get(keyIdentity([bad]))).toMatchObject({
      status: 422,
      message: expect.stringContaining('/atsCandidateId'),
    });
    expect(outcomes.get(keyIdentity(['good']))).toEqual({ status: 204 });
    expect(await remove(scope!, 'candidate', [bad], ['good'])).toEqual([422, 204]);
  });

  it('SY8 what only the database can refuse is found among a hundred', async () => {
    const [scope] = await world.organisation();
    const tooLong = Array.from({ length: 9_000 }, (_, i) =>
      String.fromCodePoint(0x4e00 + ((i * 7919) % 20_000)),
    ).join('');
    const items = Array.from({ length: 100 }, (_, i) => ({
      key: [`A${i}`],
      record: applicationRecord(i === 7 || i === 63 ? { atsJobPostingId: tooLong } : {}),
    }));
    const outcomes = await put(scope!, 'application', items);
    const refused = [...outcomes].filter(([, { status }]) => status === 422).map(([key]) => key);
    expect(refused.sort()).toEqual([keyIdentity(['A63']), keyIdentity(['A7'])]);
    expect((await dumped(world.ctx, scope!)).size).toBe(98);
    const notes = await put(scope!, 'candidate', [
      { key: ['1'], record: candidateRecord({ addresses: [{ 'a\u0000b': 1 }] }) },
      { key: ['2'], record: candidateRecord() },
    ]);
    expect([...notes.values()].map(({ status }) => status)).toEqual([422, 204]);
  });
});

describe('order and deletion', () => {
  const CHILDREN = {
    candidateNote: { note: 'n' },
    applicationNote: { note: 'n' },
    interviewFeedback: {
      feedback: 'f',
      evaluations: [{ attribute: 'a', result: '4/5' }],
      interviewer: { firstName: 'I', lastName: 'V' },
    },
    stage: { stage: 'Interview', atsCreatedAt: 5 },
  } as const;

  it('SY4 L-057 L-058 any order of arrival ends in the same records', async () => {
    const arrivals: (readonly [RecordKind, string[], unknown])[] = [
      ['candidate', ['C1'], candidateRecord()],
      ['application', ['A1'], applicationRecord()],
      ['candidateNote', ['C1', 'N'], CHILDREN.candidateNote],
      ['applicationNote', ['A1', 'N'], CHILDREN.applicationNote],
      ['interviewFeedback', ['A1', 'F'], CHILDREN.interviewFeedback],
      ['stage', ['A1', 'S'], CHILDREN.stage],
      ['entityAclAssignee', ['7', 'JOB_POSTING', 'managers'], {}],
      ['entityAcl', ['JOB_POSTING', 'J1', 'managers'], {}],
    ];
    const results = [];
    for (const order of [arrivals, arrivals.toReversed()]) {
      const [scope] = await world.organisation();
      for (const [kind, key, record] of order) {
        expect([...(await put(scope!, kind, [{ key, record }])).values()]).toEqual([{ status: 204 }]);
      }
      results.push(await dumped(world.ctx, scope!));
    }
    expect(results[0]!.size).toBe(arrivals.length);
    expect(results[1]).toEqual(results[0]);
  });

  it('SY4 SY34 a child without a parent is purged after 30 days, one with a parent is not', async () => {
    const [scope] = await world.organisation();
    for (const [kind, record] of Object.entries(CHILDREN)) {
      // Object.keys of a table of record kinds
      await put(scope!, kind as RecordKind, [
        { key: ['orphan', '1'], record },
        { key: ['known', '1'], record },
      ]);
    }
    await put(scope!, 'candidate', [{ key: ['known'], record: candidateRecord() }]);
    await put(scope!, 'application', [{ key: ['known'], record: applicationRecord() }]);
    await purgeRecords(world.store);
    expect((await dumped(world.ctx, scope!)).size).toBe(10);
    world.clock.advance(30 * 24 * 3_600_000 + 1);
    await purgeRecords(world.store);
    const left = [...(await dumped(world.ctx, scope!)).keys()];
    expect(left).toHaveLength(6);
    expect(left.join()).not.toContain('orphan');
  });

  it('SY5 DELETE answers 204 for what was there and 404 for what was not', async () => {
    const [scope] = await world.organisation();
    await put(scope!, 'candidateNote', [{ key: ['unknown', 'N'], record: { note: 'early' } }]);
    expect(await remove(scope!, 'candidateNote', ['unknown', 'N'], ['unknown', 'M'])).toEqual([204, 404]);
    expect(await remove(scope!, 'candidateNote', ['unknown', 'N'])).toEqual([404]);
    await put(scope!, 'entityAclAssignee', [{ key: ['7', 'JOB_POSTING', 'x'], record: {} }]);
    expect(
      await remove(scope!, 'entityAclAssignee', ['7', 'JOB_POSTING', 'y'], ['7', 'JOB_POSTING', 'x']),
    ).toEqual([404, 204]);
  });

  async function family() {
    const [scope] = await world.organisation();
    for (const id of ['1', '2']) {
      await put(scope!, 'candidate', [{ key: [id], record: candidateRecord(), manualMember: 7 }]);
      await put(scope!, 'candidateNote', [{ key: [id, 'N'], record: { note: id } }]);
      await put(scope!, 'application', [
        { key: [`A${id}`], record: applicationRecord({ atsCandidateId: id }) },
      ]);
      for (const kind of ['applicationNote', 'interviewFeedback', 'stage'] as const)
        await put(scope!, kind, [{ key: [`A${id}`, 'X'], record: CHILDREN[kind] }]);
    }
    return scope!;
  }

  it('SY6 deleting a candidate takes notes and links and detaches applications until they are sent again', async () => {
    const scope = await family();
    await world.ctx.db.pipeline(scope.tenantId, (tx) => [
      tx<object>`insert into automatic_match values (${scope.tenantId}, ${scope.atsNo}, '1', 8, '[]', 0), (${scope.tenantId}, ${scope.atsNo}, '2', 8, '[]', 0)`,
      tx<object>`insert into applicant values (${scope.tenantId}, 8, ${scope.atsNo}, 'J1', '1', false, 1, false, false, 1, null, null)`,
    ]);
    expect(await remove(scope, 'candidate', ['1'])).toEqual([204]);
    const held = await dumped(world.ctx, scope);
    expect(held.get(nameOf('candidateNote', ['1', 'N']))).toBeUndefined();
    expect(held.get(nameOf('application', ['A1']))).toEqual(applicationRecord({ atsCandidateId: undefined }));
    expect(held.get(nameOf('application', ['A2']))).toEqual(applicationRecord({ atsCandidateId: '2' }));
    expect(held.get(nameOf('stage', ['A1', 'X']))).toBeDefined();
    const counts = await world.ctx.db.read(scope.tenantId, (tx) =>
      tx.flight(
        ['automatic_match', 'manual_match', 'applicant'].map((table) =>
          tx.prepared<{ n: number }>(
            `select count(*) as n from ${table} where tenant_id = $1 and candidate_id = '1'`,
            [scope.tenantId],
          ),
        ),
      ),
    );
    expect(counts.map(([row]) => row?.n)).toEqual([0, 0, 0]);
    await put(scope, 'candidate', [{ key: ['1'], record: candidateRecord() }]);
    expect(await stored(scope, 'application', 'A1')).not.toHaveProperty('atsCandidateId');
    await put(scope, 'application', [{ key: ['A1'], record: applicationRecord({ atsCandidateId: '1' }) }]);
    expect(await stored(scope, 'application', 'A1')).toHaveProperty('atsCandidateId', '1');
  });

  it('SY7 deleting an application takes its notes, feedback and stages, and nothing else', async () => {
    const scope = await family();
    expect(await remove(scope, 'application', ['A1'], ['A3'])).toEqual([204, 404]);
    const left = [...(await dumped(world.ctx, scope)).keys()];
    expect(left).toHaveLength(8);
    expect(left.join()).not.toContain('A1');
  });
});

describe('events and hooks', () => {
  it('SY31 a batch that changed something leaves one event with whom it concerns, before and after', async () => {
    const [scope] = await world.organisation();
    await put(scope!, 'candidate', [{ key: ['C1'], record: candidateRecord(), manualMember: 77 }]);
    await put(scope!, 'application', [{ key: ['A1'], record: applicationRecord() }]);
    await put(scope!, 'application', [
      { key: ['A1'], record: applicationRecord({ atsCandidateId: 'C2', atsJobPostingId: 'J2' }) },
    ]);
    await put(scope!, 'stage', [
      { key: ['A1', 'S1'], record: { stage: 'Applied', atsCreatedAt: 1 } },
      { key: ['A9', 'S1'], record: { stage: 'Applied', atsCreatedAt: 1 } },
    ]);
    await put(scope!, 'stage', [{ key: ['A1', 'S2'], record: {} }]);
    await remove(scope!, 'application', ['A1'], ['A7']);
    await remove(scope!, 'application', ['A1']);
    await remove(scope!, 'candidate', ['C1']);
    const rows = await world.ctx.db.read(
      scope!.tenantId,
      async (tx) =>
        tx<{ payload: unknown }>`select payload from outbox where lane = ${RECORDS_LANE} order by id`,
    );
    const event = (
      kind: string,
      change: string,
      keys: string[][],
      candidateIds: string[],
      jobIds: string[],
      memberIds: number[] = [],
    ) => ({
      atsNo: 1,
      kind,
      change,
      keys,
      candidateIds,
      jobIds,
      memberIds,
    });
    expect(rows.map(({ payload }) => payload)).toEqual([
      event('candidate', 'upsert', [['C1']], ['C1'], []),
      event('application', 'upsert', [['A1']], ['C1'], ['J1']),
      event('application', 'upsert', [['A1']], ['C1', 'C2'], ['J1', 'J2']),
      event(
        'stage',
        'upsert',
        [
          ['A1', 'S1'],
          ['A9', 'S1'],
        ],
        ['C2'],
        ['J2'],
      ),
      event('application', 'delete', [['A1']], ['C2'], ['J2']),
      event('candidate', 'delete', [['C1']], ['C1'], [], [77]),
    ]);
    expect(seen.at(-1)).toMatchObject({ kind: 'candidate', change: 'delete', memberIds: [77] });
  });

  it('SY13 a hook that fails takes its batch with it', async () => {
    const [scope] = await world.organisation();
    const failing = { kinds: RECORD_KINDS, after: () => Promise.reject(new Error('no')) };
    const store = { ...world.store, hooks: [failing] };
    await expect(
      applyBatch(store, scope!, 'candidate', 'upsert', [{ key: ['1'], record: candidateRecord() }]),
    ).rejects.toThrow('no');
    expect((await dumped(world.ctx, scope!)).size).toBe(0);
    const [row] = await world.ctx.db.read(
      scope!.tenantId,
      async (tx) => tx<{ n: number }>`select count(*) as n from outbox`,
    );
    expect(row?.n).toBe(0);
  });
});

describe('at the same time', () => {
  it('SY10 overlapping batches all succeed and leave one of the versions, whole', async () => {
    const [scope] = await world.organisation();
    const ids = Array.from({ length: 60 }, (_, i) => `C${i}`);
    const batches = Array.from({ length: 24 }, (_, round) => {
      const order = round % 2 ? ids : ids.toReversed();
      if (round % 6 === 5) return remove(scope!, 'candidate', ...order.map((id) => [id]));
      if (round % 6 === 4)
        return put(
          scope!,
          'application',
          order.map((id) => ({ key: [id], record: applicationRecord({ atsCandidateId: id }) })),
        );
      const version = { firstName: `v${round}`, lastName: `v${round}`, currentJobTitle: `v${round}` };
      return put(
        scope!,
        'candidate',
        order.map((id) => ({ key: [id], record: candidateRecord(version) })),
      );
    });
    await Promise.all(batches);
    await put(
      scope!,
      'candidate',
      ids.map((id) => ({ key: [id], record: candidateRecord({ firstName: 'last' }) })),
    );
    const held = await dumped(world.ctx, scope!);
    for (const id of ids)
      expect(held.get(nameOf('candidate', [id]))).toEqual(candidateRecord({ firstName: 'last' }));
  });
});
