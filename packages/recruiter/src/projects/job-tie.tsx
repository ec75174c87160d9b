import type { ProjectJob } from '@carrick/protocol/recruiter';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import button from '../elements/button.module.css';
import { usePaused } from '../matches/find-dialog.tsx';
import { ProjectSearch } from './project-search.tsx';
import css from './project-settings.module.css';
import { jobsQuery } from './queries.ts';
import { words as all } from './words.ts';

const words = all.settings;

/** The ATS's job that a project is about, of those the viewer sees. */
export function JobTie({ job, setJob }: { job: ProjectJob | null; setJob(job: ProjectJob | null): void }) {
  const [text, setText] = useState('');
  const q = usePaused(text);
  const { data } = useQuery({ ...jobsQuery(q), enabled: q !== '' });
  const found = q === '' ? [] : (data?.jobs ?? []);
  return (
    <section className={css.card} aria-labelledby="settings-job">
      <h2 id="settings-job" className={css.title}>
        {words.job}
      </h2>
      <p className={css.muted}>{words.jobHint}</p>
      <p className={css.tied} data-testid="tied-job">
        {job ? (
          <>
            <span className={css.job}>{all.project.job(job.title, job.jobId, job.ats.name)}</span>
            <button type="button" className={button.text} onClick={() => setJob(null)}>
              {words.untie}
            </button>
          </>
        ) : (
          words.noJob
        )}
      </p>
      <ProjectSearch label={words.findJob} hint={words.findJob} text={text} setText={setText} />
      <ul className={css.jobs} aria-label={words.job}>
        {found.map((each) => (
          <li key={`${each.ats.atsNo} ${each.jobId}`} className={css.stage}>
            <span className={css.jobName}>{all.project.job(each.title, each.jobId, each.ats.name)}</span>
            <button
              type="button"
              className={button.button}
              aria-label={words.tieFor(each.title)}
              onClick={() => {
                setJob(each);
                setText('');
              }}
            >
              {words.tie}
            </button>
          </li>
        ))}
      </ul>
      {q !== '' && data && found.length === 0 && <p className={css.muted}>{words.noJobs}</p>}
    </section>
  );
}
