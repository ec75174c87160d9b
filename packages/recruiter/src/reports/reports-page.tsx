import { REPORT_DAYS, type ReportAnswer, type ReportDays, type Usage } from '@carrick/protocol/reports';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import css from '../admin/admin-page.module.css';
import { Region } from '../admin/region.tsx';
import syncCss from '../admin/sync-health.module.css';
import { request } from '../api/request.ts';
import button from '../elements/button.module.css';
import { terms, wholeNumber } from '../messages.ts';
import { wholeShare } from '../numbers.ts';
import { Answers, Exports, Saved, Searches, Views } from './pictures.tsx';
import reportsCss from './reports-page.module.css';
import { words } from './words.ts';

const reportQuery = (days: ReportDays) =>
  queryOptions({
    queryKey: ['reports', days],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request<ReportAnswer>(`/app/api/reports?days=${days}`, { signal }),
  });

/** What came of the contract's work, as far as the viewer may see it. */
export function ReportsPage() {
  const [days, setDays] = useState<ReportDays>(30);
  const query = useQuery(reportQuery(days));
  useEffect(() => {
    document.title = `${words.title} · ${terms.product}`;
  }, []);
  return (
    <div className={reportsCss.page}>
      <header>
        <h1 className={css.title}>{words.title}</h1>
        <p className={css.muted}>{words.lead}</p>
      </header>
      <div className={css.filters}>
        <label>
          {words.period}
          <select
            className={css.select}
            value={days}
            onChange={(event) =>
              setDays(REPORT_DAYS.find((each) => String(each) === event.target.value) ?? 30)
            }
          >
            {REPORT_DAYS.map((each) => (
              <option key={each} value={each}>
                {words.periods[each]}
              </option>
            ))}
          </select>
        </label>
        <a className={button.button} href={`/app/api/reports.csv?days=${days}`} download>
          {words.csv}
        </a>
      </div>
      <Region query={query} failed={words.failed}>
        {(report) => (
          <>
            <h2 className={css.cardTitle}>{words.usage}</h2>
            <div className={`${syncCss.pair} ${reportsCss.pictures}`} data-testid="reports">
              {[Exports, Searches, Views, Answers, Saved].map((Picture) => (
                <section key={Picture.name} className={`${css.card} ${syncCss.padded}`}>
                  <Picture report={report} />
                </section>
              ))}
            </div>
            {report.byRecruiter && <Recruiters rows={report.byRecruiter} />}
            <p className={css.meta}>{words.visibleOnly}</p>
          </>
        )}
      </Region>
    </div>
  );
}

function Recruiters({ rows }: { rows: NonNullable<ReportAnswer['byRecruiter']> }) {
  const head = [
    words.recruiter,
    words.exports,
    words.searches,
    words.views,
    words.toPastApplicants,
    words.toOthers,
  ] as const;
  return (
    <section className={css.card} aria-labelledby="recruiters">
      <div className={css.cardHead}>
        <h2 className={css.cardTitle} id="recruiters">
          {words.recruiters}
        </h2>
        <p className={css.meta}>{words.recruitersHint}</p>
      </div>
      {rows.length === 0 ? (
        <p className={css.empty}>{words.none}</p>
      ) : (
        <table
          className={`${css.table} ${css.stacked}`}
          aria-labelledby="recruiters"
          data-testid="recruiters"
        >
          <thead>
            <tr>
              {head.map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name}>
                <td>
                  <bdi>{row.name}</bdi>
                </td>
                <td data-label={head[1]}>{wholeNumber(row.exports)}</td>
                <td data-label={head[2]}>{wholeNumber(row.spotlightSearches)}</td>
                <td data-label={head[3]}>{wholeNumber(row.pastApplicantViews)}</td>
                <td data-label={head[4]}>{ratioOf(row.toPastApplicants)}</td>
                <td data-label={head[5]}>{ratioOf(row.toOthers)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

const ratioOf = ({ messages: sent, answered }: Usage['toOthers']): string =>
  sent === 0 ? wholeNumber(0) : words.ratio(answered, sent, wholeShare(answered / sent));
