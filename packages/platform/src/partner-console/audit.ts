import {
  csvLine,
  PARTNER_ACTIONS,
  type PartnerAction,
  type PartnerAudit,
  type PartnerAuditEntry,
} from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Sql } from '../kernel/db.ts';
import type { PartnerSession } from './partner-session.ts';

const PAGE = 50;
const MOST_IN_FILE = 10_000;
const DAY_MS = 24 * 3_600_000;

interface Noted {
  readonly action: PartnerAction;
  /** Absent: the vendor's own application. */
  readonly applicationId?: number;
  readonly detail?: PartnerAuditEntry['detail'];
}

/** In the transaction that does it (`sql`): what cannot be noted is not done. */
export async function notePartnerAction(
  { clock, config }: Context,
  sql: Sql,
  { partnerId, partnerUserId }: PartnerSession,
  { action, applicationId, detail = {} }: Noted,
): Promise<void> {
  const now = clock.now();
  await sql`
    select note_partner_action(${partnerId}, ${partnerUserId}, ${action}, ${applicationId ?? null}, ${JSON.stringify(detail)}, ${now},
      ${now - config.auditDays * DAY_MS})`;
}

interface AuditRow {
  readonly entry_no: number;
  readonly at: number;
  readonly by_name: string;
  readonly action: string;
  readonly customer: string | null;
  readonly detail: PartnerAuditEntry['detail'];
}

export async function readPartnerAudit(
  ctx: Context,
  session: PartnerSession,
  before: number | null,
): Promise<PartnerAudit> {
  const found = await entriesOf(ctx, session, before, PAGE + 1);
  const entries = found.slice(0, PAGE);
  const next = found.length > PAGE ? (entries.at(-1)?.entryNo ?? null) : null;
  return { entries, next, answeredAt: ctx.clock.now() };
}

/** The whole as a spreadsheet; a cell that could begin a formula is disarmed. */
export async function partnerAuditCsv(ctx: Context, session: PartnerSession): Promise<string> {
  const lines = (await entriesOf(ctx, session, null, MOST_IN_FILE)).map(
    ({ at, by, action, customer, detail }) => [
      new Date(at).toISOString(),
      by,
      action,
      customer ?? '',
      Object.entries(detail)
        .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(' ') : value}`)
        .join('; '),
    ],
  );
  return [['at', 'by', 'action', 'customer', 'detail'], ...lines].map(csvLine).join('');
}

async function entriesOf(
  { db }: Context,
  { partnerId }: PartnerSession,
  before: number | null,
  most: number,
): Promise<PartnerAuditEntry[]> {
  const rows = await db.lookup<
    AuditRow & object
  >`select * from list_partner_audit(${partnerId}, ${before}, ${most})`;
  return rows.flatMap((row) => {
    const action = PARTNER_ACTIONS.find((each) => each === row.action);
    if (!action) return [];
    return [
      {
        entryNo: row.entry_no,
        at: row.at,
        by: row.by_name,
        action,
        customer: row.customer,
        detail: row.detail,
      },
    ];
  });
}
