import { RECORD_KINDS, type RecordKind } from '@carrick/protocol';
import { entry, type Lane, settle, state } from '../lane.ts';
import { sentCollection } from './sent-record.ts';

const HOUR_MS = 3_600_000;

interface Deleted {
  readonly hour: number;
  readonly rows: number;
}

/** Taking away a right hides too much until the row is back; leaving one shows too much. So rights always go at once. */
const GUARDED = RECORD_KINDS.filter((kind) => kind !== 'entityAclAssignee');

/** Kinds of which so much is to be deleted within an hour that a person must say so first. */
export async function heldKinds(lane: Lane): Promise<RecordKind[]> {
  const { store, customer } = lane;
  const { deletions } = await store.backlog(customer.id);
  const waiting = GUARDED.filter((kind) => (deletions[kind] ?? 0) > 0);
  if (waiting.length === 0) return [];
  const done = await deletedThisHour(lane);
  const held: RecordKind[] = [];
  for (const kind of waiting) {
    const rows = deletions[kind] ?? 0;
    if (await isTooMuch(lane, kind, rows, done)) held.push(kind);
  }
  return held;
}

/** Whether so many deletions at once need a person's word that was not given. */
export async function isTooMuch(lane: Lane, kind: RecordKind, rows: number, done: number): Promise<boolean> {
  const { massDelete, store, customer } = lane;
  if (rows + done <= massDelete.rows) return false;
  const known = await store.count(customer.id, sentCollection(kind));
  if (rows + done <= known * massDelete.share) return false;
  const confirmed = (await store.read(customer.id, 'confirmed', [kind])).get(kind);
  if (typeof confirmed === 'number' && rows <= confirmed) return false;
  const before = (await store.read(customer.id, 'held', [kind])).get(kind);
  if (before !== rows) {
    await settle(lane, [], [entry(lane, 'held', kind, rows)]);
    lane.log(
      'warn',
      `${rows} of ${known} records of kind ${kind} are to be deleted at once, so none was. If that is right: confirmDeletes().`,
    );
  }
  return true;
}

export async function deletedThisHour(lane: Lane): Promise<number> {
  const deleted = await state<Deleted>(lane, 'deleted');
  return deleted?.hour === Math.floor(lane.clock.now() / HOUR_MS) ? deleted.rows : 0;
}

export async function noteDeleted(lane: Lane, rows: number): Promise<void> {
  if (rows === 0) return;
  const hour = Math.floor(lane.clock.now() / HOUR_MS);
  const before = await deletedThisHour(lane);
  await settle(
    lane,
    [],
    [
      entry(lane, 'state', 'deleted', { hour, rows: before + rows } satisfies Deleted),
      ...GUARDED.flatMap((kind) => [entry(lane, 'held', kind, null)]),
    ],
  );
}

/** Lets go what waits now, and no more. */
export async function confirmDeletes(lane: Lane, kind: RecordKind): Promise<void> {
  const rows = (await lane.store.read(lane.customer.id, 'held', [kind])).get(kind);
  if (typeof rows === 'number') await settle(lane, [], [entry(lane, 'confirmed', kind, rows)]);
}

export async function heldDeletions({
  store,
  customer,
}: Lane): Promise<{ kind: RecordKind; rows: number }[]> {
  const held = await store.read(customer.id, 'held', GUARDED);
  return GUARDED.flatMap((kind) => {
    const rows = held.get(kind);
    return typeof rows === 'number' ? [{ kind, rows }] : [];
  });
}
