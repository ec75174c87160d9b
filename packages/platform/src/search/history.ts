import type { SearchQuery } from '@carrick/protocol';
import { type Viewer, visibleJob } from '../access/index.ts';
import type { Sql, Statement } from '../kernel/db.ts';

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
  return tx`
    select l.member_id, case when l.member_id is null then a.ats_no end as ats_no,
      case when l.member_id is null then a.candidate_id end as candidate_id,
      max(a.ats_created_at) as last_applied_at,
      array_remove(array_agg(distinct nullif(btrim(a.disposition_reason), '')), null) as reasons,
      array_remove(array_agg(distinct s.category), null) as stages
    from application a
    left join candidate_member l on l.tenant_id = a.tenant_id and l.ats_no = a.ats_no and l.candidate_id = a.candidate_id
    left join stage s on s.tenant_id = a.tenant_id and s.ats_no = a.ats_no and s.application_id = a.id
    where a.tenant_id = ${tenantId} and a.ats_no = any(${viewer.atss.map((ats) => ats.atsNo)}::int[]) and a.candidate_id is not null
      and ${visibleJob(tx, viewer, application)}
    group by 1, 2, 3`;
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
    cardinality(${stages}::text[]) = 0 or coalesce(p.stages && ${stages}::text[], false) as has_stage,
    cardinality(${reasons}::text[]) = 0 or coalesce(p.reasons && ${reasons}::text[], false) as has_reason,
    cardinality(${applied}::text[]) = 0 or coalesce(p.applied = any(${applied}::text[]), false) as has_applied`;
}
