import type { AttachmentEntityType } from '@carrick/protocol';
import { type JobColumns, type Viewer, visibleCandidate, visibleJob } from '../access/index.ts';
import type { Sql, Statement } from '../kernel/db.ts';
import { CLOSING_CATEGORIES, type PersonSubject } from '../search/index.ts';

export interface CandidateRow {
  ats_no: number;
  id: string;
  first_name: string;
  last_name: string;
  external_profile_url: string | null;
  current_job_title: string | null;
  current_company_name: string | null;
  email_addresses: string[];
  phone_numbers: { number: string; extension?: string | null }[] | null;
  addresses: Record<string, string | null>[] | null;
  do_not_contact: boolean | null;
  ats_created_at: number;
  ats_last_modified_at: number;
  received_at: number;
  /** Null: nobody is matched with the record. */
  is_manual: boolean | null;
  reasons: unknown;
}
export interface ApplicationRow {
  ats_no: number;
  id: string;
  candidate_id: string;
  job_id: string;
  title: string;
  is_active: boolean;
  ats_created_at: number;
  received_at: number;
  source: string | null;
  disposition_reason: string | null;
}
interface ChildRow {
  ats_no: number;
  /** The candidate's or the application's id. */
  parent_id: string;
  id: string;
  received_at: number;
}
export interface StageRow extends ChildRow {
  stage: string;
  ats_created_at: number;
}
interface Actor {
  firstName: string;
  lastName: string;
}
export interface NoteRow extends ChildRow {
  note: string | null;
  author: Actor | null;
  ats_created_at: number | null;
}
export interface FeedbackRow extends ChildRow {
  feedback: string | null;
  interviewer: Actor | null;
  interview_type: 'PHONE_SCREEN' | 'ONSITE' | null;
  evaluations: { attribute: string; result?: string | null }[] | null;
  ats_created_at: number | null;
}
export interface AttachmentRow extends ChildRow {
  entity_type: AttachmentEntityType;
  media_no: number;
  file_name: string;
  content_type: string;
  size: number;
  ats_created_at: number | null;
}
export interface SharingRow {
  ats_no: number;
  shares_notes: boolean;
  shares_feedback: boolean;
}

/**
 * The records that are the subject's: a member's matched candidates that are there for the viewer, or a candidate by itself, which is there while nobody is matched
 * with it and the viewer sees an application of it. Columns ats_no, candidate_id, is_manual.
 */
function recordsOf(tx: Sql, viewer: Viewer, subject: PersonSubject): Statement {
  const { tenantId } = viewer;
  const enabled = tx`any(${viewer.atss.map((ats) => ats.atsNo)}::int[])`;
  if ('memberId' in subject)
    return tx`(
      select l.ats_no, l.candidate_id, l.is_manual from candidate_member l
      where l.tenant_id = ${tenantId} and l.member_id = ${subject.memberId} and l.ats_no = ${enabled}
        and ${visibleCandidate(tx, viewer, { atsNo: tx`l.ats_no`, candidateId: tx`l.candidate_id` })}
    )`;
  return tx`(
    select c.ats_no, c.id as candidate_id, null::boolean as is_manual from candidate c
    where c.tenant_id = ${tenantId} and c.ats_no = ${subject.atsNo} and c.id = ${subject.candidateId} and c.ats_no = ${enabled}
      and not exists (
        select from candidate_member l where l.tenant_id = c.tenant_id and l.ats_no = c.ats_no and l.candidate_id = c.id
      )
      and exists (
        select from application a
        where a.tenant_id = c.tenant_id and a.ats_no = c.ats_no and a.candidate_id = c.id and ${visibleJob(tx, viewer, jobOf(tx))}
      )
  )`;
}

/** The files that the viewer may see on one person: those of the candidates, and those of visible applications. */
export function attachmentStatement(
  tx: Sql,
  viewer: Viewer,
  subject: PersonSubject,
  now: number,
): Statement<AttachmentRow> {
  const { tenantId } = viewer;
  return tx<AttachmentRow>`
    select t.ats_no, t.entity_type, t.entity_id as parent_id, t.id, t.received_at, t.file_name, t.ats_created_at,
      m.media_no, m.content_type, m.size
    from ${recordsOf(tx, viewer, subject)} l
    join candidate c on c.tenant_id = ${tenantId} and c.ats_no = l.ats_no and c.id = l.candidate_id
    cross join lateral (
      select 'CANDIDATE' as entity_type, c.id as entity_id
      union all
      select 'APPLICATION', a.id from application a
      where a.tenant_id = ${tenantId} and a.ats_no = c.ats_no and a.candidate_id = c.id and ${visibleJob(tx, viewer, jobOf(tx))}
    ) e
    join attachment t on t.tenant_id = ${tenantId} and t.ats_no = c.ats_no and t.entity_type = e.entity_type and t.entity_id = e.entity_id
    join media m on m.tenant_id = t.tenant_id and m.media_id = t.media_id and (m.expires_at is null or m.expires_at > ${now})
    order by coalesce(t.ats_created_at, t.received_at) desc, m.media_no desc`;
}

