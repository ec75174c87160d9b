/** Time comes from the clock that is passed in, so that a test can turn it: nobody asks the machine or the database. */
import { findLines, listFiles, report } from './repository.ts';

const CLOCK = 'packages/platform/src/kernel/clock.ts';
const READS_TIME =
  /(?<![.\w])now\(\)|\b(?:current_timestamp|clock_timestamp|statement_timestamp)\b|\bDate\.now\b|\bnew Date\(\)/i;

const sources = listFiles(/^packages\/[^/]+\/src\/.*\.(ts|tsx|sql)$/).filter((path) => path !== CLOCK);
report(
  findLines(sources, READS_TIME, (match) => `${match}: take the time from the clock that is passed in`),
  `${sources.length} files`,
);
