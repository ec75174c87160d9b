import { type Completeness, RECORD_KINDS, type RecordKind, type SyncWarning } from '@carrick/protocol';
import type { Statement, Tx } from '../kernel/db.ts';

const DAY_MS = 24 * 3_600_000;
const YEAR_MS = 365.25 * 24 * 3_600_000;
const HISTORY_MS = 2 * YEAR_MS;
/** Fewer records say nothing about a mapping. */
const LEAST_FOR_EMPTY = 20;
const MOSTLY = 0.95;
/** Of fewer candidates a share says little. */
const LEAST_FOR_LINKED = 200;
/** Nobody knows nearly all who apply: who sends such candidates has a list of members' addresses. */
const KNOWN_BEFOREHAND = 0.95;
const USUAL_AT_MOST = 0.8;
/** Linked so much less often than before: the addresses that come are no longer people's own. */
const COLLAPSED_TO = 0.25;
const USUAL_AT_LEAST = 0.2;

/** When a record of each kind came into being in the ATS, and when it changed there last; null: the kind does not say. */
const TIMES: Readonly<
  Record<RecordKind, { table: string; created: string | null; modified: string | null }>
> = {
  job: { table: 'job', created: 'listed_at', modified: null },
  entityAcl: { table: 'entity_acl', created: null, modified: null },
  entityAclAssignee: { table: 'acl_assignee', created: null, modified: null },
  candidate: { table: 'candidate', created: 'ats_created_at', modified: 'ats_last_modified_at' },
  candidateNote: { table: 'candidate_note', created: 'ats_created_at', modified: 'ats_last_modified_at' },
  application: { table: 'application', created: 'ats_created_at', modified: 'ats_last_modified_at' },
  stage: { table: 'stage', created: 'ats_created_at', modified: null },
  interviewFeedback: { table: 'interview_feedback', created: 'ats_created_at', modified: null },
  applicationNote: { table: 'application_note', created: 'ats_created_at', modified: 'ats_last_modified_at' },
};

/** Fields that a mapping forgets, and when they are empty: what is empty in nearly every record is hardly meant so. */
const OFTEN_FORGOTTEN: Readonly<Partial<Record<RecordKind, Readonly<Record<string, string>>>>> = {
  candidate: {
    emailAddresses: "email_addresses = '[]'",
    phoneNumbers: "phone_numbers is null or phone_numbers = '[]'",
    currentJobTitle: 'current_job_title is null',
    externalProfileUrl: 'external_profile_url is null',
  },
  application: {
    atsCandidateId: 'candidate_id is null',
    candidateEmail: 'candidate_email is null',
    source: 'source is null',
  },
  candidateNote: { note: "coalesce(note, '') = ''", author: 'author is null' },
  applicationNote: { note: "coalesce(note, '') = ''", author: 'author is null' },
  interviewFeedback: { interviewer: 'interviewer is null' },
};

export interface StoredRow {
  readonly kind: RecordKind;
  readonly year: number | null;
  readonly stored: number;
  readonly last_at: number | null;
  readonly first_created_at: number | null;
}
interface LagRow {
  readonly kind: RecordKind;
  readonly lag: number | null;
}
interface EmptyRow {
  readonly kind: RecordKind;
  readonly field: string;
  readonly empty: number;
  readonly of: number;
}
interface FunnelRow {
  readonly candidates: number;
  readonly identifiable: number;
  readonly linked: number;
  readonly past_applicants: number;
}
/** Candidates with an identifier that came since a day ago, and those before; how many of each matching linked by itself. */
export interface LinkedRow {
  readonly recent: number;
  readonly recent_linked: number;
  readonly former: number;
  readonly former_linked: number;
}
interface TheirRow {
  readonly kind: RecordKind;
  readonly year: number;
  readonly records: number;
  readonly counted_at: number;
}

const KINDS = RECORD_KINDS.map((kind) => ({ kind, ...TIMES[kind] }));

const STORED = KINDS.map(
  ({ kind, table, created }) => `
    select '${kind}' as kind, ${created === null ? 'null::int' : `extract(year from to_timestamp(${created} / 1000.0) at time zone 'UTC')::int`} as year,
      count(*) as stored, max(received_at) as last_at, ${created === null ? 'null::bigint' : `min(${created})`} as first_created_at
    from ${table} where tenant_id = $1 and ats_no = $2 group by 2`,
).join(' union all ');

const LAGS = KINDS.flatMap(({ kind, table, modified }) =>
  modified === null
    ? []
    : [
        `select '${kind}' as kind, percentile_cont(0.5) within group (order by greatest(received_at - ${modified}, 0)) as lag
         from ${table} where tenant_id = $1 and ats_no = $2 and received_at >= $3 and ${modified} >= $3`,
      ],
).join(' union all ');

const EMPTIES = KINDS.flatMap(({ kind, table }) =>
  Object.entries(OFTEN_FORGOTTEN[kind] ?? {}).map(
    ([field, condition]) =>
      `select '${kind}' as kind, '${field}' as field, count(*) filter (where ${condition}) as empty, count(*) as of
       from ${table} where tenant_id = $1 and ats_no = $2`,
  ),
).join(' union all ');

