import {
  type ErrorBody,
  errorBody,
  keyIdentity,
  type RecordKind,
  type ValidateOptions,
  validateRecord,
} from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Statement, Tx } from '../kernel/db.ts';
import type { Outbox } from '../kernel/outbox.ts';
import type { AtsScope, RecordBatch, RecordChange, RecordChanges, RecordHook } from './hooks.ts';
import { KINDS } from './kinds.ts';
import { digestHalf, digestOf } from './record-digest.ts';
import { stageCategory } from './stage-category.ts';
import {
  CONCERNS,
  isOfApplication,
  keyArrays,
  keyOf,
  RECORDS_LANE,
  SET_MANUAL_MATCHES,
  STATEMENTS,
} from './statements.ts';

export { RECORDS_LANE } from './statements.ts';

/** What the batch engine works with; put together by the composition root. */
export interface RecordStore {
  readonly ctx: Context;
  readonly outbox: Outbox;
  readonly hooks: readonly RecordHook[];
  /** Why a record is refused whatever it says, because of its key: magic records of a sandbox. */
  readonly refusalOf?: (key: readonly string[]) => ErrorBody | null;
}

/** One key of a batch. The key is in storage terms (KINDS); persons are member ids: their URNs are decoded at the HTTP edge. */
export interface SyncItem {
  readonly key: readonly string[];
  /** As it came from the wire; of an upsert only. */
  readonly record?: unknown;
  /** The key as its ATS writes it, where that is another one. */
  readonly wireKey?: readonly string[];
  /** For a candidate: links it by hand, or lifts that link with null; absent, the link stays as it is. */
  readonly manualMember?: number | null | undefined;
}

/** What became of one key: 204, or why not. */
export type Outcome = { readonly status: number } | ErrorBody;

/** Event of the lane 'records': one per batch, in its transaction. */
export interface RecordsEvent {
  readonly atsNo: number;
  readonly kind: RecordKind;
  readonly change: 'upsert' | 'delete';
  readonly keys: readonly (readonly string[])[];
  readonly candidateIds: readonly string[];
  readonly jobIds: readonly string[];
  readonly memberIds: readonly number[];
}

const STORED = { status: 204 } as const;
/** Keys stand in indexes, which hold no entry above 2,704 bytes; a key has at most three parts of three bytes a unit. */
const MAX_KEY_LENGTH = 255;

/**
 * Stores or deletes a batch. Every record stands for itself: what a schema or the database refuses is answered per key, and its
 * neighbours are stored. The outcomes are keyed by `keyIdentity` of the storage key. A key that comes twice counts once, the last.
 * @throws what a hook throws: then nothing of the batch is stored
 */
export async function applyBatch(
  store: RecordStore,
  scope: AtsScope,
  kind: RecordKind,
  change: 'upsert' | 'delete',
  items: readonly SyncItem[],
): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = await applyItems(store, scope, kind, change, items);
  return new Map(
    items.flatMap(({ key }, index) => {
      const outcome = outcomes[index];
      return outcome ? [[keyIdentity(key), outcome]] : [];
    }),
  );
}

/** The same with the outcomes in the order of the items. */
export async function applyItems(
  store: RecordStore,
  scope: AtsScope,
  kind: RecordKind,
  change: 'upsert' | 'delete',
  items: readonly SyncItem[],
  options?: ValidateOptions,
): Promise<readonly (Outcome | undefined)[]> {
  const outcomes = new Map<string, Outcome>();
  const valid = new Map<string, RecordChange>();
  const identities = items.map(({ key }) => keyIdentity(key));
  for (const [index, item] of items.entries()) {
    const identity = identities[index] ?? '';
    const forced = store.refusalOf?.(item.key);
    const checked = forced ? { refusal: forced } : checkItem(kind, change, item, options);
    if ('refusal' in checked) outcomes.set(identity, checked.refusal);
    else valid.set(identity, checked);
  }
  await applyChecked(store, scope, kind, change, [...valid], outcomes);
  return identities.map((identity) => outcomes.get(identity));
}

