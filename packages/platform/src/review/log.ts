import type { Ats, DecisionEntry, DecisionLog } from '@carrick/protocol';
import { type Viewer, visibleCandidate } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Sql, Statement, Tx } from '../kernel/db.ts';
import { personIdOf } from '../search/index.ts';
import { atsWords } from '../session/index.ts';
import type { CandidateKey } from './candidates.ts';

export const PAGE_SIZE = 50;

interface EntryRow {
  readonly decision_no: number;
  readonly verdict: DecisionEntry['verdict'];
  readonly origin: DecisionEntry['origin'];
  readonly ats_no: number;
  readonly candidate_id: string;
  readonly candidate_name: string | null;
  readonly member_id: number;
  readonly member_name: string | null;
  readonly by_name: string | null;
  readonly reason: string | null;
  readonly note: string | null;
  readonly decided_at: number;
  readonly lifted_at: number | null;
  readonly lifted_by_name: string | null;
}

/** What was decided, by whom and why, newest first; all that concerns candidates who are there for the viewer. */
export async function readLog(
  ctx: Context,
  tx: Tx,
  viewer: Viewer,
  page: number,
): Promise<Omit<DecisionLog, 'answeredAt'>> {
  const [rows, [count]] = await tx.flight([
    tx<EntryRow>`${entries(tx, viewer)} order by d.decision_no desc limit ${PAGE_SIZE} offset ${(page - 1) * PAGE_SIZE}`,
    tx<{ total: number }>`
      select count(*) as total from match_decision d where ${isOfViewer(tx, viewer)}`,
  ]);
  const { atss } = atsWords(viewer);
  return {
    total: count?.total ?? 0,
    page,
    pageSize: PAGE_SIZE,
    entries: rows.map((row) => entryOf(ctx, viewer, atss, row)),
  };
}

/** The same about one record. */
export async function readLogOf(
  ctx: Context,
  tx: Tx,
  viewer: Viewer,
  { atsNo, candidateId }: CandidateKey,
): Promise<DecisionEntry[]> {
  const rows = await tx<EntryRow>`
    ${entries(tx, viewer)} and d.ats_no = ${atsNo} and d.candidate_id = ${candidateId} order by d.decision_no desc limit ${PAGE_SIZE}`;
  const { atss } = atsWords(viewer);
  return rows.map((row) => entryOf(ctx, viewer, atss, row));
}

function entries(tx: Sql, viewer: Viewer): Statement {
  return tx`
    select d.decision_no, d.verdict, d.origin, d.ats_no, d.candidate_id, c.first_name || ' ' || c.last_name as candidate_name,
      d.member_id, m.first_name || ' ' || m.last_name as member_name, d.reason, d.note, d.decided_at, d.lifted_at,
      (${seatName(tx, viewer, tx`d.seat_id`)}) as by_name, (${seatName(tx, viewer, tx`d.lifted_by`)}) as lifted_by_name
    from match_decision d
    left join candidate c on c.tenant_id = d.tenant_id and c.ats_no = d.ats_no and c.id = d.candidate_id
    left join member m on m.member_id = d.member_id and not m.is_closed
    where ${isOfViewer(tx, viewer)}`;
}

function isOfViewer(tx: Sql, viewer: Viewer): Statement {
  return tx`(
    d.tenant_id = ${viewer.tenantId} and d.ats_no = any(${viewer.atss.map(({ atsNo }) => atsNo)}::int[])
    and ${visibleCandidate(tx, viewer, { atsNo: tx`d.ats_no`, candidateId: tx`d.candidate_id` })}
  )`;
}

/** One value for each row of the statement that it stands in. */
export function seatName(tx: Sql, { tenantId }: Viewer, seatId: Statement): Statement {
  return tx`
    select h.first_name || ' ' || h.last_name from seat s join member h on h.member_id = s.member_id
    where s.tenant_id = ${tenantId} and s.seat_id = ${seatId}`;
}

function entryOf(ctx: Context, viewer: Viewer, atss: readonly Ats[], row: EntryRow): DecisionEntry {
  return {
    decisionNo: row.decision_no,
    verdict: row.verdict,
    origin: row.origin,
    ats: atss.find(({ atsNo }) => atsNo === row.ats_no) ?? { atsNo: row.ats_no, name: 'ATS' },
    candidateId: row.candidate_id,
    candidateName: row.candidate_name,
    person:
      row.member_name === null
        ? null
        : { id: personIdOf(ctx, viewer.tenantId, row.member_id), name: row.member_name },
    by: row.by_name,
    reason: row.reason,
    note: row.note,
    at: row.decided_at,
    liftedAt: row.lifted_at,
    liftedBy: row.lifted_by_name,
  };
}
