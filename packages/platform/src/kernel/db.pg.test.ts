import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connect, type SqlClient } from './connect.ts';
import { type Db, openDatabase, type Tx } from './db.ts';
import { holdingProxy } from './holding-proxy.fixture.ts';
import { silentLog } from './log.ts';
import { type TestDatabase, testDatabase } from './testing.ts';

let database: TestDatabase;
let owner: SqlClient;
let db: Db;

beforeAll(async () => {
  database = await testDatabase({ from: 'empty' });
  owner = connect(database.ownerUrl, { max: 1 });
  await owner.unsafe(`
    create table item (id bigint primary key, amount bigint not null);
    grant select, insert, update, delete on item to carrick_app`);
  await owner.unsafe(
    `alter database ${new URL(database.ownerUrl).pathname.slice(1)} set deadlock_timeout = '20ms'`,
  );
  db = openDatabase({ url: database.appUrl, max: 2, log: silentLog });
});
afterAll(async () => {
  await db.close();
  await owner.end();
  await database.drop();
});
beforeEach(async () => {
  await owner`truncate item`;
  await owner`insert into item values (1, 10), (2, 20)`;
});

async function amounts(): Promise<unknown> {
  return [...(await owner`select id, amount from item order by id`)];
}

test('RU16 BEGIN, tenant, statements and COMMIT leave without waiting for an answer', async () => {
  const wire = await holdingProxy(database.appUrl);
  const held = openDatabase({ url: wire.url, max: 1, log: silentLog });
  const build = (tx: Tx) =>
    [
      tx`select current_setting('carrick.tenant_id') as tenant`,
      // A batch as large as they come: a socket that calls itself full would split the flight.
      tx`update item set amount = length(${'x'.repeat(200_000)}) where id = ${1}`,
      tx`select amount from item where id = ${1}`,
    ] as const;
  await held.pipeline(7, build); // prepares the statements: the first use of each takes a flight of its own
  wire.hold();
  const running = held.pipeline(7, build);
  await wire.untilSent(['begin; set local carrick.tenant_id = 7', 'execute', 'execute', 'execute', 'commit']);
  wire.release();
  const [[setting], update, [row]] = await running;
  expect(setting).toEqual({ tenant: '7' });
  expect(update.count).toBe(1);
  expect(row).toEqual({ amount: 200_000 });
  await held.close();
  await wire.close();
});

test('RU16 a transaction of two flights waits for one answer before its last', async () => {
  const wire = await holdingProxy(database.appUrl);
  const held = openDatabase({ url: wire.url, max: 1, log: silentLog });
  const double = (between: () => void) =>
    held.transaction(7, async (tx) => {
      const [[one], [two]] = await tx.flight([
        tx<{ amount: number }>`select amount from item where id = ${1} for update`,
        tx<{ amount: number }>`select amount from item where id = ${2} for update`,
      ]);
      between();
      return tx.commitWith([
        tx`update item set amount = ${(one?.amount ?? 0) + (two?.amount ?? 0)} where id = ${1}`,
        tx`select 'last' as word`,
      ]);
    });
  await double(() => {});
  wire.hold();
  const running = double(() => wire.hold());
  await wire.untilSent(['begin; set local carrick.tenant_id = 7', 'execute', 'execute']);
  wire.release();
  await wire.untilSent(['execute', 'execute', 'commit']);
  wire.release();
  const [, [last]] = await running;
  expect(last).toEqual({ word: 'last' });
  expect(await amounts()).toContainEqual({ id: 1, amount: 50 });
  await held.close();
  await wire.close();
});

test('RU17 a failed statement undoes the others, and its error is the one that is thrown', async () => {
  const failing = db.pipeline(null, (tx) => [
    tx`update item set amount = 11 where id = ${1}`,
    tx`insert into item values (${1}, ${1})`,
    tx`update item set amount = 21 where id = ${2}`,
  ]);
  await expect(failing).rejects.toMatchObject({ code: '23505' });
  const stepwise = db.transaction(null, async (tx) => {
    await tx`update item set amount = 12 where id = 1`;
    throw new Error('changed my mind');
  });
  await expect(stepwise).rejects.toThrow('changed my mind');
  expect(await amounts()).toEqual([
    { id: 1, amount: 10 },
    { id: 2, amount: 20 },
  ]);
});

