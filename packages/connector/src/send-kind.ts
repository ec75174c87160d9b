import { createHash } from 'node:crypto';
import { isComparedField, MAX_BATCH, type RecordKind } from '@carrick/protocol';
import { ConnectorError } from './connector-error.ts';
import { earlierBy, isAhead, isLater } from './cursor.ts';
import { digestKey, digestOf } from './digest/record-digest.ts';
import type { KindMapping } from './mapping.ts';
import { CHILD_KINDS, emptyResult, type KindResult, type PassTools } from './pass.ts';
import { postJobs } from './post-jobs.ts';
import { YearCounter, yearOf } from './record-counts.ts';
import { resumeOf } from './resumes/resume.ts';
import { type ResumeOutcome, sendResume } from './resumes/send-resume.ts';
import { rowShaper, type ShapedRow } from './shape-row.ts';
import type { Row } from './sources/source.ts';
import type { Outcome } from './wire-client.ts';

/** Rows held back while batches of children fill up, each batch for one parent. */
const MAX_HELD = 2000;
/** Rows commit out of order: reading starts this much before the newest cursor seen. */
const CURSOR_OVERLAP_MS = 2000;
const REPORT_EVERY = 100;

/** `isNew`: the platform does not have it, or was asked to delete it. */
type Pending = ShapedRow & { readonly hash: string; readonly isNew: boolean };

/** All rows of a kind's SELECT, those at or after its cursor, or some that were read already. */
export type Reading = 'full' | 'since' | AsyncIterable<Row>;

/**
 * Sends what differs from the last acknowledged state. But for `since`, it also notes what it met, so that it can be told what is
 * gone.
 */
export async function sendKind(
  tools: PassTools,
  kind: KindMapping,
  reading: Reading,
  onProgress: (done: number) => void = () => {},
): Promise<KindResult> {
  const { state, source, mapping } = tools;
  const result = emptyResult();
  const cursorName = `cursor:${kind.kind}`;
  let newest = state.setting(cursorName);
  if (reading === 'since' && newest === null) return result;
  const rows =
    typeof reading === 'object'
      ? reading
      : reading === 'full' || newest === null
        ? source.all(kind.select)
        : source.since(kind.select, earlierBy(newest, CURSOR_OVERLAP_MS));
  const shape = rowShaper(mapping, kind);
  const batches = new Batches();
  let duplicates = 0;
  let isComplete = true;
  const send = async (items: readonly Pending[]) => {
    if (!(await sendBatch(tools, kind, items, result))) isComplete = false;
  };

  const years = new YearCounter();
  if (reading !== 'since') state.beginMeeting(kind.kind);
  for await (const raw of rows) {
    const row = shape(raw);
    result.source++;
    if (result.source % REPORT_EVERY === 0) onProgress(result.source);
    if (row.cursor !== null && !isAhead(row.cursor, tools.now()))
      newest = newest === null || isLater(row.cursor, newest) ? row.cursor : newest;
    if (reading !== 'since' && !state.meet(kind.kind, row) && row.id !== '') {
      if (reading === 'full') duplicates++;
      continue;
    }
    years.add(kind.kind, yearOf(kind.kind, row.record));
    const hash = hashOf(kind.kind, row);
    const known = state.row(kind.kind, row);
    if (known?.hash === hash && known.refusal === null) result.skipped++;
    else if (known?.hash === hash && known.refusal === 'final') result.failed++;
    else for (const full of batches.add({ ...row, hash, isNew: !known?.isHeld })) await send(full);
  }
  for (const rest of batches.rest()) await send(rest);
  if (reading === 'full') state.saveCounts(kind.kind, years.all());
  onProgress(result.source);
  if (duplicates > 0)
    tools.warn(
      `kind ${kind.kind}: ${duplicates} rows repeat the id of another row; only the first of each counts. Make the SELECT return one row an id.`,
    );
  // Only now: a pass broken off starts again from the old cursor, and what was acknowledged is skipped by its hash.
  if (newest !== null && isComplete && typeof reading === 'string') state.setSetting(cursorName, newest);
  return result;
}

/** Rows waiting to be sent: a batch has one parent, so children are gathered until a batch is full or too many wait. */
class Batches {
  readonly #byParent = new Map<string, Map<string, Pending>>();
  #count = 0;

