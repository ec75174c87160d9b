import { RECORD_KINDS, type RecordKind } from '@carrick/protocol';
import type { Backlog, Change, Entry, PendingChange } from './store.ts';

/** A row as a database gives it, of either dialect. */
export type Row = Readonly<Record<string, unknown>>;

export const changeRow = ({ customerId, kind, parentId, id, record }: Change) => ({
  customer_id: customerId,
  kind,
  parent_id: parentId,
  id,
  record: record === null ? null : JSON.stringify(record),
});

export function lastOfEach(entries: readonly Entry[]): Entry[] {
  const last = new Map(
    entries.map((entry) => [JSON.stringify([entry.customerId, entry.collection, entry.key]), entry]),
  );
  return [...last.values()];
}

export const pendingChange =
  (customerId: string) =>
  (row: Row): PendingChange => ({
    customerId,
    seq: Number(row.seq),
    kind: kindOf(String(row.kind)),
    parentId: String(row.parent_id),
    id: String(row.id),
    record: row.record === null ? null : (JSON.parse(String(row.record)) as Record<string, unknown>), // written by `changeRow`
  });

export function backlogOf(rows: readonly Row[]): Backlog {
  const oldest = rows.map((row) => Number(row.oldest_at));
  return {
    changes: rows.reduce((sum, row) => sum + Number(row.changes), 0),
    deletions: Object.fromEntries(
      rows.filter((row) => Number(row.deletions) > 0).map((row) => [row.kind, Number(row.deletions)]),
    ),
    oldestAt: oldest.length === 0 ? null : Math.min(...oldest),
  };
}

export const valuesOf = (rows: readonly Row[]): [key: string, value: unknown][] =>
  rows.map((row) => [String(row.entry_key), JSON.parse(String(row.value)) as unknown]);

function kindOf(name: string): RecordKind {
  const kind = RECORD_KINDS.find((known) => known === name);
  if (!kind) throw new Error(`The outbox holds a change of a kind that this version does not know: ${name}`);
  return kind;
}
