import { expect, test } from 'vitest';
import { accuracyOf, type Decided } from './accuracy.ts';

const auto = (member: string, weight: number): Decided => ({
  decision: 'AUTO',
  member,
  best: member,
  weight,
});
const review = (member: string, weight: number): Decided => ({
  decision: 'REVIEW',
  member,
  best: member,
  weight,
});
const none = (best: string | null, weight: number | null): Decided => ({
  decision: 'NONE',
  member: null,
  best,
  weight,
});

const DECIDED = new Map<string, Decided>([
  ['a', auto('1', 30)],
  ['b', auto('2', 12)],
  ['c', review('3', 6)],
  ['d', review('9', 5)],
  ['e', none('5', 1)],
  ['f', none(null, null)],
]);
const TRUTH = new Map([
  ['a', '1'],
  ['b', null],
  ['c', '3'],
  ['d', '4'],
  ['e', '5'],
  ['f', null],
]);

test('MA60 precision, recall and false links follow from decisions and truth', () => {
  const { candidates, pairs, auto: linked, review: proposed, rankOne } = accuracyOf(DECIDED, TRUTH);
  expect([candidates, pairs]).toEqual([6, 4]);
  expect(linked).toMatchObject({ links: 2, precision: { value: 0.5 }, recall: { value: 0.25 } });
  expect(linked.f1).toBeCloseTo(1 / 3, 6);
  expect(linked.falseLinks).toMatchObject({ count: 1, perMillionCandidates: 1e6 / 6, perMillionLinks: 5e5 });
  expect(proposed).toMatchObject({ proposals: 2, yield: { value: 0.5 }, recallWithAuto: { value: 0.5 } });
  expect(rankOne.value).toBe(0.75);
});

test('MA60 the sweep takes the best member from each weight on, whatever was decided', () => {
  const { sweep, bestWithoutFalse, atPrecision } = accuracyOf(DECIDED, TRUTH);
  const at = (weight: number) => sweep.find((step) => step.weight === weight);
  expect(at(13)).toMatchObject({ links: 1, precision: { value: 1 } });
  expect(at(10)).toMatchObject({ links: 2, precision: { value: 0.5 } });
  expect(at(-10)).toMatchObject({ links: 5, recall: { value: 0.75 } });
  expect(bestWithoutFalse).toMatchObject({ weight: 30, links: 1 });
  expect(atPrecision['0.99']).toMatchObject({ weight: 30 });
});

test('MA60 candidates without a truth are left out, and of nothing nothing is wrong', () => {
  expect(accuracyOf(DECIDED, new Map()).candidates).toBe(0);
  expect(accuracyOf([], TRUTH).auto).toMatchObject({ links: 0, precision: { value: 1 }, f1: 1 });
});

test('MA60 bests of one weight count together', () => {
  const tied = new Map([
    ['a', none('1', 8)],
    ['b', none('7', 8)],
  ]);
  expect(accuracyOf(tied, TRUTH).bestWithoutFalse).toBeNull();
});
