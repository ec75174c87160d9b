import type { Ats } from '../ats.ts';
import { type Html, html } from '../html.ts';
import { STAGES } from './jobs.ts';
import { action, choice, day, field, moment, page, table } from './layout.ts';
import { profileWidget, type WidgetSettings, widgetScripts } from './widgets.ts';

const PAGE = 50;

export interface CandidateRow {
  readonly id: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly profile_url: string | null;
  readonly city: string | null;
  readonly country: string | null;
  readonly company: string | null;
  readonly title: string | null;
  readonly source: string | null;
  readonly comment: string | null;
  readonly person_urn: string | null;
  readonly person_is_manual: boolean;
  readonly created_at: Date;
}

export async function candidatesPage(ats: Ats, text: string, number: number): Promise<Html> {
  const like = `%${text.trim().replace(/[\\%_]/g, '\\$&')}%`;
  const people = await ats.sql<(CandidateRow & { total: number; jobs: number })[]>`
    select c.*, count(*) over ()::int as total, (select count(*)::int from application a where a.candidate_id = c.id) as jobs
    from candidate c where c.first_name || ' ' || c.last_name ilike ${like} or c.email ilike ${like} or c.id ilike ${like}
    order by c.changed_at desc, c.id limit ${PAGE} offset ${(number - 1) * PAGE}`;
  const total = people[0]?.total ?? 0;
  const to = (other: number) => `/candidates?${new URLSearchParams({ q: text, page: String(other) })}`;
  return page(
    ats.name,
    '/candidates',
    'Candidates',
    html`<form class="box" method="get" role="search">${field('q', 'Name, e-mail or number', text)}<button>Search</button></form>
<p class="soft" role="status">${total} ${total === 1 ? 'candidate' : 'candidates'}</p>
${table(
  ['Candidate', 'Works as', 'Source', 'Jobs', 'Matched', 'Added'],
  people.map(
    (
      each,
    ) => html`<tr><td><a href="/candidates/${each.id}">${each.first_name} ${each.last_name}</a> <span class="soft">${each.id}</span></td>
<td>${[each.title, each.company].filter(Boolean).join(', ')}</td><td>${each.source}</td><td>${each.jobs}</td><td>${each.person_urn ? 'yes' : ''}</td><td>${day(each.created_at)}</td></tr>`,
  ),
  'Nobody is found by that. Search for less, or add them below.',
)}
<p>${number > 1 && html`<a href="${to(number - 1)}">Newer</a>`} ${number * PAGE < total && html`<a href="${to(number + 1)}">Older</a>`}</p>
<h2>Add a candidate</h2>${candidateForm('/candidates', null)}`,
  );
}

const candidateForm = (path: string, row: CandidateRow | null): Html =>
  html`<form class="box" method="post" action="${path}">
${field('firstName', 'First name', row?.first_name, html` required`)}${field('lastName', 'Last name', row?.last_name, html` required`)}
${field('email', 'E-mail', row?.email, html` type="email"`)}${field('phone', 'Phone', row?.phone)}
${field('profileUrl', 'Address of their public profile', row?.profile_url, html` type="url"`)}
${field('company', 'Company', row?.company)}${field('title', 'Job title', row?.title)}
${field('city', 'City', row?.city)}${field('country', 'Country code', row?.country, html` maxlength="2"`)}${field('source', 'Source', row?.source)}
<button>${row ? 'Save' : 'Add candidate'}</button></form>`;

const TABS = [
  ['profile', 'Profile'],
  ['interviews', 'Interviews'],
  ['discussions', 'Discussions'],
  ['documents', 'Documents'],
] as const;

export async function candidatePage(
  ats: Ats,
  id: string,
  tab: string,
  widgets: WidgetSettings | null,
): Promise<Html | null> {
  const [row] = await ats.sql<CandidateRow[]>`select * from candidate where id = ${id}`;
  if (!row) return null;
  const shown = TABS.find(([name]) => name === tab)?.[0] ?? 'profile';
  const body =
    shown === 'profile'
      ? profileTab(row, widgets)
      : shown === 'interviews'
        ? await interviewsTab(ats, row)
        : shown === 'discussions'
          ? await discussionsTab(ats, row)
          : await documentsTab(ats, row);
  return page(
    ats.name,
    '/candidates',
    `${row.first_name} ${row.last_name}`,
    html`<p class="soft">${id}${row.source && html`, source ${row.source}`}</p>
<nav class="tabs" aria-label="Record">${TABS.map(([name, label]) => html`<a href="/candidates/${id}?tab=${name}"${name === shown && html` aria-current="page"`}>${label}</a>`)}</nav>${body}`,
    shown === 'profile' && widgets ? widgetScripts(widgets, 'HcmWidget') : html``,
  );
}

