import type { MergeEntry } from '@carrick/protocol/recruiter';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouteContext } from '@tanstack/react-router';
import { useState } from 'react';
import button from '../elements/button.module.css';
import { exactTime } from '../elements/moment.ts';
import { words as all } from '../matches/merge-words.ts';
import { mergesQuery, undoMerge } from '../matches/queries.ts';
import { LinkIcon } from '../matches/signs.tsx';
import { words as matches } from '../matches/words.ts';
import { dotted } from '../search/person-words.ts';
import css from './decision-log.module.css';
import { History } from './history.tsx';

const words = all.list;

/** Records that somebody said are one person, newest first; and the way back. */
export function Merges({ page }: { page: number }) {
  const query = useQuery(mergesQuery(page));
  return (
    <History
      query={query}
      words={words}
      view="merged"
      testId="merges"
      entries={query.data?.merges.map((entry) => <Entry key={entry.mergeNo} entry={entry} />)}
    />
  );
}

function Entry({ entry }: { entry: MergeEntry }) {
  const { me } = useRouteContext({ from: '/shell' });
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const { mergeNo, ats, from, into, moved, by, at, undoneAt, undoneBy } = entry;
  const record = ({ candidateId, name }: MergeEntry['from']) =>
    `${name ?? words.deleted} (${matches.review.record(ats.name, candidateId)})`;
  const undo = async () => {
    if (isBusy) return;
    setBusy(true);
    await undoMerge(client, mergeNo);
    setBusy(false);
  };
  return (
    <li className={css.entry} data-lifted={undoneAt !== null || undefined}>
      <span className={css.sign}>
        <LinkIcon />
      </span>
      <div className={css.words}>
        <p>
          <bdi>{record(from)}</bdi> <strong>{words.into}</strong> <bdi>{record(into)}</bdi>
        </p>
        <p className={css.meta}>{dotted(by, exactTime(at), words.moved(moved))}</p>
        {undoneAt !== null && (
          <p className={css.lifted}>
            {dotted(words.undone, undoneBy && words.undoneBy(undoneBy), exactTime(undoneAt))}
          </p>
        )}
      </div>
      {undoneAt === null && me.decidesMatches && from.name !== null && into.name !== null && (
        <button
          type="button"
          className={`${button.button} ${css.undo}`}
          aria-label={words.undoFor(`${record(from)} ${words.into} ${record(into)}`)}
          aria-disabled={isBusy || undefined}
          onClick={() => void undo()}
        >
          {words.undo}
        </button>
      )}
    </li>
  );
}
