import { MODULES, type ModuleNo, type Outcome, type Verdict } from './check.ts';

export interface ReportFrame {
  /** Whose integration. */
  readonly organization: string;
  readonly baseUrl: string;
  readonly at: number;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const e = (text: string | number): string => String(text).replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

/** Colour and sign: neither alone says it. */
const SIGNS: Readonly<Record<Outcome, readonly [sign: string, name: string]>> = {
  passed: ['✓', 'ok'],
  failed: ['✗', 'bad'],
  'not run': ['○', 'open'],
  'not known': ['?', 'open'],
};

const STYLE = `:root{color-scheme:light dark;--ink:#1c2430;--soft:#55606e;--card:#fff;--page:#f6f7f9;--line:#d5dae0;--ok:#17653f;--bad:#b3261e}
@media(prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#a9b2bd;--card:#1c2229;--page:#14181d;--line:#39424d;--ok:#63cba2;--bad:#f2958d}}
body{font:14px/1.45 system-ui,sans-serif;color:var(--ink);background:var(--page);margin:0 auto;max-width:1100px;padding:24px}h1{font-size:24px;margin:0}h2{font-size:16px;margin:24px 0 8px}
.soft{color:var(--soft)}.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(250px,1fr));gap:8px}details{background:var(--card);border:1px solid var(--line);border-left:4px solid var(--line);border-radius:6px;padding:8px 10px}
details.ok{border-left-color:var(--ok)}details.bad{border-left-color:var(--bad)}details[open]{grid-column:1/-1}summary{cursor:pointer}summary:focus-visible{outline:2px solid var(--ok);outline-offset:2px}.bad b{color:var(--bad)}.ok b{color:var(--ok)}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:3px 8px;border-bottom:1px solid var(--line);font-variant-numeric:tabular-nums}`;

/** One page without script: the finding on top, then a grid of cases by module; each opens what was seen on the wire. */
export function reportHtml(verdicts: readonly Verdict[], { organization, baseUrl, at }: ReportFrame): string {
  const count = (outcome: Outcome) => verdicts.filter((each) => each.outcome === outcome).length;
  const failed = count('failed');
  const finding =
    failed > 0
      ? `${failed} of ${verdicts.length} cases failed`
      : `No case failed: ${count('passed')} of ${verdicts.length} passed`;
  const modules = Object.entries(MODULES).map(([no, name]) => {
    const own = verdicts.filter(({ check }) => check.module === (Number(no) as ModuleNo)); // a key of MODULES
    return own.length === 0
      ? ''
      : `<h2>Module ${no}: ${e(name)}</h2><div class="grid">${own.map(tile).join('')}</div>`;
  });
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Certification: ${e(finding)}</title><style>${STYLE}</style></head><body>
<main><h1>${e(finding)}</h1><p class="soft">${e(organization)} at ${e(baseUrl)}, ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC. ${count('not run')} for a person or not reached, ${count('not known')} whose text is not known. Only the vendor itself can certify; this is the rehearsal.</p>
${modules.join('')}</main></body></html>\n`;
}

function tile({ check, outcome, reason, evidence }: Verdict): string {
  const [sign, name] = SIGNS[outcome];
  const calls = evidence
    .map(
      (each) =>
        `<tr><td>${new Date(each.at).toISOString().slice(11, 23)}</td><td>${e(each.call)}</td><td>${each.status}</td><td>${each.records}</td><td>${each.failed}</td><td><code>${e(each.requestId)}</code></td></tr>`,
    )
    .join('');
  return `<details class="${name}"><summary><b>${sign} ${outcome}</b> ${e(check.id)}<br>${e(check.title)}</summary><p>${e(check.rule)}</p>${reason === null ? '' : `<p><b>${e(reason)}</b></p>`}
${calls === '' ? '<p class="soft">No call of the ATS belongs to it.</p>' : `<div class="scroll"><table><thead><tr><th>Time</th><th>Call</th><th>Status</th><th>Records</th><th>Failed</th><th>x-li-uuid</th></tr></thead><tbody>${calls}</tbody></table></div>`}</details>`;
}
