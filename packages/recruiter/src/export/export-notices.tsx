import type { ExportSummary } from '@carrick/protocol/exports';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import button from '../elements/button.module.css';
import { CheckIcon, CloseIcon, WarningIcon } from '../elements/icons.tsx';
import { Time } from '../elements/time.tsx';
import { ExportHelp } from './export-help.tsx';
import css from './export-notices.module.css';
import { labelOf } from './job-label.ts';
import { personExportsQuery } from './queries.ts';
import { words } from './words.ts';

/** So long a completed export is news. */
const NEWS_MS = 3_600_000;

/** Beneath the profile's header: what is under way, and what has just arrived in the ATS. */
export function ExportNotices({ personId, isAdmin }: { personId: string; isAdmin: boolean }) {
  const { data } = useQuery(personExportsQuery(personId));
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const shown = (data?.exports ?? []).filter(
    (each) =>
      !dismissed.includes(`${each.id} ${each.state}`) &&
      (each.fetchedAt === null || (data?.answeredAt ?? 0) - each.fetchedAt < NEWS_MS),
  );
  return (
    <div role="status" className={css.notices}>
      {shown.map((each) => (
        <Notice
          key={each.id}
          each={each}
          isAdmin={isAdmin}
          dismiss={() => setDismissed([...dismissed, `${each.id} ${each.state}`])}
        />
      ))}
    </div>
  );
}

interface NoticeProps {
  each: ExportSummary;
  isAdmin: boolean;
  dismiss(): void;
}

function Notice({ each, isAdmin, dismiss }: NoticeProps) {
  const { state, ats, job, exporter, fetchedAt } = each;
  return (
    <div className={css.notice} data-state={state} data-testid="export-notice">
      {state === 'complete' ? <CheckIcon /> : <WarningIcon />}
      <div className={css.words}>
        <p>
          <strong>{stateWords(each)}</strong>
          {state === 'complete' ? ' - ' : ' · '}
          {labelOf(job)}
        </p>
        {fetchedAt !== null && (
          <p className={css.detail}>
            <Time at={fetchedAt} /> {words.by(exporter)}
          </p>
        )}
        {state === 'not-picked-up' && <ExportHelp each={each} isAdmin={isAdmin} />}
      </div>
      {(state === 'complete' || state === 'withdrawn' || state === 'not-picked-up') && (
        <button
          type="button"
          className={`${button.button} ${button.quiet} ${button.icon}`}
          aria-label={words.dismiss}
          title={ats.name}
          onClick={dismiss}
        >
          <CloseIcon />
        </button>
      )}
    </div>
  );
}

export function stateWords({ state, ats }: ExportSummary): string {
  switch (state) {
    case 'sending':
      return words.sending(ats.name);
    case 'waiting':
      return words.waiting(ats.name);
    case 'not-picked-up':
      return words.notPickedUp(ats.name);
    case 'withdrawn':
      return words.withdrawn;
    case 'complete':
      return words.complete;
  }
}
