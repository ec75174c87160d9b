import type { ReactNode } from 'react';
import { useDelayed } from '../elements/delayed.ts';
import { Failure, Stale } from '../elements/failure.tsx';
import { clockTime } from '../elements/moment.ts';
import css from './decision-log.module.css';
import type { MatchesAddress } from './matches-address.ts';
import { Pages } from './pages.tsx';

interface Page {
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
  readonly answeredAt: number;
}

interface HistoryProps {
  query: {
    readonly data: Page | undefined;
    readonly error: Error | null;
    readonly isPending: boolean;
    refetch(): Promise<unknown>;
  };
  words: { readonly failed: string; readonly empty: string; readonly emptyHint: string };
  view: NonNullable<MatchesAddress['view']>;
  testId: string;
  entries: ReactNode[] | undefined;
}

/** What people did, newest first, page by page. */
export function History({
  query: { data, error, isPending, refetch },
  words,
  view,
  testId,
  entries,
}: HistoryProps) {
  const isWaiting = useDelayed(isPending);
  return (
    <div className={css.log} aria-busy={isPending}>
      {error && !data && <Failure title={words.failed} error={error} retry={() => void refetch()} />}
      {error && data && <Stale time={clockTime(data.answeredAt)} retry={() => void refetch()} />}
      {isPending && isWaiting && (
        <div className={css.entries} aria-hidden="true" data-testid="skeleton">
          {Array.from({ length: 5 }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
            <span key={index} className={css.ghost} />
          ))}
        </div>
      )}
      {data?.total === 0 && (
        <div className={css.empty}>
          <h2 className={css.emptyTitle}>{words.empty}</h2>
          <p className={css.muted}>{words.emptyHint}</p>
        </div>
      )}
      {data && data.total > 0 && (
        <ol className={css.entries} data-testid={testId}>
          {entries}
        </ol>
      )}
      {data && <Pages address={{ view }} answer={data} />}
    </div>
  );
}
