import type { PreviewAnswer, PreviewRequest } from '@carrick/protocol';
import { loadViewer, type Viewer, visibleJob } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Sql, Statement } from '../kernel/db.ts';
import { Refusal, type Session } from '../session/index.ts';
import { audit } from './audit.ts';
import { explainVisibility } from './explain-visibility.ts';

const MOST = 50;

interface SeatRow {
  seat_id: number;
  member_id: number;
  contract_id: number;
  name: string;
  is_off: boolean;
}
interface JobRow {
  ats_no: number;
  ats: string;
  id: string;
  title: string | null;
  is_known: boolean;
  is_open: boolean;
  is_restricted: boolean;
  is_visible: boolean;
  groups: readonly { readonly aclId: string; readonly people: number }[];
  visible: number;
  hidden: number;
}

/**
 * Which jobs a seat of the contract sees, by the very condition that its own requests include, and why. It opens no session; that
 * somebody looked is written down first.
 * @throws Refusal NO_SUCH_SEAT
 */
export async function preview(
  ctx: Context,
  session: Session,
  { seatId, feature, q = '' }: PreviewRequest,
): Promise<PreviewAnswer> {
  const { tenantId, contractId } = session;
  return ctx.db.transaction(tenantId, async (tx) => {
    const [seat] = await tx<SeatRow>`
      select s.seat_id, s.member_id, s.contract_id, m.first_name || ' ' || m.last_name as name, exists (
        select from contract_switch w
        where w.tenant_id = s.tenant_id and w.contract_id = s.contract_id and w.feature = ${feature} and w.ats_no = 0 and not w.is_on
      ) as is_off
      from seat s join member m on m.member_id = s.member_id
      where s.tenant_id = ${tenantId} and s.contract_id = ${contractId} and s.seat_id::text = ${seatId}`;
    if (!seat) throw new Refusal('NO_SUCH_SEAT');
    const viewer = await loadViewer(
      tx,
      { tenantId, contractId, seatId: seat.seat_id, memberId: seat.member_id },
      feature,
    );
    const rows = await jobRows(tx, viewer, q);
    const jobs = rows.map((row) => {
      const facts = {
        atsNo: row.ats_no,
        isKnown: row.is_known,
        isRestricted: row.is_restricted,
        acls: row.groups.map(({ aclId }) => aclId),
        groups: row.groups,
      };
      const { isVisible, reasons } = explainVisibility(viewer, facts, seat.is_off);
      if (isVisible !== row.is_visible) throw new Error('the access rule and its explanation disagree');
      const { ats_no: atsNo, ats, id: jobId, title, is_open: isOpen } = row;
      return { atsNo, ats, jobId, title, isOpen, isVisible, reasons };
    });
    await tx.commitWith([
      audit(tx, ctx, session, { action: 'previewed', subject: { seat: seat.seat_id, feature } }),
    ]);
    return {
      seat: seat.name,
      visible: rows[0]?.visible ?? 0,
      hidden: rows[0]?.hidden ?? 0,
      jobs,
      answeredAt: ctx.clock.now(),
    };
  });
}

/** Jobs whose title or id holds the words; one that was never sent is found by its whole id. */
function jobRows(tx: Sql, viewer: Viewer, q: string): Statement<JobRow> {
  const words = q.replaceAll('\u0000', '').trim();
  const pattern = `%${words.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  const columns = { atsNo: tx`j.ats_no`, jobId: tx`j.id`, isRestricted: tx`false` };
  return tx<JobRow>`
    with found as (
      select j.ats_no, j.id, j.title, true as is_known, j.state = 'LISTED' as is_open, j.access_restricted as is_restricted
      from job j
      where j.tenant_id = ${viewer.tenantId} and (j.title ilike ${pattern} or j.id ilike ${pattern})
      union all
      select distinct a.ats_no, a.job_id, null, false, false, false
      from application a
      where a.tenant_id = ${viewer.tenantId} and a.job_id = ${words} and not exists (
        select from job j where j.tenant_id = a.tenant_id and j.ats_no = a.ats_no and j.id = a.job_id
      )
    ), judged as (
      select j.*, ${visibleJob(tx, viewer, columns)} as is_visible from found j
    )
    select j.*, i.name as ats, count(*) filter (where j.is_visible) over () as visible,
      count(*) filter (where not j.is_visible) over () as hidden,
      (
        select coalesce(jsonb_agg(jsonb_build_object('aclId', s.acl_id, 'people', (
          select count(*) from acl_assignee a
          where a.tenant_id = s.tenant_id and a.ats_no = s.ats_no and a.acl_id = s.acl_id and a.entity_type = 'JOB_POSTING'
        )) order by s.acl_id), '[]')
        from entity_acl s
        where s.tenant_id = ${viewer.tenantId} and s.ats_no = j.ats_no and s.entity_type = 'JOB_POSTING' and s.entity_id = j.id
      ) as groups
    from judged j
    join ats_instance i on i.tenant_id = ${viewer.tenantId} and i.ats_no = j.ats_no
    order by j.is_visible, j.ats_no, j.id limit ${MOST}`;
}
