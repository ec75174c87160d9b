import { expect, test } from 'vitest';
import { gapsIn } from './gaps.ts';

test('AD25 5.4 A1 a silence is a run without calls that is long enough, after the first call, to the end of the picture', () => {
  expect(gapsIn([0, 0, 3, 0, 1, 0, 0, 2, 0, 0, 0], 2)).toEqual([
    { from: 5, to: 7 },
    { from: 8, to: 11 },
  ]);
  expect(gapsIn([0, 0, 0], 1)).toEqual([]);
  expect(gapsIn([1, 0], 1)).toEqual([{ from: 1, to: 2 }]);
  expect(gapsIn([], 1)).toEqual([]);
});