export function checkItem(
  kind: RecordKind,
  change: 'upsert' | 'delete',
  item: SyncItem,
  options?: ValidateOptions,
): RecordChange | { readonly refusal: ErrorBody } {
  const problem = keyProblem(kind, item.key);
  if (problem) return { refusal: errorBody('INVALID_RECORD', problem) };
  if (change === 'delete') return { key: item.key };
  const validated = validateRecord(kind, item.record, options);
  if (!validated.ok) return { refusal: errorBody('INVALID_RECORD', validated.message) };
  const { key, manualMember } = item;
  const { record } = validated;
  const digest = digestOf(kind, item.wireKey ?? key, record);
  return manualMember === undefined ? { key, record, digest } : { key, record, digest, manualMember };
}

export function keyProblem(kind: RecordKind, key: readonly string[]): string | null {
  let index = 0;
  for (const { part, type } of KINDS[kind].key) {
    const value = key[index++] ?? '';
    const reason =
      value === ''
        ? 'must not be empty'
        : value.length > MAX_KEY_LENGTH
          ? `is longer than ${MAX_KEY_LENGTH} characters`
          : value.includes('\u0000') || !value.isWellFormed()
            ? 'contains a character that cannot be stored'
            : type === 'bigint' && !/^\d{1,18}$/.test(value)
              ? 'is not a person'
              : null;
    if (reason) return `ERROR :: /${part} :: ${reason}\n`;
  }
  return null;
}

/** Writes checked items and fills in their outcomes, by identity. A record that the database refuses is found by halving. */
export async function applyChecked(
  store: RecordStore,
  scope: AtsScope,
  kind: RecordKind,
  change: 'upsert' | 'delete',
  valid: readonly (readonly [identity: string, RecordChange])[],
  outcomes: Map<string, Outcome>,
): Promise<void> {
  const [first] = valid;
  if (!first) return;
  const items = valid.map(([, item]) => item);
  const batch: RecordBatch = { ...scope, kind, change, items };
  const existed = isAlone(store, batch)
    ? await writeAlone(store, batch)
    : await unlessRefused(store, scope, (tx, onFailure) =>
        writeIn(tx, store, batch, { onFailure, isRestated: true }),
      );
  if (existed !== 'refused') {
    for (const [identity] of valid) {
      const isThere = change === 'upsert' || existed.has(identity);
      outcomes.set(identity, isThere ? STORED : errorBody('NOT_FOUND', 'There is no record with this key'));
    }
  } else if (valid.length === 1) {
    outcomes.set(first[0], errorBody('INVALID_RECORD', UNSTORABLE));
  } else {
    const middle = Math.ceil(valid.length / 2);
    await applyChecked(store, scope, kind, change, valid.slice(0, middle), outcomes);
    await applyChecked(store, scope, kind, change, valid.slice(middle), outcomes);
  }
}

const UNSTORABLE =
  'ERROR :: / :: the record cannot be stored: a value is out of range or too long for its field\n';

/** Runs a batch's transaction; 'refused' where its statement failed on the data, and nothing is stored. */
async function unlessRefused<T>(
  { ctx, outbox }: RecordStore,
  { tenantId }: AtsScope,
  work: (tx: Tx, onFailure: (error: unknown) => void) => Promise<T>,
): Promise<T | 'refused'> {
  let failure: unknown;
  try {
    const result = await ctx.db.transaction(tenantId, (tx) => {
      failure = undefined;
      return work(tx, (error) => {
        failure = error;
      });
    });
    outbox.signal();
    return result;
  } catch (error) {
    if (isDataError(failure)) return 'refused';
    throw error;
  }
}

