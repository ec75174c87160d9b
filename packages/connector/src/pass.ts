import { createHash } from 'node:crypto';
import type { RecordKind } from '@carrick/protocol';
import { ConnectorError } from './connector-error.ts';
import type { KindMapping, Mapping } from './mapping.ts';
import { rowShaper, type ShapedRow } from './shape-row.ts';
import type { Source } from './sources/source.ts';
import type { ConnectorState } from './state.ts';
import type { Outcome, OutgoingRecord, WireClient } from './wire-client.ts';

export interface PassResult {
  /** Rows read from the ATS. */
  source: number;
  sent: number;
  /** Rows the platform refuses as they are; each stands in the ledger with its reason. */
  failed: number;
  /** Rows already acknowledged as they are. */
  skipped: number;
  deleted: number;
}

export interface PassTools {
  readonly mapping: Mapping;
  readonly source: Source;
  readonly state: ConnectorState;
  readonly client: WireClient;
  readonly now: () => number;
  readonly onProgress?: (kind: RecordKind, done: number) => void;
}

const BATCH = 100;
/** Rows held back while batches of children fill up per parent. */
const MAX_HELD = 2000;
/** Rows commit out of order: reading starts this much before the newest cursor seen. */
const CURSOR_OVERLAP_MS = 2000;
/** More than this share of a kind vanishing at once looks like a broken SELECT, not like deletions. */
const MASS_DELETE_SHARE = 0.05;
const MASS_DELETE_ROWS = 5;

type Pending = ShapedRow & { readonly hash: string };

/**
 * Sends what differs from the last acknowledged state: all rows of the kind's SELECT (`full`, which also marks what it
 * met, so that `deleteVanished` can tell what is gone) or those at or after the cursor.
 */
export async function sendKind(
  tools: PassTools,
  kind: KindMapping,
  pass: number,
  mode: 'full' | 'since',
): Promise<PassResult> {
  const { state, source, mapping } = tools;
  const result: PassResult = { source: 0, sent: 0, failed: 0, skipped: 0, deleted: 0 };
  const cursorName = `cursor:${kind.kind}`;
  let newest = state.setting(cursorName);
  if (mode === 'since' && newest === null) return result;
  const rows =
    mode === 'full' || newest === null
      ? source.all(kind.select)
      : source.since(kind.select, source.before(newest, CURSOR_OVERLAP_MS));
  const shape = rowShaper(mapping, kind);
  const held = new Map<string, Map<string, Pending>>();
  let heldCount = 0;
  let seen: ShapedRow[] = [];

  const markSeen = () => {
    state.inTransaction(() => {
      for (const row of seen) state.markSeen(kind.kind, row.parentId ?? '', row.id, pass);
    });
    seen = [];
  };
  const flush = async (parentId: string) => {
    const items = [...(held.get(parentId)?.values() ?? [])];
    held.delete(parentId);
    heldCount -= items.length;
    if (items.length > 0) await sendBatch(tools, kind, pass, items, result);
  };

  for await (const raw of rows) {
    const row = shape(raw);
    result.source++;
    if (row.cursor !== null && (newest === null || isAfter(row.cursor, newest))) newest = row.cursor;
    const hash = hashOf(row);
    const known = state.row(kind.kind, row.parentId ?? '', row.id);
    const isSettled = known?.hash === hash && (known.failure === null || known.isFinal);
    if (isSettled) {
      seen.push(row);
      if (known.failure === null) result.skipped++;
      else result.failed++;
      if (seen.length >= 500) markSeen();
    } else {
      const parentId = row.parentId ?? '';
      const group = held.get(parentId) ?? new Map<string, Pending>();
      held.set(parentId, group);
      if (!group.has(row.id)) heldCount++;
      group.set(row.id, { ...row, hash });
      if (group.size >= BATCH) await flush(parentId);
      else if (heldCount >= MAX_HELD) for (const waiting of [...held.keys()]) await flush(waiting);
    }
    if (result.source % 100 === 0) tools.onProgress?.(kind.kind, result.source);
  }
  for (const parentId of [...held.keys()]) await flush(parentId);
  markSeen();
  tools.onProgress?.(kind.kind, result.source);
  // Only now: a pass broken off starts again from the old cursor, and what was acknowledged is skipped by its hash.
  if (newest !== null) state.setSetting(cursorName, newest);
  return result;
}

