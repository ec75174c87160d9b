import type { ExportList, ExportState, ListedExport } from '@carrick/protocol';
import { csvLine } from '@carrick/protocol';
import { loadViewer, type Viewer, visibleJob } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Sql, Statement, Tx } from '../kernel/db.ts';
import { personIdOf } from '../search/index.ts';
import type { Session } from '../session/index.ts';
import { stateOfExport } from './read.ts';

const PAGE = 50;
const MOST_IN_FILE = 50_000;

export interface ExportFilter {
  readonly state: ExportState | null;
  /** Only what stands behind this one in the list. */
  readonly before: { readonly exportedAt: number; readonly id: string } | null;
}

export interface ListedRow {
  readonly export_id: string;
  readonly member_id: number;
  /** Null of a closed account. */
  readonly name: string | null;
  readonly ats: string;
  readonly job_id: string;
  readonly job_title: string;
  readonly exporter: string;
  readonly exported_at: number;
  readonly fetched_at: number | null;
  readonly state: ExportState;
  /** When it came to stand so, for what is complete or was not picked up. */
  readonly settled_at: number;
}

/** The exports of the contract to jobs that the viewer may see, the newest first. */
export async function listExports(ctx: Context, session: Session, filter: ExportFilter): Promise<ExportList> {
  const now = ctx.clock.now();
  return ctx.db.read(session.tenantId, async (tx) => {
    const rows = await ofContract(tx, session, filter, now, PAGE + 1);
    const shown = rows.slice(0, PAGE);
    const last = rows.length > PAGE ? shown.at(-1) : undefined;
    return {
      exports: shown.map(
        (row): ListedExport => ({
          id: row.export_id,
          person:
            row.name === null
              ? null
              : { id: personIdOf(ctx, session.tenantId, row.member_id), name: row.name },
          ats: row.ats,
          job: { id: row.job_id, title: row.job_title },
          exporter: row.exporter,
          exportedAt: row.exported_at,
          fetchedAt: row.fetched_at,
          state: row.state,
        }),
      ),
      next: last ? `${last.exported_at}~${last.export_id}` : null,
      answeredAt: now,
    };
  });
}

/** The whole as a spreadsheet. */
export async function exportsCsv(ctx: Context, session: Session, state: ExportState | null): Promise<string> {
  const rows = await ctx.db.read(session.tenantId, (tx) =>
    ofContract(tx, session, { state, before: null }, ctx.clock.now(), MOST_IN_FILE),
  );
  const lines = rows.map((row) => [
    new Date(row.exported_at).toISOString(),
    row.name ?? '',
    row.ats,
    row.job_id,
    row.job_title,
    row.exporter,
    row.state,
    row.fetched_at === null ? '' : new Date(row.fetched_at).toISOString(),
    row.export_id,
  ]);
  const head = ['exportedAt', 'person', 'ats', 'jobId', 'job', 'exporter', 'state', 'fetchedAt', 'reference'];
  return [head, ...lines].map(csvLine).join('');
}

async function ofContract(
  tx: Tx,
  session: Session,
  { state, before }: ExportFilter,
  now: number,
  most: number,
): Promise<readonly ListedRow[]> {
  const viewer = await loadViewer(tx, session, 'export');
  return listedExports(
    tx,
    viewer,
    tx`e.contract_id = ${session.contractId} and (${state}::text is null or ${stateOfExport(tx, now)} = ${state}::text)
       and (${before?.exportedAt ?? null}::bigint is null
            or (e.exported_at, e.export_id) < (${before?.exportedAt ?? null}::bigint, ${before?.id ?? null}::text))`,
    now,
    most,
  );
}

/** Those of the exports `e` under a condition whose job the viewer may see, the newest first. */
export function listedExports(
  tx: Sql,
  viewer: Viewer,
  condition: Statement,
  now: number,
  most: number,
): Statement<ListedRow> {
  const job = { atsNo: tx`e.ats_no`, jobId: tx`e.job_id`, isRestricted: tx`false` };
  return tx<ListedRow>`
    select e.export_id, e.member_id, case when not m.is_closed then m.first_name || ' ' || m.last_name end as name,
      coalesce(nullif(trim(i.name), ''), 'ATS') as ats, e.job_id, e.job_title, h.first_name || ' ' || h.last_name as exporter,
      e.exported_at, e.fetched_at, ${stateOfExport(tx, now)} as state,
      coalesce(e.fetched_at, case when d.state = 'dead' then d.attempted_at end, n.expires_at, e.exported_at) as settled_at
    from profile_export e
    join ats_instance i on i.tenant_id = e.tenant_id and i.ats_no = e.ats_no
    join seat s on s.tenant_id = e.tenant_id and s.seat_id = e.seat_id
    join member h on h.member_id = s.member_id
    join member m on m.member_id = e.member_id
    left join notification n on n.tenant_id = e.tenant_id and n.notification_id = e.export_id
    left join delivery d on d.tenant_id = e.tenant_id and d.notification_id = e.export_id
    where e.tenant_id = ${viewer.tenantId} and ${condition} and ${visibleJob(tx, viewer, job)}
    order by e.exported_at desc, e.export_id desc
    limit ${most}`;
}
