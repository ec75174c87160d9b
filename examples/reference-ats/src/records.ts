import type { ChangeKeys, History, HistoryRow, RecordFor } from '@carrick/connector';
import type { Sql, Tx } from './database.ts';

/**
 * What the platform is to hold of this ATS: one SELECT a kind, whose rows are records as the wire spells them. The same
 * SELECT serves the history, which reads all of them, and a change, which names its rows. Nothing is left out in silence: a
 * candidate without an e-mail address is sent with an empty list, a closed job as CLOSED.
 */
export type Kind = keyof ChangeKeys;

/** A record for the platform as it stands now; null: it is gone. */
export interface Change<K extends Kind = Kind> {
  readonly kind: K;
  readonly key: ChangeKeys[K];
  readonly record: RecordFor<K> | null;
}

const ms = (column: string) => `floor(extract(epoch from ${column}) * 1000)::bigint`;
const actor = (table: string) =>
  `jsonb_build_object('firstName', ${table}.first_name, 'lastName', ${table}.last_name)`;

/** The newest of a candidate's documents that the platform takes; the connector asks for its bytes by its id, when they are new. */
const RESUME = `(select jsonb_build_object('file', d.id, 'fileName', d.name, 'version', md5(d.bytes)) from document d
  where d.candidate_id = a.candidate_id and d.name ~* '\\.(pdf|docx?|txt)$' order by d.created_at desc, d.id limit 1)`;

/** `id`: the column that a change names rows by; `only`: which rows are records at all. */
const SELECTS: Readonly<
  Record<Kind, { readonly id: string; readonly select: string; readonly only?: string }>
> = {
  job: {
    id: 'j.id',
    select: `select to_jsonb(j.id) as key, jsonb_build_object(
      'title', j.title, 'description', j.description, 'location', j.location,
      'companyApplyUrl', $base || '/apply/' || j.id, 'listedAt', ${ms('j.opened_at')},
      'state', case when j.is_open then 'LISTED' else 'CLOSED' end,
      'availability', case when j.is_public then 'PUBLIC' else 'PRIVATE_TO_ATS_INTEGRATION' end) as record
      from job j`,
  },
  // A team is a group; a job that belongs to one is secured by it.
  entityAcl: {
    id: 'j.id',
    select: `select jsonb_build_object('acl', j.team_id, 'job', j.id) as key, '{}'::jsonb as record
      from job j`,
    only: 'j.team_id is not null',
  },
  // The connector knows which seat each user is, and sends whoever is bound later when that is known.
  entityAclAssignee: {
    id: 'm.team_id',
    select: `select jsonb_build_object('acl', m.team_id, 'user', m.staff_id) as key, '{}'::jsonb as record
      from team_staff m`,
  },
  candidate: {
    id: 'c.id',
    select: `select to_jsonb(c.id) as key, jsonb_build_object(
      'firstName', c.first_name, 'lastName', c.last_name,
      'emailAddresses', case when c.email is null then '[]'::jsonb else jsonb_build_array(c.email) end,
      'phoneNumbers', case when c.phone is null then '[]'::jsonb else jsonb_build_array(jsonb_build_object('number', c.phone)) end,
      'addresses', case when c.city is null and c.country is null then '[]'::jsonb else jsonb_build_array(jsonb_strip_nulls(
        jsonb_build_object('city', c.city, 'geographicArea', c.region, 'country', c.country))) end,
      'externalProfileUrl', $base || '/candidates/' || c.id, 'atsCreatedAt', ${ms('c.created_at')},
      'atsLastModifiedAt', ${ms('c.changed_at')}) || jsonb_strip_nulls(jsonb_build_object(
      'linkedInProfileUrl', c.profile_url, 'currentCompanyName', c.company, 'currentJobTitle', c.title)) as record
      from candidate c`,
  },
  candidateNote: {
    id: 'n.id',
    select: `select jsonb_build_object('candidate', n.candidate_id, 'id', n.id) as key, jsonb_build_object(
      'note', n.note, 'author', ${actor('s')}, 'atsCreatedAt', ${ms('n.created_at')}) as record
      from candidate_note n join staff s on s.id = n.author_id`,
  },
  application: {
    id: 'a.id',
    select: `select to_jsonb(a.id) as key, jsonb_strip_nulls(jsonb_build_object(
      'atsCandidateId', a.candidate_id, 'atsJobPostingId', a.job_id, 'atsJobPostingName', j.title,
      'candidateEmail', c.email, 'firstName', c.first_name, 'lastName', c.last_name, 'source', a.source,
      'dispositionReason', a.reason, 'resume', ${RESUME}, 'atsCreatedAt', ${ms('a.applied_at')}, 'atsLastModifiedAt', ${ms('a.changed_at')})) as record
      from application a join job j on j.id = a.job_id left join candidate c on c.id = a.candidate_id`,
  },
  stage: {
    id: 't.id',
    select: `select jsonb_build_object('application', t.application_id, 'id', t.id) as key, jsonb_build_object(
      'stage', t.name, 'atsCreatedAt', ${ms('t.entered_at')}) as record from stage t`,
  },
  interviewFeedback: {
    id: 'f.id',
    select: `select jsonb_build_object('application', f.application_id, 'id', f.id) as key, jsonb_build_object(
      'interviewer', ${actor('s')}, 'interviewType', f.kind, 'feedback', f.text,
      'evaluations', jsonb_build_array(jsonb_build_object('attribute', f.attribute, 'result', f.result)),
      'atsCreatedAt', ${ms('f.held_at')}) as record
      from feedback f join staff s on s.id = f.interviewer_id`,
  },
  applicationNote: {
    id: 'n.id',
    select: `select jsonb_build_object('application', n.application_id, 'id', n.id) as key, jsonb_build_object(
      'note', n.note, 'author', ${actor('s')}, 'atsCreatedAt', ${ms('n.created_at')}) as record
      from application_note n join staff s on s.id = n.author_id`,
  },
};

