import type { StartAnswer } from '@carrick/protocol/account';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link, useRouteContext } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { request } from '../api/request.ts';
import { Failure } from '../elements/failure.tsx';
import { CheckIcon } from '../elements/icons.tsx';
import css from './first-steps.module.css';
import { words } from './words.ts';

type Step = StartAnswer['steps'][number];
/** The server stops counting there. */
const MOST_COUNTED = 10_000;

const startQuery = queryOptions({
  queryKey: ['start'],
  queryFn: ({ signal }) => request<StartAnswer>('/app/api/start', { signal }),
});

/** What a company does first; gone once it is done. A part of the home page. */
export function FirstSteps() {
  const { data, error, refetch } = useQuery(startQuery);
  if (error && !data) return <Failure title={words.failed} error={error} retry={() => void refetch()} />;
  if (!data || data.steps.every(({ isDone }) => isDone)) return null;
  const done = data.steps.filter(({ isDone }) => isDone).length;
  return (
    <section className={css.card} aria-labelledby="first-steps">
      <div className={css.head}>
        <h2 id="first-steps" className={css.title}>
          {words.title}
        </h2>
        <span className={css.hint}>{words.progress(done, data.steps.length)}</span>
      </div>
      <ol className={css.steps} data-testid="first-steps">
        {data.steps.map((step) => (
          <li key={step.id} className={css.step} data-done={step.isDone || undefined}>
            <span className={css.mark} role="img" aria-label={step.isDone ? words.done : words.open}>
              {step.isDone && <CheckIcon />}
            </span>
            <div className={css.words}>
              <StepLink step={step}>{words.steps[step.id]}</StepLink>
              <p className={css.hint}>{words.hints[step.id]}</p>
            </div>
            <span className={css.count}>{countOf(step)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function countOf({ id, count }: Step): string | null {
  if (count === null || count === 0) return null;
  return id === 'past-applicants' ? words.people(count) : words.records(count, count >= MOST_COUNTED);
}

function StepLink({ step: { id, isDone }, children }: { step: Step; children: ReactNode }) {
  const { me } = useRouteContext({ from: '/shell' });
  switch (id) {
    case 'past-applicants':
      // Before anybody is matched, the people of the ATS are there all the same.
      return (
        <Link
          to="/search"
          search={isDone ? { spotlights: ['pastApplicants'] } : { inAts: 'only' }}
          className={css.link}
        >
          {children}
        </Link>
      );
    case 'connect':
    case 'sync':
      return me.isAdmin ? (
        <Link to="/admin/$section" params={{ section: 'ats' }} search={{}} className={css.link}>
          {children}
        </Link>
      ) : (
        <Link to="/help" hash="activation" className={css.link}>
          {children}
        </Link>
      );
    case 'match':
      return (
        <Link to="/search" search={{ inAts: 'only' }} className={css.link}>
          {children}
        </Link>
      );
    case 'export':
      return (
        <Link to="/help" hash="exporting" className={css.link}>
          {children}
        </Link>
      );
  }
}
