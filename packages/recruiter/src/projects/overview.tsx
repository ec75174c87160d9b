import type { ProjectPage } from '@carrick/protocol/recruiter';
import { Link } from '@tanstack/react-router';
import { Time } from '../elements/time.tsx';
import css from './overview.module.css';
import { StageBar } from './stage-bar.tsx';
import { words as all } from './words.ts';

const words = all.overview;

export function Overview({ project }: { project: ProjectPage }) {
  const { stages, active, owner, isOwn, isPrivate, createdAt, job, activity } = project;
  return (
    <div className={css.overview}>
      <section className={css.card} aria-labelledby="project-stages">
        <h2 id="project-stages" className={css.title}>
          {words.stages}
        </h2>
        <p className={css.muted}>{all.bar.active(active)}</p>
        <StageBar stages={stages} isLabelled />
      </section>
      <section className={css.card} aria-labelledby="project-details">
        <h2 id="project-details" className={css.title}>
          {words.details}
        </h2>
        <dl className={css.facts}>
          <dt>{words.owner}</dt>
          <dd>{isOwn ? all.list.mine : owner}</dd>
          <dt>{words.created}</dt>
          <dd>
            <Time at={createdAt} />
          </dd>
          <dt>{words.visibility}</dt>
          <dd>{isPrivate ? all.list.privateHint : words.everybody}</dd>
          {job && (
            <>
              <dt>{words.job}</dt>
              <dd className={css.job}>{all.project.job(job.title, job.jobId, job.ats.name)}</dd>
            </>
          )}
        </dl>
      </section>
      <section className={`${css.card} ${css.wide}`} aria-labelledby="project-activity">
        <h2 id="project-activity" className={css.title}>
          {words.activity}
        </h2>
        {activity.length === 0 && <p className={css.muted}>{words.noActivity}</p>}
        <ol className={css.activity}>
          {activity.map(({ no, by, change, person, stage, reason, at }) => (
            <li key={no} className={css.entry}>
              <span>
                <b className={css.by}>{by}</b> {words.did[change]}{' '}
                {person && (
                  <Link to="/people/$id" params={{ id: person.id }}>
                    <bdi>{person.name}</bdi>
                  </Link>
                )}{' '}
                {stage && words.to(stage)} {reason && words.because(reason)}
              </span>
              <span className={css.when}>
                <Time at={at} />
              </span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}