/** In the wire's order: nothing is sent before what it hangs on. */
export const KINDS = Object.keys(SELECTS) as Kind[]; // just these

/**
 * Records of a kind, as they stand in this transaction: those of the named rows (jobs for access rules, teams for assignees), or
 * all, children of one parent together. `base` is this ATS's own address, for links back.
 */
export async function readRecords<K extends Kind>(
  sql: Sql | Tx,
  kind: K,
  base: string,
  ids: readonly string[] | null = null,
): Promise<readonly (Change<K> & HistoryRow<K>)[]> {
  const { id, select, only = 'true' } = SELECTS[kind];
  const where = ids === null ? only : `${only} and ${id} = any($2)`;
  // Every statement takes the address, whether its records hold a link or not.
  const text = `with given as (select $1::text) ${select.replaceAll('$base', '$1::text')} where ${where} order by key`;
  const rows = await sql.unsafe<HistoryRow<K>[]>(text, ids === null ? [base] : [base, [...ids]]);
  return rows.map(({ key, record }) => ({ kind, key, record }));
}

/** All that this ATS holds. Each SELECT runs when its turn comes. */
export function readHistory(sql: Sql, base: string): History {
  async function* all(kind: Kind): AsyncGenerator<HistoryRow<Kind>> {
    yield* await readRecords(sql, kind, base);
  }
  return Object.fromEntries(KINDS.map((kind) => [kind, all(kind)])) as History; // each under its kind
}

/** The bytes of a document that a record named. */
export async function readDocument(sql: Sql, id: string): Promise<Uint8Array> {
  const [document] = await sql<{ bytes: Uint8Array }[]>`select bytes from document where id = ${id}`;
  if (!document) throw new Error(`document ${id} is gone`);
  return document.bytes;
}
