import { expect, test } from 'vitest';
import { earlierBy, isAhead, isLater } from './cursor.ts';

test.each([
  ['2024-03-01 00:00:01', '2024-02-29 23:59:59'],
  ['2024-03-01 12:00:00.250000', '2024-03-01 11:59:58'],
  ['2024-03-01', '2024-02-29 23:59:58'],
  ['1709294400', '1709294398'],
  ['1709294400000', '1709294398000'],
  ['1709294400000000', '1709294398000000'],
  ['4711', '4711'],
  ['0000-00-00 00:00:00', '0000-00-00 00:00:00'],
])('CO18 two seconds before %s is %s', (cursor, earlier) => {
  expect(earlierBy(cursor, 2000)).toBe(earlier);
});

test('CO18 numbers are compared by value, dates as text', () => {
  expect(isLater('1000', '999')).toBe(true);
  expect(isLater('999', '1000')).toBe(false);
  expect(isLater('2024-03-01 12:00:00.5', '2024-03-01 12:00:00')).toBe(true);
  expect(isLater('2024-03-01 12:00:00', '2024-03-01 12:00:00')).toBe(false);
});

test.each([
  ['2027-03-01 00:00:00', true],
  ['2026-01-05 20:00:00', false],
  ['1803859200', true],
  ['1767600000000', false],
  ['4711', false],
  ['0000-00-00 00:00:00', false],
])('CO18 %s lies in the future: %j', (cursor, isFuture) => {
  expect(isAhead(cursor, Date.UTC(2026, 0, 5, 9))).toBe(isFuture);
});
