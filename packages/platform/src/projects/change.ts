import type { ProjectChange, ProjectCreated, ProjectFields, ProjectSettings } from '@carrick/protocol';
import { loadViewer, visibleJob } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Statement, Tx } from '../kernel/db.ts';
import type { Outbox } from '../kernel/outbox.ts';
import { Refusal, type Session } from '../session/index.ts';
import { tellOfProject } from './news.ts';
import { holdProject, type ProjectRow } from './visible.ts';

export interface Projects {
  readonly ctx: Context;
  readonly outbox: Outbox;
}

/** What a project begins with; each names its own from there. */
const FIRST_STAGES = ['Uncontacted', 'Contacted', 'Replied', 'Interview', 'Offer', 'Hired'];

/** One change of one project: held, done, written down with who and when, told to open pages. @throws Refusal NO_SUCH_PROJECT */
export async function changeProject<T>(
  { ctx, outbox }: Projects,
  session: Session,
  projectId: number,
  work: (tx: Tx, project: ProjectRow, log: (change: ProjectChange) => Statement) => Promise<T>,
): Promise<T> {
  const result = await ctx.db.transaction(session.tenantId, async (tx) => {
    const project = await holdProject(tx, session, projectId);
    const done = await work(tx, project, (change) => logEntry(ctx, tx, session, projectId, change));
    await tx.flight([
      ...useProject(ctx, tx, session, projectId),
      // Told as it was seen before and as it is seen now: a change may have made it private.
      tellOfProject(tx, outbox, session, project),
    ]);
    return done;
  });
  outbox.signal();
  return result;
}

export function useProject(
  ctx: Context,
  tx: Tx,
  { tenantId, seatId }: Session,
  projectId: number,
): Statement[] {
  return [
    tx`insert into project_use (tenant_id, seat_id, project_id, used_at)
       values (${tenantId}, ${seatId}, ${projectId}, ${ctx.clock.now()})
       on conflict (tenant_id, seat_id, project_id) do update set used_at = excluded.used_at`,
  ];
}

function logEntry(
  ctx: Context,
  tx: Tx,
  { tenantId, seatId }: Session,
  projectId: number,
  change: ProjectChange,
): Statement {
  return tx`
    insert into project_event (tenant_id, project_id, seat_id, change, happened_at)
    values (${tenantId}, ${projectId}, ${seatId}, ${change}, ${ctx.clock.now()})`;
}

export async function createProject(
  { ctx, outbox }: Projects,
  session: Session,
  fields: ProjectFields,
): Promise<ProjectCreated> {
  const { tenantId, contractId, seatId } = session;
  const { title, company = '', place = '', isPrivate = false, job = null } = fields;
  const projectId = await ctx.db.transaction(tenantId, async (tx) => {
    await requireJob(tx, session, job);
    const [row] = await tx<{ project_id: number }>`
      insert into project (tenant_id, contract_id, title, company, place, is_private, owner_seat, ats_no, job_id, created_at)
      values (${tenantId}, ${contractId}, ${title.trim()}, ${company.trim()}, ${place.trim()}, ${isPrivate}, ${seatId},
        ${job?.atsNo ?? null}, ${job?.jobId ?? null}, ${ctx.clock.now()})
      returning project_id`;
    if (!row) throw new Error('an insert returned no row');
    const { project_id } = row;
    await tx.flight([
      tx`insert into project_stage (tenant_id, project_id, stage_no, place_no, name)
         select ${tenantId}, ${project_id}, g.no, g.no, g.name from unnest(${FIRST_STAGES}::text[]) with ordinality as g (name, no)`,
      ...useProject(ctx, tx, session, project_id),
      logEntry(ctx, tx, session, project_id, 'created'),
      tellOfProject(tx, outbox, session, { project_id, is_private: isPrivate, owner_seat: seatId }),
    ]);
    return project_id;
  });
  outbox.signal();
  return { id: String(projectId) };
}

