import type { IntegrationNotice } from '@carrick/protocol/administration';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import button from '../elements/button.module.css';
import { day, exactTime } from '../elements/moment.ts';
import { locale } from '../messages.ts';
import css from './admin-page.module.css';
import { outcomeOf } from './codes.ts';
import { deliveryQuery, useChange } from './queries.ts';
import { words } from './words.ts';

const seconds = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });

/** Whether the ATS was told of the last change; where it was not, each attempt and the way to try again. */
export function Notice({ notice }: { notice: IntegrationNotice }) {
  const { change, isBusy } = useChange();
  const { deliveryId, state, attempts, attemptedAt } = notice;
  const isLate = state === 'dead' || (state === 'pending' && attempts > 0);
  const tone = state === 'delivered' ? 'good' : isLate ? 'bad' : 'plain';
  const text = words.notice[state === 'pending' && isLate ? 'retrying' : state];
  return (
    <div data-testid="notice">
      <span className={css.chip} data-tone={tone}>
        {text}
        {state === 'delivered' && attemptedAt !== null && (
          <time dateTime={new Date(attemptedAt).toISOString()} title={day(attemptedAt)}>
            {seconds.format(attemptedAt)}
          </time>
        )}
      </span>{' '}
      {isLate && (
        <>
          <button
            type="button"
            className={button.text}
            aria-disabled={isBusy || undefined}
            onClick={() =>
              void change(`deliveries/${encodeURIComponent(deliveryId)}/resend`, {}, words.sentAgain)
            }
          >
            {words.sendAgain}
          </button>
          <Attempts deliveryId={deliveryId} />
        </>
      )}
    </div>
  );
}

/** Every attempt of one delivery, asked for when it is opened. */
export function Attempts({ deliveryId }: { deliveryId: string }) {
  const [isOpen, setOpen] = useState(false);
  const { data } = useQuery({ ...deliveryQuery(deliveryId), enabled: isOpen });
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={css.meta}>{words.attempts}</summary>
      {data && (
        <ul className={css.meta} data-testid="attempts">
          {data.log.length === 0 && <li>{words.noAttempt}</li>}
          {data.log.map(({ at, status, failure, host }) => (
            <li key={at}>
              {exactTime(at)} · {host} · {outcomeOf(status, failure)}
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
