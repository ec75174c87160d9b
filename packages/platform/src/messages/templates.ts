import { MESSAGE_LIMITS, type MessageTemplate } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Sql, Statement } from '../kernel/db.ts';
import { Refusal, type Session } from '../session/index.ts';

interface TemplateRow {
  readonly template_no: number;
  readonly seat_id: number;
  readonly name: string;
  readonly subject: string;
  readonly body: string;
  readonly is_shared: boolean;
}

type Holder = Pick<Session, 'tenantId' | 'seatId' | 'contractId'>;
const MOST = 200;

/** The viewer's own, and those that colleagues of the contract share. */
export function templateStatement(tx: Sql, { tenantId, seatId, contractId }: Holder): Statement<TemplateRow> {
  return tx<TemplateRow>`
    select template_no, seat_id, name, subject, body, is_shared from message_template
    where tenant_id = ${tenantId} and contract_id = ${contractId} and (seat_id = ${seatId} or is_shared)
    order by name, template_no limit ${MOST}`;
}

export function toTemplate(row: TemplateRow, { seatId }: Pick<Session, 'seatId'>): MessageTemplate {
  const { template_no: no, name, subject, body, is_shared: isShared } = row;
  return { no, name, subject, body, isShared, isOwn: row.seat_id === seatId };
}

export async function listTemplates(ctx: Context, session: Session): Promise<MessageTemplate[]> {
  const rows = await ctx.db.read(session.tenantId, async (tx) => templateStatement(tx, session));
  return rows.map((row) => toTemplate(row, session));
}

/** @throws Refusal TEMPLATE_NOT_VALID, TOO_MANY_TEMPLATES */
export async function addTemplate(
  ctx: Context,
  session: Session,
  template: Pick<MessageTemplate, 'name' | 'subject' | 'body' | 'isShared'>,
): Promise<MessageTemplate> {
  const { tenantId, seatId, contractId } = session;
  const [name, subject, body] = [template.name.trim(), template.subject.trim(), template.body.trim()];
  const isTooLong =
    name.length > MESSAGE_LIMITS.templateName ||
    subject.length > MESSAGE_LIMITS.subject ||
    body.length > MESSAGE_LIMITS.body;
  if (name === '' || body === '' || isTooLong) throw new Refusal('TEMPLATE_NOT_VALID');
  const [rows] = await ctx.db.pipeline(tenantId, (tx) => [
    tx<TemplateRow>`
      insert into message_template (tenant_id, contract_id, seat_id, name, subject, body, is_shared, updated_at)
      select ${tenantId}, ${contractId}, ${seatId}, ${name}, ${subject}, ${body}, ${template.isShared}, ${ctx.clock.now()}
      where (select count(*) from message_template where tenant_id = ${tenantId} and seat_id = ${seatId}) < ${MOST}
      returning template_no, seat_id, name, subject, body, is_shared`,
  ]);
  const [row] = rows;
  if (!row) throw new Refusal('TOO_MANY_TEMPLATES');
  return toTemplate(row, session);
}

/** One's own only. */
export async function removeTemplate(ctx: Context, { tenantId, seatId }: Session, no: number): Promise<void> {
  await ctx.db.pipeline(tenantId, (tx) => [
    tx`delete from message_template where tenant_id = ${tenantId} and template_no = ${no} and seat_id = ${seatId}`,
  ]);
}
