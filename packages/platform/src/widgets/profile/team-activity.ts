import type { TeamActivity } from '@carrick/protocol';
import type { ViewerSeat } from '../../access/index.ts';
import type { Sql, Statement } from '../../kernel/db.ts';
import { visibleProject } from '../../projects/index.ts';

const MOST = 50;

interface ActivityRow {
  readonly kind: TeamActivity['kind'];
  readonly seat_id: number;
  readonly by: string;
  readonly project: string | null;
  readonly reason: string | null;
  readonly times: number;
  readonly at: number;
}

/**
 * Who of the viewer's contract looked at the member or saved the member to a project that the viewer sees; newest first, each once.
 * That the member was archived there, and why, is told to whoever did it.
 */
export function activityStatement(tx: Sql, viewer: ViewerSeat, memberId: number): Statement<ActivityRow> {
  const { tenantId, contractId } = viewer;
  return tx<ActivityRow>`
    with done as (
      select 'viewed' as kind, v.seat_id, null::text as project, null::bigint as project_id, null::text as reason,
        count(*)::int as times,
        max(v.viewed_at) as at
      from profile_view v
      where v.tenant_id = ${tenantId} and v.contract_id = ${contractId} and v.member_id = ${memberId}
      group by v.seat_id
      union all
      select 'saved', e.seat_id, p.title, p.project_id, null, count(*)::int, max(e.happened_at)
      from project p
      join project_event e on e.tenant_id = p.tenant_id and e.project_id = p.project_id
      where ${visibleProject(tx, viewer)} and e.member_id = ${memberId} and e.change = 'saved'
      group by e.seat_id, p.project_id, p.title
      union all
      select 'archived', x.moved_by, p.title, p.project_id, x.archive_reason, 1, x.archived_at
      from project p
      join project_person x on x.tenant_id = p.tenant_id and x.project_id = p.project_id
      where ${visibleProject(tx, viewer)} and x.member_id = ${memberId} and x.archived_at is not null and x.moved_by = ${viewer.seatId}
    )
    select d.kind, d.seat_id, m.first_name || ' ' || m.last_name as by, d.project, d.reason, d.times, d.at
    from done d
    join seat s on s.tenant_id = ${tenantId} and s.seat_id = d.seat_id
    join member m on m.member_id = s.member_id
    order by d.at desc, d.kind, d.seat_id, d.project_id limit ${MOST}`;
}

export function activityOf({ seat_id, ...row }: ActivityRow, { seatId }: ViewerSeat): TeamActivity {
  return { ...row, isOwn: seat_id === seatId };
}
