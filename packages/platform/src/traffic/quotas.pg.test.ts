import { afterAll, beforeAll, expect, test } from 'vitest';
import { configOf } from '../config.ts';
import { FakeClock } from '../kernel/clock.ts';
import type { Context } from '../kernel/context.ts';
import { openDatabase } from '../kernel/db.ts';
import { createLog, silentLog } from '../kernel/log.ts';
import { type TestDatabase, testDatabase, testKeys } from '../kernel/testing.ts';
import { mostUntold, Quotas } from './quotas.ts';

const CANDIDATES = 'v2/atsCandidates';
const INTEGRATIONS = 'v2/atsIntegrations';
const A_MINUTE = { unit: 'records', per: 'minute', most: 10_000 } as const;
const A_DAY = { unit: 'requests', per: 'day', most: 100_000 } as const;
const MIDNIGHT = Date.UTC(2026, 0, 6);

let database: TestDatabase;
const clock = new FakeClock();
let applications = 0;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

/** The quotas of one process, and the statements it sent. */
function process(): { readonly quotas: Quotas; statements(): number; fail(isFailing: boolean): void } {
  let count = 0;
  let isFailing = false;
  const lookup: Context['db']['lookup'] = Object.assign(
    ((text: TemplateStringsArray, ...params: never[]) => {
      count += 1;
      if (isFailing) return database.db.lookup`select 1 / 0`;
      return database.db.lookup(text, ...params);
    }) as typeof database.db.lookup,
    { prepared: database.db.lookup.prepared },
  );
  const quotas = new Quotas({
    config: configOf(),
    db: { ...database.db, lookup },
    clock,
    log: createLog('silent'),
    keys: testKeys,
  });
  return {
    quotas,
    statements: () => count,
    fail(value) {
      isFailing = value;
    },
  };
}

function application(): number {
  applications += 1;
  return applications;
}

/** How many of these batches of candidates were admitted. */
async function send(
  quotas: Quotas,
  { applicationId, batches, records = 100 }: { applicationId: number; batches: number; records?: number },
): Promise<number> {
  let admitted = 0;
  for (let batch = 0; batch < batches; batch++) {
    const { refusal } = await quotas.admit({ applicationId, resource: CANDIDATES, records });
    if (!refusal) admitted += 1;
  }
  return admitted;
}

test('TR1 TR2 the minute takes 10,000 records of one application and resource, and the next minute as many again', async () => {
  const { quotas } = process();
  const applicationId = application();
  clock.set(clock.now() + 60_000 - (clock.now() % 60_000) + 15_000);
  expect(await send(quotas, { applicationId, batches: 120 })).toBe(100);
  const { refusal, standings } = await quotas.admit({ applicationId, resource: CANDIDATES, records: 1 });
  expect([refusal?.code, refusal?.retryAfterMs]).toEqual(['THROTTLED', 45_000]);
  expect(refusal?.message).toMatch(/^Resource level throttle APPLICATION MINUTE limit for calls to this/);
  expect(standings.map(({ name, left }) => [name, left])).toEqual([
    ['requests-per-day', 100_000 - 100], // what was refused is not counted
    ['records-per-minute', 0],
  ]);
  // Others are not touched: another resource, another application, and a smaller budget where there is none left.
  const others = [
    { applicationId, resource: 'v2/atsApplications', records: 100 },
    { applicationId: application(), resource: CANDIDATES, records: 100 },
    { applicationId, resource: CANDIDATES, records: 0 },
  ];
  for (const use of others) expect((await quotas.admit(use)).refusal).toBeNull();
  clock.advance(45_000);
  expect(await send(quotas, { applicationId, batches: 1 })).toBe(1);
});

test('TR1 TR2 the day takes 100,000 requests and begins anew at midnight UTC', async () => {
  const { quotas } = process();
  const applicationId = application();
  clock.set(MIDNIGHT - 3_600_000);
  expect(await send(quotas, { applicationId, batches: 100_001, records: 0 })).toBe(100_000);
  const { refusal } = await quotas.admit({ applicationId, resource: CANDIDATES, records: 0 });
  expect(refusal?.message).toContain('APPLICATION DAY limit');
  expect(refusal?.retryAfterMs).toBe(3_600_000);
  clock.set(MIDNIGHT - 1);
  expect(await send(quotas, { applicationId, batches: 1 })).toBe(0);
  clock.set(MIDNIGHT);
  expect(await send(quotas, { applicationId, batches: 1 })).toBe(1);
});

test('TR1 postings have a smaller minute and a limit of records a day', async () => {
  const { quotas } = process();
  const use = { applicationId: application(), resource: 'v2/simpleJobPostings', records: 100 };
  clock.set(clock.now() + 60_000 - (clock.now() % 60_000));
  let admitted = 0;
  for (let minute = 0; minute < 31; minute++) {
    for (let batch = 0; batch < 21; batch++) if (!(await quotas.admit(use)).refusal) admitted += 1;
    if (minute === 0) expect(admitted).toBe(20);
    clock.advance(60_000);
  }
  expect(admitted).toBe(600);
});

