import postgres from 'postgres';
import { ConnectorError } from '../connector-error.ts';
import type { DatabaseSource, Row } from './source.ts';

const ROWS_AT_ONCE = 500;
/** Dates stay text: as a JavaScript date they would lose microseconds, and with them the order of cursors. */
const DATE_OIDS = [1082, 1114, 1184];

/**
 * PostgreSQL. Dates stay text, as they are in `timezone`, the UTC offset that the mapping names; columns are named as they are
 * quoted in the SELECT (`AS "firstName"`).
 */
export async function openPostgres(
  url: string,
  { timezone = '+00:00' }: { timezone?: string } = {},
): Promise<DatabaseSource> {
  const at = new URL(url);
  const host = decodeURIComponent(at.hostname);
  const sql = postgres(url, {
    // A socket's folder, as libpq writes it; postgres.js alone takes it for a host.
    ...(host.startsWith('/') && { host, port: Number(at.port || 5432) }),
    // For good: a pass in the middle of a long reading is not to be cut off.
    max_lifetime: null,
    max: 1,
    connect_timeout: 10,
    fetch_types: false,
    onnotice: () => {},
    // POSIX counts offsets the other way round.
    connection: {
      TimeZone: `<${timezone}>${timezone.startsWith('-') ? '+' : '-'}${timezone.slice(1)}`,
      application_name: 'carrick-connector',
    },
    types: {
      date: {
        to: 1184,
        from: DATE_OIDS,
        serialize: (text: string) => text,
        // A time with an offset is shown in the session's, which is the mapping's.
        parse: (text: string) => text.replace(/(:\d\d(?:\.\d+)?)[+-]\d\d(?::\d\d)?$/, '$1'),
      },
      json: { to: 114, from: [114, 3802], serialize: (text: string) => text, parse: (text: string) => text },
    },
  });

  async function* stream(query: string, values: readonly string[]): AsyncGenerator<Row> {
    try {
      const pages = sql.unsafe<Row[]>(query, [...values]).cursor(ROWS_AT_ONCE);
      for await (const page of pages) yield* page;
    } catch (cause) {
      throw refused(cause);
    }
  }

  async function query(text: string): Promise<postgres.RowList<Row[]>> {
    try {
      return await sql.unsafe<Row[]>(text);
    } catch (cause) {
      throw refused(cause);
    }
  }

  try {
    await sql.unsafe('select 1');
  } catch (cause) {
    await sql.end({ timeout: 1 });
    throw new ConnectorError(
      `The ATS database at ${host}${at.pathname} cannot be reached: ${reasonOf(cause)}`,
      {
        cause,
      },
    );
  }
  return {
    dialect: 'postgres',
    all: (select) => stream(wrap(select), []),
    since: (select, cursor) => stream(`${wrap(select)} where mapped."cursor" >= $1`, [cursor]),
    having: (select, column, values) =>
      stream(
        `${wrap(select)} where mapped."${column.replaceAll('"', '""')}" in (${values.map((_, index) => `$${index + 1}`).join(', ')})`,
        values,
      ),
    async count(select) {
      const [row] = await query(`select count(*) as n from (\n${select}\n) as mapped`);
      return Number(row?.n ?? 0);
    },
    async columns(select) {
      const { columns } = await query(`${wrap(select)} limit 0`);
      return columns.map(({ name }) => name);
    },
    async run(statement) {
      return [...(await sql.unsafe<Row[]>(statement).simple())];
    },
    close: () => sql.end({ timeout: 1 }),
  };
}

/** One statement reads one consistent picture. */
const wrap = (select: string) => `select * from (\n${select}\n) as mapped`;

function refused(cause: unknown): ConnectorError {
  if (cause instanceof ConnectorError) return cause;
  return new ConnectorError(`The ATS database refused a SELECT of the mapping: ${reasonOf(cause)}`, {
    cause,
  });
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.message || ('code' in cause ? String(cause.code) : cause.name);
}
