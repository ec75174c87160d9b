import { type InboxEntry, MESSAGE_FOLDERS } from '@carrick/protocol/recruiter';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Avatar } from '../elements/avatar.tsx';
import button from '../elements/button.module.css';
import { useDelayed } from '../elements/delayed.ts';
import { Failure, Stale } from '../elements/failure.tsx';
import { clockTime } from '../elements/moment.ts';
import { Time } from '../elements/time.tsx';
import { terms } from '../messages.ts';
import css from './inbox.module.css';
import { openComposer } from './open-composer.ts';
import { OpenThread } from './open-thread.tsx';
import { inboxQuery } from './queries.ts';
import { words } from './words.ts';

const route = getRouteApi('/shell/messages');

export function InboxPage() {
  const { folder = 'inbox', id } = route.useSearch();
  const { data, error, isPending, dataUpdatedAt, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(inboxQuery(folder));
  const isWaiting = useDelayed(isPending);
  const [first] = data?.pages ?? [];
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  useEffect(() => {
    document.title = `${words.inbox} · ${terms.product}`;
  }, []);
  return (
    <div className={css.page} data-open={id !== undefined || undefined}>
      <h1 className="visually-hidden">{words.inbox}</h1>
      <nav className={css.folders} aria-label={words.folderList}>
        {MESSAGE_FOLDERS.map((each) => (
          <Link
            key={each}
            to="/messages"
            search={each === 'inbox' ? {} : { folder: each }}
            className={css.folder}
            activeProps={{}}
            aria-current={each === folder ? 'page' : undefined}
          >
            {words.folders[each]}
            {first && first.counts[each] > 0 && <span className={css.count}>{first.counts[each]}</span>}
          </Link>
        ))}
      </nav>
      <section className={css.list} aria-label={words.conversationList} aria-busy={isPending}>
        {error && !data && <Failure title={words.inboxFailed} error={error} retry={() => void refetch()} />}
        {error && data && <Stale time={clockTime(dataUpdatedAt)} retry={() => void refetch()} />}
        {isPending && isWaiting && <Skeleton />}
        {data && entries.length === 0 && (
          <div className={css.empty}>
            <p>{words.empty[folder]}</p>
            <Link className={button.button} to="/search">
              {words.toSearch}
            </Link>
          </div>
        )}
        {entries.length > 0 && (
          <ol className={css.entries} data-testid="inbox">
            {entries.map((entry) => (
              <li key={entry.conversationId ?? `draft ${entry.person.id}`}>
                <Entry entry={entry} folder={folder} isOpen={entry.conversationId === id} />
              </li>
            ))}
          </ol>
        )}
        {hasNextPage && (
          <button
            type="button"
            className={button.button}
            aria-disabled={isFetchingNextPage || undefined}
            onClick={() => void fetchNextPage()}
          >
            {words.more}
          </button>
        )}
      </section>
      <section className={css.thread}>
        {id === undefined ? (
          <p className={css.choose}>{words.choose}</p>
        ) : (
          <OpenThread conversationId={id} folder={folder} />
        )}
      </section>
    </div>
  );
}

interface EntryProps {
  entry: InboxEntry;
  folder: (typeof MESSAGE_FOLDERS)[number];
  isOpen: boolean;
}

function Entry({ entry, folder, isOpen }: EntryProps) {
  const { conversationId, person } = entry;
  const content = (
    <>
      <Avatar name={person.name} url={person.pictureUrl} size="line" />
      <span className={css.words}>
        <span className={css.line}>
          <bdi className={css.name}>{person.name}</bdi>
          <span className={css.when}>
            <Time at={entry.at} />
          </span>
        </span>
        <span className={css.subject} dir="auto">
          {entry.isUnread && <span className={css.unread}>{words.unread}</span>}
          {entry.subject || words.noSubject}
        </span>
        <span className={css.line}>
          <span className={css.excerpt} dir="auto">
            {entry.excerpt}
          </span>
          <span className={css.state} data-state={entry.state}>
            {words.states[entry.state]}
          </span>
        </span>
      </span>
    </>
  );
  // A draft opens where it is written.
  if (conversationId === null)
    return (
      <button type="button" className={css.entry} onClick={() => openComposer([person])}>
        {content}
      </button>
    );
  return (
    <Link
      to="/messages"
      search={{ ...(folder === 'inbox' ? {} : { folder }), id: conversationId }}
      className={css.entry}
      activeProps={{}}
      data-unread={entry.isUnread || undefined}
      aria-current={isOpen ? 'true' : undefined}
      resetScroll={false}
    >
      {content}
    </Link>
  );
}

function Skeleton() {
  return (
    <div className={css.skeleton} aria-hidden="true" data-testid="skeleton">
      <span />
      <span />
      <span />
      <span />
    </div>
  );
}
