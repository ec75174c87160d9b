import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Failure } from '../elements/failure.tsx';
import css from './person-projects.module.css';
import { projectsQuery } from './queries.ts';
import { StageBar } from './stage-bar.tsx';
import { words as all } from './words.ts';

const words = all.list;
const MOST_RECENT = 5;

/** The projects the viewer worked in last: a part of the home page. */
export function RecentProjects() {
  const { data, error, refetch } = useQuery(projectsQuery());
  return (
    <section aria-labelledby="recent-projects" aria-busy={!data && !error}>
      <h2 id="recent-projects" className={css.heading}>
        {words.recent}
        <Link className={css.all} to="/projects">
          {words.allProjects}
        </Link>
      </h2>
      {error && !data && <Failure title={words.failed} error={error} retry={() => void refetch()} />}
      {data?.projects.length === 0 && <p className={css.none}>{words.emptyHint}</p>}
      {data && data.projects.length > 0 && (
        <ul className={css.list} data-testid="recent-projects">
          {data.projects.slice(0, MOST_RECENT).map(({ id, title, stages, active }) => (
            <li key={id} className={css.recent}>
              <div className={css.words}>
                <Link className={css.name} to="/projects/$id" params={{ id }}>
                  {title}
                </Link>
                <span className={css.detail}>{all.bar.active(active)}</span>
              </div>
              <StageBar stages={stages} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
