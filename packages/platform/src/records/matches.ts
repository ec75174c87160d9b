import type { Tx } from '../kernel/db.ts';
import type { AtsScope } from './hooks.ts';

/** Whom a candidate is linked to; both may hold, and then the manual link counts. */
export interface CandidateMatch {
  readonly automaticMember: number | null;
  readonly manualMember: number | null;
}

/** By candidate id; unmatched candidates are left out. */
export async function getMatches(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  candidateIds: readonly string[],
): Promise<ReadonlyMap<string, CandidateMatch>> {
  const rows = await tx<{
    candidate_id: string;
    automatic_member: number | null;
    manual_member: number | null;
  }>`
    select candidate_id, a.member_id as automatic_member, m.member_id as manual_member
    from (
      select candidate_id, member_id from shown_automatic_match
      where tenant_id = ${tenantId} and ats_no = ${atsNo} and candidate_id = any(${candidateIds})
    ) a full join (
      select candidate_id, member_id from manual_match
      where tenant_id = ${tenantId} and ats_no = ${atsNo} and candidate_id = any(${candidateIds})
    ) m using (candidate_id)`;
  return new Map(
    rows.map(({ candidate_id: id, automatic_member: automaticMember, manual_member: manualMember }) => [
      id,
      { automaticMember, manualMember },
    ]),
  );
}
