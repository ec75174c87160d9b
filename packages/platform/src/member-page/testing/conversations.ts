import type { Conversation, ConversationScope, Conversations, MemberReply } from '../index.ts';

export interface TestConversations extends Conversations {
  open(
    scope: ConversationScope,
    conversation: Omit<Conversation, 'state' | 'messages'> & { readonly text: string },
  ): void;
  readonly replies: (MemberReply & { readonly scope: ConversationScope })[];
  readonly forgotten: number[];
  closeAll(): void;
}

/** What the messages slice keeps in tables, kept in memory: the member's page sees no more of it than this. */
export function testConversations(): TestConversations {
  const stored = new Map<string, { scope: ConversationScope; conversation: Conversation }>();
  const replies: TestConversations['replies'] = [];
  const forgotten: number[] = [];
  const find = (scope: ConversationScope) => {
    const found = stored.get(scope.conversationId);
    const isTheirs = found?.scope.memberId === scope.memberId && found.scope.tenantId === scope.tenantId;
    return isTheirs ? found : undefined;
  };
  return {
    replies,
    forgotten,
    open(scope, { text, ...conversation }) {
      const message = { isFromMember: false, author: conversation.recruiter, subject: 'A job', text, at: 0 };
      stored.set(scope.conversationId, {
        scope,
        conversation: { ...conversation, state: 'open', messages: [message] },
      });
    },
    closeAll() {
      for (const found of stored.values()) found.conversation = { ...found.conversation, state: 'closed' };
    },
    async read(_tx, scope) {
      return find(scope)?.conversation ?? null;
    },
    async reply(_tx, scope, reply) {
      const found = find(scope);
      if (found?.conversation.state !== 'open') return 'closed';
      if (replies.some(({ key }) => key === reply.key)) return 'repeated';
      replies.push({ ...reply, scope });
      const said = { isFromMember: true, author: '', subject: null, text: reply.text, at: reply.at };
      const { conversation } = found;
      const state = reply.kind === 'declined' ? 'declined' : conversation.state;
      found.conversation = { ...conversation, state, messages: [...conversation.messages, said] };
      return 'stored';
    },
    async ofMember(memberId) {
      return [...stored.values()]
        .filter(({ scope }) => scope.memberId === memberId)
        .map(({ conversation }) => conversation);
    },
    async forget(memberId) {
      forgotten.push(memberId);
    },
  };
}
