import type { TransactionSql } from 'postgres';

/** Whose data it is about, by ids. */
export type Subject =
  | {
      readonly kind: 'candidate';
      readonly tenantId: number;
      readonly atsNo: number;
      readonly candidateId: string;
    }
  | { readonly kind: 'member'; readonly memberId: number }
  | { readonly kind: 'seat'; readonly tenantId: number; readonly seatId: number }
  | { readonly kind: 'contract'; readonly tenantId: number; readonly contractId: number }
  | { readonly kind: 'organisation'; readonly tenantId: number };

/** Under which tenant a request is kept: 0 where no organisation is left to keep it. */
export function keeperOf(subject: Subject): number {
  return subject.kind === 'member' || subject.kind === 'organisation' ? 0 : subject.tenantId;
}

/** The subject `s` that conditions of places name; what it does not have is null or empty. */
export interface SubjectRow {
  readonly tenant_id: number | null;
  readonly ats_no: number | null;
  readonly candidate_id: string | null;
  readonly member_id: number | null;
  readonly contract_id: number | null;
  readonly seat_ids: readonly number[];
  /** Directory entries that were made for these seats and hold no other one. */
  readonly lonely_ids: readonly number[];
  readonly application_ids: readonly string[];
  readonly media_ids: readonly string[];
  /** Of a contract all projects, of a seat its private ones. */
  readonly project_ids: readonly number[];
  readonly oauth_ids: readonly number[];
  /** Addresses in lower case, by which mails are found. */
  readonly texts: readonly string[];
}

export const SUBJECT_COLUMNS = `tenant_id bigint, ats_no int, candidate_id text, member_id bigint, contract_id bigint, seat_ids bigint[],
  lonely_ids bigint[], application_ids text[], media_ids uuid[], project_ids bigint[], oauth_ids bigint[], texts text[]`;

const NOTHING: SubjectRow = {
  tenant_id: null,
  ats_no: null,
  candidate_id: null,
  member_id: null,
  contract_id: null,
  seat_ids: [],
  lonely_ids: [],
  application_ids: [],
  media_ids: [],
  project_ids: [],
  oauth_ids: [],
  texts: [],
};

/** What has to be known of the subject before anything of it goes. Null: there is nothing of the kind. */
export async function resolve(tx: TransactionSql, subject: Subject): Promise<SubjectRow | null> {
  switch (subject.kind) {
    case 'candidate':
      return resolveCandidate(tx, subject);
    case 'member': {
      const { memberId } = subject;
      const [row] = await tx<{ texts: string[] }[]>`
        select array(
          select lower(x) from jsonb_array_elements_text(coalesce(m.doc -> 'emails', '[]')) x
          union select lower(c.email) from member_email_choice c where c.member_id = m.member_id
        ) as texts
        from member m where m.member_id = ${memberId}`;
      return row ? { ...NOTHING, member_id: memberId, texts: row.texts } : null;
    }
    case 'seat':
    case 'contract':
    case 'organisation':
      return resolveSeats(tx, subject);
  }
}

/** With the applications that were detached when the record was deleted before: they still carry the address. */
async function resolveCandidate(
  tx: TransactionSql,
  { tenantId, atsNo, candidateId }: Extract<Subject, { kind: 'candidate' }>,
): Promise<SubjectRow | null> {
  const [row] = await tx<
    { is_known: boolean; texts: string[]; application_ids: string[]; media_ids: string[] }[]
  >`
    with address as (
      select lower(x) as text
      from candidate c, jsonb_array_elements_text(c.email_addresses) x
      where c.tenant_id = ${tenantId} and c.ats_no = ${atsNo} and c.id = ${candidateId}
      union
      select lower(a.candidate_email) from application a
      where a.tenant_id = ${tenantId} and a.ats_no = ${atsNo} and a.candidate_id = ${candidateId} and a.candidate_email <> ''
    ), applied as (
      select a.id from application a
      where a.tenant_id = ${tenantId} and a.ats_no = ${atsNo}
        and (
          a.candidate_id = ${candidateId}
          or (a.candidate_id is null and lower(a.candidate_email) in (select text from address))
        )
    )
    select
      exists (select from candidate c where c.tenant_id = ${tenantId} and c.ats_no = ${atsNo} and c.id = ${candidateId}) as is_known,
      array(select text from address) as texts, array(select id from applied) as application_ids,
      array(
        select f.media_id from attachment f
        where f.tenant_id = ${tenantId} and f.ats_no = ${atsNo}
          and (
            (f.entity_type = 'CANDIDATE' and f.entity_id = ${candidateId})
            or (f.entity_type = 'APPLICATION' and f.entity_id in (select id from applied))
          )
      ) as media_ids`;
  if (!row || (!row.is_known && row.application_ids.length === 0)) return null;
  const { texts, application_ids, media_ids } = row;
  return {
    ...NOTHING,
    tenant_id: tenantId,
    ats_no: atsNo,
    candidate_id: candidateId,
    texts,
    application_ids,
    media_ids,
  };
}

async function resolveSeats(
  tx: TransactionSql,
  subject: Extract<Subject, { kind: 'seat' | 'contract' | 'organisation' }>,
): Promise<SubjectRow | null> {
  const { tenantId } = subject;
  const seatId = subject.kind === 'seat' ? subject.seatId : null;
  const contractId = subject.kind === 'contract' ? subject.contractId : null;
  const [row] = await tx<
    (Pick<SubjectRow, 'seat_ids' | 'lonely_ids' | 'project_ids' | 'oauth_ids' | 'texts'> & {
      is_known: boolean;
    })[]
  >`
    with held as (
      select s.seat_id, s.member_id, s.email from seat s
      where s.tenant_id = ${tenantId} and (${seatId}::bigint is null or s.seat_id = ${seatId})
        and (${contractId}::bigint is null or s.contract_id = ${contractId})
    )
    select
      case
        when ${seatId}::bigint is not null then exists (select from held)
        when ${contractId}::bigint is not null
          then exists (select from contract c where c.tenant_id = ${tenantId} and c.contract_id = ${contractId})
        else exists (select from organisation o where o.tenant_id = ${tenantId})
      end as is_known,
      array(select seat_id from held) as seat_ids,
      array(
        select h.member_id from held h join member m on m.member_id = h.member_id
        where m.external_id like 'seat:%' and not exists (
          select from seat o where o.member_id = h.member_id and o.email <> ''
            and not (o.tenant_id = ${tenantId} and o.seat_id in (select seat_id from held))
        )
      ) as lonely_ids,
      array(
        select p.project_id from project p
        where p.tenant_id = ${tenantId}
          and (
            p.contract_id = ${contractId}
            or (p.is_private and p.owner_seat = ${seatId})
          )
      ) as project_ids,
      array(
        select i.application_id from ats_instance i
        where i.tenant_id = ${tenantId} and ${subject.kind === 'organisation'}::boolean
      ) as oauth_ids,
      array(select distinct lower(email) from held where email <> '') as texts`;
  if (!row?.is_known) return null;
  const { is_known: _, ...found } = row;
  return { ...NOTHING, ...found, tenant_id: tenantId, contract_id: contractId };
}