  /** The batches that are now due. A row replaces an earlier one with its id. */
  add(row: Pending): Pending[][] {
    const batch = this.#byParent.get(row.parentId) ?? new Map<string, Pending>();
    this.#byParent.set(row.parentId, batch);
    if (!batch.has(row.id)) this.#count++;
    batch.set(row.id, row);
    if (this.#count >= MAX_HELD) return this.rest();
    if (batch.size < MAX_BATCH) return [];
    this.#byParent.delete(row.parentId);
    this.#count -= batch.size;
    return [[...batch.values()]];
  }

  rest(): Pending[][] {
    const batches = [...this.#byParent.values()].map((batch) => [...batch.values()]);
    this.#byParent.clear();
    this.#count = 0;
    return batches;
  }
}

/** Returns whether the platform's word on every row is final: a row that may succeed later must be met again. */
async function sendBatch(
  tools: PassTools,
  { kind }: KindMapping,
  items: readonly Pending[],
  result: KindResult,
): Promise<boolean> {
  const { client, state, now } = tools;
  const sendable = items.filter((item) => item.problem === undefined);
  const kept = (item: Pending) => (kind === 'job' ? JSON.stringify(item.record) : null);
  state.inTransaction(() => {
    for (const item of sendable) state.markSending(kind, item, kept(item));
  });
  const answers =
    kind === 'job'
      ? await postJobs(client, sendable)
      : await client.upsert(kind, items[0]?.parentId ?? '', sendable);
  const outcomes = new Map(sendable.map((item, index) => [item, answers[index]]));
  const resumes = await sendResumes(
    tools,
    kind === 'application' ? sendable.filter((item) => outcomes.get(item)?.ok) : [],
  );
  let isComplete = true;
  let refusedAccess: string | null = null;
  state.inTransaction(() => {
    for (const item of items) {
      const outcome: Outcome = outcomes.get(item) ?? {
        ok: false,
        status: 0,
        message: item.problem ?? 'the platform gave no answer for this record',
        isFinal: item.problem !== undefined,
      };
      if (outcome.ok) {
        state.saveSent(kind, item, item.hash);
        if (item.isNew) state.unsettleChildren(CHILD_KINDS[kind] ?? [], item.id);
        if (outcome.task) state.saveTask(item.id, outcome.task);
        const resume = resumes.get(item);
        if (resume && 'refusal' in resume) {
          // The application is there; without its résumé it is not done.
          state.ledger.note(kind, item, resume.refusal, now());
          result.failed++;
          if (!resume.refusal.isFinal) isComplete = false;
          continue;
        }
        if (resume) state.saveResume(item.id, resume.sent);
        result.sent++;
        continue;
      }
      state.saveRefused(kind, item, item.hash, outcome, now());
      result.failed++;
      if (!outcome.isFinal) isComplete = false;
      if (outcome.status === 403) refusedAccess = outcome.message;
    }
  });
  // The same answer waits for every other record: going on would only fill the ledger.
  if (refusedAccess !== null)
    throw new ConnectorError(`The platform takes no records of this organisation: ${refusedAccess}`);
  return isComplete;
}

/** Before an application counts as done, so that a kill in between repeats it. */
async function sendResumes(
  { client, state, readFile, contract }: PassTools,
  applications: readonly Pending[],
): Promise<ReadonlyMap<Pending, ResumeOutcome>> {
  const outcomes = new Map<Pending, ResumeOutcome>();
  for (const item of applications) {
    const [resume, known] = [resumeOf(item.record), state.resume(item.id)];
    if (resume || known)
      outcomes.set(
        item,
        await sendResume(client, { applicationId: item.id, resume, known, contract, readFile }),
      );
  }
  return outcomes;
}

/**
 * The record's digest, by which both sides are compared, and of what does not count there. A changed SELECT sends the rows it
 * changes, no others.
 */
function hashOf(kind: RecordKind, { parentId, id, record, problem }: ShapedRow): string {
  const rest = Object.entries(record)
    .filter(([field]) => problem !== undefined || !isComparedField(kind, field))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const digest = problem === undefined ? digestOf(kind, digestKey(kind, { parentId, id }), record) : '';
  if (problem === undefined && rest.length === 0) return digest;
  const others = createHash('sha256').update(JSON.stringify([rest, problem ?? null]));
  return `${digest}/${others.digest('base64url').slice(0, 22)}`;
}
