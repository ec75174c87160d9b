import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { RequestFailure } from '../api/request.ts';
import button from '../elements/button.module.css';
import { useDelayed } from '../elements/delayed.ts';
import { Failure, Stale } from '../elements/failure.tsx';
import { BackIcon } from '../elements/icons.tsx';
import { clockTime } from '../elements/moment.ts';
import { terms } from '../messages.ts';
import { dotted } from '../search/person-words.ts';
import { say } from '../shell/notice.ts';
import { Overview } from './overview.tsx';
import { PipelineView } from './pipeline.tsx';
import css from './project-page.module.css';
import { ProjectSettingsForm } from './project-settings.tsx';
import { archiveProject, projectQuery, refreshProjects } from './queries.ts';
import { TalentPool } from './talent-pool.tsx';
import { words as all } from './words.ts';

const words = all.project;
const route = getRouteApi('/shell/projects/$id');
const TABS = ['overview', 'pool', 'pipeline', 'settings'] as const;

export function ProjectPage() {
  const { id } = route.useParams();
  const address = route.useSearch();
  const tab = address.tab ?? 'pipeline';
  const client = useQueryClient();
  const { data: project, error, isPending, refetch } = useQuery(projectQuery(id));
  const isWaiting = useDelayed(isPending);
  useEffect(() => {
    document.title = `${project?.title ?? all.nav} · ${terms.product}`;
  }, [project?.title]);

  if (error instanceof RequestFailure && error.status === 404) return <Gone />;
  const restore = async () => {
    await archiveProject(id, false).then(
      () => say(words.restored(project?.title ?? '')),
      () => say(all.settings.failed),
    );
    await refreshProjects(client);
  };
  return (
    <div className={css.page} aria-busy={isPending}>
      <Link className={css.back} to="/projects">
        <BackIcon />
        {words.back}
      </Link>
      {error && !project && <Failure title={words.failed} error={error} retry={() => void refetch()} />}
      {error && project && <Stale time={clockTime(project.answeredAt)} retry={() => void refetch()} />}
      {isPending && isWaiting && <span className={css.bone} aria-hidden="true" data-testid="skeleton" />}
      {project && (
        <>
          <header className={css.header}>
            <h1 className={css.title}>
              <bdi>{project.title}</bdi>
              {project.isPrivate && <span className={css.private}>{all.list.private}</span>}
            </h1>
            <p className={css.line} dir="auto">
              {dotted(project.company, project.place)}
            </p>
            {project.job && (
              <p className={css.job} dir="auto">
                {words.job(project.job.title, project.job.jobId, project.job.ats.name)}
              </p>
            )}
          </header>
          {project.archivedAt !== null && (
            <p className={css.note}>
              {words.archivedNote}
              <button type="button" className={button.text} onClick={() => void restore()}>
                {words.restore}
              </button>
            </p>
          )}
          <nav className={css.tabs} aria-label={words.tabs}>
            {TABS.map((each) => (
              <Link
                key={each}
                to="/projects/$id"
                params={{ id }}
                search={each === 'pipeline' ? {} : { tab: each }}
                className={css.tab}
                activeOptions={{ exact: true }}
                activeProps={{}}
                aria-current={each === tab ? 'page' : undefined}
                resetScroll={false}
              >
                {words[each]}
              </Link>
            ))}
          </nav>
          {tab === 'overview' && <Overview project={project} />}
          {tab === 'pool' && <TalentPool key={project.id} project={project} />}
          {tab === 'pipeline' && <PipelineView project={project} address={address} />}
          {tab === 'settings' && <ProjectSettingsForm key={project.id} project={project} />}
        </>
      )}
    </div>
  );
}

function Gone() {
  return (
    <div className={css.gone}>
      <h1 className={css.title}>{words.gone}</h1>
      <p className={css.line}>{words.goneHint}</p>
      <Link className={button.button} to="/projects">
        <BackIcon />
        {words.back}
      </Link>
    </div>
  );
}
