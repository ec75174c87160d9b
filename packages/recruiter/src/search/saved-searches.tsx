import type { SavedSearch } from '@carrick/protocol/recruiter';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type SubmitEvent, useState } from 'react';
import button from '../elements/button.module.css';
import { Failure } from '../elements/failure.tsx';
import field from '../elements/field.module.css';
import { messages } from '../messages.ts';
import { offerUndo, say } from '../shell/notice.ts';
import { changeSaved, savedSearchesQuery } from './saved.ts';
import css from './saved-searches.module.css';
import { parseAddress, readSearchAddress } from './search-address.ts';
import { words } from './words.ts';

/** The searches one keeps, each with who is new in it: a part of the home page. */
export function SavedSearches() {
  const { data, error, refetch } = useQuery(savedSearchesQuery);
  return (
    <section aria-labelledby="saved-searches" aria-busy={!data && !error}>
      <h2 id="saved-searches" className={css.heading}>
        {words.savedSearches}
      </h2>
      {error && !data && <Failure title={words.savedFailed} error={error} retry={() => void refetch()} />}
      {data?.length === 0 && <p className={css.none}>{words.savedNone}</p>}
      {data && data.length > 0 && (
        <ul className={css.list} data-testid="saved-searches">
          {data.map((saved) => (
            <Saved key={saved.id} saved={saved} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Saved({ saved: { id, name, query, total, newCount } }: { saved: SavedSearch }) {
  const [isRenaming, setRenaming] = useState(false);
  const client = useQueryClient();
  const change = async (what: Parameters<typeof changeSaved>[1]) => {
    try {
      await changeSaved(id, what);
    } catch {
      say(words.changeFailed);
    }
    await client.invalidateQueries(savedSearchesQuery);
  };
  const remove = async () => {
    await change({ isDeleted: true });
    offerUndo(words.removed(name), () => change({ isDeleted: false }));
  };
  if (isRenaming)
    return (
      <li className={css.entry}>
        <Rename
          name={name}
          done={(to) => {
            setRenaming(false);
            if (to !== null && to !== name) void change({ name: to });
          }}
        />
      </li>
    );
  return (
    <li className={css.entry}>
      <div className={css.words}>
        <Link
          className={css.name}
          to="/search"
          search={readSearchAddress(parseAddress(query))}
          onClick={() => void change({ isSeen: true })}
        >
          {name}
        </Link>
        <span className={css.detail}>
          {messages.search.people(total)}
          {newCount !== null && newCount > 0 && (
            <strong className={css.new}>{words.newPeople(newCount)}</strong>
          )}
        </span>
      </div>
      <div className={css.actions}>
        <button
          type="button"
          className={button.text}
          aria-label={words.renameNamed(name)}
          onClick={() => setRenaming(true)}
        >
          {words.rename}
        </button>
        <button
          type="button"
          className={button.text}
          aria-label={words.removeNamed(name)}
          onClick={() => void remove()}
        >
          {words.remove}
        </button>
      </div>
    </li>
  );
}

/** `done` with null: it stays as it was. */
function Rename({ name, done }: { name: string; done(name: string | null): void }) {
  const [typed, setTyped] = useState(name);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    done(typed.trim() || null);
  };
  return (
    <form
      className={css.rename}
      onSubmit={submit}
      onKeyDown={({ key }) => {
        if (key === 'Escape') done(null);
      }}
    >
      <input
        className={field.input}
        aria-label={words.name}
        value={typed}
        maxLength={120}
        // biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was pressed
        autoFocus
        onChange={({ target }) => setTyped(target.value)}
      />
      <button type="submit" className={button.button}>
        {words.keep}
      </button>
      <button type="button" className={button.text} onClick={() => done(null)}>
        {words.cancel}
      </button>
    </form>
  );
}
