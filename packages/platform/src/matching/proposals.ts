import { type Viewer, visibleCandidate } from '../access/index.ts';
import type { Sql, Statement } from '../kernel/db.ts';

/**
 * The proposals that wait for this viewer, each a row of match_proposal; with `memberIds`, those members' only; with `newest`, those
 * among that many of the organisation's newest. None for a seat that does not decide, of a candidate that is not there for the viewer or is linked meanwhile, of a pair that a person parted, of a closed account. A query, for
 * use within others, counts included.
 */
export function openProposals(
  tx: Sql,
  viewer: Viewer,
  { memberIds, newest }: { readonly memberIds?: readonly number[]; readonly newest?: number } = {},
): Statement {
  const { tenantId, seatId, atss } = viewer;
  const members = memberIds ? tx`and p.member_id = any(${memberIds}::bigint[])` : tx``;
  const proposals = newest
    ? tx`(select * from match_proposal where tenant_id = ${tenantId} order by proposed_at desc limit ${newest})`
    : tx`match_proposal`;
  return tx`
    select p.* from ${proposals} p
    join candidate c on c.tenant_id = p.tenant_id and c.ats_no = p.ats_no and c.id = p.candidate_id
    join member m on m.member_id = p.member_id and not m.is_closed
    where p.tenant_id = ${tenantId} ${members} and p.ats_no = any(${atss.map(({ atsNo }) => atsNo)}::int[])
      and ${decidesMatches(tx, { tenantId, seatId })} and ${visibleCandidate(tx, viewer, { atsNo: tx`p.ats_no`, candidateId: tx`p.candidate_id` })}
      and not exists (
        select from seat s join contract_switch w on w.tenant_id = s.tenant_id and w.contract_id = s.contract_id
        where s.tenant_id = ${tenantId} and s.seat_id = ${seatId} and w.feature = 'possible-matches' and not w.is_on
      )
      and not exists (
        select from match_decision d
        where d.tenant_id = p.tenant_id and d.ats_no = p.ats_no and d.candidate_id = p.candidate_id and d.lifted_at is null
          and (d.verdict = 'LINK' or d.member_id = p.member_id)
      )
      and not exists (
        select from automatic_match a
        where a.tenant_id = p.tenant_id and a.ats_no = p.ats_no and a.candidate_id = p.candidate_id
      )`;
}

/** Administrators and the seats that are allowed to. */
export function decidesMatches(
  tx: Sql,
  { tenantId, seatId }: { readonly tenantId: number; readonly seatId: number },
): Statement {
  return tx`exists (
    select from seat s where s.tenant_id = ${tenantId} and s.seat_id = ${seatId} and s.is_active and (s.is_admin or s.decides_matches)
  )`;
}
