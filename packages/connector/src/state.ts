import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { RecordKind } from '@carrick/protocol';
import { ConnectorError } from './connector-error.ts';
import type { MatchedPersons } from './wire-client.ts';

/** What was last tried for one record: its hash, and the failure if it was refused. */
export interface RowState {
  readonly hash: string;
  readonly failure: string | null;
  readonly isFinal: boolean;
}
export interface KnownRow {
  readonly parentId: string;
  readonly id: string;
}
export interface LedgerEntry extends KnownRow {
  readonly kind: string;
  readonly status: number;
  readonly message: string;
  readonly attempts: number;
  readonly failedAt: number;
}

const SCHEMA = `
  create table if not exists setting (name text primary key, value text not null) without rowid;
  create table if not exists row (
    kind text not null, parent_id text not null, id text not null, hash blob not null, pass integer not null,
    is_sent integer not null, record text, primary key (kind, parent_id, id)) without rowid;
  create table if not exists ledger (
    kind text not null, parent_id text not null, id text not null, status integer not null, message text not null,
    is_final integer not null, attempts integer not null, failed_at integer not null, primary key (kind, parent_id, id)) without rowid;
  create table if not exists person (candidate_id text primary key, person text, source text not null, read_at integer not null) without rowid;`;

/**
 * What the connector remembers, in its own SQLite file: per record the hash last acknowledged, the ledger of refused
 * records, the cursor of each kind, the person of each candidate. A record is remembered only after the platform's
 * answer, so a kill at any moment at worst sends a record twice, which replaces it by itself.
 */
export class ConnectorState {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** `identity` ties the file to one platform, organisation and mapping; another one is refused. */
  constructor(dir: string, identity: string) {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const path = join(dir, 'connector.sqlite');
    this.#db = new DatabaseSync(path);
    chmodSync(path, 0o600);
    this.#db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000;');
    this.#db.exec(SCHEMA);
    const known = this.setting('identity');
    if (known === null) this.setSetting('identity', identity);
    else if (known !== identity) {
      this.#db.close();
      throw new ConnectorError(
        `The state in ${dir} belongs to another integration (${known}). Use another --state folder.`,
      );
    }
  }

  setting(name: string): string | null {
    const row = this.#prepare('select value from setting where name = ?').get(name);
    return row ? String(row.value) : null;
  }