async function sendBatch(
  tools: PassTools,
  kind: KindMapping,
  pass: number,
  items: readonly Pending[],
  result: PassResult,
): Promise<void> {
  const { client, state, now } = tools;
  const sendable = items.filter((item) => item.problem === undefined);
  const outgoing: OutgoingRecord[] = sendable.map(({ id, record }) => ({ id, record }));
  const answered =
    kind.kind === 'job'
      ? await postJobs(client, outgoing)
      : await client.upsert(kind.kind, items[0]?.parentId ?? null, outgoing);
  const outcomes = new Map(sendable.map((item, index) => [item, answered[index]]));
  state.inTransaction(() => {
    for (const item of items) {
      const known = { parentId: item.parentId ?? '', id: item.id };
      const outcome: Outcome =
        item.problem === undefined
          ? (outcomes.get(item) ?? {
              ok: false,
              status: 0,
              message: 'the platform gave no answer for this record',
              isFinal: false,
            })
          : { ok: false, status: 0, message: item.problem, isFinal: true };
      if (outcome.ok) {
        state.saveSent(
          kind.kind,
          known,
          item.hash,
          pass,
          kind.kind === 'job' ? JSON.stringify(item.record) : null,
        );
        result.sent++;
      } else {
        state.saveFailed(kind.kind, known, item.hash, pass, outcome, now());
        result.failed++;
      }
    }
  });
}

/** Jobs are accepted first and judged by their tasks; a task still in progress counts as sent and is not asked for again. */
async function postJobs(client: WireClient, items: readonly OutgoingRecord[]): Promise<Outcome[]> {
  if (items.length === 0) return [];
  const posted = await client.postJobs(items);
  const tasks = posted.flatMap((outcome) => ('task' in outcome ? [outcome.task] : []));
  const ends = tasks.length > 0 ? await client.jobOutcomes(tasks) : new Map<string, Outcome>();
  return posted.map((outcome) => ('task' in outcome ? (ends.get(outcome.task) ?? { ok: true }) : outcome));
}

/**
 * Deletes on the platform what a full pass no longer met (a job, which has no deletion, is closed).
 * @throws ConnectorError when so many rows vanished at once that a person has to confirm it.
 */
export async function deleteVanished(
  tools: PassTools,
  kind: RecordKind,
  pass: number,
  isConfirmed: boolean,
): Promise<number> {
  const { client, state } = tools;
  const { total, rows } = state.vanished(kind, pass);
  const sent = rows.filter((row) => row.isSent);
  if (!isConfirmed && sent.length >= MASS_DELETE_ROWS && sent.length > total * MASS_DELETE_SHARE) {
    throw new ConnectorError(
      `${sent.length} of ${total} rows of kind ${kind} are gone from the ATS at once. Nothing of this kind was deleted. If that is right, run once with --confirm-deletes; if not, look at the mapping's SELECT.`,
    );
  }
  const gone: { parentId: string; id: string }[] = rows.filter((row) => !row.isSent);
  const byParent = Map.groupBy(sent, (row) => row.parentId);
  for (const [parentId, group] of byParent) {
    for (let start = 0; start < group.length; start += BATCH) {
      const batch = group.slice(start, start + BATCH);
      const outcomes =
        kind === 'job'
          ? await postJobs(
              client,
              batch.map(({ id, record }) => ({ id, record: { ...parsed(record), state: 'CLOSED' } })),
            )
          : await client.remove(
              kind,
              parentId || null,
              batch.map(({ id }) => id),
            );
      batch.forEach((row, index) => {
        if (outcomes[index]?.ok) gone.push(row);
      });
    }
  }
  state.inTransaction(() => {
    for (const row of gone) state.forget(kind, row);
  });
  return gone.length;
}

/** Reads back who each acknowledged candidate is matched with; returns how many persons changed. */
export async function readMatches({ client, state, now }: PassTools): Promise<number> {
  let changed = 0;
  let after = '';
  for (;;) {
    const ids = state.sentCandidates(after, BATCH);
    const last = ids.at(-1);
    if (last === undefined) return changed;
    const persons = await client.matches(ids);
    state.inTransaction(() => {
      for (const [id, person] of persons) if (state.savePerson(id, person, now())) changed++;
    });
    after = last;
  }
}

const parsed = (json: string | null) => (json === null ? {} : (JSON.parse(json) as Record<string, unknown>));

/** Field order follows the SELECT; a changed SELECT sends the rows it changes, no others. */
function hashOf(row: ShapedRow): string {
  const fields = Object.entries(row.record).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([fields, row.problem ?? null]))
    .digest('hex')
    .slice(0, 32)
    .toUpperCase();
}

const isAfter = (a: string, b: string) =>
  /^\d+$/.test(a) && /^\d+$/.test(b) ? BigInt(a) > BigInt(b) : a > b;
