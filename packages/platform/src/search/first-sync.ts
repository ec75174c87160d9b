import type { Viewer } from '../access/index.ts';
import type { Sql } from '../kernel/db.ts';

const LATELY_MS = 86_400_000;
const PAUSE_MS = 120_000;

/**
 * Whether one of the viewer's ATSs was enabled within a day and the organisation sent records within two minutes. No request says
 * how many records there are in all, so a share in per cent is not known.
 */
export async function isFirstSync(tx: Sql, viewer: Viewer, now: number): Promise<boolean> {
  const [row] = await tx<{ is_first: boolean }>`
    select exists (
      select from integration i
      where i.tenant_id = ${viewer.tenantId} and i.integration_type = 'IN_ATS_INDICATOR' and i.status = 'ENABLED'
        and i.ats_no = any(${viewer.atss.map((ats) => ats.atsNo)}::int[]) and i.updated_at > ${now - LATELY_MS}
    ) and exists (
      select from api_request r
      where r.tenant_id = ${viewer.tenantId} and r.at > ${now - PAUSE_MS} and r.http_method <> 'GET' and r.records > 0
    ) as is_first`;
  return row?.is_first === true;
}