/** Statements for everything the enabled ATSs hold on one person that the viewer may see; all for one flight. */
export function atsStatements(tx: Sql, viewer: Viewer, subject: PersonSubject) {
  const { tenantId } = viewer;
  const links = recordsOf(tx, viewer, subject);
  const visible = tx`(
    select a.*, coalesce(j.title, a.job_name) as title, coalesce(j.state = 'CLOSED', false) as is_job_closed
    from ${links} l
    join application a on a.tenant_id = ${tenantId} and a.ats_no = l.ats_no and a.candidate_id = l.candidate_id
    left join job j on j.tenant_id = a.tenant_id and j.ats_no = a.ats_no and j.id = a.job_id
    where ${visibleJob(tx, viewer, jobOf(tx))}
  )`;
  return [
    tx<CandidateRow>`
      select c.ats_no, c.id, c.first_name, c.last_name, c.external_profile_url, c.current_job_title, c.current_company_name,
        c.email_addresses, c.phone_numbers, c.addresses, c.do_not_contact, c.ats_created_at, c.ats_last_modified_at, c.received_at,
        l.is_manual, m.reasons
      from ${links} l
      join candidate c on c.tenant_id = ${tenantId} and c.ats_no = l.ats_no and c.id = l.candidate_id
      left join automatic_match m on m.tenant_id = c.tenant_id and m.ats_no = c.ats_no and m.candidate_id = c.id and not l.is_manual`,
    tx<ApplicationRow>`
      select v.ats_no, v.id, v.candidate_id, v.job_id, v.title, v.ats_created_at, v.received_at, v.source, v.disposition_reason,
        not (
          v.is_job_closed or coalesce(btrim(v.disposition_reason), '') <> ''
          or coalesce((
            select s.category = any(${CLOSING_CATEGORIES}::text[]) from stage s
            where s.tenant_id = ${tenantId} and s.ats_no = v.ats_no and s.application_id = v.id
            order by s.ats_created_at desc, s.id desc limit 1
          ), false)
        ) as is_active
      from ${visible} v`,
    tx<StageRow>`
      select s.ats_no, s.application_id as parent_id, s.id, s.received_at, s.stage, s.ats_created_at
      from ${visible} v
      join stage s on s.tenant_id = ${tenantId} and s.ats_no = v.ats_no and s.application_id = v.id
      order by s.ats_created_at desc, s.id desc`,
    tx<NoteRow>`
      select n.ats_no, n.application_id as parent_id, n.id, n.received_at, n.note, n.author, n.ats_created_at
      from ${visible} v
      join application_note n on n.tenant_id = ${tenantId} and n.ats_no = v.ats_no and n.application_id = v.id
      order by n.ats_created_at desc nulls last, n.id desc`,
    tx<FeedbackRow>`
      select f.ats_no, f.application_id as parent_id, f.id, f.received_at, f.feedback, f.interviewer, f.interview_type, f.evaluations,
        f.ats_created_at
      from ${visible} v
      join interview_feedback f on f.tenant_id = ${tenantId} and f.ats_no = v.ats_no and f.application_id = v.id
      order by f.ats_created_at desc nulls last, f.id desc`,
    tx<NoteRow>`
      select n.ats_no, n.candidate_id as parent_id, n.id, n.received_at, n.note, n.author, n.ats_created_at
      from ${links} l
      join candidate_note n on n.tenant_id = ${tenantId} and n.ats_no = l.ats_no and n.candidate_id = l.candidate_id
      order by n.ats_created_at desc nulls last, n.id desc`,
  ] as const;
}

/**
 * Whether an ATS shares notes and feedback at all, as far as the viewer can see: the first feedback on a job hidden from the viewer
 * must change nothing on the viewer's screen, this sentence included.
 */
export function sharingStatement(tx: Sql, viewer: Viewer): Statement<SharingRow> {
  const { tenantId } = viewer;
  const visible = visibleJob(tx, viewer, jobOf(tx));
  return tx<SharingRow>`
    select t.ats_no,
      exists (
        select from candidate_note n
        where n.tenant_id = ${tenantId} and n.ats_no = t.ats_no and ${visibleCandidate(tx, viewer, { atsNo: tx`n.ats_no`, candidateId: tx`n.candidate_id` })}
      )
      or exists (
        select from application_note n
        join application a on a.tenant_id = n.tenant_id and a.ats_no = n.ats_no and a.id = n.application_id
        where n.tenant_id = ${tenantId} and n.ats_no = t.ats_no and ${visible}
      ) as shares_notes,
      exists (
        select from interview_feedback f
        join application a on a.tenant_id = f.tenant_id and a.ats_no = f.ats_no and a.id = f.application_id
        where f.tenant_id = ${tenantId} and f.ats_no = t.ats_no and ${visible}
      ) as shares_feedback
    from unnest(${viewer.atss.map((ats) => ats.atsNo)}::int[]) as t (ats_no)`;
}

function jobOf(tx: Sql): JobColumns {
  return { atsNo: tx`a.ats_no`, jobId: tx`a.job_id`, isRestricted: tx`coalesce(a.access_restricted, false)` };
}
