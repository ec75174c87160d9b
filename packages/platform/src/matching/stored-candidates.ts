import type { Statement, Tx } from '../kernel/db.ts';
import type { AtsScope } from '../records/index.ts';
import { int8Array } from './key-rows.ts';
import type { CandidateFields } from './person.ts';
import type { WrittenPhone } from './phone.ts';
import type { WrittenPlace } from './place.ts';

interface CandidateRow {
  readonly id: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly middle_initial: string | null;
  readonly suffix: string | null;
  readonly email_addresses: readonly string[];
  readonly application_emails: readonly string[] | null;
  readonly phone_numbers: readonly WrittenPhone[] | null;
  readonly addresses: readonly WrittenPlace[] | null;
  readonly linked_in_profile_url: string | null;
  readonly external_profile_url: string | null;
  readonly current_company_name: string | null;
  readonly current_job_title: string | null;
}

export interface StoredCandidate {
  readonly id: string;
  /** With the addresses that applications brought. */
  readonly fields: CandidateFields;
}

/**
 * Candidates, their rows held until the transaction ends: a batch that changes one of them waits, and decides it anew behind
 * us. Held in the order in which batches write them.
 */
export function holdCandidates(tx: Tx, scope: AtsScope, ids: readonly string[]): Promise<StoredCandidate[]> {
  return select(tx, scope, ids, tx`for no key update`);
}

/** Candidates as they are; a moment later they may be others. */
export function readCandidates(tx: Tx, scope: AtsScope, ids: readonly string[]): Promise<StoredCandidate[]> {
  return select(tx, scope, ids, tx``);
}

async function select(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  ids: readonly string[],
  lock: Statement,
): Promise<StoredCandidate[]> {
  const rows = await tx<CandidateRow>`
    select c.id, c.first_name, c.last_name, c.middle_initial, c.suffix, c.email_addresses, c.phone_numbers, c.addresses,
           c.linked_in_profile_url, c.external_profile_url, c.current_company_name, c.current_job_title,
           (
             select array_agg(distinct a.candidate_email) from application a
             where a.tenant_id = ${tenantId} and a.ats_no = ${atsNo} and a.candidate_id = c.id and a.candidate_email is not null
           ) as application_emails
    from unnest(${ids.toSorted(byBytes)}::text[]) as wanted(id)
    cross join lateral (
      select * from candidate
      where tenant_id = ${tenantId} and ats_no = ${atsNo} and id = wanted.id
      offset 0 ${lock}
    ) c`;
  return rows.map(storedCandidate);
}

/** The order of PostgreSQL's collation "C". */
function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** A page of the ATS's candidates, in the order of their ids. */
export async function nextCandidates(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  after: string,
  most: number,
): Promise<string[]> {
  const rows = await tx<{ id: string }>`
    select id from candidate where tenant_id = ${tenantId} and ats_no = ${atsNo} and id > ${after} order by id limit ${most}`;
  return rows.map(({ id }) => id);
}

/** The tenant's candidates under any of the keys, by ATS. On a weak key no link rests, so what leads there may be left out. */
export async function candidatesWithKeys(
  tx: Tx,
  tenantId: number,
  keys: readonly string[],
  { isWeakLeftOut = false }: { readonly isWeakLeftOut?: boolean } = {},
): Promise<Map<number, string[]>> {
  const rows = await tx<{ ats_no: number; candidate_id: string }>`
    select distinct k.ats_no, k.candidate_id
    from unnest(${int8Array(keys)}::bigint[]) as g(key)
    cross join lateral (select * from candidate_key where tenant_id = ${tenantId} and key = g.key offset 0) k
    where not (${isWeakLeftOut} and (
      exists (select from weak_identifier w where w.tenant_id = ${tenantId} and w.key = g.key)
      or exists (select from generic_identifier w where w.key = g.key)
    ))
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
      emailAddresses: [...new Set([...row.email_addresses, ...(row.application_emails ?? [])])],
      phoneNumbers: row.phone_numbers,
      addresses: row.addresses,
      linkedInProfileUrl: row.linked_in_profile_url,
      externalProfileUrl: row.external_profile_url,
      currentCompanyName: row.current_company_name,
      currentJobTitle: row.current_job_title,
    },
  };
}