/** Whether a batch is two rows of statements that know of nothing else: the records, and their event. */
function isAlone({ hooks }: RecordStore, { kind, change }: RecordBatch): boolean {
  if (change === 'delete' || hooks.some(({ kinds }) => kinds.includes(kind))) return false;
  switch (kind) {
    case 'candidateNote':
    case 'applicationNote':
    case 'interviewFeedback':
    case 'stage':
    case 'entityAcl':
    case 'entityAclAssignee':
      return true;
    // Their events tell of what they held before and hold now; candidates may come with links, jobs with tasks.
    case 'application':
    case 'candidate':
    case 'job':
      return false;
  }
}

/** As one statement. */
async function writeAlone(
  { ctx, outbox }: RecordStore,
  batch: RecordBatch,
): Promise<ReadonlySet<string> | 'refused'> {
  const { tenantId, atsNo, kind, items } = batch;
  const event = eventOf(withConcerned(batch, []), NOTHING_EXISTED);
  const rows = rowsText(batch);
  try {
    await ctx.db.single.prepared(STATEMENTS[kind].upsertAlone, [
      tenantId,
      atsNo,
      ctx.clock.now(),
      rows,
      JSON.stringify(event),
      ...(isOfApplication(kind) ? [[...new Set(items.map(({ key }) => key[0] ?? ''))]] : []),
    ]);
  } catch (error) {
    if (isDataError(error)) return 'refused';
    throw error;
  }
  outbox.signal();
  return NOTHING_EXISTED;
}

export interface WriteOptions {
  /** Told when the batch statement itself fails. */
  onFailure?(error: unknown): void;
  /** Statements that travel behind the batch's. */
  readonly also?: readonly Statement[];
  /** Whole records, which an ATS sends again and again: a manual link among their fields counts once. */
  readonly isRestated?: boolean;
}

/** The whole of a batch's transaction, COMMIT included. @returns the identities that a deletion found */
export async function writeIn(
  tx: Tx,
  store: RecordStore,
  batch: RecordBatch,
  options: WriteOptions,
): Promise<ReadonlySet<string>> {
  const hooks = store.hooks.filter(({ kinds }) => kinds.includes(batch.kind));
  const befores = hooks.map((hook) => hook.before?.(tx, batch));
  const isSettled = batch.change === 'upsert' && hooks.every(({ after }) => after === undefined);
  return isSettled
    ? writeAtOnce(tx, store, batch, hooks, befores, options)
    : writeInSteps(tx, store, batch, hooks, befores, options);
}

type Hooks = readonly RecordHook[];
type Sent = readonly (Promise<unknown> | undefined)[];

/** Where nothing that is sent depends on an answer, everything leaves in one flight: whom the batch concerns is put into its event by the database. */
async function writeAtOnce(
  tx: Tx,
  store: RecordStore,
  batch: RecordBatch,
  hooks: Hooks,
  befores: Sent,
  { onFailure, also = [], isRestated = false }: WriteOptions,
): Promise<ReadonlySet<string>> {
  const event = eventOf(withConcerned(batch, []), NOTHING_EXISTED);
  const told =
    event.keys.length > 0
      ? [store.outbox.append(tx, RECORDS_LANE, event, { found: concernFound(tx, batch) })]
      : [];
  // It locks what the batch concerns, and so goes first.
  for (const each of told) each.send().catch(() => {}); // fails with the commit
  const statement = batchStatement(tx, store.ctx, batch);
  statement.send().catch((error: unknown) => onFailure?.(error));
  const behind = hooks.flatMap((hook) => hook.behind?.(tx, batch) ?? []);
  await Promise.all([
    ...befores,
    tx.commitWith([
      ...told,
      statement,
      ...manualStatements(tx, store.ctx, batch, isRestated),
      ...also,
      ...behind,
    ]),
  ]);
  return NOTHING_EXISTED;
}

const NOTHING_EXISTED: ReadonlySet<string> = new Set();

