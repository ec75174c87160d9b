import type { Sql, Statement, Tx } from '../kernel/db.ts';
import type { MatchHook } from '../matching/index.ts';
import type { AtsScope, RecordChange, RecordHook } from '../records/index.ts';

/**
 * Keeps table applicant: how far each matched member got in each job. It is derived from applications, stages and matches and
 * brought up to date, candidate by candidate, in the transaction that changes any of these.
 *
 * Two transactions that touch one candidate must not each miss what the other wrote: under READ COMMITTED a batch of stages does
 * not see the application another batch is just inserting. So whoever refreshes first locks, in sorted order, the applications
 * it wrote (before it writes, because a stage finds its candidate only through its application) and then the candidates. The
 * second to come waits for the first to commit, and then sees everything.
 */
export const applicantRecordHook: RecordHook = {
  kinds: ['application', 'stage', 'candidate'],

  before(tx, batch) {
    if (batch.kind === 'candidate') return Promise.resolve();
    return lock(tx, batch, 'application', batch.items.map(applicationId)).send();
  },

  after(tx, changes) {
    // A new or changed candidate changes nothing here until the matcher says so.
    if (changes.kind === 'candidate' && changes.change === 'upsert') return Promise.resolve();
    return refreshApplicants(tx, changes, changes.candidateIds);
  },
};

export const applicantMatchHook: MatchHook = {
  /** Most candidates that find their member have no application yet, and to look costs a fifth of the whole statement. */
  async after(tx, changes) {
    const { tenantId, atsNo, candidateIds } = changes;
    if (candidateIds.length === 0) return;
    const [, found] = await tx.flight([
      lock(tx, changes, 'candidate', candidateIds),
      tx`
        select
        from unnest(${[...candidateIds]}::text[]) as wanted(id)
        cross join lateral (
          (select from application where tenant_id = ${tenantId} and ats_no = ${atsNo} and candidate_id = wanted.id limit 1)
          union all
          (select from applicant where tenant_id = ${tenantId} and ats_no = ${atsNo} and candidate_id = wanted.id limit 1)
        ) found
        limit 1`,
    ]);
    if (found.length > 0) await refresh(tx, changes, candidateIds);
  },
};

/** Brings the rows of these candidates up to date with everything this transaction can see. */
export async function refreshApplicants(
  tx: Tx,
  scope: AtsScope,
  candidateIds: readonly string[],
): Promise<void> {
  if (candidateIds.length === 0) return;
  await tx.flight([lock(tx, scope, 'candidate', candidateIds), refresh(tx, scope, candidateIds)]);
}

/** Of both kinds it is the first key column: an application's own id, a stage's parent. */
function applicationId({ key: [id] }: RecordChange): string {
  if (id === undefined) throw new Error('a record without a key');
  return id;
}

/** Until the transaction ends; in the order of the locks, so that two who want the same ones do not wait for each other. */
function lock(
  tx: Sql,
  { tenantId, atsNo }: AtsScope,
  what: 'application' | 'candidate',
  ids: readonly string[],
): Statement {
  const space = `applicant ${what} ${tenantId} ${atsNo} `;
  return tx`
    select pg_advisory_xact_lock(key)
    from (
      select distinct hashtextextended(${space} || id, 0) as key from unnest(${[...ids]}::text[]) as id order by key
    ) sorted`;
}

/**
 * One statement: what the rows should be, those that should not be, and those that differ. Every table is narrowed by the array:
 * of one that was not analyzed yet the planner believes that a tenant has one row, and a join would read all of the tenant's.
 */
function refresh(tx: Sql, { tenantId, atsNo }: AtsScope, candidateIds: readonly string[]): Statement {
  return tx`
    with progress as (
      select a.id, a.candidate_id, a.job_id, coalesce(a.access_restricted, false) as is_restricted, a.ats_created_at,
        s.stage, s.stage_at,
        coalesce(s.stages >= 2 or s.has_other, false) as has_advanced,
        coalesce(btrim(a.disposition_reason), '') <> '' or coalesce(s.category = any(${CLOSING_CATEGORIES}::text[]), false) as is_closed
      from application a
      left join lateral (
        select count(*) as stages, bool_or(t.category <> 'APPLIED') as has_other,
          (array_agg(t.stage order by t.ats_created_at desc, t.id desc))[1] as stage,
          (array_agg(t.category order by t.ats_created_at desc, t.id desc))[1] as category,
          max(t.ats_created_at) as stage_at
        from stage t
        where t.tenant_id = a.tenant_id and t.ats_no = a.ats_no and t.application_id = a.id
      ) s on true
      where a.tenant_id = ${tenantId} and a.ats_no = ${atsNo} and a.candidate_id = any(${[...candidateIds]}::text[])
    ),
    linked as materialized (
      select l.candidate_id, l.member_id from candidate_member l
      where l.tenant_id = ${tenantId} and l.ats_no = ${atsNo} and l.candidate_id = any(${[...candidateIds]}::text[])
    ),
    fresh as materialized (
      select l.member_id, p.job_id, p.candidate_id, p.is_restricted, count(*)::int as applications,
        bool_or(p.has_advanced) as has_advanced, bool_or(p.is_closed) as is_closed, max(p.ats_created_at) as last_applied_at,
        (array_agg(p.stage order by p.stage_at desc nulls last, p.id))[1] as stage, max(p.stage_at) as stage_at
      from progress p
      join linked l on l.candidate_id = p.candidate_id
      group by l.member_id, p.job_id, p.candidate_id, p.is_restricted
    ),
    gone as (
      delete from applicant o
      where o.tenant_id = ${tenantId} and o.ats_no = ${atsNo} and o.candidate_id = any(${[...candidateIds]}::text[])
        and not exists (
          select from fresh n
          where n.member_id = o.member_id and n.job_id = o.job_id and n.candidate_id = o.candidate_id
            and n.is_restricted = o.is_restricted
        )
    )
    insert into applicant as o (
      tenant_id, member_id, ats_no, job_id, candidate_id, is_restricted, applications, has_advanced, is_closed, last_applied_at, stage,
      stage_at
    )
    select ${tenantId}::bigint, member_id, ${atsNo}::int, job_id, candidate_id, is_restricted, applications, has_advanced, is_closed,
      last_applied_at, stage, stage_at
    from fresh
    order by member_id, job_id, candidate_id, is_restricted
    on conflict (tenant_id, member_id, ats_no, job_id, candidate_id, is_restricted) do update
    set applications = excluded.applications, has_advanced = excluded.has_advanced, is_closed = excluded.is_closed,
      last_applied_at = excluded.last_applied_at, stage = excluded.stage, stage_at = excluded.stage_at
    where (o.applications, o.has_advanced, o.is_closed, o.last_applied_at, o.stage, o.stage_at)
      is distinct from (
        excluded.applications, excluded.has_advanced, excluded.is_closed, excluded.last_applied_at, excluded.stage, excluded.stage_at
      )`;
}

/** Newest stages that end an application. */
export const CLOSING_CATEGORIES = ['HIRED', 'REJECTED', 'DECLINED', 'ARCHIVED'] as const;
