import type { ProjectJob, ProjectPage } from '@carrick/protocol/recruiter';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type SubmitEvent, useId, useState } from 'react';
import { RequestFailure } from '../api/request.ts';
import button from '../elements/button.module.css';
import field from '../elements/field.module.css';
import { offerUndo, say } from '../shell/notice.ts';
import form from './form.module.css';
import { JobTie } from './job-tie.tsx';
import { Visibility } from './new-project-dialog.tsx';
import css from './project-settings.module.css';
import { archiveProject, changeSettings, refreshProjects } from './queries.ts';
import { type EditedStage, StageEditor } from './stage-editor.tsx';
import { words as all } from './words.ts';

const words = all.settings;
const MOST = 120;

export function ProjectSettingsForm({ project }: { project: ProjectPage }) {
  const { id, isOwn, archivedAt } = project;
  const ids = { title: useId(), company: useId(), place: useId() };
  const [title, setTitle] = useState(project.title);
  const [company, setCompany] = useState(project.company);
  const [place, setPlace] = useState(project.place);
  const [isPrivate, setPrivate] = useState(project.isPrivate);
  const [job, setJob] = useState<ProjectJob | null>(project.job);
  const [stages, setStages] = useState<readonly EditedStage[]>(
    project.stages.map(({ no, name }) => ({ key: `n${no}`, no, name })),
  );
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const client = useQueryClient();
  const navigate = useNavigate();

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    const named = stages.filter(({ name }) => name.trim() !== '');
    if (title.trim() === '' || named.length === 0) {
      setProblem(all.create.missing);
      return;
    }
    setBusy(true);
    setProblem(null);
    const isRetied = job?.jobId !== project.job?.jobId || job?.ats.atsNo !== project.job?.ats.atsNo;
    try {
      await changeSettings(id, {
        title,
        company,
        place,
        isPrivate,
        ...(isRetied && { job: job && { atsNo: job.ats.atsNo, jobId: job.jobId } }),
        stages: named.map(({ no, name }) => ({ ...(no !== null && { no }), name })),
      });
      say(words.saved);
      await refreshProjects(client);
      await navigate({ to: '/projects/$id', params: { id }, search: {} });
    } catch (error) {
      const isUsed = error instanceof RequestFailure && error.code === 'STAGE_IN_USE';
      setProblem(isUsed ? words.stageInUse : words.failed);
    }
    setBusy(false);
  };
  const archive = async (isArchived: boolean) => {
    try {
      await archiveProject(id, isArchived);
      if (isArchived) offerUndo(all.project.archived(project.title), () => archive(false));
      else say(all.project.restored(project.title));
    } catch {
      say(words.failed);
    }
    await refreshProjects(client);
  };

  return (
    <form className={css.settings} onSubmit={(event) => void submit(event)} noValidate>
      <section className={css.card} aria-labelledby="settings-general">
        <h2 id="settings-general" className={css.title}>
          {words.general}
        </h2>
        <div className={field.field}>
          <label className={field.label} htmlFor={ids.title}>
            {all.create.name}
          </label>
          <input
            id={ids.title}
            className={field.input}
            maxLength={MOST}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        </div>
        <div className={form.pair}>
          <div className={field.field}>
            <label className={field.label} htmlFor={ids.company}>
              {all.create.company}
            </label>
            <input
              id={ids.company}
              className={field.input}
              maxLength={MOST}
              value={company}
              onChange={(event) => setCompany(event.target.value)}
            />
          </div>
          <div className={field.field}>
            <label className={field.label} htmlFor={ids.place}>
              {all.create.place}
            </label>
            <input
              id={ids.place}
              className={field.input}
              maxLength={MOST}
              value={place}
              onChange={(event) => setPlace(event.target.value)}
            />
          </div>
        </div>
        <Visibility isPrivate={isPrivate} setPrivate={setPrivate} isFixed={!isOwn} />
        {!isOwn && <p className={css.muted}>{words.onlyOwner}</p>}
      </section>
      <JobTie job={job} setJob={setJob} />
      <StageEditor stages={stages} setStages={setStages} />
      {problem && (
        <p className={form.problem} role="alert">
          {problem}
        </p>
      )}
      <div className={css.actions}>
        <button
          type="submit"
          className={`${button.button} ${button.primary}`}
          aria-disabled={isBusy || undefined}
        >
          {words.submit}
        </button>
        <button type="button" className={button.button} onClick={() => void archive(archivedAt === null)}>
          {archivedAt === null ? all.project.archive : all.project.restore}
        </button>
      </div>
    </form>
  );
}
