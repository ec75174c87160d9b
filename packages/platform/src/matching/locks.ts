import type { Statement, Tx } from '../kernel/db.ts';
import type { AtsScope } from '../records/index.ts';
import { int8Array } from './key-rows.ts';
import { type CandidateRow, type StoredCandidate, storedCandidate } from './stored-candidates.ts';

/*
 * A candidate batch and a member batch with a common identifier must not pass each other unseen: under READ COMMITTED neither
 * would see the other's rows, and the link would be missing for ever. So a candidate's writer holds its keys shared, a member's
 * writer holds them alone, until the transaction ends. Everybody locks in the order: candidates or members, keys, rows; and
 * each of these sorted; so two writers never wait for each other.
 */

/**
 * The candidates of a batch, then their keys. Batches with a common candidate run one after the other, new candidates too: a
 * row lock would not hold those. Returns those that are stored, as they stand from now on. Leaves at once.
 */
export async function lockCandidates(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  ids: readonly string[],
  keys: readonly string[],
): Promise<StoredCandidate[]> {
  const rows = await tx<CandidateRow>`
    select * from lock_candidates(${tenantId}, ${atsNo}, ${ids}::text[], ${int8Array(keys)}::bigint[])`.send();
  return rows.map(storedCandidate);
}

/** Counted, so that no row per lock is sent back. */
export function lockKeysAlone(tx: Tx, keys: readonly string[]): Statement {
  return tx`
    select count(held)
    from (
      select pg_advisory_xact_lock(key) as held
      from (select key from unnest(${int8Array(keys)}::bigint[]) as key order by key offset 0) sorted
      offset 0
    ) locks`;
}
