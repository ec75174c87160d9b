import type { PersonInProject, Pipeline, ProjectJob } from '@carrick/protocol';
import { type Viewer, visibleJob } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { parseKeywords, personIdOf, readPeople } from '../search/index.ts';
import { atsWords, Refusal } from '../session/index.ts';
import { seatName, visibleProject } from './visible.ts';

const PAGE_SIZE = 100;
const MOST_JOBS = 20;

export interface PipelineFilter {
  readonly stageNo: number | null;
  readonly isArchived: boolean;
  /** Keywords, as in the search. */
  readonly q: string;
  readonly page: number;
}

interface PersonRow {
  readonly member_id: number;
  readonly stage_no: number;
  readonly version: number;
  readonly added_at: number;
  readonly added_by: string | null;
  readonly moved_at: number;
  readonly moved_by: string | null;
  readonly archived_at: number | null;
  readonly archive_reason: string | null;
}

/** Who is in a project: by stage, in each those first who came last. @throws Refusal NO_SUCH_PROJECT */
export async function readPipeline(
  ctx: Context,
  tx: Tx,
  viewer: Viewer,
  projectId: number,
  { stageNo, isArchived, q, page }: PipelineFilter,
): Promise<Omit<Pipeline, 'answeredAt'>> {
  const keywords = parseKeywords(q);
  const people = tx`
    from project p
    join project_person x on x.tenant_id = p.tenant_id and x.project_id = p.project_id
    join project_stage g on g.tenant_id = x.tenant_id and g.project_id = x.project_id and g.stage_no = x.stage_no
    join member m on m.member_id = x.member_id and not m.is_closed
    where ${visibleProject(tx, viewer)} and p.project_id = ${projectId}
      and ${isArchived ? tx`x.archived_at is not null` : tx`x.archived_at is null`}
      and ${stageNo === null ? tx`true` : tx`x.stage_no = ${stageNo}`}
      and ${keywords === null ? tx`true` : tx`m.search_doc @@ to_tsquery('simple', ${keywords})`}`;
  const [projects, rows, [count]] = await tx.flight([
    tx`select from project p where ${visibleProject(tx, viewer)} and p.project_id = ${projectId}`,
    tx<PersonRow>`
      select x.member_id, x.stage_no, x.version, x.added_at, x.moved_at, x.archived_at, x.archive_reason,
        ${seatName(tx, viewer.tenantId, tx`x.added_by`)} as added_by, ${seatName(tx, viewer.tenantId, tx`x.moved_by`)} as moved_by
      ${people} order by g.place_no, x.moved_at desc, x.member_id limit ${PAGE_SIZE} offset ${(page - 1) * PAGE_SIZE}`,
    tx<{ total: number }>`select count(*) as total ${people}`,
  ]);
  if (projects.length === 0) throw new Refusal('NO_SUCH_PROJECT');
  const found = await readPeople(
    ctx,
    tx,
    viewer,
    rows.map((row) => row.member_id),
  );
  const byId = new Map(found.map((person) => [person.id, person]));
  return {
    total: count?.total ?? 0,
    page,
    pageSize: PAGE_SIZE,
    people: rows.flatMap((row) => {
      const person = byId.get(personIdOf(ctx, viewer.tenantId, row.member_id));
      if (!person) return [];
      return [
        {
          person,
          stageNo: row.stage_no,
          version: row.version,
          addedAt: row.added_at,
          addedBy: row.added_by ?? '',
          movedAt: row.moved_at,
          movedBy: row.moved_by ?? '',
          archivedAt: row.archived_at,
          archiveReason: row.archive_reason,
        },
      ];
    }),
  };
}

interface StandingRow {
  readonly member_id: number;
  readonly project_id: number;
  readonly title: string;
  readonly stage: string;
  readonly moved_at: number;
  readonly by_name: string | null;
  readonly owner: string | null;
  readonly is_own: boolean;
  readonly is_active: boolean;
}

/** In which of the viewer's projects these people are, active ones first, then by who came last. */
export async function readStanding(
  tx: Tx,
  viewer: Viewer,
  memberIds: readonly number[],
): Promise<Map<number, PersonInProject[]>> {
  const rows = await tx<StandingRow>`
    select x.member_id, p.project_id, p.title, g.name as stage, x.moved_at, p.owner_seat = ${viewer.seatId} as is_own,
      p.archived_at is null and x.archived_at is null as is_active,
      ${seatName(tx, viewer.tenantId, tx`x.moved_by`)} as by_name, ${seatName(tx, viewer.tenantId, tx`p.owner_seat`)} as owner
    from project p
    join project_person x on x.tenant_id = p.tenant_id and x.project_id = p.project_id
    join project_stage g on g.tenant_id = x.tenant_id and g.project_id = x.project_id and g.stage_no = x.stage_no
    where ${visibleProject(tx, viewer)} and x.member_id = any(${memberIds}::bigint[])
    order by is_active desc, x.moved_at desc, p.project_id`;
  const all = Map.groupBy(rows, (row) => row.member_id);
  return new Map(
    [...all].map(([memberId, projects]) => [
      memberId,
      projects.map((row) => ({
        projectId: String(row.project_id),
        title: row.title,
        stage: row.stage,
        at: row.moved_at,
        by: row.by_name ?? '',
        owner: row.owner ?? '',
        isOwn: row.is_own,
        isActive: row.is_active,
      })),
    ]),
  );
}

interface JobRow {
  readonly ats_no: number;
  readonly id: string;
  readonly title: string;
}

/** Jobs that the viewer sees, by the start of the id or a part of the title, newest first. */
export async function findJobs(tx: Tx, viewer: Viewer, q: string): Promise<ProjectJob[]> {
  const like = q
    .trim()
    .toLowerCase()
    .replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
  const job = { atsNo: tx`j.ats_no`, jobId: tx`j.id`, isRestricted: tx`false` };
  const rows = await tx<JobRow>`
    select j.ats_no, j.id, j.title from job j
    where j.tenant_id = ${viewer.tenantId} and (lower(j.title) like ${`%${like}%`} or lower(j.id) like ${`${like}%`})
      and ${visibleJob(tx, viewer, job)}
    order by j.state = 'CLOSED', j.listed_at desc, j.ats_no, j.id limit ${MOST_JOBS}`;
  const { atss } = atsWords(viewer);
  return rows.flatMap((row) => {
    const ats = atss.find(({ atsNo }) => atsNo === row.ats_no);
    return ats ? [{ ats, jobId: row.id, title: row.title }] : [];
  });
}
