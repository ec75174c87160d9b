import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, systemClock } from './clock.ts';
import { connect, type SqlClient } from './connect.ts';
import { type Log, silentLog } from './log.ts';

export interface MigrateOptions {
  /** An account that owns the schema. */
  readonly ownerUrl: string;
  /** Folder of `001_name.sql`, `002_name.sql`, … */
  readonly dir: string;
  /** The last migration to apply; all of them, if not given. */
  readonly upTo?: number;
  readonly clock?: Clock;
  readonly log?: Log;
}

export interface Migration {
  readonly number: number;
  readonly name: string;
  /** SHA-256 of the text. */
  readonly checksum: string;
  readonly text: string;
}

/** The database and the migration files do not belong together; the message says how. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

const FILE = /^(\d{3,})[-_][a-z0-9_-]+\.sql$/;
/** 'carrick' in ASCII; any number will do that no other program locks. */
const ADVISORY_LOCK = 0x63617272;

/**
 * Brings the database up to the files, forward only; each file in a transaction of its own. Any number of processes may call it
 * at once: one works, the others wait and find nothing left to do.
 * @returns the names of the files that were applied.
 * @throws MigrationError when an applied file was changed or is missing, or the database is newer than the files.
 */
export async function migrate({
  ownerUrl,
  dir,
  upTo = Number.POSITIVE_INFINITY,
  clock = systemClock,
  log = silentLog,
}: MigrateOptions): Promise<string[]> {
  const files = await readMigrations(dir);
  const sql = connect(ownerUrl, { max: 1, applicationName: 'carrick-migrate', log });
  try {
    await sql`select pg_advisory_lock(${ADVISORY_LOCK})`;
    await sql`create table if not exists schema_migration (
      number int primary key, name text not null, checksum text not null, applied_at bigint not null)`;
    const pending = (await findPending(sql, files)).filter(({ number }) => number <= upTo);
    for (const file of pending) {
      await apply(sql, file, clock.now());
      log.info({ migration: file.name }, 'migration applied');
    }
    return pending.map((file) => file.name);
  } finally {
    await sql.end({ timeout: 5 }); // the advisory lock goes with the session
  }
}

/** @throws MigrationError when two files share a number or a name is not in the form `001_name.sql`. */
export async function readMigrations(dir: string): Promise<Migration[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.sql')).sort();
  const files = await Promise.all(
    names.map(async (name) => {
      const [, digits] = FILE.exec(name) ?? [];
      if (digits === undefined) throw new MigrationError(`${name} is not named like 001_name.sql`);
      // A checkout may have turned the line ends; that changes nothing in the schema.
      const text = (await readFile(join(dir, name), 'utf8')).replaceAll('\r\n', '\n');
      return {
        number: Number(digits),
        name,
        checksum: createHash('sha256').update(text).digest('hex'),
        text,
      };
    }),
  );
  files.sort((a, b) => a.number - b.number);
  for (const [i, file] of files.entries()) {
    if (files[i - 1]?.number === file.number) {
      throw new MigrationError(`${file.name} and ${files[i - 1]?.name} have the same number`);
    }
  }
  return files;
}

async function findPending(sql: SqlClient, files: readonly Migration[]): Promise<Migration[]> {
  const applied = await sql<{ number: number; name: string; checksum: string }[]>`
    select number, name, checksum from schema_migration order by number`;
  const byNumber = new Map(files.map((file) => [file.number, file]));
  const newest = files.at(-1)?.number ?? 0;
  for (const { number, name, checksum } of applied) {
    const file = byNumber.get(number);
    if (!file && number > newest) {
      throw new MigrationError(
        `the database is newer than this version of Carrick: it has had ${name}; update Carrick`,
      );
    }
    if (!file) throw new MigrationError(`${name} was applied to this database and its file is missing`);
    if (file.checksum !== checksum) {
      throw new MigrationError(
        `${file.name} was changed after it had been applied to this database (as ${name})`,
      );
    }
  }
  const last = applied.at(-1)?.number ?? 0;
  const done = new Set(applied.map(({ number }) => number));
  const pending = files.filter((file) => !done.has(file.number));
  const late = pending.find((file) => file.number < last);
  if (late)
    throw new MigrationError(
      `${late.name} came after number ${last} had been applied; give it a higher number`,
    );
  return pending;
}

async function apply(sql: SqlClient, { number, name, checksum, text }: Migration, at: number): Promise<void> {
  try {
    await sql.begin(async (tx) => {
      await tx.unsafe(text);
      await tx`insert into schema_migration values (${number}, ${name}, ${checksum}, ${at})`;
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MigrationError(`${name} failed and was undone: ${reason}`, { cause });
  }
}
