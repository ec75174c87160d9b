import type { Connection as CoreConnection } from 'mysql2';
import mysql from 'mysql2/promise';
import { ConnectorError } from '../connector-error.ts';
import type { Source } from './source.ts';

/** MySQL and MariaDB. Dates stay text (no time zone is guessed by the driver), numbers beyond 2^53 too. */
export async function openMysql(url: string): Promise<Source> {
  const options: mysql.PoolOptions = {
    uri: url,
    connectionLimit: 2,
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    charset: 'utf8mb4',
    enableKeepAlive: true,
    connectTimeout: 10_000,
  };
  const pool = mysql.createPool(options);
  try {
    await pool.query('select 1');
  } catch (cause) {
    await pool.end();
    const { host, pathname } = new URL(url);
    throw new ConnectorError(`The ATS database at ${host}${pathname} cannot be reached: ${reasonOf(cause)}`, {
      cause,
    });
  }

  async function* stream(sql: string, values: unknown[]): AsyncGenerator<Record<string, unknown>> {
    const connection = await pool.getConnection();
    let isDone = false;
    try {
      // One consistent picture per pass: a row is never seen before and after the same change.
      await connection.query('start transaction with consistent snapshot, read only');
      // The promise wrapper hides the streaming connection that it wraps; its types call that one a promise too.
      const core = connection.connection as unknown as CoreConnection;
      const rows = core.query({ sql, values }).stream({ highWaterMark: 500 });
      for await (const row of rows) yield row as Record<string, unknown>; // one object per row: rowsAsArray is off
      await connection.query('commit');
      isDone = true;
    } catch (cause) {
      throw new ConnectorError(`The ATS database refused a SELECT of the mapping: ${reasonOf(cause)}`, {
        cause,
      });
    } finally {
      if (isDone) connection.release();
      else connection.destroy();
    }
  }

  const wrap = (select: string) => `select * from (\n${select}\n) as mapped`;
  return {
    all: (select) => stream(wrap(select), []),
    since: (select, cursor) => stream(`${wrap(select)} where mapped.\`cursor\` >= ?`, [cursor]),
    async count(select) {
      const [rows] = await pool.query<mysql.RowDataPacket[]>(
        `select count(*) as n from (\n${select}\n) as mapped`,
      );
      return Number(rows[0]?.n ?? 0);
    },
    async columns(select) {
      const [, fields] = await pool.query(`${wrap(select)} limit 0`).catch((cause: unknown) => {
        throw new ConnectorError(`The ATS database refused a SELECT of the mapping: ${reasonOf(cause)}`, {
          cause,
        });
      });
      return fields.map((field) => field.name);
    },
    before: (cursor, ms) => {
      if (/^\d+$/.test(cursor)) return cursor;
      const at = Date.parse(`${cursor.replace(' ', 'T')}Z`);
      return Number.isNaN(at) ? cursor : new Date(at - ms).toISOString().slice(0, 19).replace('T', ' ');
    },
    close: () => pool.end(),
  };
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
