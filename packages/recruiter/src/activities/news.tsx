import type { FeedPerson } from '@carrick/protocol/recruiter';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useId } from 'react';
import { Avatar } from '../elements/avatar.tsx';
import { useDelayed } from '../elements/delayed.ts';
import { Failure, Stale } from '../elements/failure.tsx';
import { clockTime } from '../elements/moment.ts';
import { Time } from '../elements/time.tsx';
import css from './activities.module.css';
import { homeQuery } from './queries.ts';
import { words } from './words.ts';

/** What is new to the viewer: a part of the home page. */
export function News() {
  const { data, error, isPending, dataUpdatedAt, refetch } = useQuery(homeQuery);
  const isWaiting = useDelayed(isPending);
  return (
    <div className={css.section} aria-busy={isPending}>
      {error && !data && <Failure title={words.homeFailed} error={error} retry={() => void refetch()} />}
      {error && data && <Stale time={clockTime(dataUpdatedAt)} retry={() => void refetch()} />}
      {isPending && <div className={css.waiting} data-shown={isWaiting || undefined} />}
      {data && (
        <div className={css.columns}>
          <Feed title={words.updates} empty={words.noUpdates} isEmpty={data.updates.length === 0}>
            {data.updates.map(({ no, person, fields, at }) => (
              <Entry key={no} person={person} text={words.updated(fields)} at={at} />
            ))}
          </Feed>
          <Feed title={words.teamViews} empty={words.noTeamViews} isEmpty={data.views.length === 0}>
            {data.views.map(({ person, by, at }) => (
              <Entry key={`${person.id} ${by}`} person={person} text={words.viewedBy(by)} at={at} />
            ))}
          </Feed>
        </div>
      )}
    </div>
  );
}

interface FeedProps {
  title: string;
  empty: string;
  isEmpty: boolean;
  children: ReactNode;
}

function Feed({ title, empty, isEmpty, children }: FeedProps) {
  const id = useId();
  return (
    <section className={css.section} aria-labelledby={id}>
      <h2 id={id} className={css.title}>
        {title}
      </h2>
      {isEmpty ? <p className={css.muted}>{empty}</p> : <ul className={css.feed}>{children}</ul>}
    </section>
  );
}

function Entry({ person, text, at }: { person: FeedPerson; text: string; at: number }) {
  return (
    <li className={css.entry}>
      <Avatar name={person.name} url={person.pictureUrl} size="line" />
      <p>
        <Link to="/people/$id" params={{ id: person.id }} className={css.person}>
          <bdi>{person.name}</bdi>
        </Link>{' '}
        <span>{text}</span> <span className={css.muted}>·</span>{' '}
        <span className={css.muted}>
          <Time at={at} />
        </span>
      </p>
    </li>
  );
}
