import type { Sql, Statement, Tx } from '../kernel/db.ts';
import { Refusal, type Session } from '../session/index.ts';

/** Whose projects: what of a session the condition needs. */
export type ProjectViewer = Pick<Session, 'tenantId' | 'contractId' | 'seatId'>;

/** The condition that every read and write of projects includes; `p` is the project's row. */
export function visibleProject(tx: Sql, { tenantId, contractId, seatId }: ProjectViewer): Statement {
  return tx`p.tenant_id = ${tenantId} and p.contract_id = ${contractId} and (not p.is_private or p.owner_seat = ${seatId})`;
}

export interface ProjectRow {
  readonly project_id: number;
  readonly owner_seat: number;
  readonly is_private: boolean;
  readonly archived_at: number | null;
}

/**
 * Holds the project's row for as long as the transaction lasts, so that changes of one project follow each other.
 * @throws Refusal NO_SUCH_PROJECT, the same for one that is hidden and one that is not there
 */
export async function holdProject(tx: Tx, session: Session, projectId: number): Promise<ProjectRow> {
  const [row] = await tx<ProjectRow>`
    select p.project_id, p.owner_seat, p.is_private, p.archived_at from project p
    where ${visibleProject(tx, session)} and p.project_id = ${projectId} for update`;
  if (!row) throw new Refusal('NO_SUCH_PROJECT');
  return row;
}

/** `seat` is an expression; its holder's name. */
export function seatName(tx: Sql, tenantId: number, seat: Statement): Statement {
  return tx`(
    select h.first_name || ' ' || h.last_name from seat s join member h on h.member_id = s.member_id
    where s.tenant_id = ${tenantId} and s.seat_id = ${seat}
  )`;
}
