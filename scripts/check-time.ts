/** Time comes from the clock that is passed in, so that a test can turn it: nobody asks the machine or the database. */
import { type Finding, findLines, listFiles, readText, report } from './repository.ts';
import { nodesOf } from './syntax.ts';

const CLOCK = /^packages\/[^/]+\/src\/(kernel\/)?clock\.ts$/;
const ASKS_MACHINE = /\bDate\.now\b|\bnew Date\(\)/;
const ASKS_DATABASE = /\b(?:now|clock_timestamp|statement_timestamp)\(\)|\b(?:current|local)_?timestamp\b/i;
const INSTEAD = 'take the time from the clock that is passed in';

const code = listFiles(/^packages\/[^/]+\/src\/.*\.tsx?$/).filter((path) => !CLOCK.test(path));
const sql = listFiles(/^packages\/[^/]+\/src\/.*\.sql$/);
report(
  [
    ...findLines(code, ASKS_MACHINE, (match) => `${match}: ${INSTEAD}`),
    ...findLines(sql, ASKS_DATABASE, (match) => `${match}: ${INSTEAD}`),
    ...code.flatMap(findInLiterals),
  ],
  `${code.length + sql.length} files`,
);

/** SQL stands in string and template literals; a call of a clock in code is no matter. */
function findInLiterals(path: string): Finding[] {
  const source = readText(path);
  if (!ASKS_DATABASE.test(source)) return [];
  return [...nodesOf(path, source)].flatMap((node) => {
    const text =
      node.type === 'StringLiteral' ? node.value : node.type === 'TemplateElement' ? node.cooked : '';
    const match = ASKS_DATABASE.exec(String(text));
    return match ? [{ path, text: `${match[0]} in SQL: ${INSTEAD}` }] : [];
  });
}
