import type { RecordKind } from '@carrick/protocol';
import { ConnectorError } from './connector-error.ts';
import { Ledger } from './ledger.ts';
import { Persons } from './persons.ts';
import type { KindCounts } from './record-counts.ts';
import type { SentResume } from './resumes/send-resume.ts';
import { StateFile } from './state-file.ts';
import type { Refusal } from './wire-client.ts';

export interface KnownRow {
  readonly parentId: string;
  readonly id: string;
}

/** What was last tried for one record. */
export interface RowState {
  /** Empty while it is not known in what state the platform has it: such a row is sent again when it is met. */
  readonly hash: string;
  /** The platform has it, in this state or an earlier one. */
  readonly isHeld: boolean;
  /** The ledger's word on it, if it was refused. */
  readonly refusal: 'final' | 'passing' | null;
}

export interface VanishedRow extends KnownRow {
  /** By the platform. */
  readonly mayBeHeld: boolean;
  readonly record: string | null;
}

/**
 * What the connector remembers: per record the hash last acknowledged, the ledger of refused records, the cursor of
 * each kind, the person of each candidate. A record is marked before it is sent or deleted and settled by the platform's
 * answer, so a kill at any moment at worst repeats a call, and every call may be repeated.
 */
export class ConnectorState {
  readonly ledger: Ledger;
  readonly persons: Persons;
  readonly #file: StateFile;

  constructor(file: StateFile) {
    this.#file = file;
    this.ledger = new Ledger(file);
    this.persons = new Persons(file);
  }

  /**
   * The state of one connector at work. `identity` ties it to one platform, organisation and mapping.
   * @throws ConnectorError for another one, and while another connector works with it.
   */
  static open(dir: string, identity: string): ConnectorState {
    const state = new ConnectorState(new StateFile(dir));
    const known = state.setting('identity');
    if (known === null) state.setSetting('identity', identity);
    else if (known !== identity) {
      state.close();
      throw new ConnectorError(
        `The state in ${dir} belongs to another integration (${known}). Use another --state folder.`,
      );
    }
    return state;
  }

  /** For a look at the state of a connector that may be running. */
  static inspect(dir: string): ConnectorState {
    return new ConnectorState(new StateFile(dir, 'shared'));
  }

  setting(name: string): string | null {
    const row = this.#file.get('select value from setting where name = ?', name);
    return row ? String(row.value) : null;
  }

