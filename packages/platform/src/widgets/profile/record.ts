import type { WidgetRecord } from '@carrick/protocol';
import type { Sql, Statement } from '../../kernel/db.ts';

/** A candidate as its ATS named it on the wire, in the ATS whose key the page carries. */
export interface RecordKey {
  readonly tenantId: number;
  readonly atsNo: number;
  readonly candidateId: string;
}

export interface RecordRow {
  readonly first_name: string;
  readonly last_name: string;
  readonly middle_initial: string | null;
  readonly suffix: string | null;
  readonly current_job_title: string | null;
  readonly current_company_name: string | null;
  readonly email_addresses: readonly string[];
  readonly phone_numbers: readonly { readonly number: string; readonly extension?: string | null }[] | null;
  readonly addresses: readonly Readonly<Record<string, string | null>>[] | null;
  readonly ats_created_at: number;
  /** Whom it is matched with. */
  readonly member_id: number | null;
  /**
   * Whoever it was matched with has closed the account: matching lets go then, and what it did last about this candidate was that.
   * One whose account changed once more since, or who had been let go before, is not told of.
   */
  readonly is_closed: boolean;
}

/** No row where the ATS has not sent the candidate, or `isThere` denies it. Nothing of its applications: those have their own access rules. */
export function recordStatement(
  tx: Sql,
  { tenantId, atsNo, candidateId }: RecordKey,
  isThere: Statement = tx`true`,
): Statement<RecordRow> {
  return tx<RecordRow>`
    select c.first_name, c.last_name, c.middle_initial, c.suffix, c.current_job_title, c.current_company_name, c.email_addresses,
      c.phone_numbers, c.addresses, c.ats_created_at, l.member_id,
      coalesce(m.is_closed, exists (
        select from closed_profile p
        where p.tenant_id = c.tenant_id and p.ats_no = c.ats_no and c.id = any(p.candidate_ids) and p.decision is null
      ) or exists (
        select from (
          select e.member_id, e.decision, e.cause, e.happened_at from match_event e
          where e.tenant_id = c.tenant_id and e.ats_no = c.ats_no and e.candidate_id = c.id order by e.event_no desc limit 1
        ) e
        join member x on x.member_id = e.member_id
        where e.decision = 'NONE' and e.cause = 'member' and x.is_closed and e.happened_at >= x.updated_at
      )) as is_closed
    from candidate c
    left join candidate_member l on l.tenant_id = c.tenant_id and l.ats_no = c.ats_no and l.candidate_id = c.id
    left join member m on m.member_id = l.member_id
    where c.tenant_id = ${tenantId} and c.ats_no = ${atsNo} and c.id = ${candidateId} and ${isThere}`;
}

export function recordOf(row: RecordRow): WidgetRecord {
  const [address] = row.addresses ?? [];
  const place = ['city', 'geographicArea', 'country'].flatMap((part) => address?.[part]?.trim() || []);
  return {
    name: [row.first_name, row.middle_initial, row.last_name, row.suffix].filter(Boolean).join(' '),
    title: row.current_job_title,
    employer: row.current_company_name,
    place: place.join(', ') || null,
    emails: row.email_addresses,
    phones: (row.phone_numbers ?? []).map(({ number, extension }) =>
      extension ? `${number} ext. ${extension}` : number,
    ),
    addedAt: row.ats_created_at,
  };
}
