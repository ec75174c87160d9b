import { createHash } from 'node:crypto';
import { ConnectorError } from '../connector-error.ts';
import type { Dialect } from '../sources/source.ts';
import { type Watch, watchedName } from './watch.ts';

/** The one table into which all triggers write; beside the ATS's own, in the schema that the connector's user works in. */
export const CAPTURE_TABLE = 'carrick_capture';
/** What the connector made begins so, and nothing else. */
export const CAPTURE_PREFIX = 'carrick_capture_';
/** Longer keys do not fit the wire. */
const LONGEST_KEY = 255;

/** Columns of a table whose values are noted when a row changes. */
interface WatchedTable {
  readonly table: string;
  readonly columns: readonly string[];
}

/**
 * A trigger only appends: it reads nothing, updates nothing and so never makes two transactions of the ATS wait for each
 * other. A key is noted with the change, in the same transaction, as it was and as it is.
 */
export function installSql(dialect: Dialect, schema: string, watches: readonly Watch[]): string[] {
  const tables = tablesOf(watches);
  return dialect === 'postgres'
    ? [POSTGRES_TABLE(schema), ...tables.flatMap((each) => postgresTriggers(schema, each))]
    : [MYSQL_TABLE, ...tables.flatMap(mysqlTriggers)];
}

/** Takes off triggers by the names that the database gives for them (PostgreSQL: of their functions). */
export function removeSql(dialect: Dialect, schema: string, names: readonly string[]): string[] {
  return names.map((name) =>
    dialect === 'postgres'
      ? `drop function if exists ${quoted(schema)}.${quoted(name)}() cascade`
      : `drop trigger if exists ${ticked(name)}`,
  );
}

/** As if every watched table had been emptied and filled again. */
export function noteAllSql(dialect: Dialect, schema: string, watches: readonly Watch[]): string {
  const names = [...new Set(watches.map(watchedName))].map((name) => `(${text(name)}, null)`);
  return `insert into ${tableIn(dialect, schema)} (watched, key_text) values ${names.join(', ')}`;
}

export function dropTableSql(dialect: Dialect, schema: string): string {
  return `drop table if exists ${tableIn(dialect, schema)}`;
}

const tableIn = (dialect: Dialect, schema: string) =>
  dialect === 'postgres' ? `${quoted(schema)}.${CAPTURE_TABLE}` : CAPTURE_TABLE;

function tablesOf(watches: readonly Watch[]): WatchedTable[] {
  const columns = new Map<string, Set<string>>();
  for (const { table, column } of watches)
    columns.set(table, (columns.get(table) ?? new Set<string>()).add(column));
  return [...columns].map(([table, names]) => ({ table, columns: [...names] }));
}

const POSTGRES_TABLE = (schema: string) => `create table if not exists ${quoted(schema)}.${CAPTURE_TABLE} (
  seq bigint generated always as identity primary key,
  watched text not null,
  key_text text
)`;

/** `security definer`: whoever may change the table need not be able to write here. */
function postgresTriggers(schema: string, { table, columns }: WatchedTable): string[] {
  const name = nameOf(table);
  const of = `${quoted(schema)}.${quoted(name)}`;
  const on = table.split('.').map(quoted).join('.');
  const into = `insert into ${quoted(schema)}.${CAPTURE_TABLE} (watched, key_text) values`;
  const each = columns.map((column) => {
    const watched = text(watchedName({ table, column }));
    const key = (row: 'new' | 'old') => `left(${row}.${quoted(column)}::text, ${LONGEST_KEY})`;
    return `  if tg_op <> 'DELETE' and new.${quoted(column)} is not null then
    ${into} (${watched}, ${key('new')});
  end if;
  if tg_op <> 'INSERT' and old.${quoted(column)} is not null
    and (tg_op = 'DELETE' or old.${quoted(column)} is distinct from new.${quoted(column)}) then
    ${into} (${watched}, ${key('old')});
  end if;`;
  });
  const all = columns.map((column) => `(${text(watchedName({ table, column }))}, null)`).join(', ');
  return [
    `create or replace function ${of}() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $carrick$
begin
  if tg_op = 'TRUNCATE' then
    ${into} ${all};
    return null;
  end if;
${each.join('\n')}
  return null;
end
$carrick$`,
    `create trigger ${quoted(name)} after insert or update or delete on ${on} for each row execute function ${of}()`,
    `create trigger ${quoted(`${name}_all`)} after truncate on ${on} for each statement execute function ${of}()`,
  ];
}

/** Also MariaDB. Keys are told apart to the byte. */
const MYSQL_TABLE = `create table if not exists ${CAPTURE_TABLE} (
  seq bigint unsigned not null auto_increment primary key,
  watched varchar(250) character set utf8mb4 collate utf8mb4_bin not null,
  key_text varchar(${LONGEST_KEY}) character set utf8mb4 collate utf8mb4_bin
) engine = InnoDB`;

function mysqlTriggers({ table, columns }: WatchedTable): string[] {
  if (table.includes('.'))
    throw new ConnectorError(
      `Mapping: a capture on MySQL or MariaDB names tables of the database in --source, not ${table}.`,
    );
  const insert = (column: string, row: 'new' | 'old') =>
    `insert into ${CAPTURE_TABLE} (watched, key_text) values (${text(watchedName({ table, column }))}, left(${row}.${ticked(column)}, ${LONGEST_KEY}))`;
  const when = (column: string, row: 'new' | 'old', also = '') =>
    `  if ${row}.${ticked(column)} is not null${also} then ${insert(column, row)}; end if;`;
  const changed = (column: string) => ` and not (old.${ticked(column)} <=> new.${ticked(column)})`;
  const lines = {
    insert: columns.map((column) => when(column, 'new')),
    update: columns.flatMap((column) => [when(column, 'new'), when(column, 'old', changed(column))]),
    delete: columns.map((column) => when(column, 'old')),
  };
  return Object.entries(lines).map(
    ([event, body]) =>
      `create trigger ${ticked(`${nameOf(table)}_${event}`)} after ${event} on ${ticked(table)} for each row\nbegin\n${body.join('\n')}\nend`,
  );
}

/** Of a name that is too long, or would be another table's, what tells it apart stands at the end. */
function nameOf(table: string): string {
  const plain = table.toLowerCase().replace(/[^a-z0-9]+/g, '_');
  if (plain === table && plain.length <= 30) return `${CAPTURE_PREFIX}${plain}`;
  return `${CAPTURE_PREFIX}${plain.slice(0, 24)}_${createHash('sha256').update(table).digest('hex').slice(0, 6)}`;
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
const ticked = (name: string) => `\`${name.replaceAll('`', '``')}\``;
/** Names with quotes or backslashes in them were refused with the mapping. */
const text = (value: string) => `'${value}'`;
