import { createHash } from 'node:crypto';
import { RECORD_KINDS, type RecordKind } from '@carrick/protocol';
import type { HistoryProgress, HistorySummary } from '../ats-connector.ts';
import { entriesOf, entry, type Lane, settle } from '../lane.ts';
import { CHILD_KINDS } from '../pass.ts';
import type { Entry } from '../store/store.ts';
import type { History } from './change.ts';
import { aclParts, entryKey, fromEntryKey, storedKey } from './change-key.ts';
import { deletedThisHour, isTooMuch, noteDeleted } from './mass-delete.ts';
import type { Outgoing } from './outgoing.ts';
import { DaySpent } from './pacer.ts';
import { shelved } from './quarantine.ts';
import { newTally, pack, sendBatch } from './send-batch.ts';
import { hashOf, type SentRecord, sentCollection } from './sent-record.ts';
import { countSoon } from './tell-counts.ts';
import { recoverUnderway } from './underway.ts';

/** Rows held back while requests fill up: children of one parent go together. Hundreds of customers hold them at once. */
const HELD_CHILDREN = 2000;
const HELD = 600;
const WAITING_TURN_MS = 10_000;
/** Documented: batches go one after the other. A sandbox that holds nobody to a quota may be asked faster. */
const CALLS_UNPACED = 6;

export interface HistoryOptions {
  /** What the platform holds and the history does not is deleted. */
  readonly isReconcile: boolean;
  /** Sends what changed meanwhile, so that nobody waits for the history to end. */
  readonly drain: () => Promise<unknown>;
  readonly onProgress?: ((progress: HistoryProgress) => void) | undefined;
}

/** Sends everything, kind by kind. What was sent and is unchanged is passed over, so a history broken off goes on. */
export async function sendHistory(
  lane: Lane,
  history: History,
  { isReconcile, drain, onProgress }: HistoryOptions,
): Promise<HistorySummary> {
  const kinds: Record<string, { sent: number; unchanged: number; refused: number; deleted: number }> = {};
  const met = new Map<RecordKind, Set<string>>();
  await recoverUnderway(lane);
  const since = lane.clock.now();
  lane.historySince = since;
  try {
    for (const kind of RECORD_KINDS) {
      const given = history[kind];
      if (!given) continue;
      const result = { sent: 0, unchanged: 0, refused: 0, deleted: 0 };
      kinds[kind] = result;
      const seen = new Set<string>();
      if (isReconcile) met.set(kind, seen);
      const [rows, total] = 'rows' in given ? [given.rows, given.total] : [given, null];
      const most = isChild(kind) ? HELD_CHILDREN : HELD;
      const startedAt = lane.clock.now();
      let done = 0;
      let waiting: Outgoing[] = [];
      const flush = async () => {
        const tally = newTally();
        const passedOver = await sendChanged(lane, kind, waiting, since, tally, drain);
        result.unchanged += passedOver.unchanged;
        result.refused += passedOver.refused;
        result.sent += tally.sent;
        result.refused += tally.refused;
        waiting = [];
        const spentMs = lane.clock.now() - startedAt;
        const etaMs = total === null || done === 0 ? null : (spentMs / done) * Math.max(0, total - done);
        onProgress?.({ kind, done, refused: result.refused, startedAt, etaMs });
        await drain();
      };
      for await (const { key, record } of rows) {
        const stored = storedKey(kind, key);
        waiting.push({ kind, ...stored, record, seqs: [] });
        if (isReconcile) seen.add(fingerprint(entryKey(stored)));
        done++;
        if (waiting.length >= most) await flush();
      }
      await flush();
    }
    for (const kind of [...RECORD_KINDS].reverse()) {
      const seen = met.get(kind);
      const result = kinds[kind];
      if (seen && result) result.deleted = await deleteMissing(lane, kind, met, since);
    }
  } finally {
    lane.historySince = null;
  }
  for (const kind of RECORD_KINDS) await clear(lane, `gone:${kind}`);
  await settle(lane, [], [countSoon(lane)]);
  return { kinds };
}

const isChild = (kind: RecordKind) => Object.values(CHILD_KINDS).some((children) => children.includes(kind));

interface PassedOver {
  readonly unchanged: number;
  readonly refused: number;
}

