import { useQueries } from '@tanstack/react-query';
import { searchQuery } from '../api/queries.ts';
import button from '../elements/button.module.css';
import { EmptyIcon } from '../elements/icons.tsx';
import { messages } from '../messages.ts';
import { nameFilter } from './name-filter.ts';
import css from './no-results.module.css';
import { filtersOf, type SearchAddress } from './search-address.ts';

const words = messages.search;

interface NoResultsProps {
  address: SearchAddress;
  atsLabel: string;
  go(address: SearchAddress): void;
}

/** Names each filter with the number of people that taking it away would bring back. */
export function NoResults({ address, atsLabel, go }: NoResultsProps) {
  const filters = filtersOf(address);
  const counts = useQueries({ queries: filters.map(({ without }) => searchQuery(without)) });
  return (
    <div className={css.empty}>
      <EmptyIcon />
      <h2 className={css.title}>{filters.length > 0 ? words.empty : words.emptyStart}</h2>
      <p className={css.hint}>{filters.length > 0 ? words.emptyHint : words.emptyStartHint}</p>
      <ul className={css.filters}>
        {filters.map(({ kind, value, without }, index) => {
          const { data, isPlaceholderData } = counts[index] ?? {};
          return (
            <li key={`${kind} ${value}`}>
              <button type="button" className={button.button} onClick={() => go(without)}>
                {words.remove(nameFilter({ kind, value }, atsLabel))}
                {data && !isPlaceholderData && (
                  <span className={css.count}>{words.wouldFind(data.total)}</span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
      {filters.length > 1 && (
        <button type="button" className={button.text} onClick={() => go({})}>
          {words.clearAll}
        </button>
      )}
    </div>
  );
}
