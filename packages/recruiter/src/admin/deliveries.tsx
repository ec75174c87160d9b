import { DELIVERY_STATES, type DeliveryState, type DeliverySummary } from '@carrick/protocol/deliveries';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import button from '../elements/button.module.css';
import { exactTime } from '../elements/moment.ts';
import css from './admin-page.module.css';
import { outcomeOf, typeName } from './codes.ts';
import { Attempts } from './notice.tsx';
import { deliveriesQuery, destinationsQuery, useChange } from './queries.ts';
import { Region } from './region.tsx';
import { words } from './words.ts';

export function Deliveries() {
  const [state, setState] = useState<DeliveryState | null>(null);
  const destinations = useQuery(destinationsQuery);
  const deliveries = useQuery(deliveriesQuery(state));
  const { change, isBusy } = useChange();
  return (
    <>
      <Region query={destinations}>
        {({ destinations: all }) =>
          all.length > 0 && (
            <section className={css.card} aria-labelledby="destinations">
              <div className={css.cardHead}>
                <h2 className={css.cardTitle} id="destinations">
                  {words.destinations}
                </h2>
              </div>
              <ul className={css.list}>
                {all.map(({ atsNo, name, state: standing, reason, pending, dead }) => (
                  <li key={atsNo} className={css.line}>
                    <div className={css.words}>
                      <p className={css.name}>
                        <bdi>{name}</bdi>
                      </p>
                      <p className={css.meta}>
                        {[words.pendingCount(pending, dead), reason].filter(Boolean).join(' · ')}
                      </p>
                    </div>
                    <span className={css.chip} data-tone={standing === 'well' ? 'good' : 'bad'}>
                      {words.destination[standing]}
                    </span>
                    {standing !== 'well' && (
                      <button
                        type="button"
                        className={button.button}
                        aria-disabled={isBusy || undefined}
                        onClick={() => void change('destinations/enable', { atsNo }, words.enabled)}
                      >
                        {words.enable}
                      </button>
                    )}
                  </li>
                ))}
              </ul>
            </section>
          )
        }
      </Region>
      <div className={css.filters}>
        <label>
          {words.state}
          <select
            className={css.select}
            value={state ?? 'all'}
            onChange={(event) =>
              setState(DELIVERY_STATES.find((each) => each === event.target.value) ?? null)
            }
          >
            {(['all', ...DELIVERY_STATES] as const).map((each) => (
              <option key={each} value={each}>
                {words.deliveryStates[each]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Region query={deliveries}>
        {({ deliveries: all }) => (
          <section className={css.card} aria-label={words.sections.deliveries}>
            {all.length === 0 ? (
              <p className={css.empty}>{state === null ? words.noDeliveries : words.noneOfState}</p>
            ) : (
              <ul className={css.list} data-testid="deliveries">
                {all.map((delivery) => (
                  <Delivery key={delivery.id} delivery={delivery} />
                ))}
              </ul>
            )}
          </section>
        )}
      </Region>
    </>
  );
}

function Delivery({
  delivery: { id, type, state, createdAt, status, failure },
}: {
  delivery: DeliverySummary;
}) {
  const { change, isBusy } = useChange();
  return (
    <li className={css.line}>
      <div className={css.words}>
        <p className={css.name}>{typeName(type)}</p>
        <p className={css.meta}>
          {exactTime(createdAt)}
          {(failure !== null || status !== null) && ` · ${outcomeOf(status, failure)}`}
        </p>
        <Attempts deliveryId={id} />
      </div>
      <span
        className={css.chip}
        data-tone={state === 'delivered' ? 'good' : state === 'dead' ? 'bad' : 'plain'}
      >
        {words.deliveryStates[state]}
      </span>
      {state !== 'delivered' && (
        <button
          type="button"
          className={button.button}
          aria-disabled={isBusy || undefined}
          onClick={() => void change(`deliveries/${encodeURIComponent(id)}/resend`, {}, words.sentAgain)}
        >
          {words.sendAgain}
        </button>
      )}
    </li>
  );
}
