import { createHash } from 'node:crypto';
import { escapeHtml } from './escape-html.ts';
import type { HttpResponse } from './http.ts';

/** Of pages with forms that work without script. In the page: one request shows it, and its hash lets it through the policy. */
const STYLE = `
:root { color-scheme: light dark; --text: #1d2226; --quiet: #56606a; --accent: #0a58a8; --on-accent: #fff; --line: #dfe3e8; --control: #7c8797; --card: #fff; --canvas: #f4f5f7; --good: #1a6e3c; --good-soft: #e2f3e8; --bad: #b3261e; --bad-soft: #fce8e6; --note-soft: #fdf0d5; }
@media (prefers-color-scheme: dark) { :root { --text: #e8eaed; --quiet: #a3adb8; --accent: #7db8f2; --on-accent: #15181b; --line: #343a41; --control: #7a8696; --card: #1f2328; --canvas: #15181b; --good: #72cf95; --good-soft: #12331f; --bad: #f2958d; --bad-soft: #43181a; --note-soft: #3a2a0b; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--canvas); color: var(--text); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
.skip { position: absolute; left: -999px; } .skip:focus { left: 16px; top: 8px; background: var(--card); padding: 8px; }
header, main, footer { max-width: 680px; margin: 0 auto; padding: 24px 20px; }
header { padding-bottom: 0; } footer { padding-top: 0; display: flex; gap: 4px 20px; flex-wrap: wrap; font-size: 15px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; } h2 { font-size: 19px; line-height: 1.3; margin: 0 0 8px; } h3 { font-size: 16px; margin: 16px 0 4px; }
p { margin: 8px 0; } ul { margin: 8px 0; padding-left: 20px; } a { color: var(--accent); text-underline-offset: 2px; }
a:focus-visible, button:focus-visible, summary:focus-visible, :is(input, textarea, select):focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.quiet { color: var(--quiet); } .small { font-size: 14px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 18px 20px; margin-bottom: 12px; }
.card > :first-child { margin-top: 0; } .card > :last-child { margin-bottom: 0; } .card > h2:not(:first-of-type) { margin-top: 24px; }
.said { border-radius: 12px; padding: 10px 20px; margin: 0 0 12px; } .said.good { background: var(--good-soft); color: var(--good); } .said.bad { background: var(--bad-soft); color: var(--bad); }
.text { white-space: pre-line; } .question { border: 2px solid var(--accent); }
label { display: block; font-weight: 600; margin: 14px 0 4px; } label .quiet { font-weight: 400; }
input, textarea, select { width: 100%; font: inherit; color: inherit; background: var(--canvas); border: 1px solid var(--control); border-radius: 8px; padding: 9px 12px; min-height: 44px; } textarea { min-height: 132px; resize: vertical; } [type=checkbox] { width: 20px; min-height: 20px; vertical-align: -4px; } label.inline { display: inline; font-weight: 400; }
button, .button { font: inherit; font-weight: 600; min-height: 44px; padding: 9px 18px; border-radius: 999px; border: 1px solid var(--accent); background: var(--card); color: var(--accent); cursor: pointer; display: inline-block; text-decoration: none; }
button.main { background: var(--accent); color: var(--on-accent); } button.grave { border-color: var(--bad); color: var(--bad); }
.row { display: flex; flex-wrap: wrap; gap: 10px; margin-top: 14px; } .equal > * { flex: 1 1 220px; }
.item { display: flex; flex-wrap: wrap; gap: 6px 16px; align-items: center; justify-content: space-between; border-top: 1px solid var(--line); padding: 12px 0; } .item:first-of-type { border-top: 0; } .item > div { flex: 1 1 240px; } .item > form { flex: none; } .item p { margin: 2px 0; } .item h3 { margin: 0; }
[role=switch] { min-width: 104px; text-align: left; padding-left: 52px; position: relative; color: var(--text); border-color: var(--control); }
[role=switch]::before { content: ""; position: absolute; left: 10px; top: 50%; width: 34px; height: 20px; margin-top: -10px; border-radius: 10px; background: var(--control); }
[role=switch]::after { content: ""; position: absolute; left: 12px; top: 50%; width: 16px; height: 16px; margin-top: -8px; border-radius: 8px; background: var(--card); }
[role=switch][aria-checked=true]::before { background: var(--accent); } [role=switch][aria-checked=true]::after { left: 26px; }
summary { cursor: pointer; padding: 4px 0; font-weight: 600; } ol, .plain { list-style: none; padding: 0; margin: 0; } .plain > li { padding: 8px 0; border-top: 1px solid var(--line); } .plain > li:first-child { border-top: 0; }
@media (forced-colors: active) { [role=switch]::before { border: 1px solid; } [role=switch]::after { background: ButtonText; } }
`;

/** No script, nothing from elsewhere, forms to ourselves only, in nobody's frame. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;

export interface PlainPage {
  readonly language: string;
  readonly title: string;
  /** In words of the page's language. */
  readonly skip: string;
  /** HTML. */
  readonly header?: string;
  readonly body: string;
  readonly footer?: string;
}

/** A page for one person, which nobody may keep and no other site may learn the address of. */
export function plainPage(status: number, page: PlainPage): HttpResponse {
  const { language, title, skip, header = '', body, footer = '' } = page;
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    },
    body: `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#main">${escapeHtml(skip)}</a>
<header>${header}<h1>${escapeHtml(title)}</h1></header>
<main id="main">${body}</main>
${footer === '' ? '' : `<footer>${footer}</footer>`}
</body>
</html>
`,
  };
}

/** After a form: the browser asks for the page again, so that a reload sends nothing twice. */
export function seeOther(location: string): HttpResponse {
  return {
    status: 303,
    headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  };
}
