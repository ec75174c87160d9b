import type { Customer } from '@carrick/connector';
import type { Ats } from '../ats.ts';
import type { Named } from '../database.ts';
import { type Html, html } from '../html.ts';
import { authorChoice, interviewsTab } from './interviews.ts';
import { action, day, field, moment, page, table } from './layout.ts';
import { profileWidget, widgetScripts } from './widgets.ts';

const PAGE = 50;

interface CandidateRow {
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
  const rows = people.map((each) => {
    const work = [each.title, each.company].filter(Boolean).join(', ');
    return html`<tr><td><a href="/candidates/${each.id}">${each.first_name} ${each.last_name}</a> <span class="soft">${each.id}</span></td>
<td>${work}</td><td>${each.source}</td><td>${each.jobs}</td><td>${each.person_urn ? 'yes' : ''}</td><td>${day(each.created_at)}</td></tr>`;
  });
  const heads = ['Candidate', 'Works as', 'Source', 'Jobs', 'Matched', 'Added'];
  const body = html`<form class="box" method="get" role="search">${field('q', 'Name, e-mail or number', text)}<button>Search</button></form>
<p class="soft" role="status">${total} ${total === 1 ? 'candidate' : 'candidates'}</p>
${table(heads, rows, 'Nobody is found by that. Search for less, or add them below.')}
<p>${number > 1 && html`<a href="${to(number - 1)}">Newer</a>`} ${number * PAGE < total && html`<a href="${to(number + 1)}">Older</a>`}</p>
<h2>Add a candidate</h2>${candidateForm('/candidates', null)}`;
  return page(ats.name, '/candidates', 'Candidates', body);
}

const candidateForm = (path: string, row: CandidateRow | null): Html =>
  html`<form class="box" method="post" action="${path}">
${field('firstName', 'First name', row?.first_name, html` required`)}${field('lastName', 'Last name', row?.last_name, html` required`)}
${field('email', 'E-mail', row?.email, html` type="email"`)}${field('phone', 'Cell phone', row?.phone)}
${field('profileUrl', 'Address of their public profile', row?.profile_url, html` type="url"`)}
${field('company', 'Company', row?.company)}${field('title', 'Job title', row?.title)}
${field('city', 'City', row?.city)}${field('country', 'Country code', row?.country, html` maxlength="2"`)}${field('source', 'Source', row?.source)}
<button>${row ? 'Save' : 'Add candidate'}</button></form>`;

const TABS = {
  profile: 'Profile',
  interviews: 'Interviews',
  discussions: 'Discussions',
  documents: 'Documents',
};

export async function candidatePage(ats: Ats, id: string, tab: string): Promise<Html | null> {
  const [row] = await ats.sql<CandidateRow[]>`select * from candidate where id = ${id}`;
  if (!row) return null;
  const customer = await ats.connector.customers.get(ats.customerId);
  const shown = {
    profile: () => profileTab(row, customer),
    interviews: () => interviewsTab(ats, id),
    discussions: () => discussionsTab(ats, row),
    documents: () => documentsTab(ats, id),
  };
  const name = Object.hasOwn(shown, tab) ? (tab as keyof typeof shown) : 'profile'; // just looked
  const tabs = Object.entries(TABS).map(
    ([other, label]) =>
      html`<a href="/candidates/${id}?tab=${other}"${other === name && html` aria-current="page"`}>${label}</a>`,
  );
  const body = html`<p class="soft">${id}${row.source && html`, source ${row.source}`}</p>
<nav class="tabs" aria-label="Record">${tabs}</nav>${await shown[name]()}`;
  const scripts = name === 'profile' && customer ? widgetScripts(ats, customer, 'HcmWidget') : html``;
  return page(ats.name, '/candidates', `${row.first_name} ${row.last_name}`, body, scripts);
}

