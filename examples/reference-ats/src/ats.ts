import { randomUUID } from 'node:crypto';
import type { AtsConnector } from '@carrick/connector';
import type { Queries, Sql, Tx } from './database.ts';
import { type Change, type Kind, readRecords } from './records.ts';

/** What every part of this ATS works with. */
export interface Ats {
  readonly name: string;
  /** Its own address. */
  readonly base: string;
  /** The platform's address, as browsers reach it. */
  readonly platform: string;
  /** This installation serves one company; the connector knows it by this id. */
  readonly customerId: string;
  readonly sql: Sql;
  readonly connector: AtsConnector<Queries>;
  /** Gets the company an application of its own on the platform. */
  provision(): Promise<unknown>;
  now(): Date;
}

/** What a transaction did, to be handed to the connector with it. */
export class Told {
  readonly now: Date;
  readonly gone: Change[] = [];
  merge: { readonly survivor: string; readonly loser: string } | null = null;
  readonly #changed = new Map<Kind, Set<string>>();

  constructor(now: Date) {
    this.now = now;
  }

  /** Rows that are new or different: read when the transaction has done its work. */
  changed(kind: Kind, ...ids: readonly string[]): void {
    this.#changed.set(kind, new Set([...(this.#changed.get(kind) ?? []), ...ids]));
  }

  deleted<K extends Kind>(kind: K, key: Change<K>['key']): void {
    this.gone.push({ kind, key, record: null });
  }

  async changes(tx: Tx, base: string): Promise<Change[]> {
    const changes = [...this.gone];
    for (const [kind, ids] of this.#changed) changes.push(...(await readRecords(tx, kind, base, [...ids])));
    return changes;
  }
}

/**
 * Everything this ATS writes goes through here, so no write can forget the platform's half of it: rows and outbox are committed
 * together, or neither is.
 */
export async function write<T>(ats: Ats, work: (tx: Tx, told: Told) => Promise<T>): Promise<T> {
  let result: T | undefined;
  await ats.sql.begin(async (tx) => {
    const told = new Told(ats.now());
    result = await work(tx, told);
    for (const { kind, key, record } of await told.changes(tx, ats.base))
      await ats.connector.record(tx, ats.customerId, kind, key, record);
    if (told.merge) await ats.connector.mergeCandidates(tx, ats.customerId, told.merge);
  });
  return result as T; // set by the work that has ended
}

/** Ids that are easy to say on the telephone and never used twice. */
export const newId = (prefix: string): string => `${prefix}-${randomUUID().slice(0, 8).toUpperCase()}`;
