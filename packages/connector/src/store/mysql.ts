import type { Pool, PoolConnection, RowDataPacket } from 'mysql2/promise';
import { backlogOf, changeRow, lastOfEach, pendingChange, valuesOf } from './rows.ts';
import type { Entry, Store } from './store.ts';

/** What the pool and a connection of mysql2/promise can do. */
export interface MysqlQueries {
  query(sql: string, values: unknown[]): Promise<unknown>;
}

/** MySQL 8 and MariaDB 10.6, by mysql2. The ATS hands over the connection that its transaction runs on. */
export function mysqlStore(pool: Pool): Store<MysqlQueries> {
  const rowsOf = async (query: string, values: unknown[]) => {
    const [rows] = await pool.query<RowDataPacket[]>(query, values);
    return rows.map(asText);
  };
  return {
    async record(tx, changes, recordedAt) {
      if (changes.length === 0) return;
      const rows = changes.map(changeRow);
      await tx.query(
        'insert into connector_change (customer_id, kind, parent_id, id, record, recorded_at) values ?',
        [rows.map((row) => [row.customer_id, row.kind, row.parent_id, row.id, row.record, recordedAt])],
      );
    },
    async pending({ customerId, most, withoutKinds, withoutDeletionsOf }) {
      const rows = await rowsOf(
        `select seq, kind, parent_id, id, record from connector_change
         where customer_id = ? and kind not in (?) and not (record is null and kind in (?)) order by seq limit ?`,
        [customerId, orNone(withoutKinds), orNone(withoutDeletionsOf), most],
      );
      return rows.map(pendingChange(customerId));
    },
    async backlog(customerId) {
      return backlogOf(
        await rowsOf(
          `select kind, count(*) as changes, sum(record is null) as deletions, min(recorded_at) as oldest_at
           from connector_change where customer_id = ? group by kind`,
          [customerId],
        ),
      );
    },
    async customersWithChanges() {
      const rows = await rowsOf(
        `with recursive customer(customer_id) as (
           select min(customer_id) from connector_change
           union all
           select (select min(c.customer_id) from connector_change c where c.customer_id > customer.customer_id)
           from customer where customer_id is not null)
         select customer_id from customer where customer_id is not null`,
        [],
      );
      return rows.map((row) => String(row.customer_id));
    },
    async settle(done, entries) {
      const connection = await pool.getConnection();
      try {
        await connection.beginTransaction();
        if (done.length > 0) await connection.query('delete from connector_change where seq in (?)', [done]);
        await writeEntries(connection, lastOfEach(entries));
        await connection.commit();
      } catch (error) {
        await connection.rollback();
        throw error;
      } finally {
        connection.release();
      }
    },
    async read(customerId, collection, keys) {
      if (keys.length === 0) return new Map();
      const rows = await rowsOf(
        'select entry_key, value from connector_entry where customer_id = ? and collection = ? and entry_key in (?)',
        [customerId, collection, keys],
      );
      return new Map(valuesOf(rows));
    },
    async page(customerId, collection, after, most) {
      const rows = await rowsOf(
        `select entry_key, value from connector_entry
         where customer_id = ? and collection = ? and entry_key > ? order by entry_key limit ?`,
        [customerId, collection, after, most],
      );
      return valuesOf(rows).map(([key, value]) => ({ key, value }));
    },
    async count(customerId, collection) {
      const [row] = await rowsOf(
        'select count(*) as n from connector_entry where customer_id = ? and collection = ?',
        [customerId, collection],
      );
      return Number(row?.n ?? 0);
    },
    async forget(customerId) {
      await pool.query('delete from connector_change where customer_id = ?', [customerId]);
      await pool.query('delete from connector_entry where customer_id = ?', [customerId]);
    },
    async close() {},
  };
}

async function writeEntries(connection: PoolConnection, entries: readonly Entry[]): Promise<void> {
  const dropped = new Map<string, { readonly of: readonly string[]; readonly keys: string[] }>();
  for (const { customerId, collection, key, value } of entries) {
    if (value !== null) continue;
    const name = `${customerId}\u001f${collection}`;
    const group = dropped.get(name) ?? { of: [customerId, collection], keys: [] };
    group.keys.push(key);
    dropped.set(name, group);
  }
  // Not `(customer_id, collection, entry_key) in (…)`: for that a DELETE reads the whole table.
  for (const { of, keys } of dropped.values())
    await connection.query(
      'delete from connector_entry where customer_id = ? and collection = ? and entry_key in (?)',
      [...of, keys],
    );
  const kept = entries.filter(({ value }) => value !== null);
  if (kept.length > 0)
    await connection.query(
      `insert into connector_entry (customer_id, collection, entry_key, value) values ?
       on duplicate key update value = values(value)`,
      [
        kept.map(({ customerId, collection, key, value }) => [
          customerId,
          collection,
          key,
          JSON.stringify(value),
        ]),
      ],
    );
}

/** An empty list is no SQL; no kind is called this. */
const orNone = (kinds: readonly string[]) => (kinds.length === 0 ? ['-'] : kinds);

/** Keys are stored as bytes. */
const asText = (row: RowDataPacket): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]: [string, unknown]) => [
      name,
      Buffer.isBuffer(value) ? value.toString('utf8') : value,
    ]),
  );
