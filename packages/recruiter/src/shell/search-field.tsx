import { useLocation, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { CloseIcon, SearchIcon } from '../elements/icons.tsx';
import { messages } from '../messages.ts';
import { narrow, readSearchAddress } from '../search/search-address.ts';
import css from './search-field.module.css';
import { useSingleKey } from './single-key.ts';

const words = messages.shell;

/** The one search field: among results it keeps the filters, anywhere else it begins a new search. */
export function SearchField() {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const isSearching = pathname === '/search';
  const address = isSearching ? readSearchAddress({ ...search }) : {};
  const query = address.q ?? '';
  const [draft, setDraft] = useState({ text: query, query });
  // Back, a removed chip or a link changed the search meanwhile: the field follows.
  if (draft.query !== query) setDraft({ text: query, query });

  useSingleKey('/', () => input.current?.select());
  const go = (q: string) => navigate({ to: '/search', search: narrow(address, { q: q.trim() }) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void go(draft.text);
  };
  const clear = () => {
    setDraft({ text: '', query });
    input.current?.focus();
    if (query) void go('');
  };
  return (
    <search className={css.search}>
      <form onSubmit={submit} className={css.form}>
        <span className={css.icon}>
          <SearchIcon />
        </span>
        <input
          ref={input}
          className={css.input}
          type="text"
          inputMode="search"
          enterKeyHint="search"
          autoComplete="off"
          spellCheck={false}
          aria-label={words.searchField}
          aria-keyshortcuts="/"
          placeholder={words.searchHint}
          value={draft.text}
          onChange={(event) => setDraft({ text: event.target.value, query })}
        />
        {draft.text ? (
          <button type="button" className={css.clear} aria-label={words.clearSearch} onClick={clear}>
            <CloseIcon />
          </button>
        ) : (
          <span className={css.key} aria-hidden="true">
            /
          </span>
        )}
      </form>
    </search>
  );
}
