import type { Ats } from '../ats.ts';
import { type Html, html } from '../html.ts';
import { action, choice, day, field, page, table } from './layout.ts';

export const STAGES = [
  'Applied',
  'Screening',
  'Phone interview',
  'Onsite interview',
  'Offer',
  'Hired',
  'Rejected',
] as const;

interface JobRow {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly location: string;
  readonly is_open: boolean;
  readonly is_public: boolean;
  readonly team_id: string | null;
  readonly team: string | null;
  readonly opened_at: Date;
  readonly applications: number;
}

export async function jobsPage(ats: Ats, isClosedShown: boolean): Promise<Html> {
  const jobs = await ats.sql<JobRow[]>`
    select j.*, t.name as team, (select count(*)::int from application a where a.job_id = j.id) as applications
    from job j left join team t on t.id = j.team_id
    where ${isClosedShown} or j.is_open order by j.is_open desc, j.opened_at desc, j.id`;
  return page(
    ats.name,
    '/jobs',
    'Jobs',
    html`<p><a href="/jobs?closed=${isClosedShown ? 'no' : 'yes'}">${isClosedShown ? 'Open jobs only' : 'Closed jobs too'}</a></p>
${table(
  ['Job', 'Place', 'State', 'Seen by', 'Applications', 'Opened'],
  jobs.map(
    (
      job,
    ) => html`<tr><td><a href="/jobs/${job.id}">${job.title}</a> <span class="soft">${job.id}</span></td><td>${job.location}</td>
<td><span class="tag">${job.is_open ? 'Open' : 'Closed'}</span></td><td>${job.team ?? 'Every recruiter'}</td><td>${job.applications}</td><td>${day(job.opened_at)}</td></tr>`,
  ),
  'No jobs yet. Open the first one below.',
)}
<h2>Open a job</h2>${await jobForm(ats, '/jobs', null)}`,
  );
}

async function jobForm(ats: Ats, path: string, job: JobRow | null): Promise<Html> {
  const teams = await ats.sql<{ id: string; name: string }[]>`select id, name from team order by name`;
  return html`<form class="box" method="post" action="${path}">
${field('title', 'Title', job?.title, html` required maxlength="200"`)}
${field('location', 'Place (city, region or country)', job?.location, html` required`)}
<label>Description<textarea name="description" required minlength="20">${job?.description}</textarea></label>
${choice(
  'isPublic',
  'Where it may be seen',
  [
    ['no', 'Only by our recruiters'],
    ['yes', 'By everybody, on the job board'],
  ],
  job?.is_public ? 'yes' : 'no',
)}
${choice('teamId', 'Which recruiters see it', [['', 'Every recruiter'], ...teams.map(({ id, name }) => [id, `Only ${name}`] as const)], job?.team_id ?? '')}
<button>${job ? 'Save' : 'Open job'}</button></form>`;
}

interface PipelineRow {
  readonly id: string;
  readonly candidate_id: string;
  readonly name: string;
  readonly stage: string;
}

export async function jobPage(ats: Ats, id: string): Promise<Html | null> {
  const [job] = await ats.sql<JobRow[]>`
    select j.*, t.name as team, 0 as applications from job j left join team t on t.id = j.team_id where j.id = ${id}`;
  if (!job) return null;
  const people = await ats.sql<PipelineRow[]>`
    select a.id, a.candidate_id, c.first_name || ' ' || c.last_name as name,
      coalesce((select t.name from stage t where t.application_id = a.id order by t.entered_at desc, t.id desc limit 1), 'Applied') as stage
    from application a join candidate c on c.id = a.candidate_id where a.job_id = ${id} order by a.applied_at`;
  const columns = Map.groupBy(people, ({ stage }) => stage);
  const names = [...STAGES, ...[...columns.keys()].filter((name) => !STAGES.some((known) => known === name))];
  return page(
    ats.name,
    '/jobs',
    job.title,
    html`<p><span class="tag">${job.is_open ? 'Open' : 'Closed'}</span> ${job.id}, ${job.location}, seen by ${job.team ?? 'every recruiter'}
${action(`/jobs/${id}/${job.is_open ? 'close' : 'reopen'}`, job.is_open ? 'Close job' : 'Reopen job')}</p>
<h2>Pipeline</h2><div class="columns">${names.map(
      (name) =>
        html`<section class="box"><strong>${name}</strong> <span class="soft">${columns.get(name)?.length ?? 0}</span>${(
          columns.get(name) ?? []
        ).map(
          (person) =>
            html`<br><a href="/candidates/${person.candidate_id}?tab=interviews#${person.id}">${person.name}</a>`,
        )}</section>`,
    )}</div><h2>Edit</h2>${await jobForm(ats, `/jobs/${id}`, job)}`,
  );
}
