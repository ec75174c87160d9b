import type { WorthDoing as Waiting } from '@carrick/protocol/notices';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useDelayed } from '../elements/delayed.ts';
import { Failure, Stale } from '../elements/failure.tsx';
import { clockTime } from '../elements/moment.ts';
import { setNoticesOpen } from '../notices/open-notices.ts';
import { worthDoingQuery } from './queries.ts';
import { words } from './words.ts';
import css from './worth-doing.module.css';

/** What waits for this recruiter, each one step away. A part of the home page. */
export function WorthDoing() {
  const { data, error, isPending, dataUpdatedAt, refetch } = useQuery(worthDoingQuery);
  const isWaiting = useDelayed(isPending);
  return (
    <section aria-labelledby="worth-doing" aria-busy={isPending} data-testid="worth-doing">
      <h2 id="worth-doing" className={css.title}>
        {words.title}
      </h2>
      {error && !data && <Failure title={words.failed} error={error} retry={() => void refetch()} />}
      {error && data && <Stale time={clockTime(dataUpdatedAt)} retry={() => void refetch()} />}
      {isPending && <div className={css.waiting} data-shown={isWaiting || undefined} />}
      {data && <Entries waiting={data} />}
    </section>
  );
}

function Entries({ waiting: { openJobs, matches, answers, exports } }: { waiting: Waiting }) {
  const isNothing =
    openJobs.length === 0 && !matches && answers === 0 && exports.complete === 0 && exports.failed === 0;
  if (isNothing)
    return (
      <p className={css.nothing}>
        {words.nothing} <Link to="/search">{words.toSearch}</Link>
      </p>
    );
  const toNotices = (text: string) => (
    <button type="button" className={css.link} onClick={() => setNoticesOpen(true)}>
      {text}
    </button>
  );
  return (
    <ul className={css.entries}>
      {answers > 0 && (
        <Entry hint={words.answersHint}>
          <Link to="/messages" className={css.link}>
            {words.answers(answers)}
          </Link>
        </Entry>
      )}
      {matches !== null && matches > 0 && (
        <Entry hint={words.matchesHint}>
          <Link to="/matches" className={css.link}>
            {words.matches(matches)}
          </Link>
        </Entry>
      )}
      {exports.failed > 0 && (
        <Entry hint={words.failedHint} tone="bad">
          {toNotices(words.failedExports(exports.failed))}
        </Entry>
      )}
      {exports.complete > 0 && (
        <Entry hint={words.completeHint}>{toNotices(words.complete(exports.complete))}</Entry>
      )}
      {openJobs.length > 0 && (
        <li className={css.entry}>
          <p>{words.pastApplicants}</p>
          <ul className={css.jobs}>
            {openJobs.map(({ atsNo, id, title }) => (
              <li key={`${atsNo} ${id}`}>
                <Link
                  to="/search"
                  search={{ q: roleOf(title), spotlights: ['pastApplicants'] }}
                  className={css.job}
                  aria-label={words.pastApplicantsOf(title)}
                >
                  <bdi>{title}</bdi>
                </Link>
              </li>
            ))}
          </ul>
        </li>
      )}
    </ul>
  );
}

/** "Engineering Manager" of "Engineering Manager, Platform": what follows is of one company and would find nobody. */
const roleOf = (title: string): string => title.split(/[,;:(/|]| [-–—] /)[0]?.trim() || title;

function Entry({ hint, tone, children }: { hint: string; tone?: 'bad'; children: ReactNode }) {
  return (
    <li className={css.entry} data-tone={tone}>
      {children}
      <p className={css.hint}>{hint}</p>
    </li>
  );
}
