import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import type { Outbox } from '../kernel/outbox.ts';
import { tellOfPerson } from '../live/index.ts';
import type { Conversation, ConversationScope, Conversations, MemberReply } from '../member-page/index.ts';

interface Head {
  readonly conversation_id: number;
  readonly seat_id: number;
  readonly contract_id: number;
  readonly organisation: string;
  readonly recruiter: string;
  readonly state: string;
  readonly is_closed: boolean;
}

interface Said {
  readonly is_from_member: boolean;
  readonly author: string;
  readonly subject: string | null;
  readonly body: string;
  readonly created_at: number;
}

const KINDS = {
  text: { kind: 'REPLY', state: 'REPLIED' },
  interested: { kind: 'ACCEPT', state: 'ACCEPTED' },
  declined: { kind: 'DECLINE', state: 'DECLINED' },
} as const satisfies Record<MemberReply['kind'], object>;

/** What the member's page may do with conversations. */
export function openConversations(ctx: Context, outbox: Outbox): Conversations {
  return {
    async read(tx, scope) {
      const id = idOf(scope);
      const [head] = await tx<Head>`
        select c.conversation_id, c.seat_id, c.contract_id, c.state, c.is_closed, o.name as organisation,
          a.first_name || ' ' || a.last_name as recruiter
        from conversation c
        join organisation o on o.tenant_id = c.tenant_id
        join seat s on s.tenant_id = c.tenant_id and s.seat_id = c.seat_id
        join member a on a.member_id = s.member_id
        where c.tenant_id = ${scope.tenantId} and c.conversation_id = ${id} and c.member_id = ${scope.memberId}
          and c.state <> 'SCHEDULED'`;
      return head ? withMessages(tx, scope, head) : null;
    },
    reply: (tx, scope, reply) => storeReply(outbox, tx, scope, reply),
    async ofMember(memberId) {
      const rows = await ctx.db.lookup<Said & { organisation: string; conversation_id: number }>`
        select * from conversations_of_member(${memberId})`;
      const threads = Map.groupBy(rows, (row) => row.conversation_id);
      return [...threads.values()].map((said) => ({
        organisation: said[0]?.organisation,
        messages: said.map((each) => ({
          isFromMember: each.is_from_member,
          author: each.is_from_member ? null : each.author,
          subject: each.subject,
          text: each.body,
          at: each.created_at,
        })),
      }));
    },
    async forget(memberId) {
      await ctx.db.lookup`select forget_conversations(${memberId})`;
    },
  };
}

/** The id is opaque to the member's page; no conversation has the number 0. */
function idOf({ conversationId }: ConversationScope): number {
  return /^[1-9]\d{0,14}$/.test(conversationId) ? Number(conversationId) : 0;
}

async function withMessages(tx: Tx, { tenantId }: ConversationScope, head: Head): Promise<Conversation> {
  const said = await tx<Said>`
    select g.seat_id is null as is_from_member, coalesce(a.first_name || ' ' || a.last_name, '') as author, g.subject, g.body,
      g.created_at
    from conversation_message g
    left join seat s on s.tenant_id = g.tenant_id and s.seat_id = g.seat_id
    left join member a on a.member_id = s.member_id
    where g.tenant_id = ${tenantId} and g.conversation_id = ${head.conversation_id}
    order by g.created_at, g.message_no`;
  return {
    organisation: head.organisation,
    recruiter: head.recruiter,
    seatId: head.seat_id,
    contractId: head.contract_id,
    state: head.is_closed ? 'declined' : 'open',
    messages: said.map(({ is_from_member: isFromMember, author, subject, body: text, created_at: at }) => ({
      isFromMember,
      author,
      subject,
      text,
      at,
    })),
  };
}

async function storeReply(
  outbox: Outbox,
  tx: Tx,
  scope: ConversationScope,
  { kind, text, key, at }: MemberReply,
): Promise<'stored' | 'repeated' | 'closed'> {
  const { tenantId, memberId } = scope;
  const id = idOf(scope);
  const [head] = await tx<
    Pick<Head, 'state' | 'is_closed' | 'seat_id'> & { visibility: string; is_known: boolean }
  >`
    select c.state, c.is_closed, c.seat_id, c.visibility, exists (
      select from conversation_message g
      where g.tenant_id = c.tenant_id and g.conversation_id = c.conversation_id and g.reply_key = ${`member ${key}`}
    ) as is_known
    from conversation c
    where c.tenant_id = ${tenantId} and c.conversation_id = ${id} and c.member_id = ${memberId}
    for update`;
  if (head?.is_known) return 'repeated';
  if (!head || head.state === 'SCHEDULED' || head.is_closed) return 'closed';
  const body = text.trim();
  const stored = KINDS[kind];
  // "No thanks" alone ends the conversation; who adds a word may be answered.
  const isClosed = kind === 'declined' && body === '';
  await tx.flight([
    tx`insert into conversation_message (tenant_id, conversation_id, kind, body, reply_key, created_at)
       values (${tenantId}, ${id}, ${stored.kind}, ${body}, ${`member ${key}`}, ${at})`,
    tx`update conversation set state = ${stored.state}, is_closed = ${isClosed}, is_awaiting = false, is_unread = true, last_at = ${at}
       where tenant_id = ${tenantId} and conversation_id = ${id}`,
    // That there is an answer is known to those who may read it.
    tellOfPerson(outbox, tx, { memberId, seatId: head.visibility === 'ORGANISATION' ? null : head.seat_id }),
  ]);
  return 'stored';
}
