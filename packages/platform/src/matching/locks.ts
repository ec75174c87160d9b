import type { Statement, Tx } from '../kernel/db.ts';
import type { AtsScope } from '../records/index.ts';

/*
 * A candidate batch and a member batch with a common identifier must not pass each other unseen: under READ COMMITTED neither
 * would see the other's rows, and the link would be missing for ever. So a candidate's writer holds its keys shared, a member's
 * writer holds them alone, until the transaction ends. Everybody locks in the order: candidates or members, keys, rows; and
 * each of these sorted; so two writers never wait for each other. `offset 0` keeps the order: it is evaluated before the locks.
 */

export function lockKeysShared(tx: Tx, keys: readonly string[]): Statement {
  return tx`
    select pg_advisory_xact_lock_shared(key)
    from (select key from unnest(${keys}::bigint[]) as key order by key offset 0) sorted`;
}

export function lockKeysAlone(tx: Tx, keys: readonly string[]): Statement {
  return tx`
    select pg_advisory_xact_lock(key)
    from (select key from unnest(${keys}::bigint[]) as key order by key offset 0) sorted`;
}

/** Batches with a common candidate run one after the other, new candidates too: a row lock would not hold those. */
export function lockCandidates(tx: Tx, { tenantId, atsNo }: AtsScope, ids: readonly string[]): Statement {
  return tx`
    select pg_advisory_xact_lock(key)
    from (
      select distinct hashtextextended('candidate ' || ${tenantId}::bigint || ' ' || ${atsNo}::int || ' ' || id, 0) as key
      from unnest(${ids}::text[]) as id
      order by key offset 0
    ) sorted`;
}
