import { expect, test } from 'vitest';
import { pageNumbers } from './page-numbers.ts';

test.each([
  [1, 1, [1]],
  [1, 3, [1, 2, 3]],
  [4, 4, [1, 2, 3, 4]],
  [5, 9, [1, null, 4, 5, 6, null, 9]],
  [1, 40, [1, 2, null, 40]],
  [4, 9, [1, 2, 3, 4, 5, null, 9]],
])('UI14 on page %i of %i stand the first, the last and those around', (page, count, shown) => {
  expect(pageNumbers(page, count)).toEqual(shown);
});
