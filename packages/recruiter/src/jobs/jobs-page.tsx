import { JOB_LIST_STATES, JOBS_A_PAGE, type JobsAnswer, type ListedJob } from '@carrick/protocol/jobs';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import admin from '../admin/admin-page.module.css';
import { Region } from '../admin/region.tsx';
import { request } from '../api/request.ts';
import { exactTime, shortTime } from '../elements/moment.ts';
import type { JobsAddress } from './jobs-address.ts';
import css from './jobs-page.module.css';
import { words } from './words.ts';

const route = getRouteApi('/shell/jobs');

const jobsQuery = (address: JobsAddress) =>
  queryOptions({
    queryKey: ['jobs', address],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      const given = Object.entries(address).map(([name, value]): [string, string] => [name, String(value)]);
      return request<JobsAnswer>(`/app/api/jobs?${new URLSearchParams(given)}`, { signal });
    },
  });

/** What the ATSs sent, open and closed, with visible applications by stage. */
export function JobsPage() {
  const address = route.useSearch();
  const { state = 'open', q = '', page = 1 } = address;
  const query = useQuery(jobsQuery(address));
  const navigate = useNavigate();
  useEffect(() => {
    document.title = words.documentTitle;
  }, []);
  return (
    <div className={css.page}>
      <header>
        <h1 className={admin.title}>{words.title}</h1>
        <p className={admin.muted}>{words.lead}</p>
      </header>
      <div className={css.bar}>
        <nav className={css.views} aria-label={words.views}>
          {JOB_LIST_STATES.map((each) => (
            <Link
              key={each}
              to="/jobs"
              search={{ ...(each === 'closed' && { state: each }), ...(q && { q }) }}
              className={css.view}
              activeProps={{}}
              aria-current={each === state ? 'page' : undefined}
            >
              {query.data ? words.stateCount(words.states[each], query.data[each]) : words.states[each]}
            </Link>
          ))}
        </nav>
        <label className={css.find}>
          {words.find}
          <input
            type="search"
            className={admin.input}
            value={q}
            onChange={({ target }) =>
              void navigate({
                to: '/jobs',
                search: { ...(state === 'closed' && { state }), ...(target.value && { q: target.value }) },
                replace: true,
              })
            }
          />
        </label>
      </div>
      <Region query={query}>
        {(answer) => (
          <section className={admin.card} aria-label={words.states[state]}>
            {answer.jobs.length === 0 ? (
              <p className={admin.empty}>
                {!answer.hasAts ? words.noAts : q ? words.noMatch(q) : words.none[state]}
              </p>
            ) : (
              <Table jobs={answer.jobs} />
            )}
            <Paging address={address} page={page} total={answer[state]} />
          </section>
        )}
      </Region>
    </div>
  );
}

function Table({ jobs }: { jobs: readonly ListedJob[] }) {
  const head = words.columns;
  return (
    <table className={`${admin.table} ${admin.stacked}`} data-testid="jobs">
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
        {jobs.map(({ atsNo, ats, id, title, place, applications, stages, receivedAt }) => (
          <tr key={`${atsNo} ${id}`}>
            <th scope="row">
              <bdi>{title}</bdi>
              <p className={admin.meta}>{id}</p>
            </th>
            <td data-label={head.place}>{place ?? words.noPlace}</td>
            <td>
              {words.applications(applications)}
              <ul className={css.stages}>
                {stages.map(({ stage, applications: count }) => (
                  <li key={stage ?? ''} className={admin.meta}>
                    {words.stage(stage, count)}
                  </li>
                ))}
              </ul>
            </td>
            <td data-label={head.source}>
              <bdi>{ats}</bdi>
            </td>
            <td data-label={head.synced}>
              <time dateTime={new Date(receivedAt).toISOString()} title={exactTime(receivedAt)}>
                {shortTime(receivedAt)}
              </time>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Paging({ address, page, total }: { address: JobsAddress; page: number; total: number }) {
  if (total <= JOBS_A_PAGE) return null;
  const { page: _, ...rest } = address;
  return (
    <nav className={css.pages} aria-label={words.pages}>
      {page > 1 && (
        <Link to="/jobs" search={{ ...rest, ...(page > 2 && { page: page - 1 }) }}>
          {words.earlier}
        </Link>
      )}
      {page * JOBS_A_PAGE < total && (
        <Link to="/jobs" search={{ ...rest, page: page + 1 }}>
          {words.later}
        </Link>
      )}
    </nav>
  );
}
