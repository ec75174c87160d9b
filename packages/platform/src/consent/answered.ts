import type { Sql } from '../kernel/db.ts';

/** Which consents a contract's ATS asks for: `from` inclusive, `to` exclusive, of the answer. */
export interface AnsweredFilter {
  readonly contractId: number;
  /** Empty: of every seat. */
  readonly seatIds: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly count: number;
}

/**
 * Members of whom a contract may have a stub, oldest answer first: who said yes, and, of those who said no or took it back, who allow
 * sharing with other systems. Who gave no answer is not among them, nor is a closed account. Ids only; `readConsents` has the rest.
 */
export async function answeredConsents(
  tx: Sql,
  tenantId: number,
  { contractId, seatIds, from, to, start, count }: AnsweredFilter,
): Promise<{ readonly memberIds: readonly number[]; readonly total: number }> {
  const rows = await tx<{ member_id: number | null; total: number }>`
    with found as (
      select c.member_id, c.answered_at
      from contact_consent c
      join member m on m.member_id = c.member_id
      where c.tenant_id = ${tenantId} and c.contract_id = ${contractId} and c.answered_at >= ${from} and c.answered_at < ${to}
        and (cardinality(${seatIds}::bigint[]) = 0 or c.seat_id = any(${seatIds}::bigint[]))
        and not m.is_closed
        and ((c.answer = 'YES' and c.withdrawn_at is null) or m.shares_with_third_parties)
    ), page as (
      select * from found order by answered_at, member_id offset ${start} limit ${count}
    )
    select p.member_id, t.total
    from (select count(*) as total from found) t left join page p on true
    order by p.answered_at, p.member_id`;
  return {
    memberIds: rows.flatMap((row) => (row.member_id === null ? [] : [row.member_id])),
    total: rows[0]?.total ?? 0,
  };
}
