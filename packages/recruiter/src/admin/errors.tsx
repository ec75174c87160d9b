import type { ErrorGroup } from '@carrick/protocol/administration';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { exactTime } from '../elements/moment.ts';
import css from './admin-page.module.css';
import { remedyOf } from './codes.ts';
import errorsCss from './errors.module.css';
import { errorsQuery } from './queries.ts';
import { RangeFilter } from './range-filter.tsx';
import { Region } from './region.tsx';
import { words } from './words.ts';

export function Errors() {
  const [hours, setHours] = useState(24);
  const query = useQuery(errorsQuery(hours));
  return (
    <>
      <div className={css.filters}>
        <RangeFilter hours={hours} choose={setHours} />
      </div>
      <Region query={query}>
        {({ requests, failedRequests, errors }) => {
          const most = Math.max(...errors.map(({ records }) => records), 1);
          return (
            <section className={css.card} aria-labelledby="errors">
              <div className={css.cardHead}>
                <h2 className={css.cardTitle} id="errors">
                  {words.errorsFinding(failedRequests, requests)}
                </h2>
              </div>
              <ul className={css.list} data-testid="errors">
                {errors.map((error) => (
                  <ErrorLine key={error.code} error={error} share={error.records / most} />
                ))}
              </ul>
            </section>
          );
        }}
      </Region>
    </>
  );
}

function ErrorLine({ error, share }: { error: ErrorGroup; share: number }) {
  const { code, status, records, requests, resources, samples, lastAt } = error;
  const head = words.exampleColumns;
  return (
    <li className={css.line} data-testid={`error-${code}`}>
      <div className={css.words}>
        <p>
          <span className={css.name}>{code}</span> <span className={css.meta}>{status}</span>
        </p>
        <svg
          className={errorsCss.bar}
          viewBox="0 0 100 6"
          preserveAspectRatio="none"
          aria-hidden="true"
          focusable="false"
        >
          <rect className={errorsCss.ground} width="100" height="6" />
          <rect className={errorsCss.share} width={Math.max(share * 100, 1)} height="6" />
        </svg>
        <p className={css.meta}>
          {[words.affected(records), words.calls(requests), resources.join(', '), exactTime(lastAt)].join(
            ' · ',
          )}
        </p>
        <p>{remedyOf(code)}</p>
        <details>
          <summary className={css.meta}>{words.examples}</summary>
          <div className={css.scroll}>
            <table className={`${css.table} ${css.stacked}`}>
              <thead>
                <tr>
                  {Object.values(head).map((label) => (
                    <th key={label} scope="col">
                      {label}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {samples.map((sample, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: one request may fail of the same field twice
                  <tr key={index}>
                    <td>{exactTime(sample.at)}</td>
                    <td data-label={head.request}>{sample.requestId}</td>
                    <td data-label={head.key}>{sample.key ?? '–'}</td>
                    <td data-label={head.field}>{sample.field ?? '–'}</td>
                    <td data-label={head.rule}>{sample.rule ?? '–'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      </div>
    </li>
  );
}
