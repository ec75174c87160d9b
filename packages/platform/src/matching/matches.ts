import type { Tx } from '../kernel/db.ts';
import type { AtsScope } from '../records/index.ts';

export interface MatchedMembers {
  /** At most one: what several members fit is linked to none. */
  readonly automatic: readonly number[];
  readonly manual: number | null;
}

/** What each candidate is matched with. Candidates without any match are absent. */
export async function matchedMembers(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  candidateIds: readonly string[],
): Promise<Map<string, MatchedMembers>> {
  const rows = await tx<{ candidate_id: string; automatic: number | null; manual: number | null }>`
    select candidate_id, max(automatic) as automatic, max(manual) as manual
    from (
      select candidate_id, member_id as automatic, null::bigint as manual from shown_automatic_match
      where tenant_id = ${tenantId} and ats_no = ${atsNo} and candidate_id = any(${candidateIds}::text[])
      union all
      select candidate_id, null, member_id from manual_match
      where tenant_id = ${tenantId} and ats_no = ${atsNo} and candidate_id = any(${candidateIds}::text[])
    ) links
    group by candidate_id`;
  return new Map(
    rows.map(({ candidate_id, automatic, manual }) => [
      candidate_id,
      { automatic: automatic === null ? [] : [automatic], manual },
    ]),
  );
}
