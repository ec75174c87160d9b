/** File names say what is inside, and a file is one thing. */
import { type Finding, listFiles, readText, report } from './repository.ts';

const SAYS_NOTHING = /(^|\/)(utils?|helpers?|common|shared|misc|manager|service|base|impl)(\/|\.[a-z.]+$)/i;
const MOST_LINES = 500;

const sources = listFiles(/\.(ts|tsx|mjs|cjs|css|sql)$/).filter(
  (path) => !/(^|\/)(generated|fixtures)\/|\.gen\./.test(path),
);
const findings: Finding[] = [];
for (const path of sources) {
  if (SAYS_NOTHING.test(path)) findings.push({ path, text: 'the name says nothing about the content' });
  if (/[A-Z_]/.test(path.replace(/migrations\/\d+_/, 'migrations/')))
    findings.push({ path, text: 'file names are kebab-case' });
  const lines = readText(path).split('\n').length;
  if (lines > MOST_LINES)
    findings.push({ path, text: `${lines} lines: is it one thing? (at most ${MOST_LINES})` });
}
report(findings, `${sources.length} files`);
