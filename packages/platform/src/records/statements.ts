import type { AttachmentEntityType, RecordKind } from '@carrick/protocol';
import { SET_TENANT } from '../kernel/db.ts';
import { appendSql } from '../kernel/outbox.ts';
import { type FieldColumn, type KeyColumn, KINDS, type KindTable } from './kinds.ts';

/** Whom the events of batches go to. */
export const RECORDS_LANE = 'records';

/**
 * One statement a kind for each thing that is done to a batch, composed once from the kind table. All take
 * $1 tenant, $2 ATS; an upsert takes its batch as JSON rows, with the parts of the key under "$0", "$1", …, the halves of the digest
 * under "$high" and "$low", and fields under their wire names. Keys are locked and written in the order of their bytes, so that two batches that overlap meet in the same order.
 *
 * What stands under a batch's keys is looked up by arrays, never by a join alone: of a table that was not analyzed yet the
 * planner believes that a tenant has one row, and would read all of the tenant's rows for a join.
 */
export interface KindStatements {
  /** $3 received at, $4 rows. Replaces: a field that is not in the row becomes null. */
  readonly upsert: string;
  /**
   * The same with its event as one statement, which is a transaction of its own (db.single): $5 the event, of what hangs on applications
   * without the candidates and jobs of these, $6 the applications' ids. They are locked before anything is written, as by CONCERNS.
   */
  readonly upsertAlone: string;
  /** $3… an array for each part of the keys. Returns the keys that there were. */
  readonly delete: string;
  /** $3… an array for each part of the keys. Returns keys and fields. */
  readonly get: string;
  /** $3… the key to continue behind, then the page size. Returns keys and fields in the order of keys. */
  readonly page: string;
}

const keyName = (index: number): string => `$${index}`;

/** The key of a row that one of these statements returned. */
export function keyOf(kind: RecordKind, row: Readonly<Record<string, unknown>>): readonly string[] {
  return KINDS[kind].key.map((_, index) => String(row[keyName(index)]));
}

const quoted = (name: string): string => `"${name}"`;
const list = (parts: readonly string[]): string => parts.join(', ');

/** The parts of keys, an array for each, as `get` and `delete` take them. */
export function keyArrays(
  kind: RecordKind,
  keys: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  return KINDS[kind].key.map((_, index) => keys.map((key) => key[index] ?? ''));
}

const keyParam = ({ type }: KeyColumn, index: number): string =>
  `$${index + 3}::text[]${type === 'text' ? '' : `::${type}[]`}`;

/** Whether `t` is among the keys given as arrays. */
function isAmongKeys(kind: KindTable): string {
  const params = kind.key.map(keyParam);
  const found = kind.key.map(({ column }, i) => `t.${column} = any(${params[i]})`);
  // With several parts the arrays alone would also find mixtures of them.
  const exact = `(${list(kind.key.map(({ column }) => `t.${column}`))}) in (select * from unnest(${list(params)}))`;
  return ['t.tenant_id = $1', 't.ats_no = $2', ...found, ...(kind.key.length > 1 ? [exact] : [])].join(
    ' and ',
  );
}

function keyOrder(kind: KindTable, alias: string, name: (index: number) => string): string {
  return list(kind.key.map(({ type }, i) => `${alias}.${name(i)}${type === 'text' ? ' collate "C"' : ''}`));
}

function selected(kind: KindTable): string {
  const fields = kind.kind === 'job' ? [...kind.fields, EXTRA] : kind.fields;
  return list([
    ...kind.key.map(({ column }, i) => `t.${column} as ${quoted(keyName(i))}`),
    ...fields.map(({ field, column }) => `t.${column} as ${quoted(field)}`),
  ]);
}

const EXTRA: FieldColumn = { field: 'extra', column: 'extra', type: 'jsonb' };

/** Kept beside every record: what was sent, as a digest. */
const DIGEST: readonly FieldColumn[] = [
  { field: '$high', column: 'digest_high', type: 'bigint' },
  { field: '$low', column: 'digest_low', type: 'bigint' },
];

function upsertAlone(kind: KindTable): string {
  const event = (payload: string) =>
    appendSql({ tenant: '$1::bigint', lane: RECORDS_LANE, payload, at: '$3::bigint' });
  const tenant = `tenant as materialized (select ${SET_TENANT})`;
  if (!isOfApplication(kind.kind))
    return `with ${tenant}, event as (${event('$5::text::jsonb')} from tenant) ${upsert(kind, 'tenant')}`;
  return `with ${tenant},
    held as materialized (${heldApplications('tenant cross join unnest((select $6::text[]))')}),
    found as materialized (${FOUND} from held),
    event as (${event('$5::text::jsonb || found.concern')} from found)
    ${upsert(kind, 'found')}`;
}

