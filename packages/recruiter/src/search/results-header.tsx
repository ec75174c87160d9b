import { SEARCH_SORTS } from '@carrick/protocol/recruiter';
import type { ReactNode } from 'react';
import { CardsIcon, CloseIcon, TableIcon } from '../elements/icons.tsx';
import { messages } from '../messages.ts';
import { setPreference, usePreference } from '../shell/preferences.ts';
import { nameFilter } from './name-filter.ts';
import css from './results-header.module.css';
import { SearchActions } from './search-actions.tsx';
import {
  filtersOf,
  narrow,
  OF_APPLICATIONS,
  type SearchAddress,
  type SearchFilter,
} from './search-address.ts';
import { words as own } from './words.ts';

const words = messages.search;
const OF_ATS: ReadonlySet<SearchFilter['kind']> = new Set(['inAts', ...OF_APPLICATIONS]);

interface ResultsHeaderProps {
  address: SearchAddress;
  total: number | undefined;
  isCapped: boolean;
  /** True while the total is that of the former search. */
  isOutdated: boolean;
  atsLabel: string;
  go(address: SearchAddress): void;
  filterSheet: ReactNode;
}

export function ResultsHeader({
  address,
  total,
  isCapped,
  isOutdated,
  atsLabel,
  go,
  filterSheet,
}: ResultsHeaderProps) {
  const filters = filtersOf(address);
  return (
    <div className={css.header}>
      <div className={css.showing}>
        <span className={css.label}>{words.showing}</span>
        <ul className={css.chips} aria-label={words.showing}>
          {filters.length === 0 && <li className={css.everyone}>{words.everyone}</li>}
          {filters.map(({ kind, value, without }) => {
            const name = nameFilter({ kind, value }, atsLabel);
            const isOfAts = OF_ATS.has(kind) || value === 'pastApplicants';
            return (
              <li key={`${kind} ${value}`}>
                <button
                  type="button"
                  className={`${css.chip} ${isOfAts ? css.ats : ''}`}
                  aria-label={words.remove(name)}
                  onClick={() => go(without)}
                >
                  <span className={css.chipName} dir="auto">
                    {name}
                  </span>
                  <CloseIcon size={12} />
                </button>
              </li>
            );
          })}
          {filters.length > 1 && (
            <li>
              <button type="button" className={css.clear} onClick={() => go({})}>
                {words.clearAll}
              </button>
            </li>
          )}
        </ul>
      </div>
      <div className={css.line}>
        <p className={css.total} data-outdated={isOutdated || undefined} data-testid="result-total">
          {total === undefined ? '\u00a0' : <Total count={total} />}
        </p>
        <div className={css.controls}>
          <SearchActions address={address} atsLabel={atsLabel} />
          <SortChoice address={address} go={go} />
          {filterSheet}
          <ViewSwitch />
        </div>
      </div>
      {isCapped && <p className={css.label}>{own.capped}</p>}
    </div>
  );
}

function Total({ count }: { count: number }) {
  if (count < 1000) return words.people(count);
  return (
    <>
      <span aria-hidden="true" title={words.peopleExactly(count)}>
        {words.people(count)}
      </span>
      <span className="visually-hidden">{words.peopleExactly(count)}</span>
    </>
  );
}

function SortChoice({ address, go }: Pick<ResultsHeaderProps, 'address' | 'go'>) {
  return (
    <label>
      <span className="visually-hidden">{own.sort}</span>
      <select
        className={css.select}
        value={address.sort ?? 'relevance'}
        onChange={({ target }) => {
          const { sort: _, ...rest } = address;
          const sort = SEARCH_SORTS.find((each) => each === target.value);
          go(narrow(rest, sort && sort !== 'relevance' ? { sort } : {}));
        }}
      >
        {SEARCH_SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {own.sorts[sort]}
          </option>
        ))}
      </select>
    </label>
  );
}

function ViewSwitch() {
  const view = usePreference('results');
  return (
    <fieldset className={css.views}>
      <legend className="visually-hidden">{words.view}</legend>
      {(['cards', 'table'] as const).map((each) => (
        <label key={each} className={css.view} title={words[each]}>
          <input
            className="visually-hidden"
            type="radio"
            name="results-view"
            checked={view === each}
            onChange={() => setPreference('results', each)}
            aria-label={words[each]}
          />
          {each === 'cards' ? <CardsIcon /> : <TableIcon />}
        </label>
      ))}
    </fieldset>
  );
}
