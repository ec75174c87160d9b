import { createHash } from 'node:crypto';

/** The board's whole style, in the page: one request shows it, and its hash lets it through the policy. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1d2226; --quiet: #56606a; --accent: #0a58a8; --line: #dfe3e8; --card: #fff; --canvas: #f4f5f7; }
@media (prefers-color-scheme: dark) { :root { --text: #e8eaed; --quiet: #a3adb8; --accent: #7db8f2; --line: #343a41; --card: #1f2328; --canvas: #15181b; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--canvas); color: var(--text); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
.skip { position: absolute; left: -999px; } .skip:focus { left: 16px; top: 8px; background: var(--card); padding: 8px; }
header, main, footer { max-width: 760px; margin: 0 auto; padding: 24px 20px; }
header { padding-bottom: 0; } h1 { font-size: 28px; line-height: 1.25; margin: 0 0 4px; } h2 { font-size: 19px; margin: 0; }
p { margin: 8px 0; } a { color: var(--accent); text-underline-offset: 2px; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.quiet { color: var(--quiet); } .jobs { list-style: none; margin: 0; padding: 0; }
.jobs > li, .card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 18px 20px; margin-bottom: 12px; }
.apply { display: inline-block; margin-top: 12px; padding: 9px 18px; border-radius: 999px; background: var(--accent); color: var(--card); font-weight: 600; text-decoration: none; }
.text { white-space: pre-line; } nav { display: flex; gap: 20px; }
`;

/** No script, nothing from elsewhere; the data block of search engines is no script. */
export const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