test('TR5 two processes on one database share a quota, and give at most their untold part more', async () => {
  const [one, other] = [process(), process()];
  const applicationId = application();
  clock.set(clock.now() + 60_000 - (clock.now() % 60_000));
  let admitted = 0;
  // Nobody flushes by time here: what bounds them is what each may keep to itself.
  for (let batch = 0; batch < 200; batch++) {
    const { quotas } = batch % 2 === 0 ? one : other;
    admitted += 100 * (await send(quotas, { applicationId, batches: 1 }));
  }
  expect(admitted).toBeGreaterThanOrEqual(A_MINUTE.most);
  expect(admitted).toBeLessThanOrEqual(A_MINUTE.most + 2 * mostUntold(A_MINUTE));
  // Having told each other, both refuse.
  await Promise.all([one.quotas.flush(), other.quotas.flush()]);
  await Promise.all([one.quotas.flush(), other.quotas.flush()]);
  for (const { quotas } of [one, other]) expect(await send(quotas, { applicationId, batches: 1 })).toBe(0);
});

test('TR5 a process that starts anew goes on where the last one ended', async () => {
  const applicationId = application();
  clock.set(clock.now() + 60_000 - (clock.now() % 60_000));
  const former = process();
  expect(await send(former.quotas, { applicationId, batches: 100 })).toBe(100);
  await former.quotas.flush();
  const { quotas } = process();
  expect(await send(quotas, { applicationId, batches: 100 })).toBeLessThanOrEqual(mostUntold(A_MINUTE) / 100);
});

test('TR6 many requests of many applications are told in one statement', async () => {
  const { quotas, statements } = process();
  const senders = Array.from({ length: 50 }, () => application());
  await Promise.all(senders.map((applicationId) => send(quotas, { applicationId, batches: 9 })));
  expect(statements()).toBe(0);
  await quotas.flush();
  expect(statements()).toBe(1);
  await quotas.flush();
  expect(statements()).toBe(1);
  const rows = await database.db.lookup<{ used: number }>`
    select used from add_quota_use(${JSON.stringify(
      senders.map((application_id) => ({
        application_id,
        resource: CANDIDATES,
        limit_name: 'requests-per-day',
        starts_at: clock.now() - (clock.now() % 86_400_000),
        used: 0,
      })),
    )})`;
  expect(rows.map(({ used }) => used)).toEqual(senders.map(() => 9));
});

test('TR6 what could not be told is told the next time, once', async () => {
  const { quotas, fail } = process();
  const applicationId = application();
  clock.set(clock.now() + 60_000 - (clock.now() % 60_000));
  await send(quotas, { applicationId, batches: 5 });
  fail(true);
  await expect(quotas.flush()).rejects.toThrow();
  fail(false);
  await send(quotas, { applicationId, batches: 5 });
  await quotas.flush();
  const { standings } = await quotas.admit({ applicationId, resource: CANDIDATES, records: 100 });
  expect(standings[1]?.left).toBe(10_000 - 1_100);
});

test('TR6 two processes that tell of the same applications at once do not wait for each other in a circle', async () => {
  const processes = Array.from({ length: 4 }, () => process());
  const senders = Array.from({ length: 40 }, () => application());
  for (let round = 0; round < 5; round++) {
    await Promise.all(
      processes.map(async ({ quotas }, index) => {
        const order = index % 2 === 0 ? senders : senders.toReversed();
        await Promise.all(
          order.map((applicationId) => send(quotas, { applicationId, batches: 1, records: 0 })),
        );
        await quotas.flush();
      }),
    );
  }
  const [first] = processes;
  const { standings } = await first!.quotas.admit({
    applicationId: senders[0] ?? 0,
    resource: CANDIDATES,
    records: 0,
  });
  expect(standings[0]?.left).toBeGreaterThanOrEqual(A_DAY.most - 21);
});

test('TR7 L-022 a call to atsIntegrations within a second of the last is refused', async () => {
  const { quotas } = process();
  const use = { applicationId: application(), resource: INTEGRATIONS, records: 1, leastGapMs: 1_000 };
  expect((await quotas.admit(use)).refusal).toBeNull();
  clock.advance(999);
  const { refusal } = await quotas.admit(use);
  expect([refusal?.code, refusal?.retryAfterMs]).toEqual(['THROTTLED', 1]);
  expect((await quotas.admit({ ...use, applicationId: application() })).refusal).toBeNull();
  clock.advance(1);
  const { refusal: none, standings } = await quotas.admit(use);
  expect([none, standings.map(({ name, left }) => [name, left])]).toEqual([
    null,
    [['requests-per-day', 5_000 - 2]],
  ]);
});

test('TR5 processes of one database in parallel are exact to the stated bound', async () => {
  const applicationId = application();
  clock.set(clock.now() + 60_000 - (clock.now() % 60_000));
  const dbs = [1, 2, 3].map(() => openDatabase({ url: database.appUrl, max: 1, log: silentLog }));
  try {
    const all = dbs.map(
      (db) => new Quotas({ config: configOf(), db, clock, log: createLog('silent'), keys: testKeys }),
    );
    const admitted = await Promise.all(all.map((quotas) => send(quotas, { applicationId, batches: 150 })));
    const records = 100 * admitted.reduce((sum, each) => sum + each, 0);
    expect(records).toBeGreaterThanOrEqual(A_MINUTE.most);
    expect(records).toBeLessThanOrEqual(A_MINUTE.most + 3 * mostUntold(A_MINUTE));
  } finally {
    await Promise.all(dbs.map((db) => db.close()));
  }
});
