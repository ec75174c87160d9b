import type { SyncHealth as Health, SyncHealthAnswer, SyncState } from '@carrick/protocol/sync-health';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { exactTime, shortTime } from '../elements/moment.ts';
import css from './admin-page.module.css';
import { errorsQuery, syncQuery } from './queries.ts';
import { RangeFilter } from './range-filter.tsx';
import { Region } from './region.tsx';
import { Completeness } from './sync-completeness.tsx';
import syncCss from './sync-health.module.css';
import { Funnel, Received, Refused, Speed } from './sync-pictures.tsx';
import { words as sync } from './sync-words.ts';

const TONES = {
  'up-to-date': 'good',
  syncing: 'good',
  delayed: 'warning',
  attention: 'bad',
  off: 'plain',
} as const satisfies Record<SyncState, string>;

/** How the synchronisation with an ATS fares, and what to do about it. */
export function SyncHealth() {
  const [hours, setHours] = useState(24);
  const [atsNo, setAtsNo] = useState<number | null>(null);
  const query = useQuery(syncQuery(atsNo, hours));
  return (
    <>
      <div className={css.filters}>
        <RangeFilter hours={hours} choose={setHours} />
        <AtsChoice answer={query.data} choose={setAtsNo} />
      </div>
      <Region query={query}>
        {({ ats }) =>
          ats === null ? (
            <p className={`${css.card} ${css.empty}`}>{sync.noAts}</p>
          ) : (
            <Parts ats={ats} hours={hours} />
          )
        }
      </Region>
    </>
  );
}

function AtsChoice({
  answer,
  choose,
}: {
  answer: SyncHealthAnswer | undefined;
  choose(atsNo: number): void;
}) {
  if (!answer?.ats || answer.atss.length < 2) return null;
  return (
    <label>
      {sync.ats}
      <select
        className={css.select}
        value={answer.ats.atsNo}
        onChange={(event) => choose(Number(event.target.value))}
      >
        {answer.atss.map(({ atsNo, name }) => (
          <option key={atsNo} value={atsNo}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Parts({ ats, hours }: { ats: Health; hours: number }) {
  const errors = useQuery(errorsQuery(hours, ats.atsNo));
  return (
    <>
      <section className={css.card} aria-labelledby="state" data-testid="sync-state">
        <div className={css.cardHead}>
          <div>
            <h2 className={css.cardTitle} id="state">
              <bdi>{ats.name}</bdi>{' '}
              <span className={css.chip} data-tone={TONES[ats.state]}>
                {sync.state[ats.state]}
              </span>
            </h2>
            <p className={css.meta}>
              {sync.lastCall(ats.lastCallAt === null ? null : exactTime(ats.lastCallAt))}.{' '}
              {sync.remedy(ats.state, ats)}
            </p>
          </div>
        </div>
        {ats.warnings.length > 0 && (
          <div className={syncCss.body}>
            <h3 className={css.name}>{sync.warnings}</h3>
            <ul className={syncCss.warnings} data-testid="sync-warnings">
              {ats.warnings.map((warning) => (
                <li key={sync.warning(warning)}>{sync.warning(warning)}</li>
              ))}
            </ul>
          </div>
        )}
      </section>
      <Received ats={ats} />
      <div className={syncCss.pair}>
        <section className={`${css.card} ${syncCss.padded}`}>
          <Funnel ats={ats} />
        </section>
        <section className={`${css.card} ${syncCss.padded}`}>
          <Speed ats={ats} />
        </section>
      </div>
      <section className={`${css.card} ${syncCss.padded}`} data-testid="sync-errors">
        <Region query={errors}>{(answer) => <Refused answer={answer} />}</Region>
        <p>
          <Link to="/admin/$section" params={{ section: 'errors' }} search={{}}>
            {sync.toErrors}
          </Link>
        </p>
      </section>
      <Completeness completeness={ats.completeness} />
      <Quotas quotas={ats.quotas} />
      <Latest calls={ats.latest} />
    </>
  );
}

function Quotas({ quotas }: Pick<Health, 'quotas'>) {
  const limits: Readonly<Record<string, string>> = sync.limits;
  return (
    <section className={css.card} aria-labelledby="quotas">
      <div className={css.cardHead}>
        <h2 className={css.cardTitle} id="quotas">
          {sync.quotas}
        </h2>
      </div>
      {quotas.length === 0 && <p className={css.line}>{sync.noQuotas}</p>}
      <ul className={css.list}>
        {quotas.map(({ resource, limit, most, used }) => (
          <li key={`${resource} ${limit}`} className={css.line}>
            <span className={css.words}>{resource}</span>
            <span>
              {sync.quota(used, most)} {limits[limit] ?? limit}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Latest({ calls }: { calls: Health['latest'] }) {
  const head = sync.columns;
  return (
    <section className={css.card} aria-labelledby="latest">
      <div className={css.cardHead}>
        <h2 className={css.cardTitle} id="latest">
          {sync.latest}
        </h2>
      </div>
      {calls.length === 0 ? (
        <p className={css.line}>{sync.noCalls}</p>
      ) : (
        <table className={`${css.table} ${css.stacked}`} aria-labelledby="latest" data-testid="latest-calls">
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
            {calls.map(({ requestId, at, method, resource, status, records, failed, ms }) => (
              <tr key={requestId}>
                <td>{shortTime(at)}</td>
                <td>{[method, resource].filter(Boolean).join(' ')}</td>
                <td data-label={head.status}>{`${status} · ${Math.round(ms)} ms`}</td>
                <td data-label={head.records}>{sync.callRecords(records, failed)}</td>
                <td data-label={head.id}>{requestId}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
