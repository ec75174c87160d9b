import type { Named } from '../database.ts';
import { Html, html } from '../html.ts';

const STYLE = `
:root{color-scheme:light dark;--ink:#1c2430;--soft:#55606e;--paper:#fbfaf7;--card:#fff;--line:#dcd8cf;--accent:#0f5c4c;--bad:#a3261d;--tag:#e7efe9}
@media (prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#a9b2bd;--paper:#14181d;--card:#1c2229;--line:#39424d;--accent:#7fd1bb;--bad:#f2958d;--tag:#22332f}}
*{box-sizing:border-box}body{margin:0;font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
a{color:var(--accent)}header{display:flex;flex-wrap:wrap;gap:4px 24px;align-items:baseline;padding:12px 24px;border-bottom:1px solid var(--line);background:var(--card)}
header strong{font:600 20px Georgia,serif}header nav,.tabs{display:flex;flex-wrap:wrap;gap:4px 16px}a[aria-current]{font-weight:600;text-decoration-thickness:3px}
main{max-width:1080px;margin:0 auto;padding:20px 24px 64px}h1{font:600 26px/1.25 Georgia,serif;margin:4px 0 12px}h2{font-size:17px;margin:28px 0 8px}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;background:var(--card)}th,td{text-align:left;padding:7px 10px;border-bottom:1px solid var(--line);vertical-align:top}th{color:var(--soft);font-weight:600;font-size:13px}
form.box,section.box{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:14px 16px;margin:10px 0}label{display:block;margin:6px 0;font-size:14px}label.row{display:inline-flex;gap:6px;align-items:center;margin-right:16px}
input:not([type=checkbox]),select,textarea{display:block;width:100%;max-width:560px;font:inherit;padding:6px 8px;border:1px solid #7c8794;border-radius:5px;background:var(--paper);color:inherit}textarea{min-height:72px}
button{font:inherit;padding:6px 14px;border-radius:5px;border:1px solid var(--accent);background:var(--accent);color:var(--card);cursor:pointer}button.quiet{background:none;color:var(--accent)}button.danger{background:none;border-color:var(--bad);color:var(--bad)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}.tag{background:var(--tag);border-radius:10px;padding:1px 9px;font-size:13px;white-space:nowrap}.soft{color:var(--soft)}.bad{color:var(--bad)}form.inline{display:inline}.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(180px,1fr));gap:12px}.columns section{margin:0}code{overflow-wrap:anywhere}blockquote{margin:6px 0;white-space:pre-wrap}
`;

const SECTIONS = [
  ['/jobs', 'Jobs'],
  ['/candidates', 'Candidates'],
  ['/permissions', 'Users & permissions'],
  ['/setup', 'Recruiter integration'],
] as const;

/** A whole page. `scripts` go at its end: nothing else on a page needs any. */
export function page(ats: string, path: string, title: string, body: Html, scripts: Html = html``): Html {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title} – ${ats}</title><style>${styleSheet}</style></head>
<body><header><strong>${ats}</strong><nav aria-label="Sections">${SECTIONS.map(
    ([to, name]) => html`<a href="${to}"${path.startsWith(to) && html` aria-current="page"`}>${name}</a>`,
  )}</nav></header><main><h1>${title}</h1>${body}</main>${scripts}</body></html>`;
}

// Our own text: a style sheet is not escaped.
const styleSheet = new Html(STYLE);

export const field = (name: string, label: string, value: string | null = '', more: Html = html``): Html =>
  html`<label>${label}<input name="${name}" value="${value ?? ''}"${more}></label>`;

export const choice = (name: string, label: string, options: readonly Named[], chosen = ''): Html =>
  html`<label>${label}<select name="${name}">${options.map(
    (each) => html`<option value="${each.id}"${each.id === chosen && html` selected`}>${each.name}</option>`,
  )}</select></label>`;

export const action = (path: string, label: string, kind = 'quiet'): Html =>
  html`<form class="inline" method="post" action="${path}"><button class="${kind}">${label}</button></form>`;

export const day = (at: Date): string => at.toISOString().slice(0, 10);
export const moment = (at: Date | number): string =>
  new Date(at).toISOString().slice(0, 16).replace('T', ' ');

export const table = (heads: readonly string[], rows: readonly Html[], empty: string): Html =>
  rows.length === 0
    ? html`<p class="soft">${empty}</p>`
    : html`<div class="scroll"><table><thead><tr>${heads.map((head) => (head === '' ? html`<td></td>` : html`<th scope="col">${head}</th>`))}</tr></thead><tbody>${rows}</tbody></table></div>`;
