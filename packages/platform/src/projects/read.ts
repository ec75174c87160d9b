import type {
  ProjectActivity,
  ProjectList,
  ProjectPage,
  ProjectSort,
  ProjectSummary,
} from '@carrick/protocol';
import { type Viewer, visibleJob } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Sql, Statement, Tx } from '../kernel/db.ts';
import { personIdOf } from '../search/index.ts';
import { atsWords, Refusal } from '../session/index.ts';
import { seatName, visibleProject } from './visible.ts';

const MOST_PROJECTS = 500;
const MOST_ACTIVITY = 50;

interface SummaryRow {
  readonly project_id: number;
  readonly title: string;
  readonly company: string;
  readonly place: string;
  readonly is_private: boolean;
  readonly owner_seat: number;
  readonly owner: string;
  readonly created_at: number;
  readonly used_at: number | null;
  readonly archived_at: number | null;
  readonly active: number;
  readonly archived: number;
  readonly stages: readonly { no: number; name: string; count: number }[];
  readonly job_ats_no: number | null;
  readonly job_id: string | null;
  readonly job_title: string | null;
}

export async function readProjects(
  tx: Tx,
  viewer: Viewer,
  { sort, isArchived }: { sort: ProjectSort; isArchived: boolean },
): Promise<Omit<ProjectList, 'answeredAt'>> {
  const here = isArchived ? tx`p.archived_at is not null` : tx`p.archived_at is null`;
  const [rows, [counts]] = await tx.flight([
    tx<SummaryRow>`${summaries(tx, viewer)} and ${here} order by ${orderBy(tx, sort)} limit ${MOST_PROJECTS}`,
    tx<{
      others: number;
    }>`select count(*) as others from project p where ${visibleProject(tx, viewer)} and not (${here})`,
  ]);
  return { projects: rows.map((row) => summaryOf(viewer, row)), others: counts?.others ?? 0 };
}

/** @throws Refusal NO_SUCH_PROJECT */
export async function readProject(
  ctx: Context,
  tx: Tx,
  viewer: Viewer,
  projectId: number,
): Promise<Omit<ProjectPage, 'answeredAt'>> {
  const [[row], activity] = await tx.flight([
    tx<SummaryRow>`${summaries(tx, viewer)} and p.project_id = ${projectId}`,
    activityOf(tx, viewer, projectId),
  ]);
  if (!row) throw new Refusal('NO_SUCH_PROJECT');
  return { ...summaryOf(viewer, row), activity: activity.map((entry) => entryOf(ctx, viewer, entry)) };
}

/** The job's title only where the viewer sees the job: else the project looks like one without. */
function summaries(tx: Sql, viewer: Viewer): Statement<SummaryRow> {
  const { tenantId, seatId } = viewer;
  const job = { atsNo: tx`j.ats_no`, jobId: tx`j.id`, isRestricted: tx`false` };
  return tx<SummaryRow>`
    select p.project_id, p.title, p.company, p.place, p.is_private, p.owner_seat, p.created_at, p.archived_at, u.used_at,
      coalesce(${seatName(tx, tenantId, tx`p.owner_seat`)}, '') as owner, people.active, people.archived, stages.stages,
      j.ats_no as job_ats_no, j.id as job_id, j.title as job_title
    from project p
    left join project_use u on u.tenant_id = p.tenant_id and u.seat_id = ${seatId} and u.project_id = p.project_id
    left join job j on j.tenant_id = p.tenant_id and j.ats_no = p.ats_no and j.id = p.job_id and ${visibleJob(tx, viewer, job)}
    cross join lateral (
      select count(*) filter (where x.archived_at is null) as active, count(*) filter (where x.archived_at is not null) as archived
      from project_person x join member m on m.member_id = x.member_id and not m.is_closed
      where x.tenant_id = p.tenant_id and x.project_id = p.project_id
    ) people
    cross join lateral (
      select coalesce(jsonb_agg(jsonb_build_object('no', g.stage_no, 'name', g.name, 'count', (
        select count(*) from project_person x join member m on m.member_id = x.member_id and not m.is_closed
        where x.tenant_id = g.tenant_id and x.project_id = g.project_id and x.stage_no = g.stage_no and x.archived_at is null
      )) order by g.place_no), '[]') as stages
      from project_stage g where g.tenant_id = p.tenant_id and g.project_id = p.project_id
    ) stages
    where ${visibleProject(tx, viewer)}`;
}

function orderBy(tx: Sql, sort: ProjectSort): Statement {
  switch (sort) {
    case 'used':
      return tx`coalesce(u.used_at, p.created_at) desc, p.project_id desc`;
    case 'created':
      return tx`p.created_at desc, p.project_id desc`;
    case 'name':
      return tx`lower(p.title), p.project_id`;
  }
}

function summaryOf(viewer: Viewer, row: SummaryRow): ProjectSummary {
  const { atss } = atsWords(viewer);
  const ats = atss.find(({ atsNo }) => atsNo === row.job_ats_no);
  return {
    id: String(row.project_id),
    title: row.title,
    company: row.company,
    place: row.place,
    isPrivate: row.is_private,
    owner: row.owner,
    isOwn: row.owner_seat === viewer.seatId,
    createdAt: row.created_at,
    usedAt: row.used_at,
    archivedAt: row.archived_at,
    active: row.active,
    archived: row.archived,
    stages: row.stages,
    job: ats && row.job_id !== null ? { ats, jobId: row.job_id, title: row.job_title ?? row.job_id } : null,
  };
}

interface ActivityRow extends Pick<ProjectActivity, 'change' | 'stage' | 'reason'> {
  readonly event_no: number;
  readonly by_name: string | null;
  readonly member_id: number | null;
  readonly member_name: string | null;
  readonly happened_at: number;
}

function activityOf(tx: Sql, viewer: Viewer, projectId: number): Statement<ActivityRow> {
  return tx<ActivityRow>`
    select e.event_no, e.change, e.stage, e.reason, e.member_id, e.happened_at,
      m.first_name || ' ' || m.last_name as member_name, ${seatName(tx, viewer.tenantId, tx`e.seat_id`)} as by_name
    from project p
    join project_event e on e.tenant_id = p.tenant_id and e.project_id = p.project_id
    left join member m on m.member_id = e.member_id and not m.is_closed
    where ${visibleProject(tx, viewer)} and p.project_id = ${projectId} and (e.member_id is null or m.member_id is not null)
    order by e.event_no desc limit ${MOST_ACTIVITY}`;
}

function entryOf(ctx: Context, { tenantId }: Viewer, row: ActivityRow): ProjectActivity {
  const { member_id, member_name } = row;
  return {
    no: row.event_no,
    change: row.change,
    by: row.by_name ?? '',
    person:
      member_id === null || member_name === null
        ? null
        : { id: personIdOf(ctx, tenantId, member_id), name: member_name },
    stage: row.stage,
    reason: row.reason,
    at: row.happened_at,
  };
}
