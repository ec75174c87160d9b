import type { Connection as CoreConnection } from 'mysql2';
import mysql from 'mysql2/promise';
import { ConnectorError } from '../connector-error.ts';
import type { DatabaseSource } from './source.ts';

/**
 * MySQL and MariaDB. Dates stay text (the driver guesses no time zone), numbers beyond 2^53 too.
 * `timezone` is the UTC offset in which TIMESTAMP columns are returned; DATETIME columns have none of their own.
 */
export async function openMysql(
  url: string,
  { timezone = '+00:00' }: { timezone?: string } = {},
): Promise<DatabaseSource> {
  const pool = mysql.createPool({
    uri: url,
    connectionLimit: 1,
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    charset: 'utf8mb4',
    enableKeepAlive: true,
    connectTimeout: 10_000,
  });
  const { host, pathname } = new URL(url);

  /** A connection that reads in the source's time zone and waits for us while the platform is away. */
  async function connection(): Promise<mysql.PoolConnection> {
    try {
      const taken = await pool.getConnection();
      await taken.query('set session time_zone = ?, session net_write_timeout = 86400', [timezone]);
      return taken;
    } catch (cause) {
      throw new ConnectorError(
        `The ATS database at ${host}${pathname} cannot be reached: ${reasonOf(cause)}`,
        { cause },
      );
    }
  }

  async function* stream(sql: string, values: unknown[]): AsyncGenerator<Record<string, unknown>> {
    const taken = await connection();
    let isDone = false;
    try {
      // The promise wrapper hides the streaming connection that it wraps; its types call that one a promise too.
      const core = taken.connection as unknown as CoreConnection;
      const rows = core.query({ sql, values }).stream({ highWaterMark: 500 });
      for await (const row of rows) yield row as Record<string, unknown>; // one object per row: rowsAsArray is off
      isDone = true;
    } catch (cause) {
      throw refusedSelect(cause);
    } finally {
      if (isDone) taken.release();
      else taken.destroy();
    }
  }

  async function query(sql: string): Promise<[mysql.RowDataPacket[], mysql.FieldPacket[]]> {
    const taken = await connection();
    try {
      return await taken.query<mysql.RowDataPacket[]>(sql);
    } catch (cause) {
      throw refusedSelect(cause);
    } finally {
      taken.release();
    }
  }

  try {
    await query('select 1');
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    all: (select) => stream(wrap(select), []),
    since: (select, cursor) => stream(`${wrap(select)} where mapped.\`cursor\` >= ?`, [cursor]),
    async count(select) {
      const [rows] = await query(`select count(*) as n from (\n${select}\n) as mapped`);
      return Number(rows[0]?.n ?? 0);
    },
    async columns(select) {
      const [, fields] = await query(`${wrap(select)} limit 0`);
      return fields.map((field) => field.name);
    },
    dialect: 'mysql',
    having: (select, column, values) =>
      stream(`${wrap(select)} where mapped.${mysql.escapeId(column, true)} in (?)`, [[...values]]),
    async run(statement) {
      const taken = await connection();
      try {
        const [rows] = await taken.query(statement);
        return Array.isArray(rows) ? (rows as mysql.RowDataPacket[]) : []; // anything but a SELECT answers with a header
      } finally {
        taken.release();
      }
    },
    close: () => pool.end(),
  };
}

/**
 * One statement reads one consistent picture. Buffered on the server, because a result that is fetched as fast as the
 * platform takes it would keep MyISAM tables locked for that long, and the ATS could not write.
 */
const wrap = (select: string) => `select sql_buffer_result * from (\n${select}\n) as mapped`;

function refusedSelect(cause: unknown): ConnectorError {
  return new ConnectorError(`The ATS database refused a SELECT of the mapping: ${reasonOf(cause)}`, {
    cause,
  });
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