/** Of applications that are held, what is told of them. */
const FOUND = `select jsonb_build_object(
    'candidateIds', coalesce(jsonb_agg(distinct held.candidate_id) filter (where held.candidate_id is not null), '[]'),
    'jobIds', coalesce(jsonb_agg(distinct held.job_id), '[]')
  ) as concern`;

/** Locks the applications of these ids in order. One probe for each, and an array that cannot be counted: one plan serves all batches. */
const heldApplications = (ids: string): string => `select a.candidate_id, a.job_id
    from (select g.id from ${ids} as g(id) order by g.id collate "C") wanted
    cross join lateral (
      select a.candidate_id, a.job_id from application a
      where a.tenant_id = $1 and a.ats_no = $2 and a.id = wanted.id
      offset 0 for update
    ) a`;

/** What concerns the candidate and the job of an application. */
export function isOfApplication(kind: RecordKind): boolean {
  switch (kind) {
    case 'application':
    case 'applicationNote':
    case 'interviewFeedback':
    case 'stage':
      return true;
    case 'job':
    case 'candidate':
    case 'candidateNote':
    case 'entityAcl':
    case 'entityAclAssignee':
      return false;
  }
}

/** `behind`: a part of the same statement that goes first. */
function upsert(kind: KindTable, behind?: string): string {
  const fields = [...kind.fields, ...(kind.derived ?? []), ...DIGEST];
  const keys = kind.key.map(({ column }) => column);
  const columns = fields.map(({ column }) => column);
  const definitions = [
    ...kind.key.map(({ type }, i) => `${quoted(keyName(i))} ${type}`),
    ...fields.map(({ field, type }) => `${quoted(field)} ${type}`),
  ];
  const values = [...kind.key.map((_, i) => keyName(i)), ...fields.map(({ field }) => field)].map(
    (name) => `x.${quoted(name)}`,
  );
  const changed = [...columns, 'received_at'].map((column) => `${column} = excluded.${column}`);
  return `insert into ${kind.table} (${list(['tenant_id', 'ats_no', ...keys, ...columns, 'received_at'])})
    select ${list(['$1::bigint', '$2::int', ...values, '$3::bigint'])}
    from ${behind ? `${behind} cross join ` : ''}jsonb_to_recordset($4::text::jsonb) as x(${list(definitions)})
    order by ${keyOrder(kind, 'x', (i) => quoted(keyName(i)))}
    on conflict (${list(['tenant_id', 'ats_no', ...keys])}) do update set ${list(changed)}`;
}

/**
 * What goes with a record, keyed by the rows of `gone`. Applications outlive their candidate, without it. A candidate's
 * identifier keys are removed by matching: only it knows them.
 */
const STANDS_AGAINST = "c.verdict = 'UNLINK' and c.lifted_at is null";

const CASCADES: { readonly [K in RecordKind]?: readonly string[] } = {
  candidate: [
    ...['candidate_note', 'automatic_match', 'match_proposal', 'applicant'].map((table) =>
      withGone(`delete from ${table} c using gone g`, 'candidate_id'),
    ),
    // That two are not the same person stays known: the candidate may be sent again, and the link must not come back with it.
    `${withGone('delete from match_decision c using gone g', 'candidate_id')} and not (${STANDS_AGAINST})`,
    `${withGone('update match_decision c set note = null from gone g', 'candidate_id')} and ${STANDS_AGAINST}`,
    // What is left is not what was sent: its digest keeps its place in the tree, and nothing else.
    withGone(
      `update application c set candidate_id = null, digest_high = c.digest_high & ${~0xffffffffn}, digest_low = 0 from gone g`,
      'candidate_id',
    ),
    ...attachmentsOf('CANDIDATE'),
  ],
  application: [
    ...['application_note', 'interview_feedback', 'stage'].map((table) =>
      withGone(`delete from ${table} c using gone g`, 'application_id'),
    ),
    ...attachmentsOf('APPLICATION'),
  ],
};

/** Attachments with their files. All parts of a statement see what was there before it. */
function attachmentsOf(entityType: AttachmentEntityType): string[] {
  return [
    `${withGone('delete from attachment c using gone g', 'entity_id')} and c.entity_type = '${entityType}'`,
    `${withGone('delete from media m using attachment c, gone g', 'entity_id')} and c.entity_type = '${entityType}'
      and m.tenant_id = $1 and m.media_id = c.media_id`,
  ];
}

