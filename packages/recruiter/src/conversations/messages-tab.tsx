import type { PersonConversation } from '@carrick/protocol/recruiter';
import { useQuery } from '@tanstack/react-query';
import button from '../elements/button.module.css';
import { useDelayed } from '../elements/delayed.ts';
import { Failure, Stale } from '../elements/failure.tsx';
import { clockTime } from '../elements/moment.ts';
import { Time } from '../elements/time.tsx';
import css from './conversations.module.css';
import { openComposer } from './open-composer.ts';
import { personMessagesQuery } from './queries.ts';
import { ThreadView } from './thread-view.tsx';
import { words } from './words.ts';

/** Everything that was said with one person, as far as the viewer may read it. */
export function MessagesTab({ personId, name }: { personId: string; name: string }) {
  const { data, error, isPending, dataUpdatedAt, refetch } = useQuery(personMessagesQuery(personId));
  const isWaiting = useDelayed(isPending);
  const write = () => openComposer([{ id: personId, name }]);
  if (error && !data) return <Failure title={words.tabFailed} error={error} retry={() => void refetch()} />;
  if (!data) return <div className={css.waiting} aria-busy="true" data-shown={isWaiting || undefined} />;
  return (
    <div className={css.tab}>
      {error && <Stale time={clockTime(dataUpdatedAt)} retry={() => void refetch()} />}
      {data.conversations.length === 0 ? (
        <div className={css.empty}>
          <p>{words.noMessages}</p>
          <button type="button" className={button.button} onClick={write}>
            {words.write}
          </button>
        </div>
      ) : (
        data.conversations.map((conversation, index) => (
          <Conversation key={conversation.conversationId} conversation={conversation} isFirst={index === 0} />
        ))
      )}
    </div>
  );
}

function Conversation({ conversation, isFirst }: { conversation: PersonConversation; isFirst: boolean }) {
  const { by, isOwn, at, state, thread } = conversation;
  const who = (
    <>
      <bdi>{isOwn ? words.you : by}</bdi> <span className={css.muted}>·</span> <Time at={at} />
    </>
  );
  if (!thread)
    return (
      <section className={css.card} data-testid="conversation">
        <p>{who}</p>
        <p className={css.muted}>{words.private}</p>
      </section>
    );
  return (
    <details className={css.card} open={isFirst} data-testid="conversation">
      <summary className={css.summary}>
        <span className={css.summarySubject} dir="auto">
          {thread.messages[0]?.subject ?? words.noSubject}
        </span>
        <span className={css.muted}>{who}</span>
        <span className={css.state} data-state={state}>
          {words.states[state]}
        </span>
      </summary>
      <ThreadView thread={thread} />
    </details>
  );
}
