import type { Sql } from '../kernel/db.ts';

export type Degree = 1 | 2 | 3;

/**
 * How far each of these members is from the viewer, over connections of either direction: known, known by somebody known, or one
 * further; absent when further still or the viewer. One statement for a page of people: the viewer's acquaintances are compared
 * with theirs, first for a common one, then for two who are connected; so no second step is ever written out.
 */
export async function readDegrees(
  tx: Sql,
  viewerMemberId: number,
  memberIds: readonly number[],
): Promise<Map<number, Degree>> {
  const rows = await tx<{ member_id: number; degree: Degree }>`
    with known as materialized (select distinct member_id, external_id from connections_of(${viewerMemberId})),
    near as materialized (
      select a.member_id as asked_id, c.member_id, c.external_id
      from unnest(${[...memberIds]}::bigint[]) as a (member_id)
      cross join lateral connections_of(a.member_id) c
      where a.member_id <> ${viewerMemberId}
    ),
    met as (
      select asked_id, 1 as degree from near where member_id = ${viewerMemberId}
      union all
      select n.asked_id, 2 from near n join known k on k.member_id = n.member_id
      union all
      select n.asked_id, 3
      from known k join member_connection c on c.member_id = k.member_id join near n on n.external_id = c.other_external_id
      union all
      select n.asked_id, 3
      from known k join member_connection c on c.other_external_id = k.external_id join near n on n.member_id = c.member_id
    )
    select asked_id as member_id, min(degree)::int as degree from met group by asked_id`;
  return new Map(rows.map((row) => [row.member_id, row.degree]));
}
