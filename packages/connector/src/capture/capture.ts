import { ConnectorError } from '../connector-error.ts';
import type { Mapping } from '../mapping.ts';
import { type DatabaseSource, isDatabase, type Source } from '../sources/source.ts';
import {
  CAPTURE_PREFIX,
  CAPTURE_TABLE,
  dropTableSql,
  installSql,
  noteAllSql,
  removeSql,
} from './capture-sql.ts';
import { type Watch, watchedName } from './watch.ts';

/** A change that a trigger noted. */
export interface CapturedKey {
  readonly seq: number;
  /** `table.column` */
  readonly watched: string;
  /** Null: any row, for the table was emptied at once. */
  readonly key: string | null;
}

/** @throws ConnectorError for a source that has no triggers */
export function databaseOf(source: Source): DatabaseSource {
  if (!isDatabase(source))
    throw new ConnectorError('Changes can be captured in a database only: PostgreSQL, MySQL or MariaDB.');
  return source;
}

/** The statements that bring a database's triggers in line with the mapping, whatever was there. */
export async function planCapture(source: DatabaseSource, mapping: Mapping): Promise<string[]> {
  const watches = watchesOf(mapping);
  if (watches.length === 0)
    throw new ConnectorError('Mapping: no kind has a "capture", so there is nothing to watch.');
  const schema = await schemaOf(source);
  const installed = await installedTriggers(source);
  const old = removeSql(source.dialect, schema, [...installed.keys()]);
  const fresh = installSql(source.dialect, schema, watches);
  // While triggers were replaced nothing was noted: everything is looked at once more.
  return old.length === 0 ? fresh : [...old, ...fresh, noteAllSql(source.dialect, schema, watches)];
}

/** The statements after which nothing of it is left. */
export async function planRemoval(source: DatabaseSource): Promise<string[]> {
  const schema = await schemaOf(source);
  const installed = await installedTriggers(source);
  return [...removeSql(source.dialect, schema, [...installed.keys()]), dropTableSql(source.dialect, schema)];
}

/** In PostgreSQL all or nothing; MySQL commits each statement by itself, and a second try mends the rest. */
export async function applyPlan(source: DatabaseSource, statements: readonly string[]): Promise<void> {
  const scripts = source.dialect === 'postgres' ? [`begin;\n${statements.join(';\n')};\ncommit`] : statements;
  try {
    for (const script of scripts) await source.run(script);
  } catch (cause) {
    if (source.dialect === 'postgres') await source.run('rollback');
    throw new ConnectorError(
      `The ATS database refused the capture: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

/** For a person to read, or to run by hand. */
export function planText({ dialect }: DatabaseSource, statements: readonly string[]): string {
  return dialect === 'postgres'
    ? `begin;\n\n${statements.map((each) => `${each};\n`).join('\n')}\ncommit;`
    : `delimiter //\n\n${statements.map((each) => `${each} //\n`).join('\n')}\ndelimiter ;`;
}

/** @throws ConnectorError when the triggers are not those that the mapping needs */
export async function checkCapture(source: DatabaseSource, mapping: Mapping): Promise<void> {
  const bodies = [...(await installedTriggers(source)).values()].join('\n');
  const missing = namesOf(mapping).filter((name) => !bodies.includes(`'${name}'`));
  if (missing.length > 0)
    throw new ConnectorError(
      `The ATS database does not capture ${missing.join(', ')}. Install the triggers: carrick capture install.`,
    );
}

/** The oldest changes behind a number. A transaction that commits late has smaller ones: they come with the next reading from 0. */
export async function readCaptured(
  source: DatabaseSource,
  after: number,
  most: number,
): Promise<CapturedKey[]> {
  const rows = await ask(
    source,
    `select seq, watched, key_text from ${CAPTURE_TABLE} where seq > ${after} order by seq limit ${most}`,
  );
  return rows.map(({ seq, watched, key_text: key }) => ({
    seq: Number(seq),
    watched: String(watched),
    key: key === null ? null : String(key),
  }));
}

/** Those changes and no others: what committed meanwhile has a number of its own. */
export async function forgetCaptured(source: DatabaseSource, keys: readonly CapturedKey[]): Promise<void> {
  if (keys.length > 0)
    await ask(source, `delete from ${CAPTURE_TABLE} where seq in (${keys.map(({ seq }) => seq).join(', ')})`);
}

const namesOf = (mapping: Mapping): string[] => [...new Set(watchesOf(mapping).map(watchedName))];

const watchesOf = ({ kinds }: Mapping): Watch[] => [...kinds.values()].flatMap(({ capture }) => capture);

/** By name; what stands in it tells which columns are noted. */
async function installedTriggers(source: DatabaseSource): Promise<ReadonlyMap<string, string>> {
  const rows = await ask(
    source,
    source.dialect === 'postgres'
      ? `select p.proname as name, p.prosrc as body from pg_catalog.pg_proc p
         where p.pronamespace = current_schema()::regnamespace and starts_with(p.proname, '${CAPTURE_PREFIX}')`
      : `select trigger_name as name, action_statement as body from information_schema.triggers
         where trigger_schema = database() and left(trigger_name, ${CAPTURE_PREFIX.length}) = '${CAPTURE_PREFIX}'`,
  );
  return new Map(rows.map(({ name, body }) => [String(name), String(body)]));
}

async function schemaOf(source: DatabaseSource): Promise<string> {
  if (source.dialect === 'mysql') return '';
  const [row] = await ask(source, 'select current_schema() as name');
  return String(row?.name);
}

async function ask(source: DatabaseSource, statement: string) {
  try {
    return await source.run(statement);
  } catch (cause) {
    throw new ConnectorError(
      `The changes that the ATS database captured cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}