function withGone(verb: string, column: string): string {
  return `${verb} where c.tenant_id = $1 and c.ats_no = $2 and c.${column} = any($3::text[]) and c.${column} = g.${quoted(keyName(0))}`;
}

function deletion(kind: KindTable): string {
  const keys = list(kind.key.map(({ column }, i) => `t.${column} as ${quoted(keyName(i))}`));
  const gone = `gone as (delete from ${kind.table} t where ${isAmongKeys(kind)} returning ${keys})`;
  const cascades = (CASCADES[kind.kind] ?? []).map((text, i) => `cascade${i} as (${text})`);
  return `with ${[gone, ...cascades].join(',\n')} select * from gone`;
}

function get(kind: KindTable): string {
  return `select ${selected(kind)} from ${kind.table} t where ${isAmongKeys(kind)}`;
}

function page(kind: KindTable): string {
  // In the index's own collation, or every page would sort the whole table.
  const columns = kind.key.map(({ column }) => `t.${column}`);
  const after = kind.key.map(({ type }, i) => `$${i + 3}::${type}`);
  return `select ${selected(kind)} from ${kind.table} t
    where t.tenant_id = $1 and t.ats_no = $2 and (${list(columns)}) > (${list(after)})
    order by ${list(columns)} limit $${kind.key.length + 3}`;
}

const composed = (kind: RecordKind): KindStatements => {
  const table = KINDS[kind];
  return {
    upsert: upsert(table),
    upsertAlone: upsertAlone(table),
    delete: deletion(table),
    get: get(table),
    page: page(table),
  };
};

export const STATEMENTS: { readonly [K in RecordKind]: KindStatements } = {
  job: composed('job'),
  candidate: composed('candidate'),
  candidateNote: composed('candidateNote'),
  application: composed('application'),
  applicationNote: composed('applicationNote'),
  interviewFeedback: composed('interviewFeedback'),
  stage: composed('stage'),
  entityAcl: composed('entityAcl'),
  entityAclAssignee: composed('entityAclAssignee'),
};

/**
 * $3 ids of candidates or applications, by kind. Locks them, in order, and tells whom they concern before the write: the
 * candidate and job of an application, the member of a candidate. Batches that change one application's history run one after
 * the other, so that what is derived from the whole history sees all of it.
 */
export const CONCERNS = {
  candidate: `select c.id as candidate_id, null::text as job_id, coalesce(m.member_id, a.member_id) as member_id
    from candidate c
    left join manual_match m on m.tenant_id = c.tenant_id and m.ats_no = c.ats_no and m.candidate_id = c.id and m.candidate_id = any($3::text[])
    left join automatic_match a on a.tenant_id = c.tenant_id and a.ats_no = c.ats_no and a.candidate_id = c.id and a.candidate_id = any($3::text[])
    where c.tenant_id = $1 and c.ats_no = $2 and c.id = any($3::text[])
    order by c.id collate "C" for update of c`,
  application: `select held.*, null::bigint as member_id from (${heldApplications('unnest((select $3::text[]))')}) held`,
} as const;

/**
 * $3 now, $4 whether whole records are sent again, $5 rows of candidate, member and verdict 'LINK'; a row without them lifts the
 * manual link.
 */
export const SET_MANUAL_MATCHES =
  "select from decide_matches($1::bigint, $2::int, 'api', null, $3::bigint, $4::boolean, $5)";

/** $3 ids. */
export const LOCK_CANDIDATES = `select from candidate
  where tenant_id = $1 and ats_no = $2 and id = any($3::text[]) order by id collate "C" for update`;

/** $3… one value or null for each part of the key: null does not narrow. */
function criteria(kind: KindTable): string {
  const parts = kind.key.map(
    ({ column, type }, i) => `($${i + 3}::${type} is null or t.${column} = $${i + 3}::${type})`,
  );
  return `from ${kind.table} t where ${['t.tenant_id = $1', 't.ats_no = $2', ...parts].join(' and ')}`;
}

/** Then the page size and its start. Returns keys. */
export function findSql(kind: RecordKind): string {
  const table = KINDS[kind];
  const next = table.key.length + 3;
  return `select ${selected(table)} ${criteria(table)} order by ${list(table.key.map(({ column }) => `t.${column}`))}
    limit $${next} offset $${next + 1}`;
}

export function countSql(kind: RecordKind): string {
  return `select count(*) as total ${criteria(KINDS[kind])}`;
}
