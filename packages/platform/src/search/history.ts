import type { SearchQuery } from '@carrick/protocol';
import { type Viewer, visibleJob } from '../access/index.ts';
import type { Sql, Statement } from '../kernel/db.ts';

/** Each is a bit, in this order; what a stage may mean (records/stage-category.ts), the unknown last. */
const STAGES = [
  'APPLIED',
  'SCREEN',
  'INTERVIEW',
  'OFFER',
  'HIRED',
  'REJECTED',
  'DECLINED',
  'ARCHIVED',
  'OTHER',
];
const DAY_MS = 86_400_000;
/** The longest time since the newest application, in days; `longer` is everything before the last one. */
const APPLIED_WITHIN = { month: 30, halfYear: 182, year: 365 } as const;

/**
 * What the viewer may know of people's applications, one row per person: of a member all matched candidates' together, of a
 * candidate without a member its own. `member_id` is null for the latter. Nobody is here who has no visible application.
 */
export function historyOf(tx: Sql, viewer: Viewer): Statement {
  const { tenantId } = viewer;
  const application = {
    atsNo: tx`a.ats_no`,
    jobId: tx`a.job_id`,
    isRestricted: tx`coalesce(a.access_restricted, false)`,
  };
  // Without DISTINCT inside an aggregate, which would sort everything: stages as bits, reasons made distinct where there are several.
  return tx`
    select o.member_id, o.ats_no, o.candidate_id, o.last_applied_at, o.stage_bits,
      case when cardinality(o.reasons) > 1 then array(select distinct r from unnest(o.reasons) r) else o.reasons end as reasons
    from (
      select l.member_id, case when l.member_id is null then a.ats_no end as ats_no,
        case when l.member_id is null then a.candidate_id end as candidate_id,
        max(a.ats_created_at) as last_applied_at, coalesce(bit_or(s.bits), 0) as stage_bits,
        array_agg(btrim(a.disposition_reason)) filter (where btrim(a.disposition_reason) <> '') as reasons
      from application a
      left join candidate_member l on l.tenant_id = a.tenant_id and l.ats_no = a.ats_no and l.candidate_id = a.candidate_id
      left join (
        select s.ats_no, s.application_id,
          bit_or(1 << (coalesce(array_position(${STAGES}::text[], s.category), ${STAGES.length}) - 1)) as bits
        from stage s
        where s.tenant_id = ${tenantId}
        group by s.ats_no, s.application_id
      ) s on s.ats_no = a.ats_no and s.application_id = a.id
      where a.tenant_id = ${tenantId} and a.ats_no = any(${viewer.atss.map((ats) => ats.atsNo)}::int[])
        and a.candidate_id is not null and ${visibleJob(tx, viewer, application)}
      group by 1, 2, 3
    ) o`;
}

/** The bits of these stages; of what is no stage, none. */
function bitsOf(stages: readonly string[]): number {
  return stages.reduce((bits, stage) => {
    const place = STAGES.indexOf(stage);
    return place === -1 ? bits : bits | (1 << place);
  }, 0);
}

/** How many of these people reached each stage; a query for one column of JSON. */
export function stageFacet(tx: Sql, people: Statement): Statement {
  const counts = STAGES.reduce(
    (all, stage, place) =>
      tx`${all}, jsonb_build_object('value', ${stage}::text, 'count', count(*) filter (where stage_bits & ${1 << place}::int <> 0))`,
    tx`null::jsonb`,
  );
  return tx`(
    select coalesce(jsonb_agg(each order by (each -> 'count')::int desc, each ->> 'value'), '[]')
    from (select unnest(array[${counts}]) as each from ${people}) f
    where (each -> 'count')::int > 0
  )`;
}

/** Name of the time since the newest application; null without one. `h` is the history's row. */
export function appliedSpan(tx: Sql, now: number): Statement {
  const since = (days: number) => now - days * DAY_MS;
  return tx`case
    when h.last_applied_at is null then null
    when h.last_applied_at >= ${since(APPLIED_WITHIN.month)}::bigint then 'month'
    when h.last_applied_at >= ${since(APPLIED_WITHIN.halfYear)}::bigint then 'halfYear'
    when h.last_applied_at >= ${since(APPLIED_WITHIN.year)}::bigint then 'year'
    else 'longer' end`;
}

/** Which of the filters on the history a person passes: columns has_stage, has_reason, has_applied. */
export function historyFlags(tx: Sql, { stages, reasons, applied }: SearchQuery): Statement {
  return tx`
    cardinality(${stages}::text[]) = 0 or coalesce(p.stage_bits & ${bitsOf(stages)}::int <> 0, false) as has_stage,
    cardinality(${reasons}::text[]) = 0 or coalesce(p.reasons && ${reasons}::text[], false) as has_reason,
    cardinality(${applied}::text[]) = 0 or coalesce(p.applied = any(${applied}::text[]), false) as has_applied`;
}
