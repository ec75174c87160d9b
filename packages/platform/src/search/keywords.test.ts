import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseKeywords } from './keywords.ts';

test.each([
  ['account manager', "('account' & 'manager':*)"],
  ['account manager ', "('account' & 'manager')"],
  ['"account manager"', "'account manager'"],
  ['nurse OR doctor london ', "('nurse' | ('doctor' & 'london'))"],
  ['java -script ', "('java' & !'script')"],
  ['java NOT (junior OR intern)', "('java' & !('junior' | 'intern'))"],
  ['Søren ', "('Søren' | 'soren')"],
  ['co-founder ', "'co-founder'"],
  ["o'brien ", "'o\\'brien'"],
])('SE20 %s', (q, tsquery) => {
  expect(parseKeywords(q)).toBe(tsquery);
});

test.each(['', '   ', '"', '()', 'OR', '- -', '!!! & | :*', 'NOT', ')('])(
  'SE21 %j searches for nothing',
  (q) => {
    expect(parseKeywords(q)).toBeNull();
  },
);

test('SE21 any text gives balanced parentheses and quotes', () => {
  const pieces = fc.constantFrom(
    '(',
    ')',
    '"',
    '-',
    'OR',
    'AND',
    'NOT',
    "'",
    '\\',
    ':*',
    '&',
    '|',
    '!',
    'word',
    'é',
    ' ',
  );
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join(' ')),
      (q) => {
        const parsed = parseKeywords(q) ?? '';
        const bare = parsed.replaceAll(/'(?:\\.|[^'\\])*'/g, 'x');
        expect(bare).not.toContain("'");
        expect(bare.split('(').length).toBe(bare.split(')').length);
      },
    ),
  );
});
