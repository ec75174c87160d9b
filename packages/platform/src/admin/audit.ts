import {
  AUDIT_ACTIONS,
  type AuditAction,
  type AuditAnswer,
  type AuditEntry,
  csvLine,
} from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Sql, Statement, Tx } from '../kernel/db.ts';
import type { Session } from '../session/index.ts';

const PAGE = 50;
const MOST_IN_FILE = 50_000;

/** What concerns one contract, and is shown to its own administrators only. */
const OF_CONTRACT: readonly AuditAction[] = [
  'feature-on',
  'feature-off',
  'previewed',
  'people-exported',
  'seat-on',
  'seat-off',
  'administrator-on',
  'administrator-off',
  'matching-on',
  'matching-off',
];

/** Ids and codes only: a subject outlives the people it is about. */
export interface Audited {
  readonly action: AuditAction;
  readonly atsNo?: number;
  readonly subject?: Readonly<Record<string, string | number>>;
}

/** Part of the transaction that it tells of. */
export function audit(
  tx: Tx,
  { clock }: Pick<Context, 'clock'>,
  { tenantId, seatId, contractId }: Session,
  { action, atsNo, subject = {} }: Audited,
): Statement {
  return tx`
    insert into audit_entry (tenant_id, at, seat_id, contract_id, action, ats_no, subject)
    values (${tenantId}, ${clock.now()}, ${seatId}, ${contractId}, ${action}, ${atsNo ?? null}::int,
      ${JSON.stringify(subject)}::text::jsonb)`;
}

interface AuditRow {
  entry_no: number;
  at: number;
  by: string;
  contract: string;
  action: AuditAction;
  ats: string | null;
  subject: Record<string, string | number>;
  seat_name: string | null;
}

export interface AuditFilter {
  readonly action: AuditAction | null;
  /** Only what is older than this entry. */
  readonly before: number | null;
}

export async function readAudit(
  ctx: Context,
  tx: Sql,
  session: Session,
  filter: AuditFilter,
): Promise<AuditAnswer> {
  const rows = await auditRows(tx, session, filter, PAGE + 1);
  const entries = rows.slice(0, PAGE).map(entryOf);
  const next = rows.length > PAGE ? (entries.at(-1)?.entryNo ?? null) : null;
  return { entries, next, answeredAt: ctx.clock.now() };
}

/** The whole as a spreadsheet; a cell that could begin a formula is disarmed. */
export async function auditCsv(tx: Sql, session: Session, action: AuditAction | null): Promise<string> {
  const rows = await auditRows(tx, session, { action, before: null }, MOST_IN_FILE);
  const lines = rows.map(entryOf).map(({ at, by, contract, action: what, ats, subject }) => [
    new Date(at).toISOString(),
    by,
    contract,
    what,
    ats ?? '',
    Object.entries(subject)
      .map(([name, value]) => `${name}: ${value}`)
      .join('; '),
  ]);
  return [['at', 'by', 'contract', 'action', 'ats', 'subject'], ...lines].map(csvLine).join('');
}

/** What a contract did, and what was done to the whole company. */
function auditRows(
  tx: Sql,
  { tenantId, contractId }: Session,
  { action, before }: AuditFilter,
  most: number,
): Statement<AuditRow> {
  const actions = action === null ? AUDIT_ACTIONS : [action];
  return tx<AuditRow>`
    select a.entry_no, a.at, m.first_name || ' ' || m.last_name as by, c.name as contract, a.action, i.name as ats, a.subject,
      (
        select p.first_name || ' ' || p.last_name from seat o join member p on p.member_id = o.member_id
        where o.tenant_id = a.tenant_id and o.seat_id::text = a.subject ->> 'seat'
      ) as seat_name
    from audit_entry a
    join seat s on s.tenant_id = a.tenant_id and s.seat_id = a.seat_id
    join member m on m.member_id = s.member_id
    join contract c on c.tenant_id = a.tenant_id and c.contract_id = a.contract_id
    left join ats_instance i on i.tenant_id = a.tenant_id and i.ats_no = a.ats_no
    where a.tenant_id = ${tenantId} and a.action = any(${[...actions]}::text[])
      and (a.contract_id = ${contractId} or a.action <> all(${[...OF_CONTRACT]}::text[]))
      and (${before}::bigint is null or a.entry_no < ${before}::bigint)
    order by a.entry_no desc limit ${most}`;
}

function entryOf(row: AuditRow): AuditEntry {
  const { entry_no, at, by, contract, action, ats, subject, seat_name } = row;
  return {
    entryNo: entry_no,
    at,
    by,
    contract,
    action,
    ats,
    subject: seat_name === null ? subject : { ...subject, seat: seat_name },
  };
}
