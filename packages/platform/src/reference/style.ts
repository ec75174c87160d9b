import { createHash } from 'node:crypto';

/** In the page: one request shows it, and its hash lets it through the policy. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1d2226; --quiet: #56606a; --accent: #0a58a8; --line: #dfe3e8; --card: #fff; --canvas: #f4f5f7; }
@media (prefers-color-scheme: dark) { :root { --text: #e8eaed; --quiet: #a3adb8; --accent: #7db8f2; --line: #343a41; --card: #1f2328; --canvas: #15181b; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--canvas); color: var(--text); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
.skip { position: absolute; left: -999px; } .skip:focus { left: 16px; top: 8px; background: var(--card); padding: 8px; }
header, main, footer { max-width: 960px; margin: 0 auto; padding: 24px 20px; }
header { padding-bottom: 0; } h1 { font-size: 28px; line-height: 1.25; margin: 0 0 4px; } h2 { font-size: 20px; margin: 32px 0 8px; } h3 { font-size: 16px; margin: 16px 0 4px; }
a { color: var(--accent); text-underline-offset: 2px; } a:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
nav ul { list-style: none; padding: 0; columns: 20em; } .quiet { color: var(--quiet); }
section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 4px 20px 16px; margin-bottom: 12px; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: 15px; }
th, td { text-align: left; vertical-align: top; padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); } td { overflow-wrap: normal; } td:first-child { overflow-wrap: anywhere; min-width: 8em; } td:nth-child(4) { min-width: 14em; }
code, pre { font: 14px/1.45 ui-monospace, monospace; } pre { background: var(--canvas); border-radius: 8px; padding: 12px; overflow-x: auto; margin: 4px 0; }
summary { cursor: pointer; padding: 4px 0; }
`;

/** No script, and nothing from elsewhere. */
export const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
