import { EXPORT_STATES, type ExportState, type ListedExport } from '@carrick/protocol/exports';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { exactTime } from '../elements/moment.ts';
import css from './admin-page.module.css';
import { ListFilter } from './list-filter.tsx';
import { Paging } from './paging.tsx';
import { exportsQuery } from './queries.ts';
import { Region } from './region.tsx';
import { words } from './words.ts';

const TONES = {
  sending: 'plain',
  waiting: 'plain',
  'not-picked-up': 'bad',
  complete: 'good',
  withdrawn: 'warning',
} as const satisfies Record<ExportState, string>;

/** The contract's exports, to jobs that the administrator may see. */
export function Exports() {
  const [state, setState] = useState<ExportState | null>(null);
  const [before, setBefore] = useState<string | null>(null);
  const query = useQuery(exportsQuery(state, before));
  return (
    <>
      <ListFilter
        label={words.state}
        all={words.anyState}
        names={words.exportStates}
        codes={EXPORT_STATES}
        chosen={state}
        choose={(code) => {
          setState(code);
          setBefore(null);
        }}
        file={`/app/api/exports/list.csv${state ? `?state=${state}` : ''}`}
      />
      <Region query={query}>
        {({ exports, next }) => (
          <>
            <section className={css.card} aria-label={words.sections.exports}>
              {exports.length === 0 ? (
                <p className={css.empty}>{state === null ? words.noExports : words.noneOfState}</p>
              ) : (
                <ul className={css.list} data-testid="exports">
                  {exports.map((each) => (
                    <Exported key={each.id} exported={each} />
                  ))}
                </ul>
              )}
            </section>
            <Paging isFirst={before === null} next={next} goTo={setBefore} />
          </>
        )}
      </Region>
    </>
  );
}

function Exported({ exported }: { exported: ListedExport }) {
  const { person, ats, job, exporter, exportedAt, fetchedAt, state } = exported;
  return (
    <li className={css.line}>
      <div className={css.words}>
        <p className={css.name}>
          {person ? (
            <Link to="/people/$id" params={{ id: person.id }} search={{ tab: 'ats' }}>
              <bdi>{person.name}</bdi>
            </Link>
          ) : (
            words.closedAccount
          )}
        </p>
        <p>{words.exportedJob(job.title, job.id, ats)}</p>
        <p className={css.meta}>
          {[
            words.exportedBy(exporter, exactTime(exportedAt)),
            fetchedAt !== null && words.fetchedAt(exactTime(fetchedAt)),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <span className={css.chip} data-tone={TONES[state]}>
        {words.exportStates[state]}
      </span>
    </li>
  );
}
