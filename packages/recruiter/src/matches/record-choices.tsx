import type { CandidateList, CandidateSummary } from '@carrick/protocol/recruiter';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import button from '../elements/button.module.css';
import { messages } from '../messages.ts';
import { dotted } from '../search/person-words.ts';
import css from './find-dialog.module.css';
import { useAnnouncedCount } from './find-dialog.tsx';
import { candidatesQuery } from './queries.ts';
import { words as all } from './words.ts';

const words = all.findRecord;
type Found = CandidateList['candidates'][number];

interface RecordChoicesProps {
  query: string;
  /** Of one ATS only. */
  atsNo?: number;
  /** Not to be chosen. */
  except?: CandidateSummary;
  /** What stands below a record's lines, and the button beside them. */
  standing(record: Found): string | null;
  action(record: Found): ReactNode;
}

/** The records that a search finds, to choose one of. */
export function RecordChoices({ query, atsNo, except, standing, action }: RecordChoicesProps) {
  const { data, error, refetch } = useQuery(candidatesQuery(query, { isLoose: true, atsNo }));
  const records = data?.candidates.filter(
    ({ ats, candidateId }) => ats.atsNo !== except?.ats.atsNo || candidateId !== except.candidateId,
  );
  const total = data && records ? data.total - (data.candidates.length - records.length) : 0;
  useAnnouncedCount(records ? all.unlinked.page(Math.min(1, total), records.length, total) : null);
  if (error && !data)
    return (
      <p className={css.none} role="alert">
        {words.failed}{' '}
        <button type="button" className={button.text} onClick={() => void refetch()}>
          {messages.states.retry}
        </button>
      </p>
    );
  if (records?.length === 0) return <p className={css.none}>{words.empty}</p>;
  return (
    <ul className={css.list}>
      {records?.map((record) => {
        const { ats, candidateId, name, title, employer, emails } = record;
        const number = all.review.record(ats.name, candidateId);
        const linked = standing(record);
        return (
          <li key={number} className={css.item}>
            <div className={css.words}>
              <p className={css.name} dir="auto">
                {name}
              </p>
              <p className={css.line} dir="auto">
                {dotted(title, employer)}
              </p>
              <p className={css.line}>{dotted(number, emails[0])}</p>
              {linked && <p className={css.linked}>{linked}</p>}
            </div>
            {action(record)}
          </li>
        );
      })}
    </ul>
  );
}
