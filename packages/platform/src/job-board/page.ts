import { escapeHtml } from '../kernel/escape-html.ts';
import { jobHtml, workplaceOf } from '../records/index.ts';
import { embeddedJson, jobPostingMarkup } from './job-posting-markup.ts';
import { type BoardJob, type BoardPage, PAGE_SIZE } from './read-jobs.ts';
import { STYLE } from './style.ts';

export interface Company {
  readonly name: string;
  /** The board's address: absolute, without a slash at its end. */
  readonly boardUrl: string;
}

const DATE = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' });
const EMPLOYMENT_WORDS: Readonly<Record<string, string>> = {
  FULL_TIME: 'Full-time',
  PART_TIME: 'Part-time',
  CONTRACT: 'Contract',
  INTERNSHIP: 'Internship',
  TEMPORARY: 'Temporary',
  VOLUNTEER: 'Volunteer',
};

/** A company's open public jobs. */
export function boardPage(company: Company, { jobs, total }: BoardPage, page: number): string {
  const name = escapeHtml(company.name);
  const last = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const rows = jobs.map(
    (job) => `<li>
<h2><a href="${urlOf(company, job)}">${escapeHtml(job.title)}</a></h2>
${facts(job)}
${applyLink(job)}
</li>`,
  );
  const links = [
    page > 1 ? `<a rel="prev" href="${company.boardUrl}?page=${page - 1}">Newer jobs</a>` : '',
    page < last ? `<a rel="next" href="${company.boardUrl}?page=${page + 1}">Older jobs</a>` : '',
  ].join('');
  const count = total === 1 ? '1 open job' : `${total} open jobs`;
  const body =
    total === 0
      ? `<p class="card">${name} has no open jobs right now. Please look in again later.</p>`
      : `<ul class="jobs">${rows.join('\n')}</ul>${links === '' ? '' : `<nav aria-label="Pages">${links}</nav>`}`;
  return document(`Jobs at ${company.name}`, {
    head: markup(jobs, company),
    header: `<h1>Jobs at ${name}</h1>${total === 0 ? '' : `<p class="quiet">${count}</p>`}`,
    body,
  });
}

/** One job with its text. */
export function jobPage(company: Company, job: BoardJob): string {
  const skills = job.extra.skillsDescription;
  return document(`${job.title} at ${companyOf(job, company)}`, {
    head: markup([job], company),
    header: `<p><a href="${company.boardUrl}">All jobs at ${escapeHtml(company.name)}</a></p><h1>${escapeHtml(job.title)}</h1>${facts(job)}`,
    body: `<div class="card text">${jobHtml(job.description)}</div>
${typeof skills === 'string' && skills !== '' ? `<h2>Skills</h2><div class="card text">${jobHtml(skills)}</div>` : ''}
${applyLink(job)}`,
  });
}

/** Where there is no such board, or the job is no longer open. */
export function nothingPage(title: string, sentence: string, company: Company | null): string {
  const back = company
    ? `<p><a href="${company.boardUrl}">All jobs at ${escapeHtml(company.name)}</a></p>`
    : '';
  return document(title, {
    head: '<meta name="robots" content="noindex">',
    header: `<h1>${escapeHtml(title)}</h1>`,
    body: `<p>${escapeHtml(sentence)}</p>${back}`,
  });
}

function document(title: string, { head, header, body }: Record<'head' | 'header' | 'body', string>): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
${head}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header>${header}</header>
<main id="main">${body}</main>
</body>
</html>
`;
}

function markup(jobs: readonly BoardJob[], company: Company): string {
  return jobs
    .map((job) => jobPostingMarkup(job, companyOf(job, company), urlOf(company, job)))
    .map((posting) => `<script type="application/ld+json">${embeddedJson(posting)}</script>`)
    .join('\n');
}

function facts({ location, listedAt, extra }: BoardJob): string {
  const words = [
    location ?? '',
    workplaceOf(extra.workplaceTypes) ?? '',
    EMPLOYMENT_WORDS[String(extra.employmentStatus)] ?? '',
  ].filter((word) => word !== '');
  const since = `<time datetime="${new Date(listedAt).toISOString()}">${DATE.format(listedAt)}</time>`;
  return `<p class="quiet">${[...words.map(escapeHtml), `listed ${since}`].join(' · ')}</p>`;
}

function applyLink({ applyUrl, title }: BoardJob): string {
  // Which job it is for is said to those who hear the links one by one.
  return `<a class="apply" href="${escapeHtml(applyUrl)}" rel="noopener nofollow" aria-label="${escapeHtml(`Apply for ${title}`)}">Apply</a>`;
}

function companyOf(job: BoardJob, company: Company): string {
  return job.companyName ?? company.name;
}

function urlOf({ boardUrl }: Company, { postingNo }: BoardJob): string {
  return `${boardUrl}/${postingNo}`;
}
