import type { Tx } from '../kernel/db.ts';
import type { AtsScope } from '../records/index.ts';
import { int8Array } from './key-rows.ts';
import type { CandidateFields } from './normalize.ts';

export interface CandidateRow {
  readonly id: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly middle_initial: string | null;
  readonly suffix: string | null;
  readonly email_addresses: readonly string[];
  readonly linked_in_profile_url: string | null;
  readonly external_profile_url: string | null;
}

export interface StoredCandidate {
  readonly id: string;
  readonly fields: CandidateFields;
}

/**
 * Candidates, their rows held until the transaction ends: a batch that changes one of them waits, and decides it anew behind
 * us. Held in the order in which batches write them.
 */
export async function holdCandidates(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  ids: readonly string[],
): Promise<StoredCandidate[]> {
  const rows = await tx<CandidateRow>`
    select c.id, c.first_name, c.last_name, c.middle_initial, c.suffix, c.email_addresses, c.linked_in_profile_url,
           c.external_profile_url
    from unnest(${ids.toSorted(byBytes)}::text[]) as wanted(id)
    cross join lateral (
      select * from candidate
      where tenant_id = ${tenantId} and ats_no = ${atsNo} and id = wanted.id
      offset 0 for no key update
    ) c`;
  return rows.map(storedCandidate);
}

/** The order of PostgreSQL's collation "C". */
function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** The tenant's candidates under any of the keys, by ATS. */
export async function candidatesWithKeys(
  tx: Tx,
  tenantId: number,
  keys: readonly string[],
): Promise<Map<number, string[]>> {
  const rows = await tx<{ ats_no: number; candidate_id: string }>`
    select distinct k.ats_no, k.candidate_id
    from unnest(${int8Array(keys)}::bigint[]) as g(key)
    cross join lateral (select * from candidate_key where tenant_id = ${tenantId} and key = g.key offset 0) k
    order by k.ats_no`;
  const byAts = new Map<number, string[]>();
  for (const { ats_no, candidate_id } of rows) {
    const ids = byAts.get(ats_no);
    if (ids) ids.push(candidate_id);
    else byAts.set(ats_no, [candidate_id]);
  }
  return byAts;
}

function storedCandidate(row: CandidateRow): StoredCandidate {
  return {
    id: row.id,
    fields: {
      firstName: row.first_name,
      lastName: row.last_name,
      middleInitial: row.middle_initial,
      suffix: row.suffix,
      emailAddresses: row.email_addresses,
      linkedInProfileUrl: row.linked_in_profile_url,
      externalProfileUrl: row.external_profile_url,
    },
  };
}
