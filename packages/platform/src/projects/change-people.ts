import type {
  ArchiveInProject,
  Moved,
  MoveInProject,
  SavedToProject,
  SaveToProject,
} from '@carrick/protocol';
import type { Tx } from '../kernel/db.ts';
import { decodePersonId } from '../kernel/secrets.ts';
import { Refusal, type Session } from '../session/index.ts';
import { changeProject, type Projects } from './change.ts';
import { seatName } from './visible.ts';

/** Saves people into a stage, by default the first. Who was archived comes back; who is in it already stays where they are. */
export async function savePeople(
  projects: Projects,
  session: Session,
  projectId: number,
  { personIds, stageNo }: SaveToProject,
): Promise<SavedToProject> {
  const { tenantId, seatId } = session;
  const now = projects.ctx.clock.now();
  return changeProject(projects, session, projectId, async (tx) => {
    const memberIds = await requireMembers(projects, tx, session, personIds);
    const stage = await requireStage(tx, tenantId, projectId, stageNo);
    const rows = await tx<{ member_id: number }>`
      insert into project_person as x (tenant_id, project_id, member_id, stage_no, added_at, added_by, moved_at, moved_by)
      select ${tenantId}, ${projectId}, w.member_id, ${stage.stage_no}, ${now}, ${seatId}, ${now}, ${seatId}
      from unnest(${memberIds}::bigint[]) as w (member_id) order by w.member_id
      on conflict (tenant_id, project_id, member_id) do update
        set archived_at = null, archive_reason = null, version = x.version + 1, moved_at = excluded.moved_at, moved_by = excluded.moved_by
        where x.archived_at is not null
      returning x.member_id`;
    await logPeople(projects, tx, session, projectId, rows, { change: 'saved', stage: stage.name });
    return { saved: rows.length, already: memberIds.length - rows.length };
  });
}

/** Moves somebody whom the viewer saw in `version`; who was overtaken changes nothing and is told by whom. */
export async function movePerson(
  projects: Projects,
  session: Session,
  projectId: number,
  { personId, stageNo, version }: MoveInProject,
): Promise<Moved> {
  const { tenantId, seatId } = session;
  const now = projects.ctx.clock.now();
  return changeProject(projects, session, projectId, async (tx) => {
    const memberId = memberIdOf(projects, session, personId);
    const stage = await requireStage(tx, tenantId, projectId, stageNo);
    const [moved] = await tx<{ member_id: number; version: number }>`
      update project_person x set stage_no = ${stageNo}, version = x.version + 1, moved_at = ${now}, moved_by = ${seatId}
      where x.tenant_id = ${tenantId} and x.project_id = ${projectId} and x.member_id = ${memberId} and x.version = ${version}
        and x.archived_at is null
      returning x.member_id, x.version`;
    if (moved) {
      await logPeople(projects, tx, session, projectId, [moved], { change: 'moved', stage: stage.name });
      return { status: 'moved', version: moved.version };
    }
    const [row] = await tx<{ stage_no: number; version: number; moved_at: number; by_name: string | null }>`
      select x.stage_no, x.version, x.moved_at, ${seatName(tx, tenantId, tx`x.moved_by`)} as by_name
      from project_person x where x.tenant_id = ${tenantId} and x.project_id = ${projectId} and x.member_id = ${memberId}`;
    if (!row) throw new Refusal('NOT_FOUND');
    return {
      status: 'overtaken',
      by: row.by_name ?? '',
      at: row.moved_at,
      stageNo: row.stage_no,
      version: row.version,
    };
  });
}

export async function archivePeople(
  projects: Projects,
  session: Session,
  projectId: number,
  { personIds, isArchived, reason }: ArchiveInProject,
): Promise<void> {
  const { tenantId, seatId } = session;
  const now = projects.ctx.clock.now();
  const because = isArchived ? reason?.trim() || null : null;
  await changeProject(projects, session, projectId, async (tx) => {
    const rows = await tx<{ member_id: number }>`
      update project_person x
      set archived_at = ${isArchived ? now : null}, archive_reason = ${because}, version = x.version + 1, moved_at = ${now}, moved_by = ${seatId}
      where x.tenant_id = ${tenantId} and x.project_id = ${projectId} and (x.archived_at is null) = ${isArchived}
        and x.member_id = any(${personIds.map((id) => memberIdOf(projects, session, id))}::bigint[])
      returning x.member_id`;
    const change = isArchived ? 'archived' : 'restored';
    await logPeople(projects, tx, session, projectId, rows, { change, reason: because });
  });
}

export async function removePeople(
  projects: Projects,
  session: Session,
  projectId: number,
  personIds: readonly string[],
): Promise<void> {
  await changeProject(projects, session, projectId, async (tx) => {
    const rows = await tx<{ member_id: number }>`
      delete from project_person x
      where x.tenant_id = ${session.tenantId} and x.project_id = ${projectId}
        and x.member_id = any(${personIds.map((id) => memberIdOf(projects, session, id))}::bigint[])
      returning x.member_id`;
    await logPeople(projects, tx, session, projectId, rows, { change: 'removed' });
  });
}

async function logPeople(
  { ctx }: Projects,
  tx: Tx,
  { tenantId, seatId }: Session,
  projectId: number,
  rows: readonly { member_id: number }[],
  { change, stage = null, reason = null }: { change: string; stage?: string | null; reason?: string | null },
): Promise<void> {
  if (rows.length === 0) return;
  await tx`
    insert into project_event (tenant_id, project_id, seat_id, change, member_id, stage, reason, happened_at)
    select ${tenantId}, ${projectId}, ${seatId}, ${change}, w.member_id, ${stage}, ${reason}, ${ctx.clock.now()}
    from unnest(${rows.map((row) => row.member_id)}::bigint[]) as w (member_id)`;
}

/** Null: nobody of the directory. */
export function findMemberId({ ctx }: Projects, { tenantId }: Session, personId: string): number | null {
  return decodePersonId(ctx.keys.personKey(`app:${tenantId}`), personId);
}

/** @throws Refusal NOT_FOUND */
function memberIdOf(projects: Projects, session: Session, personId: string): number {
  const memberId = findMemberId(projects, session, personId);
  if (memberId === null) throw new Refusal('NOT_FOUND');
  return memberId;
}

/** All of them, or nobody: unknown and closed accounts are not there. @throws Refusal NOT_FOUND */
async function requireMembers(
  projects: Projects,
  tx: Tx,
  session: Session,
  personIds: readonly string[],
): Promise<number[]> {
  const asked = [...new Set(personIds.map((id) => memberIdOf(projects, session, id)))];
  const rows = await tx`
    select from member m where m.member_id = any(${asked}::bigint[]) and not m.is_closed`;
  if (rows.length < asked.length) throw new Refusal('NOT_FOUND');
  return asked;
}

/** @throws Refusal NO_SUCH_STAGE: somebody removed it meanwhile */
async function requireStage(
  tx: Tx,
  tenantId: number,
  projectId: number,
  stageNo: number | undefined,
): Promise<{ readonly stage_no: number; readonly name: string }> {
  const [stage] = await tx<{ stage_no: number; name: string }>`
    select g.stage_no, g.name from project_stage g
    where g.tenant_id = ${tenantId} and g.project_id = ${projectId} and ${stageNo === undefined ? tx`true` : tx`g.stage_no = ${stageNo}`}
    order by g.place_no limit 1`;
  if (!stage) throw new Refusal('NO_SUCH_STAGE');
  return stage;
}
