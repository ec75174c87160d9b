import { PROJECT_SORTS, type ProjectSummary } from '@carrick/protocol/recruiter';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate, useRouteContext } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import button from '../elements/button.module.css';
import { useDelayed } from '../elements/delayed.ts';
import { Failure, Stale } from '../elements/failure.tsx';
import { clockTime } from '../elements/moment.ts';
import { Time } from '../elements/time.tsx';
import { terms } from '../messages.ts';
import { dotted } from '../search/person-words.ts';
import { NewProjectDialog } from './new-project-dialog.tsx';
import css from './projects-page.module.css';
import { projectsQuery } from './queries.ts';
import { StageBar } from './stage-bar.tsx';
import { words as all } from './words.ts';

const words = all.list;
const route = getRouteApi('/shell/projects');

export function ProjectsPage() {
  const { sort = 'used', archived } = route.useSearch();
  const { me } = useRouteContext({ from: '/shell' });
  const navigate = useNavigate();
  const isArchived = archived === 'yes';
  const { data, error, isPending, refetch } = useQuery(projectsQuery(sort, isArchived));
  const isWaiting = useDelayed(isPending);
  const [isCreating, setCreating] = useState(false);
  useEffect(() => {
    document.title = `${words.title} · ${terms.product}`;
  }, []);
  return (
    <div className={css.page} aria-busy={isPending}>
      <header className={css.header}>
        <div>
          <h1 className={css.title}>{words.title}</h1>
          <p className={css.lead}>{words.lead}</p>
        </div>
        <button
          type="button"
          className={`${button.button} ${button.primary}`}
          onClick={() => setCreating(true)}
        >
          {words.create}
        </button>
      </header>
      <div className={css.bar}>
        <nav className={css.views} aria-label={words.views}>
          {[false, true].map((each) => (
            <Link
              key={String(each)}
              to="/projects"
              search={{ ...(sort !== 'used' && { sort }), ...(each && { archived: 'yes' as const }) }}
              className={css.view}
              activeOptions={{ exact: true }}
              activeProps={{}}
              aria-current={each === isArchived ? 'page' : undefined}
            >
              {words.count(
                each ? words.archived : words.current,
                data ? (each === isArchived ? data.projects.length : data.others) : 0,
              )}
            </Link>
          ))}
        </nav>
        <label className={css.sort}>
          <span>{words.sort}</span>
          <select
            className={css.select}
            value={sort}
            onChange={({ target }) => {
              const chosen = PROJECT_SORTS.find((each) => each === target.value);
              void navigate({
                to: '/projects',
                search: {
                  ...(chosen && chosen !== 'used' && { sort: chosen }),
                  ...(archived && { archived }),
                },
                replace: true,
              });
            }}
          >
            {PROJECT_SORTS.map((each) => (
              <option key={each} value={each}>
                {words.sorts[each]}
              </option>
            ))}
          </select>
        </label>
      </div>
      {error && data && <Stale time={clockTime(data.answeredAt)} retry={() => void refetch()} />}
      {error && !data && <Failure title={words.failed} error={error} retry={() => void refetch()} />}
      {isPending && isWaiting && <Skeleton />}
      {data && data.projects.length === 0 && (
        <div className={css.empty}>
          <h2 className={css.emptyTitle}>{isArchived ? words.emptyArchive : words.empty}</h2>
          {!isArchived && (
            <>
              <p className={css.lead}>{words.emptyHint}</p>
              <button type="button" className={button.button} onClick={() => setCreating(true)}>
                {words.create}
              </button>
            </>
          )}
        </div>
      )}
      {data && data.projects.length > 0 && <ProjectTable projects={data.projects} />}
      {isCreating && <NewProjectDialog company={me.organisation} close={() => setCreating(false)} />}
    </div>
  );
}

function ProjectTable({ projects }: { projects: readonly ProjectSummary[] }) {
  const { columns } = words;
  return (
    <div className={css.frame}>
      <table className={css.table} data-testid="projects">
        <thead>
          <tr>
            <th scope="col">{columns.name}</th>
            <th scope="col" className={css.stages}>
              {columns.stages}
            </th>
            <th scope="col" className={css.fact}>
              {columns.owner}
            </th>
            <th scope="col" className={css.fact}>
              {columns.created}
            </th>
            <th scope="col" className={css.fact}>
              {columns.used}
            </th>
          </tr>
        </thead>
        <tbody>
          {projects.map(
            ({ id, title, company, place, isPrivate, stages, owner, isOwn, createdAt, usedAt }) => (
              <tr key={id} className={css.row}>
                <th scope="row" className={css.project}>
                  <Link className={css.name} to="/projects/$id" params={{ id }} dir="auto">
                    {title}
                  </Link>
                  {isPrivate && (
                    <span className={css.private} title={words.privateHint}>
                      {words.private}
                    </span>
                  )}
                  <span className={css.detail} dir="auto">
                    {dotted(company, place)}
                  </span>
                </th>
                <td className={css.stages}>
                  <StageBar stages={stages} />
                </td>
                <td className={css.fact} data-label={columns.owner}>
                  {isOwn ? words.mine : owner}
                </td>
                <td className={css.fact} data-label={columns.created}>
                  <Time at={createdAt} />
                </td>
                <td className={css.fact} data-label={columns.used}>
                  {usedAt === null ? words.never : <Time at={usedAt} />}
                </td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}

function Skeleton() {
  return (
    <div className={css.frame} aria-hidden="true" data-testid="skeleton">
      {[1, 2, 3, 4].map((row) => (
        <span key={row} className={css.bone} />
      ))}
    </div>
  );
}
