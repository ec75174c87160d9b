import type { Tx } from '../kernel/db.ts';
import type { AtsScope, RecordBatch, RecordHook } from '../records/index.ts';
import { deleteCandidateKeys, distinctKeys, type KeyRow, keyRows, keysGone } from './key-rows.ts';
import { type FormerCandidate, holdFormer } from './locks.ts';
import type { MatchCandidate, Matcher } from './matcher.ts';
import type { CandidateFields, IdentifyingFields } from './normalize.ts';
import { appendRematch } from './rematch.ts';
import { type ManualChange, settle } from './settle.ts';

/** What `before` found out about a batch, for `after`. */
interface Prepared {
  /** None of a deletion. */
  readonly candidates: readonly MatchCandidate[];
  /** Why there are no candidates. */
  readonly failure: unknown;
  readonly former: Promise<readonly FormerCandidate[]>;
  readonly manual: Promise<ManualChange>;
}

/** In Tx.leftOut. */
const MATCHING = 'matching';

/**
 * Matching's part in a batch of candidates: in its transaction. An error of ours costs the batch nothing: the transaction runs
 * again without us, its records are stored and their matching is queued.
 */
export function recordHook(matcher: Matcher): RecordHook {
  // A batch that runs again after a deadlock is prepared again; a batch is known by its items.
  const prepared = new WeakMap<object, Prepared>();
  return {
    kinds: ['candidate'],

    async before(tx, batch) {
      const ids = batch.items.map(({ key }) => key[0] ?? '');
      const { candidates, failure } = tx.leftOut.has(MATCHING)
        ? {
            candidates: [],
            failure: tx.leftOut.get(MATCHING) ?? new Error('matching failed without a reason'),
          }
        : batch.change === 'upsert'
          ? prepare(matcher, batch)
          : NOTHING;
      const former = holdFormer(tx, batch, ids, distinctKeys(candidates.flatMap(({ keys }) => keys)));
      const manual = manualChange(tx, batch);
      prepared.set(batch.items, { candidates, failure, former, manual });
      await Promise.all([former, manual]);
    },

    async after(tx, batch) {
      const known = prepared.get(batch.items);
      if (!known) throw new Error('a batch was not announced before it was written');
      // The collector of young objects holds the values of a weak map, whatever becomes of their keys.
      prepared.delete(batch.items);
      const { candidates, failure, former, manual } = known;
      if (failure !== undefined) {
        const ids = batch.items.map(({ key }) => key[0] ?? '');
        await appendRematch(matcher, tx, batch, ids);
        report(matcher, batch, failure);
        return;
      }
      const leaveOut = (error: unknown) => {
        // Of a deletion only the keys are ours, and they must go with it.
        if (batch.change === 'upsert' && !isTransactionOver(error)) tx.leaveOut(MATCHING, error);
      };
      try {
        const [sent] = await Promise.all([
          candidates.length > 0
            ? settle(matcher, tx, batch, candidates, { isOfBatch: true, areKeysWritten: false, manual })
            : [],
          former.then((stored) =>
            deleteFormerKeys(tx, batch, keysOfChanged(matcher, stored, candidates), candidates),
          ),
        ]);
        // COMMIT fails with them.
        for (const each of sent) each.catch(leaveOut);
      } catch (error) {
        leaveOut(error);
        throw error;
      }
    },
  };
}

const NOTHING = { candidates: [], failure: undefined };

function prepare(matcher: Matcher, { items }: RecordBatch): Pick<Prepared, 'candidates' | 'failure'> {
  try {
    const candidates = items.map(({ key, record }) =>
      // The record passed the schema of a candidate before any hook saw it.
      matcher.candidate(key[0] ?? '', record as unknown as CandidateFields),
    );
    return { candidates, failure: undefined };
  } catch (failure) {
    return { candidates: [], failure };
  }
}

/** Keys of the candidates as they are stored, but for those that send the same identifiers again. */
function keysOfChanged(
  matcher: Matcher,
  stored: readonly FormerCandidate[],
  candidates: readonly MatchCandidate[],
): KeyRow[] {
  if (stored.length === 0) return [];
  const sent = new Map(candidates.map(({ id, fields }) => [id, writtenIdentifiers(fields)]));
  const changed = stored.filter(({ id, fields }) => sent.get(id) !== writtenIdentifiers(fields));
  return keyRows(changed.map(({ id, fields }) => ({ id, keys: matcher.keysOfCandidate(fields) })));
}

function writtenIdentifiers({
  emailAddresses,
  linkedInProfileUrl,
  externalProfileUrl,
}: IdentifyingFields): string {
  return JSON.stringify([emailAddresses, linkedInProfileUrl ?? null, externalProfileUrl ?? null]);
}

async function deleteFormerKeys(
  tx: Tx,
  scope: AtsScope,
  former: readonly KeyRow[],
  candidates: readonly MatchCandidate[],
): Promise<void> {
  if (former.length === 0) return;
  const gone = keysGone(former, keyRows(candidates));
  if (gone.length > 0) await deleteCandidateKeys(tx, scope, gone);
}

/** Candidates whose manual link this batch sets or lifts, with the members it concerned so far and concerns now. */
async function manualChange(tx: Tx, { tenantId, atsNo, items }: RecordBatch): Promise<ManualChange> {
  const changed = items.filter(({ manualMember }) => manualMember !== undefined);
  const candidateIds = changed.map(({ key }) => key[0] ?? '');
  if (candidateIds.length === 0) return { candidateIds, formerMemberIds: [], memberIds: [] };
  const former = await tx<{ member_id: number }>`
    select member_id from manual_match
    where tenant_id = ${tenantId} and ats_no = ${atsNo} and candidate_id = any(${candidateIds}::text[])`.send();
  return {
    candidateIds,
    formerMemberIds: former.map((row) => row.member_id),
    memberIds: changed.flatMap(({ manualMember }) => manualMember ?? []),
  };
}

/** Not of our making: the transaction is to run again anyhow (a deadlock, a failed serialisation), or the batch statement before us failed. */
function isTransactionOver(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ENDINGS.has(String(error.code));
}
const ENDINGS = new Set(['40P01', '40001', '25P02']);

/** Of an error of PostgreSQL only the code: its message and detail quote rows. */
function report({ ctx }: Matcher, { atsNo, items }: RecordBatch, error: unknown): void {
  const cause = error instanceof Error && 'code' in error ? { code: error.code } : { err: error };
  ctx.log.error(
    { ...cause, atsNo, candidates: items.length },
    'candidates were stored but not matched; queued',
  );
}
