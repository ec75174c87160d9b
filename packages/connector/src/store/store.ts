import type { RecordKind } from '@carrick/protocol';

/** A change as it waits in the outbox. `id` and `parentId` are texts whatever the kind's key looks like. */
export interface Change {
  readonly customerId: string;
  readonly kind: RecordKind;
  readonly parentId: string;
  readonly id: string;
  /** Null: the record is gone from the ATS. */
  readonly record: Readonly<Record<string, unknown>> | null;
}

export interface PendingChange extends Change {
  /** Of two changes of one record the later one has the greater number. */
  readonly seq: number;
}

/** One thing that is remembered: of a customer, in a collection, under a key. `value` null deletes it. */
export interface Entry {
  readonly customerId: string;
  readonly collection: string;
  readonly key: string;
  readonly value: unknown;
}

export interface PendingQuery {
  readonly customerId: string;
  readonly most: number;
  /** Kinds that cannot be sent now. */
  readonly withoutKinds: readonly RecordKind[];
  /** Kinds whose deletions are held back. */
  readonly withoutDeletionsOf: readonly RecordKind[];
}

/** How many changes wait, and since when the oldest does. */
export interface Backlog {
  readonly changes: number;
  readonly deletions: Readonly<Partial<Record<RecordKind, number>>>;
  readonly oldestAt: number | null;
}

/**
 * Where a connector remembers: the outbox, into which the ATS writes in its own transactions, and entries. `Tx` is what the
 * ATS's database library calls a transaction.
 *
 * The outbox is a queue, not a log with a cursor: a change stays until the platform's answer is stored, so a transaction that
 * commits late loses nothing, whatever number its row has. All that `settle` is given is stored together or not at all.
 */
export interface Store<Tx = unknown> {
  /** Appends within the transaction of the ATS, in one statement. */
  record(tx: Tx, changes: readonly Change[], recordedAt: number): Promise<void>;
  /** The oldest changes that wait. */
  pending(query: PendingQuery): Promise<PendingChange[]>;
  backlog(customerId: string): Promise<Backlog>;
  /** Customers with something in the outbox. */
  customersWithChanges(): Promise<string[]>;
  /** Takes the changes with these numbers out of the outbox and writes entries; of two entries with one key the last counts. */
  settle(done: readonly number[], entries: readonly Entry[]): Promise<void>;
  /** The entries under these keys; a key without one is left out. */
  read(customerId: string, collection: string, keys: readonly string[]): Promise<Map<string, unknown>>;
  /** The entries of a collection in the order of their keys, after a key. */
  page(
    customerId: string,
    collection: string,
    after: string,
    most: number,
  ): Promise<{ readonly key: string; readonly value: unknown }[]>;
  count(customerId: string, collection: string): Promise<number>;
  /** Everything of one customer, outbox included. */
  forget(customerId: string): Promise<void>;
  close(): Promise<void>;
}