function profileTab(row: CandidateRow, customer: Customer | null): Html {
  const match = row.person_urn
    ? html`<p><span class="tag">${row.person_is_manual ? 'Linked by a recruiter' : 'Matched'}</span> <code>${row.person_urn}</code></p>`
    : html`<p class="soft">Not matched with anybody on the network yet.</p>`;
  return html`${match}${row.comment && html`<p><strong>Comment</strong> ${row.comment}</p>`}
<h2>On the network</h2>${customer ? profileWidget(customer, row.id) : html`<p class="soft">Shown here once the integration is set up.</p>`}
<h2>Record</h2>${candidateForm(`/candidates/${row.id}`, row)}
<form class="box" method="post" action="/candidates/${row.id}/merge">${field('into', 'The same person has another record: its number', '', html` required`)}<button class="quiet">Merge into that record</button></form>
${action(`/candidates/${row.id}/delete`, 'Delete candidate', 'danger')}`;
}

interface Said {
  readonly id: string;
  readonly author: string;
  readonly subject: string | null;
  readonly text: string | null;
  readonly at: Date;
}

async function discussionsTab({ sql }: Ats, { id, person_urn }: CandidateRow): Promise<Html> {
  const notes = await sql<Said[]>`
    select n.id, s.first_name || ' ' || s.last_name as author, null as subject, n.note as text, n.created_at as at
    from candidate_note n join staff s on s.id = n.author_id where n.candidate_id = ${id} order by n.created_at desc`;
  const messages = await sql<Said[]>`
    select id, author || case when is_from_candidate then ' answered' else ' wrote' end as author, subject, body as text, sent_at as at
    from message where person_urn = ${person_urn} order by sent_at`;
  const recruiterNotes = await sql<Said[]>`
    select id, 'A recruiter' as author, null as subject, note as text, changed_at as at
    from recruiter_note where person_urn = ${person_urn} order by changed_at desc`;
  const list = (all: readonly Said[], none: string, more: (each: Said) => Html = () => html``) =>
    all.length === 0
      ? html`<p class="soft">${none}</p>`
      : all.map(
          (each) =>
            html`<section class="box"><p><strong>${each.author}</strong>, ${moment(each.at)}</p>${each.subject && html`<p>${each.subject}</p>`}<blockquote>${each.text}</blockquote>${more(each)}</section>`,
        );
  const change = ({ id: note, text }: Said) =>
    html`<details><summary>Change</summary><form method="post" action="/notes/${note}"><label>Note<textarea name="note" required>${text}</textarea></label><button>Save</button></form></details>${action(`/notes/${note}/delete`, 'Delete')}`;
  return html`<h2>Notes</h2>${list(notes, 'No notes yet.', change)}
<form class="box" method="post" action="/candidates/${id}/notes"><label>New note<textarea name="note" required></textarea></label>${await authorChoice(sql)}<button>Add note</button></form>
<h2>Messages with recruiters</h2>${list(messages, 'No messages. They appear here by themselves when a recruiter writes to this person.')}
<h2>Recruiters' notes</h2>${list(recruiterNotes, 'No notes from the recruiting app.')}`;
}

async function documentsTab({ sql }: Ats, id: string): Promise<Html> {
  const documents = await sql<(Named & { kb: number; created_at: Date })[]>`
    select id, name, ceil(length(bytes) / 1024.0)::int as kb, created_at from document where candidate_id = ${id} order by created_at desc`;
  const rows = documents.map(
    (each) =>
      html`<tr><td><a href="/documents/${each.id}">${each.name}</a></td><td>${each.kb} KB</td><td>${day(each.created_at)}</td></tr>`,
  );
  return html`${table(['Document', 'Size', 'Added'], rows, 'No documents yet.')}
<form class="box" method="post" action="/candidates/${id}/documents" enctype="multipart/form-data">
<label>PDF, Word or plain text, up to 10 MB<input type="file" name="file" required accept=".pdf,.doc,.docx,.txt"></label><button>Add document</button></form>`;
}
