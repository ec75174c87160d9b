import { expect, test } from 'vitest';
import { csvLine } from './csv.ts';

test('SE86 a cell that could begin a formula is disarmed, quotes and line ends are kept inside their cell', () => {
  expect(csvLine(['plain', '=1+1', ' @SUM(A1)', '+47 5', '-1'])).toBe(
    "plain,'=1+1,' @SUM(A1),'+47 5,'-1\r\n",
  );
  expect(csvLine(['a,b', 'say "x"', 'two\nlines', 'Łódź'])).toBe('"a,b","say ""x""","two\nlines",Łódź\r\n');
});