test('RU17 a swallowed error does not make a transaction look committed', async () => {
  const swallowing = db.transaction(null, async (tx) => {
    await tx`update item set amount = 11 where id = 1`;
    await tx`select 1 / 0`.then(undefined, () => {});
    return 'done';
  });
  await expect(swallowing).rejects.toMatchObject({ code: '22012' });
  const echoed = db.transaction(null, async (tx) => {
    await tx`select 1 / 0`.then(undefined, () => {});
    return tx.commitWith([tx`select 1`]);
  });
  await expect(echoed).rejects.toMatchObject({ code: '22012' });
  expect(await amounts()).toContainEqual({ id: 1, amount: 10 });
});

test('RU17 nothing can be sent after the end', async () => {
  let late: (() => PromiseLike<unknown>) | undefined;
  await db.transaction(null, async (tx) => {
    late = () => tx`update item set amount = 99`;
    await tx.commitWith([tx`select 1`]);
    await expect(tx.flight([tx`select 2`])).rejects.toThrow(/ended/);
  });
  await expect((async () => late?.())()).rejects.toThrow(/ended/);
});

test('RU18 two transactions that deadlock both succeed', async () => {
  const bothHold = Promise.withResolvers<void>();
  let holders = 0;
  let runs = 0;
  const swap = (first: number, second: number) =>
    db.transaction(null, async (tx) => {
      runs++;
      await tx`update item set amount = amount + 1 where id = ${first}`;
      if (++holders === 2) bothHold.resolve();
      await bothHold.promise;
      return tx.commitWith([tx`update item set amount = amount + 1 where id = ${second}`]);
    });
  await Promise.all([swap(1, 2), swap(2, 1)]);
  expect(runs).toBeGreaterThan(2);
  expect(await amounts()).toEqual([
    { id: 1, amount: 12 },
    { id: 2, amount: 22 },
  ]);
});

test('RU19 a connection lost in a transaction fails it, and nothing of it runs on the next connection', async () => {
  const single = openDatabase({ url: database.appUrl, max: 1, log: silentLog });
  const broken = single.transaction(null, async (tx) => {
    const [me] = await tx<{ pid: number }>`select pg_backend_pid() as pid`;
    await owner`select pg_terminate_backend(${me?.pid ?? 0}, 5000)`;
    await tx`update item set amount = 66`;
  });
  await expect(broken).rejects.toThrow(/connection|terminat/i);
  const inFlight = single.transaction(null, async (tx) => {
    const [me] = await tx<{ pid: number }>`select pg_backend_pid() as pid`;
    return tx.commitWith([
      tx`select pg_terminate_backend(${me?.pid ?? 0})`,
      tx`update item set amount = 77 where id = ${1}`,
    ]);
  });
  await expect(inFlight).rejects.toThrow();
  await single.pipeline(null, (tx) => [tx`update item set amount = 21 where id = 2`]);
  expect(await amounts()).toEqual([
    { id: 1, amount: 10 },
    { id: 2, amount: 21 },
  ]);
  await single.close();
});

test('RU19 what follows a lost connection gets its own answer, not the rest of the broken one', async () => {
  const single = openDatabase({ url: database.appUrl, max: 1, log: silentLog });
  for (let i = 0; i < 4; i++) {
    const broken = single.lookup`select n, pg_terminate_backend(pg_backend_pid()) from generate_series(1, 3) n`;
    await expect(broken.send()).rejects.toThrow();
    expect([...(await single.lookup`select ${i} + 1 as next`)]).toEqual([{ next: i + 1 }]);
  }
  await single.close();
});

test('RU19 listening comes back after the connection was lost, and says that something may have been missed', async () => {
  let calls = 0;
  let onCall = (): void => {};
  const nextCall = () => new Promise<void>((resolve) => (onCall = resolve));
  const listening = await db.listen('word', () => {
    calls++;
    onCall();
  });
  const first = nextCall();
  await owner`notify word`;
  await first;
  const afterLoss = nextCall();
  await owner`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'carrick-listen' and datname = current_database()`;
  await afterLoss;
  const second = nextCall();
  await owner`notify word`;
  await second;
  expect(calls).toBe(3);
  await listening.unlisten();
});