  setSetting(name: string, value: string): void {
    this.#prepare(
      'insert into setting values (?, ?) on conflict (name) do update set value = excluded.value',
    ).run(name, value);
  }

  row(kind: RecordKind, parentId: string, id: string): RowState | null {
    const row = this.#prepare(
      `select hex(r.hash) as hash, l.message, l.is_final from row r
       left join ledger l on l.kind = r.kind and l.parent_id = r.parent_id and l.id = r.id where r.kind = ? and r.parent_id = ? and r.id = ?`,
    ).get(kind, parentId, id);
    if (!row) return null;
    return {
      hash: String(row.hash),
      failure: row.message === null ? null : String(row.message),
      isFinal: row.is_final === 1,
    };
  }

  /** Marks a row as met by a full pass, so that what was not met is known to be gone. */
  markSeen(kind: RecordKind, parentId: string, id: string, pass: number): void {
    this.#prepare('update row set pass = ? where kind = ? and parent_id = ? and id = ?').run(
      pass,
      kind,
      parentId,
      id,
    );
  }

  saveSent(kind: RecordKind, row: KnownRow, hash: string, pass: number, record: string | null): void {
    this.#saveRow(kind, row, hash, pass, 1, record);
    this.#prepare('delete from ledger where kind = ? and parent_id = ? and id = ?').run(
      kind,
      row.parentId,
      row.id,
    );
  }

  saveFailed(
    kind: RecordKind,
    row: KnownRow,
    hash: string,
    pass: number,
    failure: { status: number; message: string; isFinal: boolean },
    at: number,
  ): void {
    this.#saveRow(kind, row, hash, pass, 0, null);
    this.#prepare(
      `insert into ledger values (?, ?, ?, ?, ?, ?, 1, ?) on conflict (kind, parent_id, id) do update set
       status = excluded.status, message = excluded.message, is_final = excluded.is_final, attempts = attempts + 1, failed_at = excluded.failed_at`,
    ).run(kind, row.parentId, row.id, failure.status, failure.message, failure.isFinal ? 1 : 0, at);
  }

  #saveRow(
    kind: RecordKind,
    row: KnownRow,
    hash: string,
    pass: number,
    isSent: number,
    record: string | null,
  ): void {
    // A record that was sent once stays known as sent: if it vanishes, the platform must be told.
    this.#prepare(
      `insert into row values (?, ?, ?, unhex(?), ?, ?, ?) on conflict (kind, parent_id, id) do update set
       hash = excluded.hash, pass = excluded.pass, is_sent = max(is_sent, excluded.is_sent), record = coalesce(excluded.record, record)`,
    ).run(kind, row.parentId, row.id, hash, pass, isSent, record);
  }

  /** Rows of a kind, and those of them that a full pass did not meet. */
  vanished(
    kind: RecordKind,
    pass: number,
  ): { total: number; rows: (KnownRow & { isSent: boolean; record: string | null })[] } {
    const total = Number(this.#prepare('select count(*) as n from row where kind = ?').get(kind)?.n ?? 0);
    const rows = this.#prepare(
      'select parent_id, id, is_sent, record from row where kind = ? and pass <> ?',
    ).all(kind, pass);
    return {
      total,
      rows: rows.map((row) => ({
        parentId: String(row.parent_id),
        id: String(row.id),
        isSent: row.is_sent === 1,
        record: row.record === null ? null : String(row.record),
      })),
    };
  }

  forget(kind: RecordKind, { parentId, id }: KnownRow): void {
    this.#prepare('delete from row where kind = ? and parent_id = ? and id = ?').run(kind, parentId, id);
    this.#prepare('delete from ledger where kind = ? and parent_id = ? and id = ?').run(kind, parentId, id);
    if (kind === 'candidate') this.#prepare('delete from person where candidate_id = ?').run(id);
  }

  ledger(): LedgerEntry[] {
    return this.#prepare('select * from ledger order by kind, failed_at')
      .all()
      .map((row) => ({
        kind: String(row.kind),
        parentId: String(row.parent_id),
        id: String(row.id),
        status: Number(row.status),
        message: String(row.message),
        attempts: Number(row.attempts),
        failedAt: Number(row.failed_at),
      }));
  }

  /** Ids of candidates the platform acknowledged, in pages. */
  sentCandidates(after: string, limit: number): string[] {
    return this.#prepare(
      "select id from row where kind = 'candidate' and parent_id = '' and is_sent = 1 and id > ? order by id limit ?",
    )
      .all(after, limit)
      .map((row) => String(row.id));
  }

  /** The person of a candidate; several automatic matches are nobody's until a human chooses. Returns whether it changed. */
  savePerson(candidateId: string, { manual, automatic }: MatchedPersons, at: number): boolean {
    const person = manual ?? (automatic.length === 1 ? (automatic[0] ?? null) : null);
    const source = manual ? 'manual' : automatic.length > 1 ? 'ambiguous' : person ? 'automatic' : 'none';
    const before = this.person(candidateId);
    if (before?.person === person && before.source === source) return false;
    this.#prepare(
      'insert into person values (?, ?, ?, ?) on conflict (candidate_id) do update set person = excluded.person, source = excluded.source, read_at = excluded.read_at',
    ).run(candidateId, person, source, at);
    return person !== (before?.person ?? null);
  }

  person(candidateId: string): { person: string | null; source: string } | null {
    const row = this.#prepare('select person, source from person where candidate_id = ?').get(candidateId);
    return row
      ? { person: row.person === null ? null : String(row.person), source: String(row.source) }
      : null;
  }

  persons(): { candidateId: string; person: string }[] {
    return this.#prepare(
      'select candidate_id, person from person where person is not null order by candidate_id',
    )
      .all()
      .map((row) => ({ candidateId: String(row.candidate_id), person: String(row.person) }));
  }

  /** Writes of one batch become durable together. */
  inTransaction(work: () => void): void {
    this.#db.exec('begin');
    try {
      work();
      this.#db.exec('commit');
    } catch (error) {
      this.#db.exec('rollback');
      throw error;
    }
  }

  close(): void {
    this.#db.close();
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
