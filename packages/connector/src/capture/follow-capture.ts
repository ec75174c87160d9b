import { RECORD_KINDS, type RecordKind } from '@carrick/protocol';
import { idColumns, isAccessKind } from '../columns.ts';
import { ConnectorError } from '../connector-error.ts';
import { deleteRows, isTooMuchToDelete } from '../delete-vanished.ts';
import type { KindMapping, Mapping } from '../mapping.ts';
import { emptyResult, type KindResult, type PassTools } from '../pass.ts';
import { settleTasks } from '../post-jobs.ts';
import { sendKind } from '../send-kind.ts';
import type { DatabaseSource, Row } from '../sources/source.ts';
import type { VanishedRow } from '../state.ts';
import { type CapturedKey, forgetCaptured, readCaptured } from './capture.ts';
import { watchedName } from './watch.ts';

/** Of a kind: columns of its SELECT, and the values whose rows are to be read again. */
type Wanted = ReadonlyMap<string, ReadonlySet<string>>;
type Results = Partial<Record<RecordKind, KindResult>>;

const PAGE = 5_000;
/** Values a SELECT. */
const VALUES_AT_ONCE = 500;
const RECHECKED = 1_000;

/** Kinds whose changes are captured. @throws ConnectorError where a job could come before its access rules */
export function capturedKinds({ kinds }: Mapping): ReadonlySet<RecordKind> {
  const captured = new Set(
    [...kinds.values()].flatMap(({ kind, capture }) => (capture.length > 0 ? [kind] : [])),
  );
  for (const kind of ['entityAcl', 'entityAclAssignee'] as const)
    if (captured.has('job') && kinds.has(kind) && !captured.has(kind))
      throw new ConnectorError(
        `Mapping: kinds.${kind} needs a "capture" because kinds.job has one: a job would be shown before its access rules.`,
      );
  return captured;
}

/**
 * Reads again, through the mapping, what the triggers noted: whatever stands there now is sent, in the order of the kinds, and what
 * is no longer there is deleted, children first. Notes are taken away when the platform has answered, so that a kill repeats them;
 * which state a note was about does not matter, nor how often it was noted.
 */
export async function followCapture(tools: PassTools, source: DatabaseSource): Promise<Results> {
  const results: Results = {};
  for (let after = 0; ; ) {
    const page = await readCaptured(source, after, PAGE);
    const last = page.at(-1);
    if (!last) return results;
    await readAgain(tools, source, wantedBy(tools, page), results);
    await forgetCaptured(source, page);
    if (page.length < PAGE) return results;
    after = last.seq;
  }
}

/** What a kill, a refusal that may pass, or the loss of a parent left open, and jobs that are not judged yet. */
export async function recheckUnsettled(tools: PassTools, source: DatabaseSource): Promise<Results> {
  const wanted = new Map<RecordKind, Map<string, Set<string>>>();
  for (const kind of capturedKinds(tools.mapping)) {
    const rows = tools.state.unsettled(kind, RECHECKED);
    const mapped = tools.mapping.kinds.get(kind);
    if (rows.length === 0 || !mapped) continue;
    const columns = await source.columns(mapped.select);
    const column = isAccessKind(kind)
      ? 'atsEntityAclId'
      : idColumns(kind).find((name) => columns.includes(name));
    if (column) wanted.set(kind, new Map([[column, new Set(rows.map(({ id }) => ownId(kind, id)))]]));
  }
  const results: Results = {};
  await readAgain(tools, source, wanted, results);
  if (!tools.mapping.kinds.has('job')) return results;
  const job = results.job ?? emptyResult();
  await settleTasks(tools, job);
  job.acknowledged = tools.state.counts('job').acknowledged;
  return { ...results, job };
}

const ownId = (kind: RecordKind, id: string) =>
  isAccessKind(kind) ? String((JSON.parse(id) as Record<string, unknown>).atsEntityAclId) : id; // written by shape-row

