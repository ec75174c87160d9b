import type { Statement, Tx } from '../kernel/db.ts';
import type { MatchCandidate, Matcher } from './matcher.ts';

interface CandidateRow {
  readonly ats_no: number;
  readonly id: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly middle_initial: string | null;
  readonly suffix: string | null;
  readonly email_addresses: readonly string[];
  readonly linked_in_profile_url: string | null;
  readonly external_profile_url: string | null;
}

/** Which candidates of the tenant to read. */
export type Wanted =
  | { readonly by: 'id'; readonly atsNo: number; readonly candidateIds: readonly string[] }
  /** Under any of the keys (`{1,2}`), or linked to any of the members. */
  | { readonly by: 'key'; readonly keys: string; readonly memberIds: readonly number[] };

type ByAts = ReadonlyMap<number, readonly MatchCandidate[]>;

/** Candidates by ATS, as they stand at this moment. */
export async function readCandidates(matcher: Matcher, tx: Tx, wanted: Wanted): Promise<ByAts> {
  return byAts(matcher, await candidates(tx, wanted));
}

/**
 * Candidates by ATS, their rows held until the transaction ends: a batch that changes one of them waits, and decides it anew
 * behind us. Held in the order in which batches write them.
 */
export async function holdCandidates(matcher: Matcher, tx: Tx, wanted: Wanted): Promise<ByAts> {
  return byAts(matcher, await tx<CandidateRow>`${candidates(tx, wanted)} for no key update of c`);
}

function candidates(tx: Tx, wanted: Wanted): Statement<CandidateRow> {
  const tenantId = tx.tenantId;
  const chosen =
    wanted.by === 'id'
      ? tx`select ${wanted.atsNo}::int as ats_no, unnest(${wanted.candidateIds}::text[]) as id`
      : tx`
        select k.ats_no, k.candidate_id as id from candidate_key k
        where k.tenant_id = ${tenantId} and k.key = any(${wanted.keys}::text::bigint[])
        union
        select a.ats_no, a.candidate_id from automatic_match a
        where a.tenant_id = ${tenantId} and a.member_id = any(${wanted.memberIds}::bigint[])`;
  return tx<CandidateRow>`
    select c.ats_no, c.id, c.first_name, c.last_name, c.middle_initial, c.suffix, c.email_addresses, c.linked_in_profile_url,
           c.external_profile_url
    from candidate c
    where c.tenant_id = ${tenantId} and (c.ats_no, c.id) in (${chosen})
    order by c.ats_no, c.id collate "C"`;
}

function byAts(matcher: Matcher, rows: readonly CandidateRow[]): ByAts {
  const groups = new Map<number, MatchCandidate[]>();
  for (const row of rows) {
    const candidate = matcher.candidate(row.id, {
      firstName: row.first_name,
      lastName: row.last_name,
      middleInitial: row.middle_initial,
      suffix: row.suffix,
      emailAddresses: row.email_addresses,
      linkedInProfileUrl: row.linked_in_profile_url,
      externalProfileUrl: row.external_profile_url,
    });
    const group = groups.get(row.ats_no);
    if (group) group.push(candidate);
    else groups.set(row.ats_no, [candidate]);
  }
  return groups;
}
