import type { Statement, Tx } from '../kernel/db.ts';
import type { AtsScope } from '../records/index.ts';
import type { IdentifierKey } from './keys.ts';

/*
 * Every row is reached by one equality probe per key: `unnest(…) cross join lateral (… offset 0)` leaves the planner no other
 * way. With `= any(…)` or a join it chose, from the missing statistics of a table that is just being filled, to scan the whole
 * tenant for every batch, and the prepared statement kept that plan: 100 records took 250 ms instead of 10.
 */

/** One key of one owner: a candidate's id, or a member's. */
export interface KeyRow {
  readonly owner: string;
  /** A 64-bit number as text. */
  readonly key: string;
  readonly kind: number;
}

export function keyRows(
  owners: readonly { readonly id: string | number; readonly keys: readonly IdentifierKey[] }[],
): KeyRow[] {
  return owners.flatMap(({ id, keys }) => keys.map(({ key, kind }) => ({ owner: String(id), key, kind })));
}

/** Each once. Keys travel as text: a hash is larger than the numbers that int8 is read as. */
export function distinctKeys(rows: readonly { readonly key: string }[]): string[] {
  return [...new Set(rows.map(({ key }) => key))];
}

/** As PostgreSQL writes an array; the driver would look through every number for something to escape. */
export function int8Array(numbers: readonly (string | number)[]): string {
  return `{${numbers.join(',')}}`;
}

/** The rows that are not among `kept`. */
export function keysGone(former: readonly KeyRow[], kept: readonly KeyRow[]): KeyRow[] {
  const identity = ({ owner, kind, key }: KeyRow) => `${kind} ${key} ${owner}`;
  const staying = new Set(kept.map(identity));
  return former.filter((row) => !staying.has(identity(row)));
}

/** Found by the rows' own addresses, which nobody else changes: the candidates are locked. */
export function deleteCandidateKeys(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  rows: readonly KeyRow[],
): Statement {
  return tx`
    delete from candidate_key where tenant_id = ${tenantId} and ctid = any(array(
      select k.ctid
      from unnest(${keysOf(rows)}::bigint[], ${kindsOf(rows)}::smallint[], ${owners(rows)}::text[]) as g(key, kind, id)
      cross join lateral (
        select ctid from candidate_key
        where tenant_id = ${tenantId} and key = g.key and ats_no = ${atsNo} and candidate_id = g.id and kind = g.kind
        offset 0
      ) k
    ))`;
}

export function insertMemberKeys(tx: Tx, rows: readonly KeyRow[]): Statement {
  return tx`
    insert into member_key (key, kind, member_id)
    select g.key, g.kind, g.id
    from unnest(${keysOf(rows)}::bigint[], ${kindsOf(rows)}::smallint[], ${int8Array(owners(rows))}::bigint[]) as g(key, kind, id)
    order by g.key, g.id
    on conflict do nothing`;
}

export function deleteMemberKeys(tx: Tx, rows: readonly KeyRow[]): Statement {
  return tx`
    delete from member_key where ctid = any(array(
      select k.ctid
      from unnest(${keysOf(rows)}::bigint[], ${kindsOf(rows)}::smallint[], ${int8Array(owners(rows))}::bigint[]) as g(key, kind, id)
      cross join lateral (
        select ctid from member_key where key = g.key and kind = g.kind and member_id = g.id offset 0
      ) k
    ))`;
}

const owners = (rows: readonly KeyRow[]): string[] => rows.map(({ owner }) => owner);
const keysOf = (rows: readonly KeyRow[]): string => int8Array(rows.map(({ key }) => key));
const kindsOf = (rows: readonly KeyRow[]): string => int8Array(rows.map(({ kind }) => kind));
