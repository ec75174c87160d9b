import type { Tx } from '../kernel/db.ts';
import type { RecordBatch, RecordHook } from '../records/index.ts';
import { lockShared, writeCandidateKeys } from './key-rows.ts';
import type { MatchCandidate, Matcher } from './matcher.ts';
import type { CandidateFields } from './normalize.ts';
import { appendRematch } from './rematch.ts';
import { type ManualChange, settle } from './settle.ts';

/** What `before` found out about a batch, for `after`. */
interface Prepared {
  readonly candidates: readonly MatchCandidate[];
  readonly manual: Promise<ManualChange>;
  /** Why there are no candidates. */
  readonly failure?: unknown;
}

/**
 * Matching's part in a batch of candidates: in its transaction, and in a savepoint. An error of ours costs the batch nothing:
 * its records are stored and their matching is queued. A deletion takes keys and links with it and needs nothing here.
 */
export function recordHook(matcher: Matcher): RecordHook {
  // A batch that runs again after a deadlock is prepared again; a batch is known by its items.
  const prepared = new WeakMap<object, Prepared>();
  return {
    kinds: ['candidate'],

    async before(tx, batch) {
      if (batch.change === 'delete') return;
      const manual = manualChange(tx, batch);
      const found = prepare(matcher, batch, manual);
      prepared.set(batch.items, found);
      const keys = found.candidates.flatMap((candidate) => candidate.keys.map(({ key }) => key));
      await Promise.all([keys.length > 0 ? lockShared(tx, keys).send() : null, manual]);
    },

    async after(tx, batch) {
      const known = prepared.get(batch.items);
      if (batch.change === 'delete' || !known) return;
      const { candidates, manual } = known;
      let failure = known.failure;
      if (failure === undefined) {
        try {
          await tx.savepoint(() =>
            Promise.all([
              writeCandidateKeys(tx, batch, candidates).send(),
              settle(matcher, tx, batch, candidates, manual),
            ]),
          );
          return;
        } catch (error) {
          if (isTransactionOver(error)) throw error;
          failure = error;
        }
      }
      await appendRematch(
        matcher,
        tx,
        batch,
        batch.items.map(({ key }) => key[0] ?? ''),
      );
      report(matcher, batch, failure);
    },
  };
}

function prepare(matcher: Matcher, { items }: RecordBatch, manual: Promise<ManualChange>): Prepared {
  try {
    const candidates = items.map(({ key, record }) =>
      // The record passed the schema of a candidate before any hook saw it.
      matcher.candidate(key[0] ?? '', record as unknown as CandidateFields),
    );
    return { candidates, manual };
  } catch (failure) {
    return { candidates: [], manual, failure };
  }
}

/** Candidates whose manual link this batch sets or lifts, with the members it concerned so far and concerns now. */
async function manualChange(tx: Tx, { tenantId, atsNo, items }: RecordBatch): Promise<ManualChange> {
  const changed = items.filter(({ manualMember }) => manualMember !== undefined);
  const candidateIds = changed.map(({ key }) => key[0] ?? '');
  if (candidateIds.length === 0) return { candidateIds, memberIds: [] };
  const former = await tx<{ member_id: number }>`
    select member_id from manual_match
    where tenant_id = ${tenantId} and ats_no = ${atsNo} and candidate_id = any(${candidateIds}::text[])`.send();
  return {
    candidateIds,
    memberIds: [
      ...former.map((row) => row.member_id),
      ...changed.flatMap(({ manualMember }) => manualMember ?? []),
    ],
  };
}

/**
 * Nothing can be added to this transaction: it is to run again (a deadlock, a failed serialisation), or it was the batch
 * statement before us that failed (then our savepoint does not exist).
 */
function isTransactionOver(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ENDINGS.has(String(error.code));
}
const ENDINGS = new Set(['40P01', '40001', '25P02', '3B001']);

/** Of an error of PostgreSQL only the code: its message and detail quote rows. */
function report({ ctx }: Matcher, { atsNo, items }: RecordBatch, error: unknown): void {
  const cause = error instanceof Error && 'code' in error ? { code: error.code } : { err: error };
  ctx.log.error(
    { ...cause, atsNo, candidates: items.length },
    'candidates were stored but not matched; queued',
  );
}
