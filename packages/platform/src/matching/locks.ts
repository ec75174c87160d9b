import type { Statement, Tx } from '../kernel/db.ts';
import type { AtsScope } from '../records/index.ts';
import { int8Array } from './key-rows.ts';

/*
 * A candidate batch and a member batch with a common identifier must not pass each other unseen: under READ COMMITTED neither
 * would see the other's rows, and the link would be missing for ever. So a candidate's writer holds its keys shared, a member's
 * writer holds them alone, until the transaction ends. Everybody locks in the order: candidates or members, keys, rows; and
 * each of these sorted; so two writers never wait for each other. `offset 0` keeps the order: it is evaluated before the locks.
 */

/**
 * The candidates of a batch, then their keys. Batches with a common candidate run one after the other, new candidates too: a
 * row lock would not hold those. Counted, so that no row per lock is sent back.
 */
export function lockCandidates(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  ids: readonly string[],
  keys: readonly string[],
): Statement {
  return tx`
    select count(held)
    from (
      select case when is_key then pg_advisory_xact_lock_shared(key) else pg_advisory_xact_lock(key) end as held
      from (
        select false as is_key, hashtextextended('candidate ' || ${tenantId}::bigint || ' ' || ${atsNo}::int || ' ' || id, 0) as key
        from unnest(${ids}::text[]) as id
        union
        select true, key from unnest(${int8Array(keys)}::bigint[]) as key
        order by is_key, key offset 0
      ) sorted
      offset 0
    ) locks`;
}

export function lockKeysAlone(tx: Tx, keys: readonly string[]): Statement {
  return tx`
    select count(held)
    from (
      select pg_advisory_xact_lock(key) as held
      from (select key from unnest(${int8Array(keys)}::bigint[]) as key order by key offset 0) sorted
      offset 0
    ) locks`;
}
