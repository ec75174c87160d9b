import type { Sql } from '../kernel/db.ts';

export type Degree = 1 | 2 | 3;

/**
 * How far each of these members is from the viewer, over connections of either direction: known, known by somebody known, or one
 * further; absent when further still or the viewer. One statement for a page of people: the viewer's side is walked two steps,
 * theirs one, and where the two meet is the distance.
 */
export async function readDegrees(
  tx: Sql,
  viewerMemberId: number,
  memberIds: readonly number[],
): Promise<Map<number, Degree>> {
  const rows = await tx<{ member_id: number; degree: Degree }>`
    with first as materialized (
      select distinct other_id as member_id from connected_member where member_id = ${viewerMemberId}
    ),
    second as materialized (
      select distinct c.other_id as member_id
      from first join connected_member c on c.member_id = first.member_id
    ),
    near as (
      select c.member_id, c.other_id from connected_member c where c.member_id = any(${[...memberIds]}::bigint[])
    )
    select asked.member_id,
      case
        when asked.member_id in (select member_id from first) then 1
        when asked.member_id in (select member_id from second) then 2
        else 3
      end as degree
    from unnest(${[...memberIds]}::bigint[]) as asked (member_id)
    where asked.member_id <> ${viewerMemberId} and (
      asked.member_id in (select member_id from first)
      or asked.member_id in (select member_id from second)
      or exists (select from near n join second on second.member_id = n.other_id where n.member_id = asked.member_id)
    )`;
  return new Map(rows.map((row) => [row.member_id, row.degree]));
}