function wantedBy(
  { mapping, state }: PassTools,
  page: readonly CapturedKey[],
): ReadonlyMap<RecordKind, Wanted> {
  const wanted = new Map<RecordKind, Map<string, Set<string>>>();
  for (const { kind, capture } of mapping.kinds.values()) {
    const columns = new Map<string, Set<string>>();
    for (const watch of capture) {
      const name = watchedName(watch);
      const values = columns.get(watch.as) ?? new Set<string>();
      for (const { watched, key } of page) {
        if (watched !== name) continue;
        if (key === null) sweep(state, kind);
        else values.add(key);
      }
      if (values.size > 0) columns.set(watch.as, values);
    }
    if (columns.size > 0) wanted.set(kind, columns);
  }
  return wanted;
}

/** The next pass compares the kind as a whole; access rules together with the jobs, by which they are judged. */
function sweep(state: PassTools['state'], kind: RecordKind): void {
  state.forgetSweep(kind);
  if (kind === 'entityAcl') state.forgetSweep('job');
}

async function readAgain(
  tools: PassTools,
  source: DatabaseSource,
  wanted: ReadonlyMap<RecordKind, Wanted>,
  results: Results,
): Promise<void> {
  const gone = new Map<RecordKind, VanishedRow[]>();
  for (const kind of RECORD_KINDS) {
    const mapped = tools.mapping.kinds.get(kind);
    const columns = wanted.get(kind);
    if (!mapped || !columns) continue;
    const result = await sendKind(tools, mapped, rowsWith(source, mapped, columns));
    gone.set(kind, goneOf(tools, kind, columns));
    results[kind] = added(results[kind], result);
  }
  const goneJobs = new Set(gone.get('job')?.map(({ id }) => id));
  const isJobThere = (id: string) =>
    !goneJobs.has(id) && tools.state.row('job', { parentId: '', id }) !== null;
  for (const kind of RECORD_KINDS.toReversed()) {
    const rows = gone.get(kind) ?? [];
    const result = results[kind];
    if (rows.length === 0 || !result) continue;
    // A sweep then asks a person first.
    if (isTooMuchToDelete(tools, kind, rows.length)) sweep(tools.state, kind);
    else await deleteRows(tools, kind, rows, isJobThere, result);
  }
  for (const kind of gone.keys()) {
    const result = results[kind];
    if (result) result.acknowledged = tools.state.counts(kind).acknowledged;
  }
}

async function* rowsWith(
  source: DatabaseSource,
  { select }: KindMapping,
  wanted: Wanted,
): AsyncGenerator<Row> {
  for (const [column, set] of wanted) {
    const values = [...set];
    for (let start = 0; start < values.length; start += VALUES_AT_ONCE)
      yield* source.having(select, column, values.slice(start, start + VALUES_AT_ONCE));
  }
}

/** Known rows that hang on these values and were not met. What only a column of theirs tells is left to the next sweep. */
function goneOf({ state, mapping }: PassTools, kind: RecordKind, wanted: Wanted): VanishedRow[] {
  const found = new Map<string, VanishedRow>();
  const find = (column: Parameters<typeof state.knownWith>[1], values: readonly string[]) => {
    for (const row of state.knownWith(kind, column, values))
      if (!state.isMet(kind, row)) found.set(JSON.stringify([row.parentId, row.id]), row);
  };
  for (const [column, set] of wanted) {
    const values = [...set];
    if (isAccessKind(kind)) {
      find({ part: column }, values);
      const persons = column === 'atsUser' ? values.flatMap((user) => mapping.users.get(user) ?? []) : [];
      if (persons.length > 0) find({ part: 'assignee' }, persons);
    } else if (column === 'parentId') find('parent_id', values);
    else if (idColumns(kind).includes(column)) find('id', values);
  }
  return [...found.values()];
}

function added(before: KindResult = emptyResult(), more: KindResult): KindResult {
  return {
    source: before.source + more.source,
    sent: before.sent + more.sent,
    failed: before.failed + more.failed,
    skipped: before.skipped + more.skipped,
    deleted: before.deleted + more.deleted,
    acknowledged: more.acknowledged,
  };
}

/** Of a pass in which kinds were read in several ways. */
export function mergeResults(into: Results, more: Results): void {
  for (const kind of RECORD_KINDS) {
    const result = more[kind];
    if (result) into[kind] = added(into[kind], result);
  }
}
