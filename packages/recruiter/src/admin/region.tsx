import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useDelayed } from '../elements/delayed.ts';
import { Failure, Stale } from '../elements/failure.tsx';
import { clockTime } from '../elements/moment.ts';
import css from './admin-page.module.css';
import { words } from './words.ts';

interface RegionProps<Data extends object> {
  readonly query: UseQueryResult<Data>;
  readonly failed?: string;
  children(data: Data): ReactNode;
}

/** One part of a page in each of its states: coming, there, failed, there from earlier. */
export function Region<Data extends object>({ query, failed = words.failed, children }: RegionProps<Data>) {
  const { data, error, isPending, refetch, dataUpdatedAt } = query;
  const isWaiting = useDelayed(isPending);
  return (
    <div className={css.region} aria-busy={isPending}>
      {error && !data && <Failure title={failed} error={error} retry={() => void refetch()} />}
      {error && data && (
        <Stale time={clockTime(answeredAt(data) ?? dataUpdatedAt)} retry={() => void refetch()} />
      )}
      {isPending && isWaiting && (
        <div className={css.card} aria-hidden="true" data-testid="skeleton">
          {['a', 'b', 'c', 'd'].map((key) => (
            <span key={key} className={css.ghost} />
          ))}
        </div>
      )}
      {data && children(data)}
    </div>
  );
}

/** Not every answer says when it was given. */
function answeredAt(data: object): number | undefined {
  return 'answeredAt' in data && typeof data.answeredAt === 'number' ? data.answeredAt : undefined;
}