function profileTab(row: CandidateRow, widgets: WidgetSettings | null): Html {
  return html`${
    row.person_urn
      ? html`<p><span class="tag">${row.person_is_manual ? 'Linked by a recruiter' : 'Matched'}</span> <code>${row.person_urn}</code></p>`
      : html`<p class="soft">Not matched with anybody on the network yet.</p>`
  }
${row.comment && html`<p>${row.comment}</p>`}
<h2>On the network</h2>${widgets ? profileWidget(widgets, row.id) : html`<p class="soft">Shown here once the integration is set up.</p>`}
<h2>Record</h2>${candidateForm(`/candidates/${row.id}`, row)}
<form class="box" method="post" action="/candidates/${row.id}/merge">${field('into', 'The same person has another record: its number', '', html` required`)}<button class="quiet">Merge into that record</button></form>
${action(`/candidates/${row.id}/delete`, 'Delete candidate', 'danger')}`;
}

interface ApplicationRow {
  readonly id: string;
  readonly job_id: string;
  readonly title: string;
  readonly source: string | null;
  readonly reason: string | null;
  readonly applied_at: Date;
}

async function interviewsTab(ats: Ats, row: CandidateRow): Promise<Html> {
  const { sql } = ats;
  const mine = sql`(select id from application where candidate_id = ${row.id})`;
  const applications = await sql<ApplicationRow[]>`
    select a.*, j.title from application a join job j on j.id = a.job_id where a.candidate_id = ${row.id} order by a.applied_at desc`;
  const stages = await sql<{ id: string; application_id: string; name: string; entered_at: Date }[]>`
    select * from stage where application_id in ${mine} order by entered_at, id`;
  const feedback = await sql<
    {
      id: string;
      application_id: string;
      kind: string;
      attribute: string;
      result: string;
      text: string;
      author: string;
      held_at: Date;
    }[]
  >`
    select f.*, s.first_name || ' ' || s.last_name as author from feedback f join staff s on s.id = f.interviewer_id
    where application_id in ${mine} order by held_at`;
  const notes = await sql<
    { id: string; application_id: string; note: string; author: string; created_at: Date }[]
  >`
    select n.*, s.first_name || ' ' || s.last_name as author from application_note n join staff s on s.id = n.author_id
    where application_id in ${mine} order by created_at`;
  const authors = await staffChoice(ats, 'authorId', 'By');
  const jobs = await sql<
    { id: string; title: string }[]
  >`select id, title from job where is_open order by title`;
  return html`${applications.map((each) => {
    const path = `/applications/${each.id}`;
    const of = <T extends { application_id: string }>(rows: readonly T[]) =>
      rows.filter(({ application_id }) => application_id === each.id);
    return html`<section class="box" id="${each.id}"><h2><a href="/jobs/${each.job_id}">${each.title}</a></h2>
<p class="soft">${each.id}, since ${day(each.applied_at)}${each.source && html`, source ${each.source}`}${each.reason && html`, closed: ${each.reason}`}</p>
${table(
  ['Stage', 'Since', ''],
  of(stages).map(
    ({ id, name, entered_at }) =>
      html`<tr><td>${name}</td><td>${moment(entered_at)}</td><td>${action(`${path}/stage/${id}/delete`, 'Delete')}</td></tr>`,
  ),
  'No stage yet.',
)}
${of(feedback).map((item) => html`<blockquote><strong>${item.author}</strong> (${item.kind === 'ONSITE' ? 'onsite' : 'by phone'}, ${day(item.held_at)}): ${item.attribute} ${item.result}. ${item.text} ${action(`${path}/feedback/${item.id}/delete`, 'Delete')}</blockquote>`)}
${of(notes).map((item) => html`<blockquote><strong>${item.author}</strong>, ${day(item.created_at)}: ${item.note} ${action(`${path}/note/${item.id}/delete`, 'Delete')}</blockquote>`)}
<details><summary>Move, note or feedback</summary>
<form method="post" action="${path}/move">${choice(
      'stage',
      'Move to',
      STAGES.map((name) => [name, name] as const),
    )}${field('reason', 'Reason, when it ends here')}<button>Move</button></form>
<form method="post" action="${path}/notes"><label>Note<textarea name="note" required></textarea></label>${authors}<button>Add note</button></form>
<form method="post" action="${path}/feedback">${choice('kind', 'Interview', [
      ['PHONE_SCREEN', 'by phone'],
      ['ONSITE', 'onsite'],
    ])}${field('attribute', 'What was looked at', 'Craft')}${field('result', 'Result', 'Solid')}
<label>Feedback<textarea name="text" required></textarea></label>${authors}<button>Add feedback</button></form></details>
${action(`${path}/delete`, 'Delete application', 'danger')}</section>`;
  })}
${applications.length === 0 && html`<p class="soft">No application yet.</p>`}
<form class="box" method="post" action="/candidates/${row.id}/apply">${choice(
    'jobId',
    'Put forward for',
    jobs.map(({ id, title }) => [id, title] as const),
  )}${field('source', 'Source')}<button>Add application</button></form>`;
}

