import type { AtsTab } from '@carrick/protocol/recruiter';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { atsTabQuery } from '../api/queries.ts';
import { useDelayed } from '../elements/delayed.ts';
import { Failure, Stale } from '../elements/failure.tsx';
import { clockTime } from '../elements/moment.ts';
import { messages } from '../messages.ts';
import css from './ats-history.module.css';

interface AtsAnswerProps {
  personId: string;
  atsLabel: string;
  /** What stands above, and does not wait for the answer. */
  lead?: ReactNode;
  children(tab: AtsTab): ReactNode;
}

/** What the ATSs hold on a person, in whatever form `children` gives it; with its loading, failing and outdated states. */
export function AtsAnswer({ personId, atsLabel, lead, children }: AtsAnswerProps) {
  const { data, error, isPending, refetch } = useQuery(atsTabQuery(personId));
  const isWaiting = useDelayed(isPending);
  return (
    <div className={css.history} aria-busy={isPending} data-testid="ats-history">
      {error && !data && (
        <Failure title={messages.atsTab.failed(atsLabel)} error={error} retry={() => void refetch()} />
      )}
      {error && data && <Stale time={clockTime(data.answeredAt)} retry={() => void refetch()} />}
      {lead}
      {isPending && isWaiting && <Skeleton />}
      {data && children(data)}
    </div>
  );
}

function Skeleton() {
  return (
    <div className={css.skeleton} aria-hidden="true" data-testid="skeleton">
      <span />
      <span />
      <span />
      <span />
    </div>
  );
}
