import { JOBS_A_PAGE, type JobListState, type JobsAnswer } from '@carrick/protocol';
import { loadViewer, visibleJob } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Session } from '../session/index.ts';

export interface JobFilter {
  readonly state: JobListState;
  /** Part of a title, id or code. */
  readonly text: string;
  /** From 1. */
  readonly page: number;
}

interface JobRow {
  ats_no: number;
  id: string;
  title: string;
  location: string | null;
  received_at: number;
  applications: number;
  stages: readonly { readonly stage: string | null; readonly applications: number }[];
}

/**
 * A page of the jobs that the viewer may see, the newest first, with their visible applications by stage. The access condition is in
 * each of the three: what is listed, what is counted, and which applications a job has.
 */
export async function listJobs(
  ctx: Context,
  session: Session,
  { state, text, page }: JobFilter,
): Promise<JobsAnswer> {
  const now = ctx.clock.now();
  const within = `%${text.trim().replace(/[\\%_]/g, '\\$&')}%`;
  return ctx.db.read(session.tenantId, async (tx) => {
    const viewer = await loadViewer(tx, session, 'indicator');
    const ofJob = { atsNo: tx`j.ats_no`, jobId: tx`j.id`, isRestricted: tx`false` };
    const ofApplication = {
      atsNo: tx`a.ats_no`,
      jobId: tx`a.job_id`,
      isRestricted: tx`coalesce(a.access_restricted, false)`,
    };
    const found = tx`
      select j.*, j.state = 'CLOSED' or coalesce(j.expires_at <= ${now}, false) as is_closed
      from job j
      where j.tenant_id = ${viewer.tenantId} and j.ats_no = any(${viewer.atss.map(({ atsNo }) => atsNo)}::int[])
        and (j.title ilike ${within} or j.id ilike ${within} or j.extra ->> 'companyJobCode' ilike ${within})
        and ${visibleJob(tx, viewer, ofJob)}`;
    const [[counts], rows] = await tx.flight([
      tx<{ open: number; closed: number }>`
        select count(*) filter (where not f.is_closed) as open, count(*) filter (where f.is_closed) as closed from (${found}) f`,
      tx<JobRow>`
        with page as (
          select * from (${found}) f where f.is_closed = ${state === 'closed'}
          order by f.listed_at desc, f.ats_no, f.id limit ${JOBS_A_PAGE} offset ${(page - 1) * JOBS_A_PAGE}
        ), reached as (
          select a.ats_no, a.job_id, (
            select s.stage from stage s
            where s.tenant_id = a.tenant_id and s.ats_no = a.ats_no and s.application_id = a.id
            order by s.ats_created_at desc, s.id desc limit 1
          ) as stage
          from page p
          join application a on a.tenant_id = p.tenant_id and a.ats_no = p.ats_no and a.job_id = p.id
          where ${visibleJob(tx, viewer, ofApplication)}
        ), counted as (
          select ats_no, job_id, stage, count(*) as applications from reached group by ats_no, job_id, stage
        )
        select p.ats_no, p.id, p.title, p.location, p.received_at, coalesce(c.applications, 0) as applications,
          coalesce(c.stages, '[]') as stages
        from page p
        left join lateral (
          select sum(c.applications)::bigint as applications,
            jsonb_agg(jsonb_build_object('stage', c.stage, 'applications', c.applications)
              order by c.applications desc, c.stage) as stages
          from counted c where c.ats_no = p.ats_no and c.job_id = p.id
        ) c on true
        order by p.listed_at desc, p.ats_no, p.id`,
    ]);
    const names = new Map(viewer.atss.map(({ atsNo, name }) => [atsNo, name.trim() || 'ATS']));
    return {
      hasAts: viewer.atss.length > 0,
      open: counts?.open ?? 0,
      closed: counts?.closed ?? 0,
      jobs: rows.map((row) => ({
        atsNo: row.ats_no,
        ats: names.get(row.ats_no) ?? 'ATS',
        id: row.id,
        title: row.title,
        place: row.location,
        receivedAt: row.received_at,
        applications: row.applications,
        stages: row.stages,
      })),
      answeredAt: now,
    };
  });
}
