import type { SearchAnswer } from '@carrick/protocol/recruiter';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate, useRouteContext } from '@tanstack/react-router';
import { useEffect } from 'react';
import { searchQuery } from '../api/queries.ts';
import { useDelayed } from '../elements/delayed.ts';
import { Failure, Stale } from '../elements/failure.tsx';
import { clockTime } from '../elements/moment.ts';
import { messages, terms } from '../messages.ts';
import { announce } from '../shell/announcer.tsx';
import { usePreference } from '../shell/preferences.ts';
import { FilterPanel } from './filter-panel.tsx';
import { FilterSheet } from './filter-sheet.tsx';
import { NoResults } from './no-results.tsx';
import { Paging } from './paging.tsx';
import { PersonCardSkeletons, PersonCards } from './person-cards.tsx';
import { PersonTable } from './person-table.tsx';
import { ResultPane } from './result-pane.tsx';
import { ResultsHeader } from './results-header.tsx';
import { useFocusOnOpened, useRowKeys } from './row-keys.ts';
import { type SearchAddress, tidy } from './search-address.ts';
import css from './search-page.module.css';
import { SelectionBar, useSelection } from './selection.tsx';

const route = getRouteApi('/shell/search');
const words = messages.search;

export function SearchPage() {
  const address = tidy(route.useSearch());
  const { me } = useRouteContext({ from: '/shell' });
  const navigate = useNavigate();
  const { data, error, isPlaceholderData, isPending, refetch } = useQuery(searchQuery(address));
  const view = usePreference('results');
  const isWaiting = useDelayed(isPending || isPlaceholderData);
  const selection = useSelection(data?.people.filter((person) => !person.onlyInAts) ?? [], me);
  useRowKeys();
  useFocusOnOpened(data !== undefined);
  useEffect(() => {
    document.title = `${words.title(address.q ?? '')} · ${terms.product}`;
  }, [address.q]);
  useAnnouncedTotal(isPlaceholderData ? undefined : data);

  const go = (to: SearchAddress) => void navigate({ to: '/search', search: tidy(to) });
  const panel = { address, answer: data, me, go };
  return (
    <div className={css.page}>
      <aside className={css.panel} aria-label={words.filters}>
        <FilterPanel {...panel} />
      </aside>
      <section
        className={css.results}
        aria-labelledby="results-heading"
        aria-busy={isPending || isPlaceholderData}
      >
        <h1 id="results-heading" className="visually-hidden">
          {words.heading}
        </h1>
        <ResultsHeader
          address={address}
          total={data?.total}
          isCapped={data?.isCapped === true}
          isOutdated={isWaiting}
          atsLabel={me.atsLabel}
          go={go}
          filterSheet={<FilterSheet {...panel} />}
        />
        {error && data && <Stale time={clockTime(data.answeredAt)} retry={() => void refetch()} />}
        {error && !data && <Failure title={words.failed} error={error} retry={() => void refetch()} />}
        {isPending && isWaiting && <PersonCardSkeletons />}
        {data && (
          <div className={css.answer} data-outdated={(isPlaceholderData && isWaiting) || undefined}>
            {data.people.length === 0 ? (
              <NoResults address={address} atsLabel={me.atsLabel} go={go} />
            ) : (
              <>
                {view === 'table' ? (
                  <PersonTable people={data.people} me={me} selection={selection} />
                ) : (
                  <PersonCards people={data.people} me={me} selection={selection} />
                )}
                <SelectionBar selection={selection} me={me} />
                <Paging address={address} answer={data} />
              </>
            )}
          </div>
        )}
      </section>
      <ResultPane address={address} answer={isPlaceholderData ? undefined : data} />
    </div>
  );
}

/** Who does not see the list hears how long it is, when it changed by what they did. */
function useAnnouncedTotal(answer: SearchAnswer | undefined): void {
  const total = answer?.total;
  useEffect(() => {
    if (total !== undefined) announce(words.peopleExactly(total));
  }, [total]);
}
