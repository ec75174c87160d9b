import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { RequestFailure } from '../api/request.ts';
import button from '../elements/button.module.css';
import { say } from '../shell/notice.ts';
import { nameFilter } from './name-filter.ts';
import { savedSearchesQuery, saveSearch } from './saved.ts';
import css from './search-actions.module.css';
import { apiQuery, filtersOf, type SearchAddress } from './search-address.ts';
import { words } from './words.ts';

const LONGEST_NAME = 120;

/** What is done with a search as a whole. */
export function SearchActions({ address, atsLabel }: { address: SearchAddress; atsLabel: string }) {
  const [isBusy, setBusy] = useState(false);
  const client = useQueryClient();
  const save = async () => {
    const { page: _, ...search } = address;
    const parts = filtersOf(search).map((filter) => nameFilter(filter, atsLabel));
    const name = (parts.join(', ') || words.everyone).slice(0, LONGEST_NAME);
    setBusy(true);
    try {
      await saveSearch(name, apiQuery(search).slice(1));
      say(words.saved(name));
      await client.invalidateQueries(savedSearchesQuery);
    } catch (error) {
      say(error instanceof RequestFailure && error.status === 409 ? error.message : words.saveFailed);
    }
    setBusy(false);
  };
  return (
    <>
      <button
        type="button"
        className={`${button.button} ${css.action}`}
        disabled={isBusy}
        onClick={() => void save()}
      >
        {words.save}
      </button>
      <a
        className={`${button.button} ${css.action}`}
        href={`/app/api/search/export.csv${apiQuery(address)}`}
        download
        title={words.fileHint}
      >
        {words.file}
      </a>
    </>
  );
}
