import { RECORD_KINDS, type RecordKind } from '@carrick/protocol';
import { entriesOf, entry, type Lane, settle } from '../lane.ts';
import type { Entry } from '../store/store.ts';
import type { Refusal } from '../wire-client.ts';
import { entryKey, fromEntryKey, type StoredKey } from './change-key.ts';
import type { Outgoing } from './outgoing.ts';

/** A record that the platform refuses as it is. It is tried again by itself when the ATS records it anew. */
export interface QuarantinedRecord extends StoredKey {
  readonly kind: RecordKind;
  /** 0: it was not sent, because it could not be right. */
  readonly status: number;
  /** What the platform said, or the check before sending. */
  readonly reason: string;
  /** What to do about it. */
  readonly remedy: string;
  readonly attempts: number;
  readonly failedAt: number;
}

/** As it is stored: with the record, so that it can be tried again. */
export interface Shelved {
  readonly status: number;
  readonly reason: string;
  readonly remedy: string;
  readonly attempts: number;
  readonly failedAt: number;
  /** Null: not before the record is fixed. */
  readonly retryAt: number | null;
  readonly hash: string;
  readonly record: Outgoing['record'];
}

const FIRST_RETRY_MS = 5 * 60_000;
const LONGEST_RETRY_MS = 6 * 3_600_000;

export const quarantineCollection = (kind: RecordKind) => `quarantine:${kind}`;

export async function shelved(
  { store, customer }: Lane,
  kind: RecordKind,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Shelved>> {
  const found = await store.read(customer.id, quarantineCollection(kind), keys);
  return found as ReadonlyMap<string, Shelved>; // written by `shelve`
}

/** The entry that puts a record into quarantine. */
export function shelve(
  lane: Lane,
  item: Outgoing,
  hash: string,
  { status, message, isFinal }: Refusal,
  before: Shelved | undefined,
  remedy = remedyFor(status, isFinal),
): Entry {
  const attempts = (before?.attempts ?? 0) + 1;
  const now = lane.clock.now();
  const wait = Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LONGEST_RETRY_MS);
  const value: Shelved = {
    status,
    reason: message,
    remedy,
    attempts,
    failedAt: now,
    retryAt: isFinal ? null : now + wait,
    hash,
    record: item.record,
  };
  return entry(lane, quarantineCollection(item.kind), entryKey(item), value);
}

export const unshelve = (lane: Lane, kind: RecordKind, key: string): Entry =>
  entry(lane, quarantineCollection(kind), key, null);

/** Records whose time to be tried again has come. */
export async function* dueAgain(lane: Lane, kind: RecordKind): AsyncGenerator<Outgoing> {
  for await (const { key, value } of entriesOf(lane, quarantineCollection(kind))) {
    const { retryAt, record } = value as Shelved; // written by `shelve`
    if (retryAt !== null && retryAt <= lane.clock.now())
      yield { kind, ...fromEntryKey(key), record, seqs: [] };
  }
}

export async function listQuarantine(lane: Lane): Promise<QuarantinedRecord[]> {
  const records: QuarantinedRecord[] = [];
  for (const kind of RECORD_KINDS)
    for await (const { key, value } of entriesOf(lane, quarantineCollection(kind))) {
      const { status, reason, remedy, attempts, failedAt } = value as Shelved; // written by `shelve`
      records.push({ kind, ...fromEntryKey(key), status, reason, remedy, attempts, failedAt });
    }
  return records;
}

/** Lets records be tried again in the next round. Returns how many. */
export async function retryQuarantine(
  lane: Lane,
  kinds: readonly RecordKind[],
  isMeant: (key: StoredKey) => boolean = () => true,
): Promise<number> {
  let count = 0;
  for (const kind of kinds) {
    const entries: Entry[] = [];
    for await (const { key, value } of entriesOf(lane, quarantineCollection(kind)))
      if (isMeant(fromEntryKey(key)))
        entries.push(entry(lane, quarantineCollection(kind), key, { ...(value as Shelved), retryAt: 0 })); // written by `shelve`
    await settle(lane, [], entries);
    count += entries.length;
  }
  return count;
}

export function remedyFor(status: number, isFinal: boolean): string {
  if (status === 0) return 'Fix the field that the reason names; recording the record anew sends it again.';
  if (status === 404) return 'Record what it hangs on first, then record it anew.';
  if (status === 413) return 'Shorten its texts, then record it anew.';
  if (isFinal) return 'Fix what the reason names in the ATS; recording the record anew sends it again.';
  return 'Nothing: it is tried again by itself.';
}