test('RU90 what a transaction can do without is left out when it fails on it', async () => {
  const attempts: (readonly string[])[] = [];
  await db.transaction(null, async (tx) => {
    attempts.push([...tx.leftOut.keys()]);
    const extra = tx.leftOut.has('extra')
      ? null
      : tx`update item set amount = 1 / (amount - amount) where id = 1`.send();
    extra?.catch((error: unknown) => tx.leaveOut('extra', error)); // and not waited for: COMMIT fails with it
    await tx.commitWith([tx`update item set amount = 31 where id = 1`]);
  });
  expect(attempts).toEqual([[], ['extra']]);
  expect(await amounts()).toContainEqual({ id: 1, amount: 31 });

  let count = 0;
  const failing = db.transaction(null, async (tx) => {
    count += 1;
    tx.leaveOut('extra', new Error('of the part'));
    await tx`select 1 / 0`;
  });
  await expect(failing).rejects.toMatchObject({ code: '22012' });
  expect(count).toBe(2);
  await db.pipeline(null, (tx) => [tx`update item set amount = 10 where id = 1`]);
});

test('RU20 a savepoint undoes its own part only', async () => {
  await db.transaction(null, async (tx) => {
    await tx`update item set amount = 11 where id = 1`;
    await expect(
      tx.savepoint(async () => {
        await tx`update item set amount = 21 where id = 2`;
        await tx`insert into item values (1, 1)`;
      }),
    ).rejects.toMatchObject({ code: '23505' });
    const kept = await tx.savepoint(async () => (await tx`insert into item values (3, 30) returning id`)[0]);
    expect(kept).toEqual({ id: 3 });
  });
  expect(await amounts()).toEqual([
    { id: 1, amount: 11 },
    { id: 2, amount: 20 },
    { id: 3, amount: 30 },
  ]);
});

test('RU21 int8 is a number, and one too large for a number is an error', async () => {
  const [row] =
    await db.lookup`select ${Number.MAX_SAFE_INTEGER}::int8 as large, count(*) as n, array[1, 2]::int8[] as list`;
  expect(row).toEqual({ large: Number.MAX_SAFE_INTEGER, n: 1, list: [1, 2] });
  await expect(db.lookup`select 9007199254740993::int8 as larger`.send()).rejects.toThrow(/9007199254740993/);
  expect((await db.lookup`select ${5n}::int8 as five, '2026-01-02'::date as day`)[0]).toEqual({
    five: 5,
    day: '2026-01-02',
  });
});

test('RU21 undefined and objects are refused before anything is sent', () => {
  const missing: { id?: string } = {};
  expect(() => db.lookup`select ${missing.id as string}`).toThrow(/undefined/);
  expect(() => db.lookup`select ${missing as string}::jsonb`).toThrow(/JSON text/);
});

test('RU21 a statement inside another is a fragment, composed text takes numbered parameters', async () => {
  const condition = db.lookup`id = ${1}`;
  const both = await db.lookup`select amount from item where ${condition} and amount > ${5}`;
  expect([...both]).toEqual([{ amount: 10 }]);
  const [composed] = await db.lookup.prepared('select $1::text || $2::text as word', ['a', 'b']);
  expect(composed).toEqual({ word: 'ab' });
  const listed =
    await db.lookup`select id from item where id = any(${[2, 3]}) or id::text = any(${['1']}) order by id`;
  expect(listed.map((row) => row['id'])).toEqual([1, 2]);
});

test('RU21 a read sees one snapshot and cannot write', async () => {
  await db.read(null, async (tx) => {
    const [before] = await tx`select amount from item where id = 1`;
    await owner`update item set amount = 15 where id = 1`;
    expect((await tx`select amount from item where id = 1`)[0]).toEqual(before);
  });
  await expect(db.read(null, async (tx) => tx`update item set amount = 0`)).rejects.toMatchObject({
    code: '25006',
  });
  expect(await amounts()).toContainEqual({ id: 1, amount: 15 });
});

test('RU21 closing behind a read waits for its last answer and no longer', async () => {
  const closing = openDatabase({ url: database.appUrl, max: 1, log: silentLog });
  await closing.read(null, async (tx) => tx`select 1`);
  const started = performance.now();
  await closing.close();
  expect(performance.now() - started).toBeLessThan(4_900);
});