async function sendChanged(
  lane: Lane,
  kind: RecordKind,
  items: readonly Outgoing[],
  since: number,
  tally: ReturnType<typeof newTally>,
  drain: () => Promise<unknown>,
): Promise<PassedOver> {
  let [changed, passedOver] = await changedOf(lane, kind, items, since);
  for (;;) {
    try {
      await sendAll(lane, kind, pack(changed), tally);
      return passedOver;
    } catch (error) {
      if (!(error instanceof DaySpent)) throw error;
      await untilTomorrow(lane, error, drain);
      // What went before the day was spent, and what changed since, is known by now.
      [changed] = await changedOf(lane, kind, changed, since);
    }
  }
}

async function sendAll(
  lane: Lane,
  kind: RecordKind,
  batches: readonly Outgoing[][],
  tally: ReturnType<typeof newTally>,
): Promise<void> {
  const left = batches.values();
  await Promise.all(
    Array.from({ length: lane.pacer.isPaced ? 1 : CALLS_UNPACED }, async () => {
      for (const batch of left) {
        lane.stopping?.throwIfAborted();
        await sendBatch(lane, kind, batch, tally);
      }
    }),
  );
}

/** Those that the platform does not have as they are, and how many it has or refused so. */
async function changedOf(
  lane: Lane,
  kind: RecordKind,
  items: readonly Outgoing[],
  since: number,
): Promise<[changed: Outgoing[], PassedOver]> {
  const keys = items.map(entryKey);
  const known = (await lane.store.read(lane.customer.id, sentCollection(kind), keys)) as Map<
    string,
    SentRecord
  >; // written by `sendBatch`
  const gone = await lane.store.read(lane.customer.id, `gone:${kind}`, keys);
  const shelves = await shelved(lane, kind, keys);
  let [unchanged, refused] = [0, 0];
  const changed = items.filter((item) => {
    const key = entryKey(item);
    const sent = known.get(key);
    // A change that came meanwhile is newer than what the history read.
    if (gone.has(key) || (sent && sent.at >= since)) return false;
    const hash = hashOf(item.record ?? {});
    const shelf = shelves.get(key);
    if (shelf) {
      if (shelf.hash === hash) refused++;
      return shelf.hash !== hash;
    }
    if (sent?.hash === hash) unchanged++;
    return sent?.hash !== hash;
  });
  return [changed, { unchanged, refused }];
}

/** Waits for the new day in short turns, so that what is recorded meanwhile goes. */
async function untilTomorrow(lane: Lane, spent: DaySpent, drain: () => Promise<unknown>): Promise<void> {
  lane.log('info', `the history waits: ${spent.message}`);
  const until = lane.clock.now() + spent.retryAfterMs;
  for (let left = spent.retryAfterMs; left > 0; left = until - lane.clock.now()) {
    await lane.clock.pause(Math.min(left, WAITING_TURN_MS), lane.stopping);
    await drain();
  }
}

/** Deletes what the platform was sent and the history did not have; nothing while it is too much to believe. */
async function deleteMissing(
  lane: Lane,
  kind: RecordKind,
  met: ReadonlyMap<RecordKind, ReadonlySet<string>>,
  since: number,
): Promise<number> {
  const jobs = met.get('job');
  // As in a drain: of a job that is gone the access rules stay.
  const isOfGoneJob = (id: string) =>
    kind === 'entityAcl' &&
    jobs !== undefined &&
    !jobs.has(fingerprint(entryKey({ parentId: '', id: aclParts(id)[1] })));
  const missing: Outgoing[] = [];
  for await (const { key, value } of entriesOf(lane, sentCollection(kind))) {
    const stored = fromEntryKey(key);
    const isMissing = !met.get(kind)?.has(fingerprint(key)) && (value as SentRecord).at < since; // written by `sendBatch`
    if (isMissing && !isOfGoneJob(stored.id)) missing.push({ kind, ...stored, record: null, seqs: [] });
  }
  if (missing.length === 0) return 0;
  if (
    kind !== 'entityAclAssignee' &&
    (await isTooMuch(lane, kind, missing.length, await deletedThisHour(lane)))
  )
    return 0;
  const tally = newTally();
  for (const batch of pack(missing)) await sendBatch(lane, kind, batch, tally);
  await noteDeleted(lane, tally.deleted);
  return tally.deleted;
}

/** Enough of a hash to tell millions of keys apart, in little memory. */
const fingerprint = (key: string) => createHash('sha256').update(key).digest('base64url').slice(0, 12);

async function clear(lane: Lane, collection: string): Promise<void> {
  const entries: Entry[] = [];
  for await (const { key } of entriesOf(lane, collection)) entries.push(entry(lane, collection, key, null));
  if (entries.length > 0) await settle(lane, [], entries);
}
