import type { MessageFolder } from '@carrick/protocol/recruiter';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { request } from '../api/request.ts';
import { useDelayed } from '../elements/delayed.ts';
import { Failure, Stale } from '../elements/failure.tsx';
import { BackIcon } from '../elements/icons.tsx';
import { clockTime } from '../elements/moment.ts';
import css from './inbox.module.css';
import { MESSAGES_KEY, threadQuery } from './queries.ts';
import { ThreadView } from './thread-view.tsx';
import { words } from './words.ts';

/** The conversation beside the list; to open it is to have read it. */
export function OpenThread({ conversationId, folder }: { conversationId: string; folder: MessageFolder }) {
  const queryClient = useQueryClient();
  const { data, error, isPending, dataUpdatedAt, refetch } = useQuery(threadQuery(conversationId));
  const isWaiting = useDelayed(isPending);
  const isOwn = data?.isOwn === true;
  const newest = data?.messages.at(-1)?.no;
  useEffect(() => {
    if (!isOwn || newest === undefined) return;
    request(`/app/api/messages/${conversationId}/read`, { method: 'POST', body: {} })
      .then(() => queryClient.invalidateQueries({ queryKey: [...MESSAGES_KEY, 'inbox'] }))
      // It stays marked as new, and is tried again when it is opened again.
      .catch(() => undefined);
  }, [conversationId, isOwn, newest, queryClient]);
  return (
    <>
      <Link className={css.back} to="/messages" search={folder === 'inbox' ? {} : { folder }}>
        <BackIcon />
        {words.back}
      </Link>
      {error && !data && <Failure title={words.threadFailed} error={error} retry={() => void refetch()} />}
      {error && data && <Stale time={clockTime(dataUpdatedAt)} retry={() => void refetch()} />}
      {isPending && isWaiting && (
        <div className={css.skeleton} aria-hidden="true">
          <span />
          <span />
        </div>
      )}
      {data && (
        <>
          <h2 className={css.who}>
            <Link to="/people/$id" params={{ id: data.person.id }} search={{ tab: 'messages' }}>
              <bdi>{data.person.name}</bdi>
            </Link>
            <span className={css.state} data-state={data.state}>
              {words.states[data.state]}
            </span>
          </h2>
          <p className={css.visibility}>{words.visibilities[data.visibility]}</p>
          <ThreadView thread={data} />
        </>
      )}
    </>
  );
}
