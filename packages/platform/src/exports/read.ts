import type { ExportState, ExportSummary, PersonExports } from '@carrick/protocol';
import { loadViewer, visibleJob } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Sql, Statement, Tx } from '../kernel/db.ts';
import { decodePersonId } from '../kernel/secrets.ts';
import { atsWords, Refusal, type Session } from '../session/index.ts';

/** So long an export is "on its way" before it is "waiting". */
const SOON_MS = 2 * 60_000;
const MOST = 100;

interface ExportRow {
  export_id: string;
  ats_no: number;
  job_id: string;
  job_title: string;
  exporter: string;
  exported_at: number;
  fetched_at: number | null;
  state: ExportState;
  /** Of push: how the ATS was told. */
  delivery_state: 'pending' | 'delivered' | 'dead' | null;
  tried: number | null;
  attempted_at: number | null;
  status: number | null;
  failure: string | null;
  host: string | null;
}

/** What the viewer's contract exported of one person, to jobs that the viewer may see. @throws Refusal NOT_FOUND */
export async function readExports(ctx: Context, session: Session, personId: string): Promise<PersonExports> {
  const memberId = decodePersonId(ctx.keys.personKey(`app:${session.tenantId}`), personId);
  if (memberId === null) throw new Refusal('NOT_FOUND');
  const now = ctx.clock.now();
  return ctx.db.read(session.tenantId, async (tx) => {
    const viewer = await loadViewer(tx, session, 'export');
    const job = { atsNo: tx`e.ats_no`, jobId: tx`e.job_id`, isRestricted: tx`false` };
    const condition = tx`e.contract_id = ${session.contractId} and e.member_id = ${memberId} and ${visibleJob(tx, viewer, job)}`;
    const rows = await exportRows(tx, session.tenantId, condition, now);
    const { atss } = atsWords(viewer);
    const exports = rows.flatMap((row): ExportSummary[] => {
      const ats = atss.find((each) => each.atsNo === row.ats_no);
      return ats ? [{ ...summaryOf(row), ats }] : [];
    });
    return { exports, answeredAt: now };
  });
}

/** How an export `e` stands, of the member `m`, with its notification `n` and delivery `d`. */
export function stateOfExport(tx: Sql, now: number): Statement {
  return tx`case
    when e.fetched_at is not null then 'complete'
    when not m.shares_with_third_parties or m.is_closed then 'withdrawn'
    when d.state = 'dead' or n.expires_at is null or n.expires_at <= ${now} then 'not-picked-up'
    when e.exported_at > ${now - SOON_MS} then 'sending'
    else 'waiting'
  end`;
}

function exportRows(tx: Tx, tenantId: number, condition: Statement, now: number): Statement<ExportRow> {
  return tx<ExportRow>`
    select e.export_id, e.ats_no, e.job_id, e.job_title, h.first_name || ' ' || h.last_name as exporter, e.exported_at,
      e.fetched_at, ${stateOfExport(tx, now)} as state, d.state as delivery_state, d.tried,
      d.attempted_at, d.status, d.failure, a.host
    from profile_export e
    join seat s on s.tenant_id = e.tenant_id and s.seat_id = e.seat_id
    join member h on h.member_id = s.member_id
    join member m on m.member_id = e.member_id
    left join notification n on n.tenant_id = e.tenant_id and n.notification_id = e.export_id
    left join delivery d on d.tenant_id = e.tenant_id and d.notification_id = e.export_id
    left join lateral (
      select t.host from delivery_attempt t
      where t.tenant_id = e.tenant_id and t.notification_id = e.export_id order by t.attempt_no desc limit 1
    ) a on true
    where e.tenant_id = ${tenantId} and ${condition}
    order by e.exported_at desc, e.export_id
    limit ${MOST}`;
}

function summaryOf(row: ExportRow): Omit<ExportSummary, 'ats'> {
  return {
    id: row.export_id,
    job: { id: row.job_id, title: row.job_title },
    exporter: row.exporter,
    exportedAt: row.exported_at,
    fetchedAt: row.fetched_at,
    state: row.state,
    delivery:
      row.delivery_state === null
        ? null
        : {
            host: row.host,
            attempts: row.tried ?? 0,
            attemptedAt: row.attempted_at,
            status: row.status,
            failure: row.failure,
          },
  };
}
