import type { WidgetUndoable } from '@carrick/protocol';
import type { Context } from '../../kernel/context.ts';
import type { Sql, Statement } from '../../kernel/db.ts';
import type { Session } from '../../session/index.ts';
import { personUrn } from './read-member.ts';
import type { RecordKey } from './record.ts';

/** As long as the frame itself offers the way back. */
const OFFERED_MS = 10_000;

interface UndoableRow {
  readonly decision_no: number;
  readonly verdict: WidgetUndoable['verdict'];
  readonly member_id: number;
  readonly name: string;
}

/** What this seat decided about the record in the widget just now and nobody undid: a page that is loaded anew offers it still. */
export function undoableStatement(
  tx: Sql,
  { seatId }: Session,
  { tenantId, atsNo, candidateId }: RecordKey,
  now: number,
): Statement<UndoableRow> {
  return tx<UndoableRow>`
    select d.decision_no, d.verdict, d.member_id, concat_ws(' ', m.first_name, m.last_name, m.doc ->> 'suffix') as name
    from match_decision d
    join member m on m.member_id = d.member_id and not m.is_closed
    where d.tenant_id = ${tenantId} and d.ats_no = ${atsNo} and d.candidate_id = ${candidateId} and d.seat_id = ${seatId}
      and d.origin = 'widget' and d.lifted_at is null and d.decided_at > ${now - OFFERED_MS}
    order by d.decision_no desc limit 1`;
}

export function undoableOf(ctx: Context, applicationId: number, row: UndoableRow): WidgetUndoable {
  const { decision_no: decisionNo, verdict, member_id: memberId, name } = row;
  return { decisionNo, verdict, name, urn: personUrn(ctx, applicationId, memberId) };
}
