import type { DecisionEntry } from '@carrick/protocol/recruiter';
import { UNLINK_REASONS } from '@carrick/protocol/recruiter';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useRouteContext } from '@tanstack/react-router';
import { useState } from 'react';
import button from '../elements/button.module.css';
import { exactTime } from '../elements/moment.ts';
import { lift, logQuery } from '../matches/queries.ts';
import { DiffersIcon, LinkIcon } from '../matches/signs.tsx';
import { words as all } from '../matches/words.ts';
import { dotted } from '../search/person-words.ts';
import css from './decision-log.module.css';
import { History } from './history.tsx';

const words = all.log;

/** What people decided, by whom and why, newest first; and the way back. */
export function DecisionLogView({ page }: { page: number }) {
  const query = useQuery(logQuery(page));
  return (
    <History
      query={query}
      words={words}
      view="log"
      testId="decision-log"
      entries={query.data?.entries.map((entry) => <Entry key={entry.decisionNo} entry={entry} />)}
    />
  );
}

function Entry({ entry }: { entry: DecisionEntry }) {
  const { me } = useRouteContext({ from: '/shell' });
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const { decisionNo, verdict, ats, candidateId, candidateName, person, note, liftedAt, liftedBy } = entry;
  const record = all.review.record(ats.name, candidateId);
  const what = `${words.what[verdict]} ${record} ${words.and} ${person?.name ?? words.closedAccount}`;
  const undo = async () => {
    if (isBusy) return;
    setBusy(true);
    await lift(client, decisionNo);
    setBusy(false);
  };
  return (
    <li className={css.entry} data-lifted={liftedAt !== null || undefined} data-verdict={verdict}>
      <span className={css.sign}>{verdict === 'LINK' ? <LinkIcon /> : <DiffersIcon />}</span>
      <div className={css.words}>
        <p>
          <strong>{words.what[verdict]}</strong> <bdi>{candidateName ?? words.deletedRecord}</bdi>{' '}
          <span className={css.muted}>({record})</span> {words.and}{' '}
          {person ? (
            <Link to="/people/$id" params={{ id: person.id }} search={{ tab: 'ats' }}>
              <bdi>{person.name}</bdi>
            </Link>
          ) : (
            words.closedAccount
          )}
        </p>
        <p className={css.meta}>
          {dotted(entry.by ?? ats.name, words.origins[entry.origin], exactTime(entry.at))}
        </p>
        {(entry.reason || note) && (
          <p className={css.meta}>{dotted(reasonWords(entry.reason), note && `“${note}”`)}</p>
        )}
        {liftedAt !== null && (
          <p className={css.lifted}>
            {dotted(words.lifted, liftedBy && words.liftedBy(liftedBy), exactTime(liftedAt))}
          </p>
        )}
      </div>
      {liftedAt === null && me.decidesMatches && candidateName !== null && (
        <button
          type="button"
          className={`${button.button} ${css.undo}`}
          aria-label={words.undoFor(what)}
          aria-disabled={isBusy || undefined}
          onClick={() => void undo()}
        >
          {words.undo}
        </button>
      )}
    </li>
  );
}

function reasonWords(reason: string | null): string | null {
  const known = UNLINK_REASONS.find((each) => each === reason);
  return known ? all.unlinkDialog.reasons[known] : reason;
}
