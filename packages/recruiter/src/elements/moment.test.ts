import { expect, test } from 'vitest';
import { distance, month } from './moment.ts';

const MINUTE = 60_000;
test.each([
  [0, 'now'],
  [-5 * MINUTE, 'now'],
  [4 * MINUTE, '4 min. ago'],
  [90 * MINUTE, '1 hr. ago'],
  [49 * 60 * MINUTE, '2 days ago'],
])('UI75 %i ms ago is said as "%s", and a clock that runs ahead is not the future', (passedMs, shown) => {
  const seenAt = 1_700_000_000_000;
  expect(distance(seenAt - passedMs, seenAt)).toBe(shown);
});

test.each([
  ['2019-03', 'Mar 2019'],
  ['2019', '2019'],
  ['2019-03-31', 'Mar 2019'],
  ['spring', 'spring'],
])('UI75 the month %s is said as "%s"', (date, shown) => {
  expect(month(date)).toBe(shown);
});
