import { type JobFacts, maySee, type Viewer } from '../access/index.ts';
import type { ExportEvent } from '../exports/index.ts';
import type { Sql, Statement } from '../kernel/db.ts';

interface JobRow {
  ats_no: number;
  job_id: string;
  is_known: boolean;
  is_restricted: boolean;
  acls: string[];
}

/** The jobs that exports name, as the access rules see them. */
export function exportedJobs(tx: Sql, tenantId: number, events: readonly ExportEvent[]): Statement<JobRow> {
  return tx<JobRow>`
    select w.ats_no, w.id as job_id, j.id is not null as is_known, coalesce(j.access_restricted, false) as is_restricted,
      array(
        select e.acl_id from entity_acl e
        where e.tenant_id = ${tenantId} and e.ats_no = w.ats_no and e.entity_type = 'JOB_POSTING' and e.entity_id = w.id
      ) as acls
    from (
      select distinct * from unnest(${events.map((event) => event.atsNo)}::int[], ${events.map((event) => event.jobId)}::text[])
        as named (ats_no, id)
    ) w
    left join job j on j.tenant_id = ${tenantId} and j.ats_no = w.ats_no and j.id = w.id`;
}

/** Whose page this viewer reads anew: people exported by the viewer's contract to a job that he or she may see. */
export function exportNews(
  viewer: Viewer,
  events: readonly ExportEvent[],
  jobs: readonly JobRow[],
): ReadonlySet<number> {
  const factsOf = new Map(
    jobs.map((row): [string, JobFacts] => [
      `${row.ats_no} ${row.job_id}`,
      { atsNo: row.ats_no, isKnown: row.is_known, isRestricted: row.is_restricted, acls: row.acls },
    ]),
  );
  const seen = events.filter(({ contractId, atsNo, jobId }) => {
    const job = factsOf.get(`${atsNo} ${jobId}`);
    return contractId === viewer.contractId && job !== undefined && maySee(viewer, job, false);
  });
  return new Set(seen.map(({ memberId }) => memberId));
}
