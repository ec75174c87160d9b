import type { CandidateSummary, PersonRow } from '@carrick/protocol/recruiter';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { memberSearchQuery } from '../api/queries.ts';
import { Avatar } from '../elements/avatar.tsx';
import button from '../elements/button.module.css';
import { messages } from '../messages.ts';
import { dotted } from '../search/person-words.ts';
import css from './find-dialog.module.css';
import { FindDialog, useAnnouncedCount } from './find-dialog.tsx';
import { useDecide } from './queries.ts';
import { words as all } from './words.ts';

const words = all.findPerson;

interface FindPersonProps {
  candidate: CandidateSummary;
  close(): void;
}

/** Chooses the profile of a record. */
export function FindPerson({ candidate, close }: FindPersonProps) {
  return (
    <FindDialog
      title={words.title}
      hint={words.hint(`${candidate.name}, ${all.review.record(candidate.ats.name, candidate.candidateId)}`)}
      searchLabel={words.searchLabel}
      searchHint={words.searchHint}
      start={candidate.name}
      close={close}
    >
      {(query) => <People query={query} candidate={candidate} close={close} />}
    </FindDialog>
  );
}

function People({ query, candidate, close }: FindPersonProps & { query: string }) {
  const { data, error, refetch } = useQuery(memberSearchQuery(query));
  const decide = useDecide();
  const [isBusy, setBusy] = useState(false);
  useAnnouncedCount(data ? messages.search.people(data.total) : null);
  if (error && !data)
    return (
      <p className={css.none} role="alert">
        {words.failed}{' '}
        <button type="button" className={button.text} onClick={() => void refetch()}>
          {messages.states.retry}
        </button>
      </p>
    );
  if (data?.total === 0) return <p className={css.none}>{words.empty}</p>;
  const link = async ({ id, name }: PersonRow) => {
    if (isBusy) return;
    setBusy(true);
    const { ats, candidateId } = candidate;
    const isDone = await decide(
      { atsNo: ats.atsNo, candidateId, personId: id, verdict: 'LINK' },
      { record: all.review.record(ats.name, candidateId), person: name },
    );
    setBusy(false);
    if (isDone) close();
  };
  return (
    <ul className={css.list}>
      {data?.people.map((person) => (
        <li key={person.id} className={css.item}>
          <Avatar name={person.name} url={person.pictureUrl} size="row" />
          <div className={css.words}>
            <p className={css.name} dir="auto">
              {person.name}
            </p>
            <p className={css.line} dir="auto">
              {person.headline}
            </p>
            <p className={css.line} dir="auto">
              {dotted(person.location, person.current[0]?.companyName)}
            </p>
          </div>
          <button
            type="button"
            className={button.button}
            aria-label={words.linkFor(person.name)}
            aria-disabled={isBusy || undefined}
            onClick={() => void link(person)}
          >
            {words.link}
          </button>
        </li>
      ))}
    </ul>
  );
}
