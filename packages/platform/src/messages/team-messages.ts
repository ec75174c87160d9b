import type { TeamMessage } from '@carrick/protocol';
import type { ViewerSeat } from '../access/index.ts';
import type { Sql } from '../kernel/db.ts';
import { messagesOf, threadRows } from './read-threads.ts';

/**
 * What the company wrote to one member, as a table: a subject where the viewer may read the conversation, the first message's text
 * where the viewer wrote it.
 */
export async function readTeamMessages(tx: Sql, seat: ViewerSeat, memberId: number): Promise<TeamMessage[]> {
  const rows = await threadRows(tx, seat, { memberId });
  const messages = await messagesOf(tx, seat, rows);
  return rows.map((row) => {
    const isOwn = row.seat_id === seat.seatId;
    const [first] = messages.get(row.conversation_id) ?? [];
    return {
      conversationId: String(row.conversation_id),
      by: row.owner,
      isOwn,
      at: row.sent_at ?? row.send_at ?? row.last_at,
      subject: first?.subject ?? null,
      text: isOwn ? (first?.body ?? null) : null,
      state: row.is_readable ? row.state : 'SENT',
    };
  });
}
