import { MESSAGE_LIMITS, type MessageVisibility } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Sql, Statement } from '../kernel/db.ts';
import { Refusal, type Session } from '../session/index.ts';

export interface DraftRow {
  readonly member_id: number;
  readonly subject: string;
  readonly body: string;
  readonly visibility: MessageVisibility;
  readonly updated_at: number;
}

export interface Draft {
  readonly subject: string;
  readonly body: string;
  readonly visibility: MessageVisibility;
}

export function draftStatement(
  tx: Sql,
  { tenantId, seatId }: Pick<Session, 'tenantId' | 'seatId'>,
  memberId: number,
): Statement<DraftRow> {
  return tx<DraftRow>`
    select member_id, subject, body, visibility, updated_at from message_draft
    where tenant_id = ${tenantId} and seat_id = ${seatId} and member_id = ${memberId}`;
}

/** Keeps what was written to this member; with nothing in it, the draft goes. @throws Refusal MESSAGE_TOO_LONG */
export async function keepDraft(
  ctx: Context,
  session: Session,
  memberId: number,
  draft: Draft,
): Promise<void> {
  const { tenantId, seatId } = session;
  const { subject, body, visibility } = draft;
  if (subject.length > MESSAGE_LIMITS.subject || body.length > MESSAGE_LIMITS.body)
    throw new Refusal('MESSAGE_TOO_LONG');
  const isEmpty = subject.trim() === '' && body.trim() === '';
  await ctx.db.pipeline(tenantId, (tx) => [
    isEmpty
      ? tx`delete from message_draft where tenant_id = ${tenantId} and seat_id = ${seatId} and member_id = ${memberId}`
      : tx`
        insert into message_draft (tenant_id, seat_id, member_id, subject, body, visibility, updated_at)
        select ${tenantId}, ${seatId}, m.member_id, ${subject}, ${body}, ${visibility}, ${ctx.clock.now()}
        from member m where m.member_id = ${memberId}
        on conflict (tenant_id, seat_id, member_id) do update
        set subject = excluded.subject, body = excluded.body, visibility = excluded.visibility, updated_at = excluded.updated_at`,
  ]);
}
