import type { ExportAts, ExportJob } from '@carrick/protocol';
import { type Viewer, visibleJob } from '../access/index.ts';
import type { Sql, Statement } from '../kernel/db.ts';

const MOST = 20;

interface JobRow {
  id: string;
  title: string;
  code: string | null;
  location: string | null;
}

/**
 * The jobs of one ATS to which the viewer may export now: open ones that the viewer is allowed to see. `j` is the job. The viewer is
 * one of the export feature.
 */
function exportableJob(tx: Sql, viewer: Viewer, now: number): Statement {
  const columns = { atsNo: tx`j.ats_no`, jobId: tx`j.id`, isRestricted: tx`false` };
  return tx`j.state = 'LISTED' and (j.expires_at is null or j.expires_at > ${now}) and ${visibleJob(tx, viewer, columns)}`;
}

/** Those whose title, id or code holds the text; what begins with it first. */
export async function findJobs(
  tx: Sql,
  viewer: Viewer,
  { atsNo, text, now }: { readonly atsNo: number; readonly text: string; readonly now: number },
): Promise<ExportJob[]> {
  const plain = text.trim().replace(/[\\%_]/g, '\\$&');
  const [within, start, wordStart] = [`%${plain}%`, `${plain}%`, `% ${plain}%`];
  const rows = await tx<JobRow>`
    select j.id, j.title, j.extra ->> 'companyJobCode' as code, j.location
    from job j
    where j.tenant_id = ${viewer.tenantId} and j.ats_no = ${atsNo}
      and (j.title ilike ${within} or j.id ilike ${within} or j.extra ->> 'companyJobCode' ilike ${within})
      and ${exportableJob(tx, viewer, now)}
    order by
      case
        when j.id ilike ${start} or j.extra ->> 'companyJobCode' ilike ${start} then 0
        when j.title ilike ${start} then 1
        when j.title ilike ${wordStart} then 2
        else 3
      end, j.title, j.id
    limit ${MOST}`;
  return [...rows];
}

/** One of them, if the viewer may export to it. */
export async function findJob(
  tx: Sql,
  viewer: Viewer,
  { atsNo, jobId, now }: { readonly atsNo: number; readonly jobId: string; readonly now: number },
): Promise<{ readonly id: string; readonly title: string } | null> {
  const [row] = await tx<JobRow>`
    select j.id, j.title from job j
    where j.tenant_id = ${viewer.tenantId} and j.ats_no = ${atsNo} and j.id = ${jobId} and ${exportableJob(tx, viewer, now)}`;
  return row ?? null;
}

/** The ATSs, with how many such jobs each has and when the newest came. */
export async function countJobs(tx: Sql, viewer: Viewer, now: number): Promise<ExportAts[]> {
  const rows = await tx<{ ats_no: number; open_jobs: number; synced_at: number | null }>`
    select j.ats_no, count(*) as open_jobs, max(j.received_at) as synced_at
    from job j
    where j.tenant_id = ${viewer.tenantId} and j.ats_no = any(${viewer.atss.map((ats) => ats.atsNo)}::int[])
      and ${exportableJob(tx, viewer, now)}
    group by j.ats_no`;
  const byAts = new Map(rows.map((row) => [row.ats_no, row]));
  return viewer.atss.map((ats) => ({
    ...ats,
    openJobs: byAts.get(ats.atsNo)?.open_jobs ?? 0,
    jobsSyncedAt: byAts.get(ats.atsNo)?.synced_at ?? null,
  }));
}
