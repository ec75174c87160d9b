import type { Sql, Tx } from './database.ts';

/**
 * What the platform is to hold of this ATS: one SELECT a kind, whose rows are records as the wire spells them. The same
 * SELECT serves the history, which reads all of them, and a change, which names its rows. Nothing is left out in silence: a
 * candidate without an e-mail address is sent with an empty list, a closed job as CLOSED.
 */
export type Kind =
  | 'job'
  | 'entityAcl'
  | 'entityAclAssignee'
  | 'candidate'
  | 'candidateNote'
  | 'application'
  | 'stage'
  | 'interviewFeedback'
  | 'applicationNote';

export interface RecordRow {
  readonly id: string;
  readonly parentId: string | null;
  readonly record: Readonly<Record<string, unknown>>;
}

const ms = (column: string) => `floor(extract(epoch from ${column}) * 1000)::bigint`;
const actor = (table: string) =>
  `jsonb_build_object('firstName', ${table}.first_name, 'lastName', ${table}.last_name)`;

/** `id`: the column that a change names rows by. */
const SELECTS: { readonly [K in Kind]: { readonly id: string; readonly select: string } } = {
  job: {
    id: 'j.id',
    select: `select j.id, null as parent_id, jsonb_build_object(
      'title', j.title, 'description', j.description, 'location', j.location,
      'companyApplyUrl', $base || '/apply/' || j.id, 'listedAt', ${ms('j.opened_at')},
      'state', case when j.is_open then 'LISTED' else 'CLOSED' end,
      'availability', case when j.is_public then 'PUBLIC' else 'PRIVATE_TO_ATS_INTEGRATION' end) as record
      from job j`,
  },
  // A team is a group; a job that belongs to one is secured by it.
  entityAcl: {
    id: 'j.id',
    select: `select j.id, null as parent_id, jsonb_build_object(
      'atsEntityAclId', j.team_id, 'atsEntityId', j.id, 'atsEntityType', 'JOB_POSTING') as record
      from job j where j.team_id is not null`,
  },
  // Whoever is not bound to a seat yet follows when bound.
  entityAclAssignee: {
    id: 'm.team_id',
    select: `select m.team_id || ' ' || m.staff_id as id, null as parent_id, jsonb_build_object(
      'atsEntityAclId', m.team_id, 'assignee', s.person_urn, 'atsEntityType', 'JOB_POSTING') as record
      from team_staff m join staff s on s.id = m.staff_id where s.person_urn is not null`,
  },
  candidate: {
    id: 'c.id',
    select: `select c.id, null as parent_id, jsonb_build_object(
      'firstName', c.first_name, 'lastName', c.last_name,
      'emailAddresses', case when c.email is null then '[]'::jsonb else jsonb_build_array(c.email) end,
      'phoneNumbers', case when c.phone is null then '[]'::jsonb else jsonb_build_array(jsonb_build_object('number', c.phone)) end,
      'addresses', case when c.city is null and c.country is null then '[]'::jsonb else jsonb_build_array(jsonb_strip_nulls(
        jsonb_build_object('city', c.city, 'geographicArea', c.region, 'country', c.country))) end,
      'externalProfileUrl', $base || '/candidates/' || c.id, 'atsCreatedAt', ${ms('c.created_at')},
      'atsLastModifiedAt', ${ms('c.changed_at')}) || jsonb_strip_nulls(jsonb_build_object(
      'linkedInProfileUrl', c.profile_url, 'currentCompanyName', c.company, 'currentJobTitle', c.title,
      'manualMatchedMember', case when c.person_is_manual then c.person_urn end)) as record
      from candidate c`,
  },
  candidateNote: {
    id: 'n.id',
    select: `select n.id, n.candidate_id as parent_id, jsonb_build_object(
      'note', n.note, 'author', ${actor('s')}, 'atsCreatedAt', ${ms('n.created_at')}) as record
      from candidate_note n join staff s on s.id = n.author_id`,
  },
  application: {
    id: 'a.id',
    select: `select a.id, null as parent_id, jsonb_strip_nulls(jsonb_build_object(
      'atsCandidateId', a.candidate_id, 'atsJobPostingId', a.job_id, 'atsJobPostingName', j.title,
      'candidateEmail', c.email, 'firstName', c.first_name, 'lastName', c.last_name, 'source', a.source,
      'dispositionReason', a.reason, 'atsCreatedAt', ${ms('a.applied_at')}, 'atsLastModifiedAt', ${ms('a.changed_at')})) as record
      from application a join job j on j.id = a.job_id left join candidate c on c.id = a.candidate_id`,
  },
  stage: {
    id: 't.id',
    select: `select t.id, t.application_id as parent_id, jsonb_build_object(
      'stage', t.name, 'atsCreatedAt', ${ms('t.entered_at')}) as record from stage t`,
  },
  interviewFeedback: {
    id: 'f.id',
    select: `select f.id, f.application_id as parent_id, jsonb_build_object(
      'interviewer', ${actor('s')}, 'interviewType', f.kind, 'feedback', f.text,
      'evaluations', jsonb_build_array(jsonb_build_object('attribute', f.attribute, 'result', f.result)),
      'atsCreatedAt', ${ms('f.held_at')}) as record
      from feedback f join staff s on s.id = f.interviewer_id`,
  },
  applicationNote: {
    id: 'n.id',
    select: `select n.id, n.application_id as parent_id, jsonb_build_object(
      'note', n.note, 'author', ${actor('s')}, 'atsCreatedAt', ${ms('n.created_at')}) as record
      from application_note n join staff s on s.id = n.author_id`,
  },
};

/**
 * Records of a kind, as they stand in this transaction: those of the named rows (jobs for access rules, teams for assignees), or
 * all. `base` is this ATS's own address, for links back.
 */
export async function readRecords(
  sql: Sql | Tx,
  kind: Kind,
  base: string,
  ids: readonly string[] | null = null,
): Promise<readonly RecordRow[]> {
  const { id, select } = SELECTS[kind];
  const only = ids === null ? '' : `${select.includes(' where ') ? 'and' : 'where'} ${id} = any($2)`;
  const text = `${select.replaceAll('$base', '$1::text')} ${only} order by 2, 1`;
  const parameters = ids === null ? [base] : [base, [...ids]];
  // Every statement has its first parameter, whether its records hold a link or not.
  const rows = await sql.unsafe<{ id: string; parent_id: string | null; record: RecordRow['record'] }[]>(
    `with given as (select $1::text) ${text}`,
    parameters,
  );
  return rows.map((row) => ({ id: row.id, parentId: row.parent_id, record: row.record }));
}
