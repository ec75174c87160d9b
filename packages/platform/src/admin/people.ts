import { type AccessGroup, type Administrators, EVERYONE_ACL, type PeopleAnswer } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Sql, Statement } from '../kernel/db.ts';
import type { Session } from '../session/index.ts';

/** Groups on the page, and jobs and people of each. The counts are of all. */
const MOST_GROUPS = 200;
const MOST_MEMBERS = 25;

interface SeatRow {
  seat_id: number;
  member_id: number;
  name: string;
  email: string;
  is_admin: boolean;
  is_active: boolean;
  decides_matches: boolean;
  assignees: number;
}
interface GroupRow {
  ats_no: number;
  ats: string;
  acl_id: string;
  jobs: readonly { readonly id: string; readonly title: string | null }[];
  job_count: number;
  people: readonly { readonly seatId: string | null; readonly name: string }[];
  person_count: number;
  total: number;
}

/** Who sits on the contract, which groups the ATSs keep, whom these name and what they secure. */
export async function readPeople(ctx: Context, session: Session): Promise<PeopleAnswer> {
  const { tenantId, contractId } = session;
  const [consenting, [seats, groups, [contract]]] = await Promise.all([
    ctx.db.lookup<{
      member_id: number;
    }>`select member_id from consenting_members(${tenantId}, ${ctx.clock.now()})`,
    ctx.db.read(tenantId, (tx) =>
      tx.flight([
        tx<SeatRow>`
          select s.seat_id, s.member_id, m.first_name || ' ' || m.last_name as name, s.email, s.is_admin, s.is_active,
            s.is_admin or s.decides_matches as decides_matches,
            (
              select count(*) from acl_assignee a where a.tenant_id = s.tenant_id and a.member_id = s.member_id
            ) as assignees
          from seat s join member m on m.member_id = s.member_id
          where s.tenant_id = ${tenantId} and s.contract_id = ${contractId}
          order by lower(m.last_name), lower(m.first_name), s.seat_id`,
        groupRows(tx, session),
        tx<{
          name: string;
        }>`select name from contract where tenant_id = ${tenantId} and contract_id = ${contractId}`,
      ]),
    ),
  ]);
  const consented = new Set(consenting.map((each) => each.member_id));
  return {
    contract: contract?.name ?? '',
    seats: seats.map((seat) => ({
      seatId: String(seat.seat_id),
      name: seat.name,
      email: seat.email,
      isAdmin: seat.is_admin,
      isActive: seat.is_active,
      isOwn: seat.seat_id === session.seatId,
      decidesMatches: seat.decides_matches,
      hasConsented: consented.has(seat.member_id),
      assignees: seat.assignees,
    })),
    groups: groups.map(groupOf),
    moreGroups: Math.max(0, (groups[0]?.total ?? 0) - groups.length),
    answeredAt: ctx.clock.now(),
  };
}

function groupOf(row: GroupRow): AccessGroup {
  return {
    atsNo: row.ats_no,
    ats: row.ats,
    aclId: row.acl_id,
    isEveryone: row.acl_id === EVERYONE_ACL,
    jobs: row.jobs,
    jobCount: row.job_count,
    people: row.people,
    personCount: row.person_count,
  };
}

/** A group is whatever secures a job or names somebody. */
function groupRows(tx: Sql, { tenantId, contractId }: Session): Statement<GroupRow> {
  return tx<GroupRow>`
    select g.ats_no, i.name as ats, g.acl_id, count(*) over () as total,
      (
        select coalesce(jsonb_agg(jsonb_build_object('id', j.entity_id, 'title', j.title)), '[]')
        from (
          select s.entity_id, j.title
          from entity_acl s left join job j on j.tenant_id = s.tenant_id and j.ats_no = s.ats_no and j.id = s.entity_id
          where s.tenant_id = ${tenantId} and s.ats_no = g.ats_no and s.acl_id = g.acl_id and s.entity_type = 'JOB_POSTING'
          order by s.entity_id limit ${MOST_MEMBERS}
        ) j
      ) as jobs,
      (
        select count(*) from entity_acl s
        where s.tenant_id = ${tenantId} and s.ats_no = g.ats_no and s.acl_id = g.acl_id and s.entity_type = 'JOB_POSTING'
      ) as job_count,
      (
        select coalesce(jsonb_agg(jsonb_build_object('seatId', p.seat_id, 'name', p.name)), '[]')
        from (
          select m.first_name || ' ' || m.last_name as name, (
            select t.seat_id::text from seat t
            where t.tenant_id = a.tenant_id and t.member_id = a.member_id and t.contract_id = ${contractId}
          ) as seat_id
          from acl_assignee a join member m on m.member_id = a.member_id
          where a.tenant_id = ${tenantId} and a.ats_no = g.ats_no and a.acl_id = g.acl_id and a.entity_type = 'JOB_POSTING'
          order by lower(m.last_name), lower(m.first_name), a.member_id limit ${MOST_MEMBERS}
        ) p
      ) as people,
      (
        select count(*) from acl_assignee a
        where a.tenant_id = ${tenantId} and a.ats_no = g.ats_no and a.acl_id = g.acl_id and a.entity_type = 'JOB_POSTING'
      ) as person_count
    from (
      select ats_no, acl_id from entity_acl where tenant_id = ${tenantId} and entity_type = 'JOB_POSTING'
      union
      select ats_no, acl_id from acl_assignee where tenant_id = ${tenantId} and entity_type = 'JOB_POSTING'
    ) g
    join ats_instance i on i.tenant_id = ${tenantId} and i.ats_no = g.ats_no
    order by g.ats_no, g.acl_id limit ${MOST_GROUPS}`;
}

/** Whom somebody of this contract can ask. */
export async function readAdministrators(
  ctx: Context,
  { tenantId, contractId }: Pick<Session, 'tenantId' | 'contractId'>,
): Promise<Administrators> {
  const rows = await ctx.db.read(
    tenantId,
    async (tx) => tx<{ name: string }>`
      select m.first_name || ' ' || m.last_name as name
      from seat s join member m on m.member_id = s.member_id
      where s.tenant_id = ${tenantId} and s.contract_id = ${contractId} and s.is_admin and s.is_active
      order by lower(m.last_name), lower(m.first_name) limit 10`,
  );
  return { names: rows.map(({ name }) => name) };
}
