import type { Thread } from '@carrick/protocol/recruiter';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { personKey } from '../api/queries.ts';
import { RequestFailure, request } from '../api/request.ts';
import button from '../elements/button.module.css';
import { exactTime } from '../elements/moment.ts';
import { Time } from '../elements/time.tsx';
import { messages } from '../messages.ts';
import { announce } from '../shell/announcer.tsx';
import css from './conversations.module.css';
import { openComposer } from './open-composer.ts';
import { MESSAGES_KEY } from './queries.ts';
import { ReplyForm } from './reply-form.tsx';
import { words } from './words.ts';

/** What was said, oldest first, and what can be done next. */
export function ThreadView({ thread }: { thread: Thread }) {
  const { conversationId, person, messages: said, state, isOwn, canReply, sendAt } = thread;
  return (
    <div className={css.thread} data-testid="thread">
      <ol className={css.said}>
        {said.map(({ no, isFromMember, author, kind, subject, body, at }) => (
          <li key={no} className={css.message} data-member={isFromMember || undefined}>
            <p className={css.author}>
              <bdi>{author}</bdi> <span className={css.muted}>· </span>
              <span className={css.muted}>
                <Time at={at} />
              </span>
            </p>
            {subject && (
              <p className={css.subject} dir="auto">
                {subject}
              </p>
            )}
            {words.quick[kind] && <p className={css.quick}>{words.quick[kind]}</p>}
            {body && (
              <p className={css.body} dir="auto">
                {body}
              </p>
            )}
          </li>
        ))}
      </ol>
      {sendAt !== null && <Scheduled conversationId={conversationId} personId={person.id} sendAt={sendAt} />}
      {canReply && <ReplyForm key={conversationId} conversationId={conversationId} personId={person.id} />}
      {isOwn && !canReply && state === 'DECLINED' && (
        <div className={css.ended}>
          <p>{words.declined(person.name)}</p>
          <button type="button" className={button.button} onClick={() => openComposer([person])}>
            {words.newMessage}
          </button>
        </div>
      )}
    </div>
  );
}

interface ScheduledProps {
  conversationId: string;
  personId: string;
  sendAt: number;
}

function Scheduled({ conversationId, personId, sendAt }: ScheduledProps) {
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const cancel = async () => {
    try {
      await request(`/app/api/messages/${conversationId}/cancel`, { method: 'POST', body: {} });
      announce(words.cancelled);
      queryClient.removeQueries({ queryKey: [...MESSAGES_KEY, 'thread', conversationId] });
    } catch (error) {
      setProblem(
        error instanceof RequestFailure && error.status > 0 ? error.message : messages.states.offline,
      );
    }
    void queryClient.invalidateQueries({ queryKey: MESSAGES_KEY });
    void queryClient.invalidateQueries({ queryKey: personKey(personId) });
  };
  return (
    <div className={css.ended}>
      <p>
        {words.sendsAt} <time dateTime={new Date(sendAt).toISOString()}>{exactTime(sendAt)}</time>
      </p>
      <button type="button" className={button.button} onClick={() => void cancel()}>
        {words.cancelScheduled}
      </button>
      {problem && (
        <p className={css.problem} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
