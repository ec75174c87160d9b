import type { PartnerRequest } from '@carrick/protocol/partner-console';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import admin from '../admin/admin-page.module.css';
import { Region } from '../admin/region.tsx';
import { clockTime, exactTime } from '../elements/moment.ts';
import css from './partner-page.module.css';
import { requestsQuery } from './queries.ts';
import { words } from './words.ts';

/** The page of all customers' calls. */
export function LogPage() {
  return (
    <div className={css.page}>
      <h1 className={admin.title}>{words.log}</h1>
      <RequestLog applicationId={null} />
    </div>
  );
}

/** What was called lately and what became of it, as it comes in. */
export function RequestLog({ applicationId }: { applicationId: number | null }) {
  const [isFailed, setFailed] = useState(false);
  const query = useQuery(requestsQuery(applicationId, isFailed));
  const title = useId();
  return (
    <Region query={query}>
      {({ requests, answeredAt }) => (
        <section className={admin.card} aria-labelledby={title} data-testid="request-log">
          <div className={admin.cardHead}>
            <div>
              <h2 className={admin.cardTitle} id={title}>
                {words.logFinding(
                  requests.filter(({ refusals }) => refusals.length > 0).length,
                  requests.length,
                )}
              </h2>
              <p className={admin.meta}>{words.updated(clockTime(answeredAt))}</p>
            </div>
            <label className={css.value}>
              <input
                type="checkbox"
                checked={isFailed}
                onChange={(event) => setFailed(event.target.checked)}
              />
              {words.onlyFailed}
            </label>
          </div>
          {requests.length > 0 && <Calls requests={requests} labelledBy={title} />}
        </section>
      )}
    </Region>
  );
}

function Calls({ requests, labelledBy }: { requests: readonly PartnerRequest[]; labelledBy: string }) {
  const head = words.logColumns;
  return (
    <table className={`${admin.table} ${admin.stacked}`} aria-labelledby={labelledBy}>
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
        {requests.map((request) => (
          <tr key={request.requestId}>
            <td>
              <time dateTime={new Date(request.at).toISOString()}>{exactTime(request.at)}</time>
            </td>
            <td>
              {request.method ?? request.httpMethod} {request.resource}
              {request.refusals.map((refusal, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: one key may break the same rule twice, and the list does not change
                <p key={index} className={admin.meta}>
                  {[
                    refusal.key,
                    `${refusal.status} ${refusal.code ?? ''}`.trim(),
                    refusal.field,
                    refusal.reason,
                  ]
                    .filter(Boolean)
                    .join(' · ')}{' '}
                  <a
                    href={refusal.rule}
                    target="_blank"
                    rel="noreferrer"
                    aria-label={words.ruleOf(refusal.field ?? refusal.code ?? String(refusal.status))}
                  >
                    {words.rule}
                  </a>
                </p>
              ))}
            </td>
            <td data-label={head.answer}>
              <span
                className={admin.chip}
                data-tone={request.refusals.length > 0 ? 'bad' : 'good'}
              >{`${request.status} · ${Math.round(request.ms)} ms`}</span>
            </td>
            <td data-label={head.records}>{words.records(request.records, request.failed)}</td>
            <td data-label={head.id}>
              <code className={css.code}>{request.requestId}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
