import type { Statement, Tx } from '../kernel/db.ts';
import type { AtsScope } from '../records/index.ts';
import type { IdentifierKey } from './keys.ts';
import type { MatchCandidate } from './matcher.ts';

/**
 * Keys travel as text: an int8 of the database is a JavaScript number here, and a hash is larger than those can be.
 * `{1,2}` is PostgreSQL's own way to write an array.
 */
export function keyArray(keys: Iterable<string>): string {
  return `{${[...new Set(keys)].join(',')}}`;
}

/**
 * A candidate batch and a member batch with a common identifier must not pass each other unseen: under READ COMMITTED neither
 * would see the other's rows, and the link would be missing for ever. So a candidate's writer holds its keys shared and a
 * member's writer holds them alone, until the transaction ends. Sorted, so that two writers never wait for each other.
 */
export function lockShared(tx: Tx, keys: Iterable<string>): Statement {
  return tx`
    select pg_advisory_xact_lock_shared(key)
    from (select key from unnest(${keyArray(keys)}::text::bigint[]) as key order by key offset 0) sorted`;
}

/** The keys that members will have, and those they have so far. */
export function lockAlone(tx: Tx, keys: Iterable<string>, memberIds: readonly number[]): Statement {
  return tx`
    select pg_advisory_xact_lock(key)
    from (
      select key from unnest(${keyArray(keys)}::text::bigint[]) as key
      union
      select key from member_key where member_id = any(${memberIds}::bigint[])
      order by key offset 0
    ) sorted`;
}

interface KeyRows {
  readonly owners: readonly string[];
  readonly keys: readonly string[];
  readonly kinds: readonly number[];
}

function keyRows(owned: Iterable<readonly [owner: string, keys: readonly IdentifierKey[]]>): KeyRows {
  const rows = [...owned].flatMap(([owner, keys]) => keys.map(({ key, kind }) => ({ owner, key, kind })));
  return {
    owners: rows.map(({ owner }) => owner),
    keys: rows.map(({ key }) => key),
    kinds: rows.map(({ kind }) => kind),
  };
}

/** Makes the rows of these candidates be their keys: what differs is written. */
export function writeCandidateKeys(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  candidates: readonly MatchCandidate[],
): Statement {
  const { owners, keys, kinds } = keyRows(candidates.map(({ id, keys }) => [id, keys] as const));
  return tx`
    with given as materialized (
      select g.id, g.key, g.kind
      from unnest(${owners}::text[], ${`{${keys.join(',')}}`}::text::bigint[], ${kinds}::smallint[]) as g(id, key, kind)
    ), gone as (
      delete from candidate_key k
      where k.tenant_id = ${tenantId} and k.ats_no = ${atsNo} and k.candidate_id = any(${candidates.map(({ id }) => id)}::text[])
        and not exists (select from given g where g.id = k.candidate_id and g.key = k.key and g.kind = k.kind)
    )
    insert into candidate_key (tenant_id, key, kind, ats_no, candidate_id)
    select ${tenantId}::bigint, g.key, g.kind, ${atsNo}::int, g.id from given g order by g.key, g.id
    on conflict do nothing`;
}

/** Makes the rows of these members be their keys. */
export function writeMemberKeys(
  tx: Tx,
  members: readonly { readonly memberId: number; readonly keys: readonly IdentifierKey[] }[],
): Statement {
  const { owners, keys, kinds } = keyRows(
    members.map(({ memberId, keys }) => [String(memberId), keys] as const),
  );
  return tx`
    with given as materialized (
      select g.member_id, g.key, g.kind
      from unnest(${`{${owners.join(',')}}`}::text::bigint[], ${`{${keys.join(',')}}`}::text::bigint[], ${kinds}::smallint[])
        as g(member_id, key, kind)
    ), gone as (
      delete from member_key k
      where k.member_id = any(${members.map(({ memberId }) => memberId)}::bigint[])
        and not exists (select from given g where g.member_id = k.member_id and g.key = k.key and g.kind = k.kind)
    )
    insert into member_key (member_id, key, kind)
    select g.member_id, g.key, g.kind from given g order by g.key, g.member_id
    on conflict do nothing`;
}
