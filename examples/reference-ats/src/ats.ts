import { randomUUID } from 'node:crypto';
import type { Sql, Tx } from './database.ts';
import { type Kind, type RecordRow, readRecords } from './records.ts';

/** One record for the platform: as it stands now, or that it is gone. */
export type Change =
  | ({ readonly kind: Kind; readonly isGone?: false } & RecordRow)
  | { readonly kind: Kind; readonly isGone: true; readonly id: string; readonly parentId: string | null; readonly record: RecordRow['record'] };

/** What every part of this ATS works with. */
export interface Ats {
  readonly name: string;
  /** This ATS's own address. */
  readonly base: string;
  readonly sql: Sql;
  now(): Date;
  /** Hands changes to the connector inside the transaction that made them: both are kept, or neither. */
  record(tx: Tx, changes: readonly Change[]): Promise<void>;
}

/** What a transaction did, to be told to the platform with it. */
export class Told {
  readonly #changed = new Map<Kind, Set<string>>();
  readonly #gone: Change[] = [];

  /** Rows that are new or different: read when the transaction has done its work. */
  changed(kind: Kind, ...ids: readonly string[]): void {
    const known = this.#changed.get(kind) ?? new Set();
    this.#changed.set(kind, known);
    for (const id of ids) known.add(id);
  }

  gone(kind: Kind, id: string, parentId: string | null = null, key: RecordRow['record'] = {}): void {
    this.#gone.push({ kind, id, parentId, record: key, isGone: true });
  }

  async changes(tx: Tx, base: string): Promise<Change[]> {
    const changes: Change[] = [...this.#gone];
    for (const [kind, ids] of this.#changed)
      for (const row of await readRecords(tx, kind, base, [...ids])) changes.push({ kind, ...row });
    return changes;
  }
}

/** Everything this ATS writes goes through here: no write can forget the platform's half of it. */
export function write<T>(ats: Ats, work: (tx: Tx, told: Told) => Promise<T>): Promise<T> {
  // The driver's type promises an unwrapped value only for what is no promise of promises; ours never is.
  return ats.sql.begin(async (tx) => {
    const told = new Told();
    const result = await work(tx, told);
    await ats.record(tx, await told.changes(tx, ats.base));
    return result;
  }) as Promise<T>;
}

/** Ids that are easy to say on the telephone and never used twice. */
export const newId = (prefix: string): string => `${prefix}-${randomUUID().slice(0, 8).toUpperCase()}`;
