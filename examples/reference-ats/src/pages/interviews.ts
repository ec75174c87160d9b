import type { Ats } from '../ats.ts';
import type { Named, Sql } from '../database.ts';
import { type Html, html } from '../html.ts';
import { STAGES } from './jobs.ts';
import { action, choice, day, field, moment, table } from './layout.ts';

interface ApplicationRow {
  readonly id: string;
  readonly job_id: string;
  readonly title: string;
  readonly source: string | null;
  readonly reason: string | null;
  readonly applied_at: Date;
}

/** Of an application: a stage, a note or feedback. */
interface Part extends Named {
  readonly application_id: string;
  readonly at: Date;
}

interface Said extends Part {
  readonly sort: 'note' | 'feedback';
  readonly about: string;
  readonly text: string;
}

/** The applications of a candidate with what became of them. */
export async function interviewsTab({ sql }: Ats, candidateId: string): Promise<Html> {
  const mine = sql`(select id from application where candidate_id = ${candidateId})`;
  const applications = await sql<ApplicationRow[]>`
    select a.*, j.title from application a join job j on j.id = a.job_id where a.candidate_id = ${candidateId} order by a.applied_at desc`;
  const stages = await sql<Part[]>`
    select id, application_id, name, entered_at as at from stage where application_id in ${mine} order by entered_at, id`;
  const said = await sql<Said[]>`
    select each.*, s.first_name || ' ' || s.last_name as name from (
      select id, application_id, 'feedback' as sort, interviewer_id as author_id, held_at as at, text,
        case kind when 'ONSITE' then 'onsite' else 'by phone' end || ', ' || attribute || ' ' || result as about from feedback
      union all select id, application_id, 'note', author_id, created_at, note, 'note' from application_note) each
    join staff s on s.id = each.author_id where application_id in ${mine} order by sort, at`;
  const authors = await authorChoice(sql);
  const jobs = await sql<Named[]>`select id, title as name from job where is_open order by title`;

  function section({ id, job_id, title, source, reason, applied_at }: ApplicationRow): Html {
    const path = `/applications/${id}`;
    const of = <T extends Part>(parts: readonly T[]) => parts.filter((each) => each.application_id === id);
    const remove = (sort: string, part: Part) => action(`${path}/${sort}/${part.id}/delete`, 'Delete');
    const rows = of(stages).map(
      (each) =>
        html`<tr><td>${each.name}</td><td>${moment(each.at)}</td><td>${remove('stage', each)}</td></tr>`,
    );
    const quotes = of(said).map(
      (each) =>
        html`<blockquote><strong>${each.name}</strong>, ${day(each.at)}, ${each.about}: ${each.text} ${remove(each.sort, each)}</blockquote>`,
    );
    return html`<section class="box" id="${id}"><h2><a href="/jobs/${job_id}">${title}</a></h2>
<p class="soft">${id}, since ${day(applied_at)}${source && html`, source ${source}`}${reason && html`, closed: ${reason}`}</p>
${table(['Stage', 'Since', ''], rows, 'No stage yet.')}${quotes}
<details><summary>Move, note or feedback</summary>
<form method="post" action="${path}/move">${choice('stage', 'Move to', STAGES)}${field('reason', 'Reason, when it ends here')}<button>Move</button></form>
<form method="post" action="${path}/notes"><label>Note<textarea name="note" required></textarea></label>${authors}<button>Add note</button></form>
<form method="post" action="${path}/feedback">${choice('kind', 'Interview', INTERVIEWS)}${field('attribute', 'What was looked at', 'Craft')}${field('result', 'Result', 'Solid')}
<label>Feedback<textarea name="text" required></textarea></label>${authors}<button>Add feedback</button></form></details>
${action(`${path}/delete`, 'Delete application', 'danger')}</section>`;
  }

  return html`${applications.map(section)}${applications.length === 0 && html`<p class="soft">No application yet.</p>`}
<form class="box" method="post" action="/candidates/${candidateId}/apply">${choice('jobId', 'Put forward for', jobs)}${field('source', 'Source')}<button>Add application</button></form>`;
}

const INTERVIEWS = [
  { id: 'PHONE_SCREEN', name: 'by phone' },
  { id: 'ONSITE', name: 'onsite' },
];

export async function authorChoice(sql: Sql): Promise<Html> {
  const staff = await sql<
    Named[]
  >`select id, first_name || ' ' || last_name as name from staff order by last_name`;
  return choice('authorId', 'By', staff);
}