async function writeInSteps(
  tx: Tx,
  store: RecordStore,
  batch: RecordBatch,
  hooks: Hooks,
  befores: Sent,
  { onFailure, also = [], isRestated = false }: WriteOptions,
): Promise<ReadonlySet<string>> {
  const concern = concernStatement(tx, batch);
  // Whom the batch concerns must be known before the hooks behind it run; where the keys tell, nothing is waited for.
  const [concerned] = concern ? await Promise.all([concern.send(), ...befores]) : [[]];
  const changes = withConcerned(batch, concerned);

  const statement = batchStatement(tx, store.ctx, batch).send();
  statement.catch((error: unknown) => onFailure?.(error));
  const behind = hooks.flatMap((hook) => hook.behind?.(tx, batch) ?? []);
  const others = [...manualStatements(tx, store.ctx, batch, isRestated), ...also, ...behind].map((each) =>
    each.send(),
  );
  const afters = hooks.map((hook) => hook.after?.(tx, changes));
  const [rows] = await Promise.all([statement, ...befores, ...others, ...afters]);

  const existed = new Set(rows.map((row) => keyIdentity(keyOf(batch.kind, row))));
  const event = eventOf(changes, existed);
  await tx.commitWith(event.keys.length > 0 ? [store.outbox.append(tx, RECORDS_LANE, event)] : []);
  return existed;
}

function eventOf(
  { atsNo, kind, change, items, candidateIds, jobIds, memberIds }: RecordChanges,
  existed: ReadonlySet<string>,
): RecordsEvent {
  const all = items.map(({ key }) => key);
  const keys = change === 'upsert' ? all : all.filter((key) => existed.has(keyIdentity(key)));
  return { atsNo, kind, change, keys, candidateIds, jobIds, memberIds };
}

function batchStatement(tx: Tx, ctx: Context, batch: RecordBatch): Statement<Record<string, unknown>> {
  const { tenantId, atsNo, kind, change, items } = batch;
  const statements = STATEMENTS[kind];
  if (change === 'delete')
    return tx.prepared(statements.delete, [
      tenantId,
      atsNo,
      ...keyArrays(
        kind,
        items.map(({ key }) => key),
      ),
    ]);
  return tx.prepared(statements.upsert, [tenantId, atsNo, ctx.clock.now(), rowsText(batch)]);
}

function rowsText({ kind, items }: RecordBatch): string {
  const known = FIELDS[kind];
  return `[${items.map((item) => rowText(kind, known, item)).join(',')}]`;
}

const namesOf = (kind: RecordKind): ReadonlySet<string> =>
  new Set([...KINDS[kind].fields, ...(KINDS[kind].derived ?? [])].map(({ field }) => field));

const FIELDS: { readonly [K in RecordKind]: ReadonlySet<string> } = {
  job: namesOf('job'),
  candidate: namesOf('candidate'),
  candidateNote: namesOf('candidateNote'),
  application: namesOf('application'),
  applicationNote: namesOf('applicationNote'),
  interviewFeedback: namesOf('interviewFeedback'),
  stage: namesOf('stage'),
  entityAcl: namesOf('entityAcl'),
  entityAclAssignee: namesOf('entityAclAssignee'),
};
const NO_FIELDS = {};

/** The record as the upsert reads it: its known fields, what follows from them, and its key, which no field is named like. */
function rowText(
  kind: RecordKind,
  known: ReadonlySet<string>,
  { key, record = NO_FIELDS, digest }: RecordChange,
): string {
  const written = JSON.stringify(hasOthers(record, known) ? ofKnown(record, known) : record);
  let text = written === '{}' ? '{' : `${written.slice(0, -1)},`;
  for (let index = 0; index < key.length; index++)
    text += `${index > 0 ? ',' : ''}"$${index}":${JSON.stringify(key[index])}`;
  if (digest !== undefined) text += `,"$high":${digestHalf(digest, 0)},"$low":${digestHalf(digest, 1)}`;
  // Of two members of one name PostgreSQL takes the last.
  return kind === 'stage' ? `${text},"category":"${stageCategory(String(record.stage))}"}` : `${text}}`;
}

function ofKnown(
  record: Readonly<Record<string, unknown>>,
  known: ReadonlySet<string>,
): Readonly<Record<string, unknown>> {
  const row: Record<string, unknown> = {};
  for (const field of known) row[field] = record[field];
  return row;
}

