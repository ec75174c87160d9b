import type { Sql } from '../kernel/db.ts';
import type { Degree } from './degrees.ts';

/** How far a member is from the viewer, and by whom: each way names those in between, nearest to the viewer first. */
export interface Paths {
  /** Null: the viewer, or further than three steps. */
  readonly degree: Degree | null;
  readonly ways: readonly (readonly { readonly memberId: number; readonly name: string }[])[];
}

const MOST = 20;

/** The shortest ways only, as `readDegrees` counts them. A direct connection is one way with nobody in between. */
export async function readPaths(tx: Sql, viewerMemberId: number, memberId: number): Promise<Paths> {
  const rows = await tx<{
    degree: Degree;
    first_id: number | null;
    first_name: string | null;
    second_id: number | null;
    second_name: string | null;
  }>`
    with known as materialized (select distinct member_id, external_id from connections_of(${viewerMemberId})),
    near as materialized (
      select distinct member_id, external_id from connections_of(${memberId}) where ${memberId} <> ${viewerMemberId}
    ),
    way as materialized (
      select 1 as degree, null::bigint as first_id, null::bigint as second_id from near where member_id = ${viewerMemberId}
      union
      select 2, n.member_id, null from near n join known k on k.member_id = n.member_id
      union
      select 3, k.member_id, n.member_id
      from known k join member_connection c on c.member_id = k.member_id join near n on n.external_id = c.other_external_id
      union
      select 3, k.member_id, n.member_id
      from known k join member_connection c on c.other_external_id = k.external_id join near n on n.member_id = c.member_id
    )
    select w.degree, w.first_id, w.second_id, a.first_name || ' ' || a.last_name as first_name,
      b.first_name || ' ' || b.last_name as second_name
    from way w left join member a on a.member_id = w.first_id left join member b on b.member_id = w.second_id
    where w.degree = (select min(degree) from way)
    order by first_name, second_name, w.first_id, w.second_id limit ${MOST}`;
  return {
    degree: rows[0]?.degree ?? null,
    ways: rows.map((row) =>
      [
        { memberId: row.first_id, name: row.first_name },
        { memberId: row.second_id, name: row.second_name },
      ].flatMap(({ memberId: id, name }) => (id === null || name === null ? [] : [{ memberId: id, name }])),
    ),
  };
}