  setSetting(name: string, value: string): void {
    this.#file.run(
      'insert into setting values (?, ?) on conflict (name) do update set value = excluded.value',
      name,
      value,
    );
  }

  /** When a kind was last compared as a whole, and how many rows the ATS had. */
  lastSweep(kind: RecordKind): { readonly at: number; readonly rows: number } | null {
    const value = this.setting(`swept:${kind}`);
    return value === null ? null : (JSON.parse(value) as { at: number; rows: number });
  }

  saveSweep(kind: RecordKind, sweep: { readonly at: number; readonly rows: number }): void {
    this.setSetting(`swept:${kind}`, JSON.stringify(sweep));
  }

  saveCounts(kind: RecordKind, counts: KindCounts): void {
    this.setSetting(`years:${kind}`, JSON.stringify(counts));
  }

  /** How many records of a kind and year the ATS had when the kind was last compared as a whole; null: it never was. */
  yearCounts(kind: RecordKind): KindCounts | null {
    const value = this.setting(`years:${kind}`);
    return value === null ? null : (JSON.parse(value) as KindCounts); // written just above
  }

  /** The kind is compared as a whole in the next pass. */
  forgetSweep(kind: RecordKind): void {
    this.#file.run('delete from setting where name = ?', `swept:${kind}`);
  }

  row(kind: RecordKind, { parentId, id }: KnownRow): RowState | null {
    const row = this.#file.get(
      `select r.hash, r.is_sent, l.is_final from row r left join ledger l using (kind, parent_id, id)
       where kind = ? and parent_id = ? and id = ?`,
      kind,
      parentId,
      id,
    );
    if (!row) return null;
    return {
      hash: String(row.hash),
      isHeld: row.is_sent === 1 && row.hash !== '',
      refusal: row.is_final === null ? null : row.is_final === 1 ? 'final' : 'passing',
    };
  }

  /** Rows of a kind that the platform acknowledged, and all that were ever tried. */
  counts(kind: RecordKind): { readonly acknowledged: number; readonly known: number } {
    const row = this.#file.get(
      `select count(*) as known, count(*) filter (where r.is_sent = 1 and r.hash <> '' and l.id is null) as acknowledged
       from row r left join ledger l using (kind, parent_id, id) where kind = ?`,
      kind,
    );
    return { acknowledged: Number(row?.acknowledged ?? 0), known: Number(row?.known ?? 0) };
  }

  /** Begins to note which rows of a kind a full reading meets. */
  beginMeeting(kind: RecordKind): void {
    this.#file.run('delete from met where kind = ?', kind);
  }

  /** Whether this is the first row with its id in this reading. */
  meet(kind: RecordKind, { parentId, id }: KnownRow): boolean {
    return this.#file.run('insert or ignore into met values (?, ?, ?)', kind, parentId, id) === 1;
  }

  isMet(kind: RecordKind, { parentId, id }: KnownRow): boolean {
    return (
      this.#file.get('select 1 from met where kind = ? and parent_id = ? and id = ?', kind, parentId, id) !==
      undefined
    );
  }

  saveSent(kind: RecordKind, row: KnownRow, hash: string): void {
    this.#saveRow(kind, row, hash, 1);
    this.ledger.strike(kind, row);
    if (kind === 'candidate') this.persons.markUnread(row.id);
  }

  saveRefused(kind: RecordKind, row: KnownRow, hash: string, refusal: Refusal, at: number): void {
    this.#saveRow(kind, row, hash, 0);
    this.ledger.note(kind, row, refusal, at);
  }

  #saveRow(kind: RecordKind, row: KnownRow, hash: string, isSent: number): void {
    // A record that was sent once stays known as sent: if it vanishes, the platform must be told.
    this.#file.run(
      `insert into row values (?, ?, ?, ?, ?, 0, null) on conflict (kind, parent_id, id) do update set
       hash = excluded.hash, is_sent = max(is_sent, excluded.is_sent), is_sending = 0`,
      kind,
      row.parentId,
      row.id,
      hash,
      isSent,
    );
  }

  /** How many rows of a kind that the platform may hold were not met by the last full reading. */
  countVanished(kind: RecordKind): number {
    return Number(
      this.#file.get(
        `select count(*) as n from row r where kind = ? and (is_sent = 1 or is_sending = 1) and ${NOT_MET}`,
        kind,
      )?.n ?? 0,
    );
  }

  /** Rows of a kind that the last full reading did not meet, in pages ordered by parent and id. */
  vanished(kind: RecordKind, after: KnownRow | null, limit: number): VanishedRow[] {
    return this.#file
      .all(
        `select parent_id, id, is_sent or is_sending as may_be_held, record from row r
         where kind = ?1 and (?2 is null or (parent_id, id) > (?2, ?3)) and ${NOT_MET} order by parent_id, id limit ?4`,
        kind,
        after?.parentId ?? null,
        after?.id ?? null,
        limit,
      )
      .map(vanishedRow);
  }

  /**
   * Rows of a kind that hang on these values: by their own id, the parent's, or a part of an access rule's key. Of another
   * column nothing is remembered.
   */
  knownWith(
    kind: RecordKind,
    column: 'id' | 'parent_id' | { readonly part: string },
    values: readonly string[],
  ): VanishedRow[] {
    const of = typeof column === 'string' ? column : 'json_extract(id, ?3)';
    return this.#file
      .all(
        `select parent_id, id, is_sent or is_sending as may_be_held, record from row
         where kind = ?1 and ${of} in (select value from json_each(?2)) order by parent_id, id`,
        kind,
        JSON.stringify(values),
        ...(typeof column === 'string' ? [] : [`$.${column.part}`]),
      )
      .map(vanishedRow);
  }

  /** Rows whose last word is not spoken: cut off on their way, refused for a while, or lost with their parent. */
  unsettled(kind: RecordKind, limit: number): KnownRow[] {
    return this.#file
      .all(
        `select r.parent_id, r.id from row r left join ledger l using (kind, parent_id, id)
         where kind = ? and (r.hash = '' or l.is_final = 0) order by r.parent_id, r.id limit ?`,
        kind,
        limit,
      )
      .map((row) => ({ parentId: String(row.parent_id), id: String(row.id) }));
  }

  /**
   * Before a record is sent: after a kill in the middle the platform may have it, or have it in another state than the
   * one last acknowledged. If it is gone from the ATS by then, the platform must be told; if it is back in its former
   * state, it must be sent all the same.
   */
  markSending(kind: RecordKind, { parentId, id }: KnownRow, record: string | null): void {
    this.#file.run(
      `insert into row values (?, ?, ?, '', 0, 1, ?) on conflict (kind, parent_id, id) do update set
       hash = '', is_sent = max(is_sent, is_sending), is_sending = 1, record = coalesce(excluded.record, record)`,
      kind,
      parentId,
      id,
      record,
    );
  }

  /** Before a record is deleted: should it be met again after a kill, it must not pass for acknowledged. */
  markDeleting(kind: RecordKind, { parentId, id }: KnownRow): void {
    this.#file.run(
      `update row set hash = '' where kind = ? and parent_id = ? and id = ?`,
      kind,
      parentId,
      id,
    );
  }

  /** A record has come to the platform that was not there: whatever hangs on it is sent again when it is met. */
  unsettleChildren(childKinds: readonly RecordKind[], parentId: string): void {
    for (const child of childKinds)
      this.#file.run(`update row set hash = '' where kind = ? and parent_id = ?`, child, parentId);
  }

  forget(kind: RecordKind, { parentId, id }: KnownRow): void {
    this.#file.run('delete from row where kind = ? and parent_id = ? and id = ?', kind, parentId, id);
    this.ledger.strike(kind, { parentId, id });
    if (kind === 'candidate') this.persons.forget(id);
    if (kind === 'job') this.settleTask(id);
    if (kind === 'application') this.saveResume(id, null);
  }

  /** Deletions that wait for a person's word: how many rows, and whether it was given. */
  held(kind: RecordKind): { readonly rows: number; readonly isConfirmed: boolean } | null {
    const row = this.#file.get('select rows, is_confirmed from held where kind = ?', kind);
    return row ? { rows: Number(row.rows), isConfirmed: row.is_confirmed === 1 } : null;
  }

  hold(kind: RecordKind, rows: number): void {
    this.#file.run(
      `insert into held values (?, ?, 0) on conflict (kind) do update set
       rows = excluded.rows, is_confirmed = is_confirmed and excluded.rows <= held.rows`,
      kind,
      rows,
    );
  }

  release(kind: RecordKind): void {
    this.#file.run('delete from held where kind = ?', kind);
  }

  /** Confirms the deletions that wait now, and no more rows than wait now. Returns their kinds. */
  confirmHeld(): { kind: string; rows: number }[] {
    return this.#file
      .all('update held set is_confirmed = 1 returning kind, rows')
      .map((row) => ({ kind: String(row.kind), rows: Number(row.rows) }));
  }

  /** A job that was accepted and not judged yet. */
  saveTask(jobId: string, task: string): void {
    this.#file.run(
      'insert into task values (?, ?) on conflict (job_id) do update set task = excluded.task',
      jobId,
      task,
    );
  }

  /** The résumé that the platform has of an application. */
  resume(applicationId: string): SentResume | null {
    const row = this.#file.get('select hash, file_name from resume where application_id = ?', applicationId);
    return row ? { hash: String(row.hash), fileName: String(row.file_name) } : null;
  }

  saveResume(applicationId: string, resume: SentResume | null): void {
    if (resume === null) this.#file.run('delete from resume where application_id = ?', applicationId);
    else
      this.#file.run(
        'insert or replace into resume values (?, ?, ?)',
        applicationId,
        resume.hash,
        resume.fileName,
      );
  }

  settleTask(jobId: string): void {
    this.#file.run('delete from task where job_id = ?', jobId);
  }

  tasks(after: string, limit: number): { readonly jobId: string; readonly task: string }[] {
    return this.#file
      .all('select job_id, task from task where job_id > ? order by job_id limit ?', after, limit)
      .map((row) => ({ jobId: String(row.job_id), task: String(row.task) }));
  }

  inTransaction(work: () => void): void {
    this.#file.inTransaction(work);
  }

  close(): void {
    this.#file.close();
  }
}

const vanishedRow = (row: Record<string, unknown>): VanishedRow => ({
  parentId: String(row.parent_id),
  id: String(row.id),
  mayBeHeld: row.may_be_held === 1,
  record: row.record === null ? null : String(row.record),
});

const NOT_MET =
  'not exists (select 1 from met m where m.kind = r.kind and m.parent_id = r.parent_id and m.id = r.id)';
