import type { ExportJobsAnswer, ExportOptions } from '@carrick/protocol';
import { loadViewer } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import { atsWords, Refusal, type Session } from '../session/index.ts';
import { countJobs, findJobs } from './jobs.ts';
import { readQuota } from './quota.ts';

export async function readOptions(ctx: Context, session: Session): Promise<ExportOptions> {
  const now = ctx.clock.now();
  return ctx.db.read(session.tenantId, async (tx) => {
    const viewer = await loadViewer(tx, session, 'export');
    const [atss, quota, admins] = await Promise.all([
      countJobs(tx, viewer, now),
      readQuota(tx, session, now),
      tx<{ name: string; email: string }>`
        select m.first_name || ' ' || m.last_name as name, s.email
        from seat s join member m on m.member_id = s.member_id
        where s.tenant_id = ${session.tenantId} and s.contract_id = ${session.contractId} and s.is_admin and s.is_active
        order by 1 limit 10`,
    ]);
    const names = new Map(atsWords(viewer).atss.map((ats) => [ats.atsNo, ats.name]));
    return {
      atss: atss.map((ats) => ({ ...ats, name: names.get(ats.atsNo) ?? ats.name })),
      quota,
      admins: [...admins],
    };
  });
}

/** @throws Refusal EXPORT_OFF */
export async function searchJobs(
  ctx: Context,
  session: Session,
  atsNo: number,
  text: string,
): Promise<ExportJobsAnswer> {
  const now = ctx.clock.now();
  return ctx.db.read(session.tenantId, async (tx) => {
    const viewer = await loadViewer(tx, session, 'export');
    if (!viewer.atss.some((ats) => ats.atsNo === atsNo)) throw new Refusal('EXPORT_OFF');
    return { jobs: await findJobs(tx, viewer, { atsNo, text, now }) };
  });
}
