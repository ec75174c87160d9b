import { MODULES, type Verdict } from './check.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const e = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

/** As build servers read it. What was not run and what is not known is skipped, not passed. */
export function reportJunit(verdicts: readonly Verdict[]): string {
  const cases = verdicts.map(({ check, outcome, reason, ms }) => {
    const inner =
      outcome === 'passed'
        ? ''
        : outcome === 'failed'
          ? `<failure message="${e(reason ?? '')}">${e(check.rule)}</failure>`
          : `<skipped message="${e(reason ?? '')}"/>`;
    return `  <testcase classname="${e(`Module ${check.module}: ${MODULES[check.module]}`)}" name="${e(`${check.id} ${check.title}`)}" time="${(ms / 1000).toFixed(3)}">${inner}</testcase>\n`;
  });
  const failures = verdicts.filter(({ outcome }) => outcome === 'failed').length;
  const skipped = verdicts.filter(({ outcome }) => outcome === 'not run' || outcome === 'not known').length;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="carrick certify" tests="${verdicts.length}" failures="${failures}" skipped="${skipped}">\n${cases.join('')}</testsuite>\n`;
}