/** @throws Refusal MAY_NOT_HIDE, STAGE_IN_USE, BAD_REQUEST */
export async function changeSettings(
  projects: Projects,
  session: Session,
  projectId: number,
  settings: ProjectSettings,
): Promise<void> {
  const { tenantId } = session;
  const { title, company = '', place = '', isPrivate = false, job, stages } = settings;
  await changeProject(projects, session, projectId, async (tx, project, log) => {
    if (isPrivate && !project.is_private && project.owner_seat !== session.seatId)
      throw new Refusal('MAY_NOT_HIDE');
    if (job !== undefined) await requireJob(tx, session, job);
    await placeStages(tx, tenantId, projectId, stages);
    await tx.flight([
      tx`update project p set title = ${title.trim()}, company = ${company.trim()}, place = ${place.trim()}, is_private = ${isPrivate}
         where p.tenant_id = ${tenantId} and p.project_id = ${projectId}`,
      // Left out, the job stays: it may be one that this viewer does not see.
      ...(job === undefined
        ? []
        : [
            tx`update project p set ats_no = ${job?.atsNo ?? null}, job_id = ${job?.jobId ?? null}
               where p.tenant_id = ${tenantId} and p.project_id = ${projectId}`,
          ]),
      log('changed'),
    ]);
  });
}

async function placeStages(
  tx: Tx,
  tenantId: number,
  projectId: number,
  stages: ProjectSettings['stages'],
): Promise<void> {
  const rows = await tx<{ stage_no: number; is_used: boolean }>`
    select g.stage_no, exists (
      select from project_person x where x.tenant_id = g.tenant_id and x.project_id = g.project_id and x.stage_no = g.stage_no
    ) as is_used
    from project_stage g where g.tenant_id = ${tenantId} and g.project_id = ${projectId}`;
  const kept = stages.flatMap(({ no }) => no ?? []);
  const known = new Set(rows.map((row) => row.stage_no));
  if (new Set(kept).size < kept.length || kept.some((no) => !known.has(no))) throw new Refusal('BAD_REQUEST');
  const dropped = rows.filter((row) => !kept.includes(row.stage_no));
  if (dropped.some((row) => row.is_used)) throw new Refusal('STAGE_IN_USE');
  let next = Math.max(0, ...known);
  const placed = stages.map(({ no, name }) => ({ no: no ?? ++next, name: name.trim() }));
  await tx.flight([
    tx`delete from project_stage where tenant_id = ${tenantId} and project_id = ${projectId}
         and stage_no = any(${dropped.map((row) => row.stage_no)}::int[])`,
    tx`insert into project_stage (tenant_id, project_id, stage_no, place_no, name)
       select ${tenantId}, ${projectId}, g.no, g.place, g.name
       from unnest(${placed.map(({ no }) => no)}::int[], ${placed.map(({ name }) => name)}::text[]) with ordinality as g (no, name, place)
       on conflict (tenant_id, project_id, stage_no) do update set name = excluded.name, place_no = excluded.place_no`,
  ]);
}

export async function archiveProject(
  projects: Projects,
  session: Session,
  projectId: number,
  isArchived: boolean,
): Promise<void> {
  const now = projects.ctx.clock.now();
  await changeProject(projects, session, projectId, async (tx, { archived_at }, log) => {
    if ((archived_at !== null) === isArchived) return;
    await tx.flight([
      tx`update project p set archived_at = ${isArchived ? now : null}
         where p.tenant_id = ${session.tenantId} and p.project_id = ${projectId}`,
      log(isArchived ? 'project-archived' : 'project-restored'),
    ]);
  });
}

/** A project is tied to a job that whoever ties it sees. @throws Refusal NO_SUCH_JOB */
async function requireJob(tx: Tx, session: Session, job: ProjectFields['job']): Promise<void> {
  if (!job) return;
  const viewer = await loadViewer(tx, session, 'indicator');
  const [row] = await tx`
    select from job j where j.tenant_id = ${session.tenantId} and j.ats_no = ${job.atsNo} and j.id = ${job.jobId}
      and ${visibleJob(tx, viewer, { atsNo: tx`j.ats_no`, jobId: tx`j.id`, isRestricted: tx`false` })}`;
  if (!row) throw new Refusal('NO_SUCH_JOB');
}
