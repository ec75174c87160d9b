import { NOTE_LIMITS, type NoteRequest, type RecruiterNote } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Sql, Statement } from '../kernel/db.ts';
import { Refusal, type Session } from '../session/index.ts';
import { requirePerson } from './person.ts';

interface NoteRow {
  readonly note_no: number;
  readonly seat_id: number;
  readonly body: string;
  readonly visibility: RecruiterNote['visibility'];
  readonly author: string;
  readonly created_at: number;
  readonly modified_at: number;
}

const MOST = 500;

/** Those of the viewer's contract that are the contract's or the viewer's own. Administrators see no more than others. */
export function noteStatement(
  tx: Sql,
  { tenantId, contractId, seatId }: Pick<Session, 'tenantId' | 'contractId' | 'seatId'>,
  memberId: number,
): Statement<NoteRow> {
  return tx<NoteRow>`
    select n.note_no, n.seat_id, n.body, n.visibility, m.first_name || ' ' || m.last_name as author, n.created_at, n.modified_at
    from recruiter_note n
    join seat s on s.tenant_id = n.tenant_id and s.seat_id = n.seat_id
    join member m on m.member_id = s.member_id
    where n.tenant_id = ${tenantId} and n.contract_id = ${contractId} and n.member_id = ${memberId} and not n.is_deleted
      and (n.visibility = 'CONTRACT' or n.seat_id = ${seatId})
    order by n.modified_at desc, n.note_no desc limit ${MOST}`;
}

export function toNote(row: NoteRow, { seatId }: Pick<Session, 'seatId'>): RecruiterNote {
  const { note_no: no, body, visibility, author, created_at: createdAt, modified_at: modifiedAt } = row;
  return { no, body, visibility, author, isOwn: row.seat_id === seatId, createdAt, modifiedAt };
}

function textOf({ body }: NoteRequest): string {
  const text = body.trim();
  if (text === '' || text.length > NOTE_LIMITS.body || text.includes('\u0000'))
    throw new Refusal('NOTE_NOT_VALID');
  return text;
}

/** @throws Refusal NOTE_NOT_VALID, NOT_FOUND */
export async function addNote(
  ctx: Context,
  session: Session,
  personId: string,
  note: NoteRequest,
): Promise<void> {
  const text = textOf(note);
  const { tenantId, contractId, seatId } = session;
  const now = ctx.clock.now();
  await ctx.db.transaction(tenantId, async (tx) => {
    const memberId = await requirePerson(ctx, tx, session, personId);
    await tx.commitWith([
      tx`insert into recruiter_note
           (tenant_id, contract_id, seat_id, member_id, visibility, was_shared, body, created_at, modified_at)
         values (${tenantId}, ${contractId}, ${seatId}, ${memberId}, ${note.visibility}, ${note.visibility === 'CONTRACT'},
           ${text}, ${now}, ${now})`,
    ]);
  });
}

/** One's own only. @throws Refusal NOTE_NOT_VALID, NO_SUCH_NOTE */
export async function changeNote(
  ctx: Context,
  session: Session,
  no: number,
  note: NoteRequest,
): Promise<void> {
  const text = textOf(note);
  const [changed] = await ctx.db.pipeline(session.tenantId, (tx) => [
    tx`update recruiter_note set body = ${text}, visibility = ${note.visibility}, modified_at = ${ctx.clock.now()},
         was_shared = was_shared or ${note.visibility === 'CONTRACT'}
       where tenant_id = ${session.tenantId} and note_no = ${no} and seat_id = ${session.seatId} and not is_deleted
       returning note_no`,
  ]);
  if (changed.length === 0) throw new Refusal('NO_SUCH_NOTE');
}

/** One's own only. What was written is gone; that there was a note is kept, so that ATSs delete their copies. */
export async function removeNote(ctx: Context, session: Session, no: number): Promise<void> {
  const [removed] = await ctx.db.pipeline(session.tenantId, (tx) => [
    tx`update recruiter_note set is_deleted = true, body = '', modified_at = ${ctx.clock.now()}
       where tenant_id = ${session.tenantId} and note_no = ${no} and seat_id = ${session.seatId} and not is_deleted
       returning note_no`,
  ]);
  if (removed.length === 0) throw new Refusal('NO_SUCH_NOTE');
}

/** The member was erased: nothing that recruiters noted is kept. */
export async function forgetRecruiterNotes(ctx: Context, memberId: number): Promise<void> {
  await ctx.db.lookup`select forget_recruiter_notes(${memberId}, ${ctx.clock.now()})`;
}
