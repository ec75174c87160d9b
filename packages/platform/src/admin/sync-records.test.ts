import { expect, test } from 'vitest';
import { type LinkedRow, warningsOf } from './sync-records.ts';

const STORED = [{ kind: 'candidate', year: 2024, stored: 1_000, last_at: 1, first_created_at: 1 }] as const;

const codesOf = (recent: [linked: number, of: number], former: [linked: number, of: number]) => {
  const row: LinkedRow = {
    recent: recent[1],
    recent_linked: recent[0],
    former: former[1],
    former_linked: former[0],
  };
  return warningsOf(STORED, [], row, 0).flatMap((warning) =>
    warning.code === 'links-changed' ? [[warning.share, warning.usual]] : [],
  );
};

test('AD24 a day whose candidates are all members, or suddenly none, is warned of; few of them say nothing', () => {
  expect(codesOf([198, 200], [600, 1_000])).toEqual([[0.99, 0.6]]);
  expect(codesOf([198, 200], [990, 1_000])).toEqual([]);
  expect(codesOf([99, 100], [600, 1_000])).toEqual([]);
  expect(codesOf([198, 200], [60, 100])).toEqual([]);
  expect(codesOf([20, 200], [600, 1_000])).toEqual([[0.1, 0.6]]);
  expect(codesOf([40, 200], [600, 1_000])).toEqual([]);
  expect(codesOf([0, 200], [100, 1_000])).toEqual([]);
});
