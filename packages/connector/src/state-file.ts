import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { ConnectorError } from './connector-error.ts';

const SCHEMA = `
  create table if not exists setting (name text primary key, value text not null) without rowid;
  create table if not exists row (
    kind text not null, parent_id text not null, id text not null, hash text not null, is_sent integer not null,
    is_sending integer not null, record text, primary key (kind, parent_id, id)) without rowid;
  create table if not exists ledger (
    kind text not null, parent_id text not null, id text not null, status integer not null, message text not null,
    is_final integer not null, attempts integer not null, failed_at integer not null,
    primary key (kind, parent_id, id)) without rowid;
  create table if not exists held (
    kind text primary key, rows integer not null, is_confirmed integer not null) without rowid;
  create table if not exists task (job_id text primary key, task text not null) without rowid;
  create table if not exists resume (
    application_id text primary key, hash text not null, file_name text not null) without rowid;
  create table if not exists person (
    candidate_id text primary key, person text, origin text not null, round integer not null) without rowid;
  create index if not exists person_round on person (round, candidate_id);`;

/** Which rows the reading in hand met: of use to nobody after a kill, so nothing of it is written through to the disk. */
const READING = `
  pragma temp_store = file;
  create temp table met (kind text not null, parent_id text not null, id text not null, primary key (kind, parent_id, id)) without rowid;
  pragma temp.journal_mode = off;`;

type Values = readonly SQLInputValue[];

/** The connector's own SQLite file: statements are prepared once, writes are on disk when they return. */
export class StateFile {
  readonly #db: DatabaseSync;
  readonly #lock: DatabaseSync | null;
  readonly #statements = new Map<string, StatementSync>();

  /**
   * `exclusive` (one connector) makes the folder where it is missing; `shared` looks at the state of a connector that
   * may be running. @throws ConnectorError when another connector has it, or when there is none to look at.
   */
  constructor(dir: string, access: 'exclusive' | 'shared' = 'exclusive') {
    const path = join(dir, 'connector.sqlite');
    if (access === 'shared' && !existsSync(path))
      throw new ConnectorError(`There is no connector state in ${dir}. Name its folder with --state.`);
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    this.#lock = access === 'exclusive' ? lock(dir) : null;
    this.#db = new DatabaseSync(path);
    chmodSync(path, 0o600);
    this.#db.exec('pragma busy_timeout = 5000; pragma journal_mode = wal; pragma synchronous = full;');
    this.#db.exec(SCHEMA);
    this.#db.exec(READING);
  }

  get(sql: string, ...values: Values): Record<string, SQLOutputValue> | undefined {
    return this.#prepare(sql).get(...values);
  }

  all(sql: string, ...values: Values): Record<string, SQLOutputValue>[] {
    return this.#prepare(sql).all(...values);
  }

  /** The number of rows changed. */
  run(sql: string, ...values: Values): number {
    return Number(this.#prepare(sql).run(...values).changes);
  }

  /** Writes become durable together, or not at all. */
  inTransaction(work: () => void): void {
    this.#db.exec('begin immediate');
    try {
      work();
      this.#db.exec('commit');
    } catch (error) {
      this.#db.exec('rollback');
      throw error;
    }
  }

  close(): void {
    if (!this.#db.isOpen) return;
    this.#db.close();
    this.#lock?.close();
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** A lock of the operating system, through SQLite: it ends with the process, however that ends. */
function lock(dir: string): DatabaseSync {
  const db = new DatabaseSync(join(dir, 'lock.sqlite'));
  try {
    db.exec('pragma busy_timeout = 0; begin exclusive;');
    return db;
  } catch (cause) {
    db.close();
    throw new ConnectorError(
      `Another connector works with the state in ${dir}. Stop it first, or give this one another --state folder.`,
      { cause },
    );
  }
}
