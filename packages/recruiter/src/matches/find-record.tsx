import type { Ats } from '@carrick/protocol/recruiter';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import button from '../elements/button.module.css';
import { messages } from '../messages.ts';
import { dotted } from '../search/person-words.ts';
import css from './find-dialog.module.css';
import { FindDialog, useAnnouncedCount } from './find-dialog.tsx';
import { candidatesQuery, useDecide } from './queries.ts';
import { words as all } from './words.ts';

const words = all.findRecord;

interface FindRecordProps {
  person: { readonly id: string; readonly name: string };
  atsLabel: string;
  close(): void;
}

/** "Find this person in {ATS}": chooses the record that is theirs. */
export function FindRecord({ person, atsLabel, close }: FindRecordProps) {
  return (
    <FindDialog
      title={words.title(atsLabel)}
      hint={words.hint}
      searchLabel={all.unlinked.searchLabel}
      searchHint={all.unlinked.searchHint}
      start={person.name}
      close={close}
    >
      {(query) => <Records query={query} person={person} close={close} />}
    </FindDialog>
  );
}

function Records({ query, person, close }: Omit<FindRecordProps, 'atsLabel'> & { query: string }) {
  const { data, error, refetch } = useQuery(candidatesQuery(query, { isLoose: true }));
  const decide = useDecide();
  const [busyWith, setBusyWith] = useState<string | null>(null);
  useAnnouncedCount(
    data ? all.unlinked.page(Math.min(1, data.total), data.candidates.length, data.total) : null,
  );
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
  const link = async (ats: Ats, candidateId: string, record: string) => {
    if (busyWith !== null) return;
    setBusyWith(record);
    const isDone = await decide(
      { atsNo: ats.atsNo, candidateId, personId: person.id, verdict: 'LINK' },
      { record, person: person.name },
    );
    setBusyWith(null);
    if (isDone) close();
  };
  return (
    <ul className={css.list}>
      {data?.candidates.map(({ ats, candidateId, name, title, employer, emails, linkedTo }) => {
        const record = all.review.record(ats.name, candidateId);
        const isHere = linkedTo?.id === person.id;
        return (
          <li key={record} className={css.item}>
            <div className={css.words}>
              <p className={css.name} dir="auto">
                {name}
              </p>
              <p className={css.line} dir="auto">
                {dotted(title, employer)}
              </p>
              <p className={css.line}>{dotted(record, emails[0])}</p>
              {linkedTo && (
                <p className={css.linked}>{isHere ? words.isLinked : words.linkedTo(linkedTo.name)}</p>
              )}
            </div>
            {!isHere && (
              <button
                type="button"
                className={button.button}
                aria-label={words.linkFor(`${name}, ${record}`)}
                aria-disabled={busyWith !== null || undefined}
                onClick={() => void link(ats, candidateId, record)}
              >
                {words.link}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