/** A record is parsed JSON: all that can be enumerated is its own. */
function hasOthers(record: Readonly<Record<string, unknown>>, known: ReadonlySet<string>): boolean {
  for (const name in record) if (!known.has(name)) return true;
  return false;
}

function manualStatements(
  tx: Tx,
  ctx: Context,
  { tenantId, atsNo, change, items }: RecordBatch,
  isRestated: boolean,
): Statement[] {
  const rows = items.flatMap(({ key: [candidate], manualMember: member }) =>
    member === undefined ? [] : [member === null ? { candidate } : { candidate, member, verdict: 'LINK' }],
  );
  if (change === 'delete' || rows.length === 0) return [];
  const now = ctx.clock.now();
  return [tx.prepared<object>(SET_MANUAL_MATCHES, [tenantId, atsNo, now, isRestated, JSON.stringify(rows)])];
}

interface Concerned {
  readonly candidate_id: string | null;
  readonly job_id: string | null;
  readonly member_id: number | null;
}

function concernStatement(
  tx: Tx,
  { tenantId, atsNo, kind, change, items }: RecordBatch,
): Statement<Concerned> | null {
  const ids = () => [...new Set(items.map(({ key }) => key[0] ?? ''))];
  if (isOfApplication(kind)) return tx.prepared<Concerned>(CONCERNS.application, [tenantId, atsNo, ids()]);
  return kind === 'candidate' && change === 'delete'
    ? tx.prepared<Concerned>(CONCERNS.candidate, [tenantId, atsNo, ids()])
    : null;
}

/** The same as part of the batch's event, where only the database knows it. */
function concernFound(tx: Tx, { tenantId, atsNo, kind, items }: RecordBatch): Statement | undefined {
  if (!isOfApplication(kind)) return undefined;
  const ids = [...new Set(items.map(({ key }) => key[0] ?? ''))];
  return tx`
    select jsonb_build_object(
      'candidateIds', coalesce(jsonb_agg(distinct a.candidate_id) filter (where a.candidate_id is not null), '[]'),
      'jobIds', coalesce(jsonb_agg(distinct a.job_id), '[]')
    )
    from (
      select g.id from unnest((select ${ids}::text[])) as g(id) order by g.id collate "C"
    ) wanted
    cross join lateral (
      select a.candidate_id, a.job_id from application a
      where a.tenant_id = ${tenantId} and a.ats_no = ${atsNo} and a.id = wanted.id
      offset 0 for update
    ) a`;
}

function withConcerned(batch: RecordBatch, concerned: readonly Concerned[]): RecordChanges {
  const candidateIds = new Set<string>();
  const jobIds = new Set<string>();
  const memberIds = new Set<number>();
  for (const row of concerned) {
    if (row.candidate_id !== null) candidateIds.add(row.candidate_id);
    if (row.job_id !== null) jobIds.add(row.job_id);
    if (row.member_id !== null) memberIds.add(row.member_id);
  }
  for (const { key, record } of batch.items) {
    const first = key[0] ?? '';
    if (batch.kind === 'candidate' || batch.kind === 'candidateNote') candidateIds.add(first);
    else if (batch.kind === 'job') jobIds.add(first);
    else if (batch.kind === 'entityAcl') jobIds.add(key[1] ?? '');
    else if (batch.kind === 'entityAclAssignee') memberIds.add(Number(first));
    else if (batch.kind === 'application' && record) {
      if (typeof record.atsCandidateId === 'string') candidateIds.add(record.atsCandidateId);
      jobIds.add(String(record.atsJobPostingId));
    }
  }
  return { ...batch, candidateIds: [...candidateIds], jobIds: [...jobIds], memberIds: [...memberIds] };
}

/** PostgreSQL's classes 22 (data), 23 (constraint) and 54 (an index entry that is too long): the record's own fault. */
function isDataError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(22|23|54)/.test(String(error.code));
}
