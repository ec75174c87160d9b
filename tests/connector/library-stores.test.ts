import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { afterAll, describe, expect, test } from 'vitest';
import {
  type Change,
  fileStore,
  mysqlStore,
  outboxSql,
  postgresStore,
  type Store,
} from '../../packages/connector/src/index.ts';
import { missingMariadb, startTestMariadb } from '../../packages/connector/src/testing-mariadb.ts';
import { connect } from '../../packages/platform/src/kernel/connect.ts';
import { testDatabase } from '../../packages/platform/src/kernel/testing.ts';

/** A store, and the ATS's transactions on it: begun by the result, ended by `commit` or `rollback`. */
interface Opened {
  readonly store: Store<never>;
  begin(): Promise<{
    record(change: Change): Promise<void>;
    commit(): Promise<void>;
    rollback(): Promise<void>;
  }>;
}

const closers: (() => Promise<unknown> | unknown)[] = [];
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'carrick-store-'));
  closers.push(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

async function openPostgres(): Promise<Opened> {
  const database = await testDatabase({ from: 'empty' });
  const sql = connect(database.ownerUrl, { max: 4 });
  closers.push(
    () => database.drop(),
    () => sql.end({ timeout: 1 }),
  );
  await sql.unsafe(outboxSql('postgres'));
  const store = postgresStore(sql);
  return {
    store: store as Store<never>, // the tests record through `begin`, which knows what a transaction is
    async begin() {
      const tx = await sql.reserve();
      await tx`begin`;
      const end = async (how: 'commit' | 'rollback') => {
        await tx.unsafe(how);
        tx.release();
      };
      return {
        record: (change) => store.record(tx, [change], 1),
        commit: () => end('commit'),
        rollback: () => end('rollback'),
      };
    },
  };
}

async function openMariadb(): Promise<Opened> {
  const server = await startTestMariadb();
  closers.push(() => server.stop());
  const file = join(folder(), 'outbox.sql');
  writeFileSync(file, outboxSql('mysql'));
  const pool = mysql.createPool(await server.database('ats', file));
  closers.push(() => pool.end());
  const store = mysqlStore(pool);
  return {
    store: store as Store<never>, // as above
    async begin() {
      const connection = await pool.getConnection();
      await connection.beginTransaction();
      return {
        record: (change) => store.record(connection, [change], 1),
        async commit() {
          await connection.commit();
          connection.release();
        },
        async rollback() {
          await connection.rollback();
          connection.release();
        },
      };
    },
  };
}

async function openFile(): Promise<Opened> {
  const store = await fileStore(folder());
  closers.push(() => store.close());
  return {
    store: store as Store<never>, // as above
    async begin() {
      // It knows no transactions: what is recorded counts when it is committed, as far as this test goes.
      const changes: Change[] = [];
      return {
        record: async (change) => void changes.push(change),
        commit: () => store.record(null, changes, 1),
        rollback: async () => {},
      };
    },
  };
}

const change = (id: string, record: Change['record'] = { name: id }): Change => ({
  customerId: 'acme',
  kind: 'candidate',
  parentId: '',
  id,
  record,
});
const all = { customerId: 'acme', most: 100, withoutKinds: [], withoutDeletionsOf: [] } as const;

const missing = missingMariadb();
describe.each([
  ['PostgreSQL', openPostgres, null],
  ['MariaDB', openMariadb, missing],
  ['files', openFile, null],
] as const)('%s', (_name, open, reason) => {
  test.skipIf(reason)(
    'CO30 CO52 a change counts once its transaction has committed, and stays until it is settled',
    async () => {
      const { store, begin } = await open();
      const ids = async (query: Partial<Parameters<typeof store.pending>[0]> = {}) =>
        (await store.pending({ ...all, ...query })).map(({ id }) => id);
      const [late, early, never] = [await begin(), await begin(), await begin()];
      await late.record(change('late'));
      await early.record(change('early', { text: 'NUL \u0000, quote " and \\, 😀' }));
      await never.record(change('never'));
      expect(await ids()).toEqual([]);
      await early.commit();
      await never.rollback();
      const [first] = await store.pending(all);
      expect(first).toMatchObject({ id: 'early', record: { text: 'NUL \u0000, quote " and \\, 😀' } });
      await store.settle([first?.seq ?? 0], []);
      // Its row is older than the one that is done.
      await late.commit();
      expect(await ids()).toEqual(['late']);
      expect(await store.customersWithChanges()).toEqual(['acme']);

      const more = await begin();
      for (const one of [
        change('late', null),
        change('Straße', null),
        { ...change('j', null), kind: 'job' } as const,
      ])
        await more.record(one);
      await more.record({ ...change('other'), customerId: 'zeta' });
      await more.commit();
      expect(await ids({ withoutDeletionsOf: ['candidate'] })).toEqual(['late', 'j']);
      expect(await ids({ withoutKinds: ['candidate'] })).toEqual(['j']);
      expect(await ids({ most: 2 })).toEqual(['late', 'late']);
      expect(await store.backlog('acme')).toEqual({
        changes: 4,
        deletions: { candidate: 2, job: 1 },
        oldestAt: 1,
      });
      expect((await store.customersWithChanges()).sort()).toEqual(['acme', 'zeta']);

      const entry = (key: string, value: unknown, customerId = 'acme') => ({
        customerId,
        collection: 'c',
        key,
        value,
      });
      await store.settle(
        [],
        [entry('b', 1), entry('a', { deep: ['é'] }), entry('A', 2), entry('a ', 3), entry('x', 1, 'zeta')],
      );
      await store.settle([], [entry('b', 2), entry('b', 3), entry('A', null)]);
      expect(await store.page('acme', 'c', '', 10)).toEqual([
        { key: 'a', value: { deep: ['é'] } },
        { key: 'a ', value: 3 },
        { key: 'b', value: 3 },
      ]);
      expect(await store.page('acme', 'c', 'a', 1)).toEqual([{ key: 'a ', value: 3 }]);
      expect(await store.read('acme', 'c', ['b', 'none'])).toEqual(new Map([['b', 3]]));
      expect(await store.read('acme', 'c', [])).toEqual(new Map());
      expect(await store.count('acme', 'c')).toBe(3);
      await store.forget('acme');
      expect(await store.count('acme', 'c')).toBe(0);
      expect(await store.count('zeta', 'c')).toBe(1);
      expect(await store.customersWithChanges()).toEqual(['zeta']);
    },
  );
});
