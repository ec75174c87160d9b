import type { Ats } from '../ats.ts';
import type { Named } from '../database.ts';
import { type Html, html } from '../html.ts';
import { action, choice, day, field, page, table } from './layout.ts';

const NAMES = ['Applied', 'Screening', 'Phone interview', 'Onsite interview', 'Offer', 'Hired', 'Rejected'];
export const STAGES: readonly Named[] = NAMES.map((name) => ({ id: name, name }));

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
}

export async function jobsPage(ats: Ats, isClosedShown: boolean): Promise<Html> {
  const jobs = await ats.sql<(JobRow & { applications: number })[]>`
    select j.*, t.name as team, (select count(*)::int from application a where a.job_id = j.id) as applications
    from job j left join team t on t.id = j.team_id
    where ${isClosedShown} or j.is_open order by j.is_open desc, j.opened_at desc, j.id`;
  const rows = jobs.map(
    (
      job,
    ) => html`<tr><td><a href="/jobs/${job.id}">${job.title}</a> <span class="soft">${job.id}</span></td><td>${job.location}</td>
<td><span class="tag">${job.is_open ? 'Open' : 'Closed'}</span></td><td>${job.team ?? 'Every recruiter'}</td><td>${job.applications}</td><td>${day(job.opened_at)}</td></tr>`,
  );
  const heads = ['Job', 'Place', 'State', 'Seen by', 'Applications', 'Opened'];
  const body = html`<p><a href="/jobs?closed=${isClosedShown ? 'no' : 'yes'}">${isClosedShown ? 'Open jobs only' : 'Closed jobs too'}</a></p>
${table(heads, rows, 'No jobs yet. Open the first one below.')}<h2>Open a job</h2>${await jobForm(ats, '/jobs', null)}`;
  return page(ats.name, '/jobs', 'Jobs', body);
}

const PLACES = [
  { id: 'no', name: 'Only by our recruiters' },
  { id: 'yes', name: 'By everybody, on the job board' },
];

async function jobForm({ sql }: Ats, path: string, job: JobRow | null): Promise<Html> {
  const teams = await sql<Named[]>`select id, 'Only ' || name as name from team order by name`;
  return html`<form class="box" method="post" action="${path}">
${field('title', 'Title', job?.title, html` required maxlength="200"`)}
${field('location', 'Place (city, region or country)', job?.location, html` required`)}
<label>Description<textarea name="description" required minlength="20">${job?.description}</textarea></label>
${choice('isPublic', 'Where it may be seen', PLACES, job?.is_public ? 'yes' : 'no')}
${choice('teamId', 'Which recruiters see it', [{ id: '', name: 'Every recruiter' }, ...teams], job?.team_id ?? '')}
<button>${job ? 'Save' : 'Open job'}</button></form>`;
}

export async function jobPage(ats: Ats, id: string): Promise<Html | null> {
  const [job] = await ats.sql<JobRow[]>`
    select j.*, t.name as team from job j left join team t on t.id = j.team_id where j.id = ${id}`;
  if (!job) return null;
  const people = await ats.sql<(Named & { candidate_id: string; stage: string })[]>`
    select a.id, a.candidate_id, c.first_name || ' ' || c.last_name as name,
      coalesce((select t.name from stage t where t.application_id = a.id order by t.entered_at desc, t.id desc limit 1), 'Applied') as stage
    from application a join candidate c on c.id = a.candidate_id where a.job_id = ${id} order by a.applied_at`;
  const stages = new Set([...NAMES, ...people.map(({ stage }) => stage)]);
  const columns = [...stages].map((name) => {
    const here = people.filter(({ stage }) => stage === name);
    const links = here.map(
      (each) =>
        html`<br><a href="/candidates/${each.candidate_id}?tab=interviews#${each.id}">${each.name}</a>`,
    );
    return html`<section class="box"><strong>${name}</strong> <span class="soft">${here.length}</span>${links}</section>`;
  });
  const body = html`<p><span class="tag">${job.is_open ? 'Open' : 'Closed'}</span> ${job.id}, ${job.location}, seen by ${job.team ?? 'every recruiter'}
${action(`/jobs/${id}/${job.is_open ? 'close' : 'reopen'}`, job.is_open ? 'Close job' : 'Reopen job')}</p>
<h2>Pipeline</h2><div class="columns">${columns}</div><h2>Edit</h2>${await jobForm(ats, `/jobs/${id}`, job)}`;
  return page(ats.name, '/jobs', job.title, body);
}
