import type { StartAnswer } from '@carrick/protocol';
import { loadViewer, type Viewer, visibleCandidate, visibleJob } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Statement, Tx } from '../kernel/db.ts';
import type { Route } from '../kernel/http.ts';
import { answer, appRoute } from '../session/index.ts';

/** The list on the home page that ticks itself. */
export function firstStepRoutes(ctx: Context): Route[] {
  return [
    appRoute(ctx, 'GET', '/app/api/start', async (session) =>
      answer(
        200,
        await ctx.db.read(session.tenantId, async (tx) =>
          readSteps(tx, await loadViewer(tx, session, 'indicator')),
        ),
      ),
    ),
  ];
}

/** Past applicants are those that the viewer may see; the rest hangs on no job, but in strict mode. */
async function readSteps(tx: Tx, viewer: Viewer): Promise<StartAnswer> {
  const { tenantId, contractId } = viewer;
  const isThere = (candidateId: Statement) =>
    visibleCandidate(tx, viewer, { atsNo: tx`c.ats_no`, candidateId });
  const row = { atsNo: tx`p.ats_no`, jobId: tx`p.job_id`, isRestricted: tx`p.is_restricted` };
  const [[past], [facts]] = await Promise.all([
    tx<{ count: number }>`
      select count(distinct p.member_id) as count
      from applicant p
      left join job j on j.tenant_id = p.tenant_id and j.ats_no = p.ats_no and j.id = p.job_id
      where p.tenant_id = ${tenantId} and ${viewer.hasSpotlight}::boolean
        and (p.has_advanced or p.is_closed or j.state = 'CLOSED') and ${visibleJob(tx, viewer, row)}`,
    tx<{ is_connected: boolean; candidates: number; is_matched: boolean; is_exported: boolean }>`
      select
        exists (select from integration where tenant_id = ${tenantId} and status = 'ENABLED') as is_connected,
        (
          select count(*) from (select from candidate c where c.tenant_id = ${tenantId} and ${isThere(tx`c.id`)} limit 10000) t
        ) as candidates,
        exists (
          select from candidate_member c where c.tenant_id = ${tenantId} and ${isThere(tx`c.candidate_id`)}
        ) as is_matched,
        exists (
          select from profile_export where tenant_id = ${tenantId} and contract_id = ${contractId}
        ) as is_exported`,
  ]);
  const pastCount = past?.count ?? 0;
  const candidates = facts?.candidates ?? 0;
  return {
    steps: [
      { id: 'past-applicants', isDone: pastCount > 0, count: pastCount },
      { id: 'connect', isDone: facts?.is_connected === true, count: null },
      { id: 'sync', isDone: candidates > 0, count: candidates },
      { id: 'match', isDone: facts?.is_matched === true, count: null },
      { id: 'export', isDone: facts?.is_exported === true, count: null },
    ],
  };
}