async function discussionsTab(ats: Ats, row: CandidateRow): Promise<Html> {
  const notes = await ats.sql<{ id: string; note: string; author: string; created_at: Date }[]>`
    select n.*, s.first_name || ' ' || s.last_name as author from candidate_note n join staff s on s.id = n.author_id
    where n.candidate_id = ${row.id} order by created_at desc`;
  const messages = await ats.sql<
    {
      is_from_candidate: boolean;
      author: string;
      subject: string | null;
      body: string | null;
      sent_at: Date;
    }[]
  >`
    select * from message where person_urn = ${row.person_urn} order by sent_at`;
  const recruiterNotes = await ats.sql<{ note: string; changed_at: Date }[]>`
    select * from recruiter_note where person_urn = ${row.person_urn} order by changed_at desc`;
  return html`<h2>Notes</h2>${notes.length === 0 && html`<p class="soft">No notes yet.</p>`}
${notes.map(
  (
    item,
  ) => html`<section class="box"><p><strong>${item.author}</strong>, ${moment(item.created_at)}</p><blockquote>${item.note}</blockquote>
<details><summary>Change</summary><form method="post" action="/notes/${item.id}"><label>Note<textarea name="note" required>${item.note}</textarea></label><button>Save</button></form></details>${action(`/notes/${item.id}/delete`, 'Delete')}</section>`,
)}
<form class="box" method="post" action="/candidates/${row.id}/notes"><label>New note<textarea name="note" required></textarea></label>${await staffChoice(ats, 'authorId', 'By')}<button>Add note</button></form>
<h2>Messages with recruiters</h2>${messages.length === 0 && html`<p class="soft">No messages. They appear here by themselves when a recruiter writes to this person.</p>`}
${messages.map((item) => html`<section class="box"><p><strong>${item.author}</strong>${item.is_from_candidate ? ' answered' : ' wrote'}, ${moment(item.sent_at)}</p>${item.subject && html`<p>${item.subject}</p>`}<blockquote>${item.body}</blockquote></section>`)}
<h2>Recruiters' notes</h2>${recruiterNotes.length === 0 && html`<p class="soft">No notes from the recruiting app.</p>`}
${recruiterNotes.map((item) => html`<section class="box"><p class="soft">${moment(item.changed_at)}</p><blockquote>${item.note}</blockquote></section>`)}`;
}

async function documentsTab(ats: Ats, row: CandidateRow): Promise<Html> {
  const documents = await ats.sql<{ id: string; name: string; size: number; created_at: Date }[]>`
    select id, name, length(bytes) as size, created_at from document where candidate_id = ${row.id} order by created_at desc`;
  return html`${table(
    ['Document', 'Size', 'Added'],
    documents.map(
      ({ id, name, size, created_at }) =>
        html`<tr><td><a href="/documents/${id}">${name}</a></td><td>${Math.ceil(size / 1024)} KB</td><td>${day(created_at)}</td></tr>`,
    ),
    'No documents yet.',
  )}<form class="box" method="post" action="/candidates/${row.id}/documents" enctype="multipart/form-data">
<label>PDF, Word or plain text, up to 10 MB<input type="file" name="file" required accept=".pdf,.doc,.docx,.txt"></label><button>Add document</button></form>`;
}

async function staffChoice(ats: Ats, name: string, label: string): Promise<Html> {
  const staff = await ats.sql<{ id: string; name: string }[]>`
    select id, first_name || ' ' || last_name as name from staff order by last_name`;
  return choice(
    name,
    label,
    staff.map((each) => [each.id, each.name] as const),
  );
}
