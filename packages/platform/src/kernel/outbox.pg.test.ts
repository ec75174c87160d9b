import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { FakeClock } from './clock.ts';
import { silentLog } from './log.ts';
import { type Outbox, type OutboxEvent, openOutbox } from './outbox.ts';
import { type TestDatabase, testDatabase } from './testing.ts';

let database: TestDatabase;
let outbox: Outbox;
let clock: FakeClock;
const tenants: number[] = [];

beforeAll(async () => {
  database = await testDatabase();
  for (const urn of ['urn:li:organization:a', 'urn:li:organization:b']) {
    const [row] = await database.db.lookup<{
      id: number;
    }>`select create_organisation(${urn}, 'x', 'US', 0) as id`;
    tenants.push(row!.id);
  }
});
afterAll(() => database.drop());

beforeEach(() => {
  clock = new FakeClock();
  outbox = openOutbox(database.db, clock, silentLog);
});
afterEach(() => outbox.stop());

async function append(tenantId: number, lane: string, payload: unknown): Promise<void> {
  await database.db.pipeline(tenantId, (tx) => [outbox.append(tx, lane, payload)]);
}

/** A follower of a lane, and what it was told. */
function follow(lane: string): OutboxEvent[] {
  const told: OutboxEvent[] = [];
  outbox.subscribe(lane, (events) => {
    told.push(...events);
  });
  return told;
}

/**
 * Polls until it has happened. A committed row is shown once no transaction of the whole server is older, and the server is
 * shared with other tests' databases: one poll may be too early, a test that waits for ever is too late.
 */
async function pollUntil(hasHappened: () => boolean | Promise<boolean>): Promise<void> {
  do await outbox.poll();
  while (!(await hasHappened()));
}

it('SY32 tells all events from the start on, of every tenant, once and in order', async () => {
  await append(tenants[0]!, 'a', 'before');
  const told = follow('a');
  await outbox.start();
  for (const [index, payload] of ['one', { two: 2 }, 'three'].entries())
    await append(tenants[index % 2]!, 'a', payload);
  await append(tenants[0]!, 'b', 'elsewhere');
  await pollUntil(() => told.some(({ payload }) => payload === 'three'));
  await outbox.poll();
  // What another test's open transaction kept from view at the start is told after it: not before, and not what is asked here.
  const since = told.filter(({ payload }) => payload !== 'before');
  expect(since.map(({ payload, tenantId }) => [tenantId, payload])).toEqual([
    [tenants[0], 'one'],
    [tenants[1], { two: 2 }],
    [tenants[0], 'three'],
  ]);
});

it('SY32 does not miss a transaction that began earlier and commits later', async () => {
  const told = follow('late');
  await outbox.start();
  const opened = Promise.withResolvers<void>();
  const ending = Promise.withResolvers<void>();
  const late = database.db.transaction(tenants[0]!, async (tx) => {
    await outbox.append(tx, 'late', 'early bird');
    opened.resolve();
    await ending.promise;
  });
  await opened.promise;
  await append(tenants[0]!, 'late', 'second');
  await outbox.poll();
  expect(told).toEqual([]);
  ending.resolve();
  await late;
  await pollUntil(() => told.length >= 2);
  expect(told.map(({ payload }) => payload)).toEqual(['early bird', 'second']);
});

it('SY32 a signal wakes the reader, and a listener that throws does not stop the others', async () => {
  outbox.subscribe('wake', () => {
    throw new Error('a bad listener');
  });
  const woken = new Promise<unknown>((resolve) =>
    outbox.subscribe('wake', ([event]) => resolve(event?.payload)),
  );
  await outbox.start();
  await append(tenants[0]!, 'wake', 'up');
  outbox.signal();
  expect(await woken).toBe('up');
});

it('SY33 work is done once, with its effects, and leaves', async () => {
  const done: unknown[] = [];
  outbox.work('job', async (tx, payload) => {
    done.push([tx.tenantId, payload]);
    await outbox.append(tx, 'done', payload);
  });
  for (let i = 0; i < 45; i++) await append(tenants[i % 2]!, 'job', i);
  const other = openOutbox(database.db, clock, silentLog);
  other.work('job', async (_tx, payload) => {
    done.push(['other', payload]);
  });
  await pollUntil(async () => {
    await Promise.all([outbox.poll(), other.poll()]);
    return done.length >= 45;
  });
  expect(done).toHaveLength(45);
  for (const tenantId of tenants) expect(await rows('job', tenantId)).toEqual([]);
  await other.stop();
});

it('SY33 failed work is undone, recorded and tried again by the clock, at most 12 times', async () => {
  let attempts = 0;
  outbox.work('hard', async (tx) => {
    attempts += 1;
    await outbox.append(tx, 'side', 'effect');
    throw new Error('not today');
  });
  await append(tenants[0]!, 'hard', null);
  await pollUntil(() => attempts > 0);
  await outbox.poll();
  expect(attempts).toBe(1);
  expect(await rows('side')).toEqual([]);
  expect(await rows('hard')).toEqual([
    { attempts: 1, failure: 'Error: not today', next_at: clock.now() + 1_000 },
  ]);
  while (attempts < 12) {
    const before = attempts;
    clock.advance(3_600_000);
    await pollUntil(() => attempts > before);
  }
  clock.advance(3_600_000);
  await outbox.poll();
  expect(attempts).toBe(12);
  expect(await rows('hard')).toMatchObject([{ attempts: 12, next_at: Number.MAX_SAFE_INTEGER }]);
});

it('SY33 what an error of the database quotes is not recorded', async () => {
  outbox.work('quote', async (tx) => {
    await tx`select ${'secret'}::text::int`;
  });
  await append(tenants[0]!, 'quote', null);
  await pollUntil(async () => (await rows('quote'))[0]?.failure !== null);
  expect((await rows('quote'))[0]?.failure).toBe('PostgresError 22P02');
});

async function rows(lane: string, tenantId = tenants[0]!) {
  const found = await database.db.read(
    tenantId,
    async (tx) => tx<{ attempts: number; failure: string | null; next_at: number }>`
    select attempts, failure, next_at from outbox where lane = ${lane}`,
  );
  return [...found];
}

it('TE14 the application sees whose events there are and in which order, and what they say of its tenant only', async () => {
  const [mine, theirs] = [tenants[0]!, tenants[1]!];
  await append(theirs, 'secret', { candidate: 'Jane' });
  await append(mine, 'secret', { candidate: 'John' });
  const tail = () => database.db.lookup`select * from outbox_tail('secret', '0'::xid8, 0, 10)`;
  await expect.poll(async () => (await tail()).length, { timeout: 60_000 }).toBe(2);
  expect((await tail()).map((row) => Object.keys(row).sort())).toEqual([
    ['id', 'tenant_id', 'xid'],
    ['id', 'tenant_id', 'xid'],
  ]);
  expect(
    await database.db.read(mine, async (tx) => tx`select payload from outbox where lane = 'secret'`),
  ).toEqual([{ payload: { candidate: 'John' } }]);
});
