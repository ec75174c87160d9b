import type { ReportAnswer, ReportDays, Usage } from '@carrick/protocol';
import { csvLine } from '@carrick/protocol';
import { loadViewer, type Viewer, visibleJob } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Sql, Statement } from '../kernel/db.ts';
import type { Session } from '../session/index.ts';

const DAY_MS = 86_400_000;

/** A sum over all, over one day or over one seat. */
interface SumRow {
  readonly day: number | null;
  readonly seat_id: number | null;
  readonly kind: 'export' | 'search' | 'view' | 'past' | 'other';
  readonly facts: number;
  /** Of exports: fetched; of conversations: answered. */
  readonly settled: number;
}

interface Period {
  /** Days since 1970 in UTC, both included. */
  readonly from: number;
  readonly to: number;
}

/**
 * What the viewer's contract did. Exports to hidden jobs are not in it, and who is a past applicant is asked of the applications
 * that the viewer may see: two viewers may read different numbers.
 */
export async function readUsage(ctx: Context, session: Session, days: ReportDays): Promise<ReportAnswer> {
  const now = ctx.clock.now();
  const to = Math.floor(now / DAY_MS);
  const period = { from: to - days + 1, to };
  return ctx.db.read(session.tenantId, async (tx) => {
    const exporter = await loadViewer(tx, session, 'export');
    const viewer = await loadViewer(tx, session, 'indicator');
    const [sums, recruiters] = await tx.flight([
      sumsOf(tx, { exporter, viewer }, period),
      tx<{ seat_id: number; name: string }>`
        select s.seat_id, m.first_name || ' ' || m.last_name as name
        from seat s join member m on m.member_id = s.member_id
        where ${session.isAdmin}::boolean and s.tenant_id = ${session.tenantId} and s.contract_id = ${session.contractId}
        order by name, s.seat_id`,
    ]);
    const usageWhere = (day: number | null, seatId: number | null) =>
      usageOf(sums.filter((row) => row.day === day && row.seat_id === seatId));
    return {
      days,
      totals: usageWhere(null, null),
      byDay: Array.from({ length: days }, (_, index) => ({
        at: (period.from + index) * DAY_MS,
        ...usageWhere(period.from + index, null),
      })),
      byRecruiter: session.isAdmin
        ? recruiters
            .filter(({ seat_id }) => sums.some((row) => row.seat_id === seat_id))
            .map(({ seat_id, name }) => ({ name, ...usageWhere(null, seat_id) }))
        : null,
      answeredAt: now,
    };
  });
}

function sumsOf(
  tx: Sql,
  { exporter, viewer }: { readonly exporter: Viewer; readonly viewer: Viewer },
  { from, to }: Period,
): Statement<SumRow> {
  const { tenantId, contractId } = viewer;
  const within = tx`between ${from * DAY_MS}::bigint and ${(to + 1) * DAY_MS - 1}::bigint`;
  const ofExport = { atsNo: tx`e.ats_no`, jobId: tx`e.job_id`, isRestricted: tx`false` };
  const ofApplicant = { atsNo: tx`p.ats_no`, jobId: tx`p.job_id`, isRestricted: tx`p.is_restricted` };
  return tx<SumRow>`
    with viewed as (
      select distinct v.seat_id, v.member_id, v.viewed_at / ${DAY_MS}::bigint as day
      from profile_view v where v.tenant_id = ${tenantId} and v.contract_id = ${contractId} and v.viewed_at ${within}
    ), written as (
      select c.seat_id, c.member_id, c.sent_at / ${DAY_MS}::bigint as day, c.state in ('ACCEPTED', 'REPLIED', 'DECLINED') as is_answered
      from conversation c
      where c.tenant_id = ${tenantId} and c.contract_id = ${contractId} and c.sent_at ${within} and c.state <> 'SCHEDULED'
    ), past as materialized (
      select distinct p.member_id
      from (select member_id from viewed union select member_id from written) w
      join applicant p on p.tenant_id = ${tenantId} and p.member_id = w.member_id
      left join job j on j.tenant_id = p.tenant_id and j.ats_no = p.ats_no and j.id = p.job_id
      where ${viewer.hasSpotlight}::boolean and (p.has_advanced or p.is_closed or j.state = 'CLOSED')
        and ${visibleJob(tx, viewer, ofApplicant)}
    ), fact as (
      select e.seat_id, e.exported_at / ${DAY_MS}::bigint as day, 'export' as kind, 1 as facts, e.fetched_at is not null as is_settled
      from profile_export e
      where e.tenant_id = ${tenantId} and e.contract_id = ${contractId} and e.exported_at ${within}
        and ${visibleJob(tx, exporter, ofExport)}
      union all
      select s.seat_id, s.day, 'search', s.searches, false
      from spotlight_use s
      where s.tenant_id = ${tenantId} and s.contract_id = ${contractId} and s.day between ${from}::int and ${to}::int
      union all
      select v.seat_id, v.day, 'view', 1, false from viewed v where v.member_id in (select member_id from past)
      union all
      select w.seat_id, w.day, case when w.member_id in (select member_id from past) then 'past' else 'other' end, 1, w.is_answered
      from written w
    )
    select day, seat_id, kind, sum(facts)::bigint as facts, count(*) filter (where is_settled) as settled
    from fact group by grouping sets ((kind), (day, kind), (seat_id, kind))`;
}

function usageOf(rows: readonly SumRow[]): Usage {
  const of = (kind: SumRow['kind']) => rows.find((row) => row.kind === kind);
  return {
    exports: of('export')?.facts ?? 0,
    exportsComplete: of('export')?.settled ?? 0,
    spotlightSearches: of('search')?.facts ?? 0,
    pastApplicantViews: of('view')?.facts ?? 0,
    toPastApplicants: { messages: of('past')?.facts ?? 0, answered: of('past')?.settled ?? 0 },
    toOthers: { messages: of('other')?.facts ?? 0, answered: of('other')?.settled ?? 0 },
  };
}

/** One line for each day, then one for each recruiter. */
export function usageCsv({ byDay, byRecruiter }: ReportAnswer): string {
  const head = [
    ...['day', 'recruiter', 'exports', 'exportsComplete', 'spotlightSearches', 'pastApplicantViews'],
    ...['messagesToPastApplicants', 'answeredByPastApplicants', 'messagesToOthers', 'answeredByOthers'],
  ];
  const cells = ({ exports, exportsComplete, spotlightSearches, pastApplicantViews, ...usage }: Usage) =>
    [
      ...[exports, exportsComplete, spotlightSearches, pastApplicantViews],
      ...[usage.toPastApplicants.messages, usage.toPastApplicants.answered],
      ...[usage.toOthers.messages, usage.toOthers.answered],
    ].map(String);
  return [
    head,
    ...byDay.map((day) => [new Date(day.at).toISOString().slice(0, 10), '', ...cells(day)]),
    ...(byRecruiter ?? []).map((row) => ['', row.name, ...cells(row)]),
  ]
    .map(csvLine)
    .join('');
}
