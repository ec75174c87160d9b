import {
  applyPatch,
  type ErrorBody,
  errorBody,
  keyIdentity,
  type Patch,
  RestliError,
} from '@carrick/protocol';
import type { AtsScope, RecordChange } from './hooks.ts';
import { KINDS } from './kinds.ts';
import { getRecords } from './read.ts';
import { LOCK_CANDIDATES } from './statements.ts';
import { checkItem, keyProblem, type Outcome, type RecordStore, writeIn } from './sync.ts';

export interface CandidatePatch {
  readonly key: readonly string[];
  /** Without `manualMatchedMember`: that is decoded at the HTTP edge. */
  readonly patch: Patch;
  readonly manualMember?: number | null;
}

const FIELDS = new Set(KINDS.candidate.fields.map(({ field }) => field));

/**
 * Changes parts of stored candidates: read, merged and written in one transaction, so that a whole record sent at the same time
 * is not undone. What results must be a valid record; otherwise that key is refused and stays as it was.
 */
export async function patchCandidates(
  store: RecordStore,
  scope: AtsScope,
  patches: readonly CandidatePatch[],
): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = await store.ctx.db.transaction(scope.tenantId, async (tx) => {
    const refused = new Map<string, Outcome>();
    const readable = patches.filter(({ key }) => {
      const problem = keyProblem('candidate', key);
      if (problem) refused.set(keyIdentity(key), errorBody('INVALID_RECORD', problem));
      return !problem;
    });
    const ids = readable.map(({ key }) => key[0] ?? '');
    const locked = tx.prepared(LOCK_CANDIDATES, [scope.tenantId, scope.atsNo, ids]).send();
    const [stored] = await Promise.all([
      getRecords(
        tx,
        scope,
        'candidate',
        readable.map(({ key }) => key),
      ),
      locked,
    ]);
    const records = new Map(stored.map(({ key, record }) => [keyIdentity(key), record]));
    const items: RecordChange[] = [];
    for (const patch of readable) {
      const identity = keyIdentity(patch.key);
      const merged = merge(patch, records.get(identity));
      if ('refusal' in merged) refused.set(identity, merged.refusal);
      else items.push(merged);
    }
    if (items.length > 0)
      await writeIn(tx, store, { ...scope, kind: 'candidate', change: 'upsert', items }, {});
    for (const { key } of items) refused.set(keyIdentity(key), { status: 204 });
    return refused;
  });
  store.outbox.signal();
  return outcomes;
}

function merge(
  { key, patch, manualMember }: CandidatePatch,
  record: Readonly<Record<string, unknown>> | undefined,
): RecordChange | { readonly refusal: ErrorBody } {
  if (!record) return { refusal: errorBody('NOT_FOUND', 'There is no candidate with this key') };
  const unknown = [...patch.set.keys(), ...patch.remove, ...patch.children.keys()].find(
    (field) => !FIELDS.has(field),
  );
  if (unknown !== undefined)
    return {
      refusal: errorBody(
        'INVALID_RECORD',
        `ERROR :: /${unknown.slice(0, 60)} :: is not a field that can be changed\n`,
      ),
    };
  try {
    return checkItem('candidate', 'upsert', {
      key,
      record: applyPatch(record, patch),
      ...(manualMember === undefined ? {} : { manualMember }),
    });
  } catch (error) {
    if (error instanceof RestliError) return { refusal: errorBody('INVALID_RECORD', error.message) };
    throw error;
  }
}