/** What an ATS's records say. Counts only: nothing of a record leaves. */
export function recordStatements(
  tx: Tx,
  atsNo: number,
  { from, now }: { readonly from: number; readonly now: number },
) {
  const isRecent = tx`c.received_at >= ${now - DAY_MS}`;
  const isLinked = tx`exists (
    select from shown_automatic_match a where a.tenant_id = c.tenant_id and a.ats_no = c.ats_no and a.candidate_id = c.id
  )`;
  return [
    tx.prepared<StoredRow>(STORED, [tx.tenantId, atsNo]),
    tx.prepared<LagRow>(LAGS, [tx.tenantId, atsNo, from]),
    tx.prepared<EmptyRow>(EMPTIES, [tx.tenantId, atsNo]),
    tx<FunnelRow>`
      select count(*) as candidates,
        count(*) filter (where ${isIdentifiable(tx)}) as identifiable,
        (
          select count(*) from candidate_member l
          join candidate d on d.tenant_id = l.tenant_id and d.ats_no = l.ats_no and d.id = l.candidate_id
          where l.tenant_id = ${tx.tenantId} and l.ats_no = ${atsNo}
        ) as linked,
        (
          select count(distinct a.member_id) from applicant a
          left join job j on j.tenant_id = a.tenant_id and j.ats_no = a.ats_no and j.id = a.job_id
          where a.tenant_id = ${tx.tenantId} and a.ats_no = ${atsNo} and (a.has_advanced or a.is_closed or j.state = 'CLOSED')
        ) as past_applicants
      from candidate c where c.tenant_id = ${tx.tenantId} and c.ats_no = ${atsNo}`,
    tx<TheirRow>`
      select kind, year, records, counted_at from ats_record_count where tenant_id = ${tx.tenantId} and ats_no = ${atsNo}`,
    tx<LinkedRow>`
      select count(*) filter (where is_recent) as recent, count(*) filter (where is_recent and is_linked) as recent_linked,
        count(*) filter (where not is_recent) as former, count(*) filter (where not is_recent and is_linked) as former_linked
      from (
        select ${isRecent} as is_recent, ${isLinked} as is_linked from candidate c
        where c.tenant_id = ${tx.tenantId} and c.ats_no = ${atsNo} and ${isIdentifiable(tx)}
      ) c`,
  ] as const;
}

function isIdentifiable(tx: Tx): Statement {
  return tx`(c.email_addresses <> '[]' or c.linked_in_profile_url is not null or coalesce(c.phone_numbers, '[]') <> '[]')`;
}

/** Years by kinds, ours beside theirs; a year that either has. */
export function completenessOf(stored: readonly StoredRow[], theirs: readonly TheirRow[]): Completeness {
  const years = [...new Set([...stored, ...theirs].flatMap(({ year }) => year ?? []))].sort((a, b) => a - b);
  const rows = KINDS.filter(({ created }) => created !== null).map(({ kind }) => ({
    kind,
    cells: years.map((year) => ({
      ours: stored.find((row) => row.kind === kind && row.year === year)?.stored ?? 0,
      theirs: theirs.find((row) => row.kind === kind && row.year === year)?.records ?? null,
    })),
  }));
  const countedAt = theirs.length === 0 ? null : Math.max(...theirs.map((row) => row.counted_at));
  return { years, rows, countedAt };
}

/** What is likely to be missing, though no call failed. Nothing is said of an ATS that sent nothing yet. */
export function warningsOf(
  stored: readonly StoredRow[],
  empties: readonly EmptyRow[],
  linked: LinkedRow | undefined,
  now: number,
): SyncWarning[] {
  const sent = new Set(stored.filter((row) => row.stored > 0).map(({ kind }) => kind));
  if (!sent.has('candidate') && !sent.has('application')) return [];
  const first = stored.flatMap((row) =>
    row.kind === 'application' && row.first_created_at !== null ? [row.first_created_at] : [],
  );
  const since = first.length === 0 ? null : Math.min(...first);
  return [
    ...RECORD_KINDS.filter((kind) => !sent.has(kind)).map(
      (kind): SyncWarning => ({ code: 'never-sent', kind }),
    ),
    ...empties
      .filter(({ empty, of }) => of >= LEAST_FOR_EMPTY && empty >= of * MOSTLY)
      .map((row): SyncWarning => ({ code: 'mostly-empty', ...row })),
    ...linkedWarnings(linked),
    ...(since !== null && since > now - HISTORY_MS ? [{ code: 'short-history' as const, since }] : []),
  ];
}

/** A day whose candidates are linked by themselves far more or far less often than those before. */
function linkedWarnings(row: LinkedRow | undefined): SyncWarning[] {
  if (!row || row.recent < LEAST_FOR_LINKED || row.former < LEAST_FOR_LINKED) return [];
  const share = row.recent_linked / row.recent;
  const usual = row.former_linked / row.former;
  const isJump = share > KNOWN_BEFOREHAND && usual < USUAL_AT_MOST;
  const isFall = usual > USUAL_AT_LEAST && share < usual * COLLAPSED_TO;
  return isJump || isFall ? [{ code: 'links-changed', share, usual, of: row.recent }] : [];
}
