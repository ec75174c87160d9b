import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Failure } from '../elements/failure.tsx';
import { Time } from '../elements/time.tsx';
import css from './person-projects.module.css';
import { standingQuery } from './queries.ts';
import { words as all } from './words.ts';

const words = all.person;

/** The projects a person is in, of those the viewer sees. */
export function PersonProjects({ personId }: { personId: string }) {
  const { data, error, refetch } = useQuery(standingQuery([personId]));
  if (error && !data) return <Failure title={words.failed} error={error} retry={() => void refetch()} />;
  const projects = data?.people[personId] ?? [];
  if (projects.length === 0) return <p className={css.none}>{data ? words.none : ''}</p>;
  return (
    <ul className={css.list} data-testid="person-projects">
      {projects.map((project) => (
        <li key={project.projectId} className={css.entry}>
          <div className={css.words}>
            <Link className={css.name} to="/projects/$id" params={{ id: project.projectId }}>
              {project.title}
            </Link>
            <p className={css.detail}>{words.owner(project.isOwn ? all.list.mine : project.owner)}</p>
          </div>
          <p className={css.stage}>
            {project.isActive ? project.stage : words.inactive}
            <span className={css.detail}>
              <Time at={project.at} /> {all.pipeline.by(project.by)}
            </span>
          </p>
        </li>
      ))}
    </ul>
  );
}
