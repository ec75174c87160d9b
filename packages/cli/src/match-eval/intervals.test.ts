import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countInterval, shareInterval } from './intervals.ts';

test('MA60 intervals of shares are those of Wilson', () => {
  const { low, high } = shareInterval(8, 10);
  expect(low).toBeCloseTo(0.4902, 4);
  expect(high).toBeCloseTo(0.9433, 4);
  expect(shareInterval(0, 0)).toEqual({ low: 0, high: 1 });
  expect(shareInterval(5, 5).high).toBe(1);
});

test.each([
  [0, 0, 3.6889],
  [1, 0.0253, 5.5716],
  [10, 4.7954, 18.3904],
  [25, 16.1787, 36.9049],
  [1000, 938.97, 1063.96],
])('MA60 intervals of counts are the exact ones of Poisson: %i', (count, low, high) => {
  const interval = countInterval(count);
  expect(interval.low).toBeCloseTo(low, 1);
  expect(interval.high).toBeCloseTo(high, 1);
});

test('MA60 an interval holds what was measured', () => {
  fc.assert(
    fc.property(fc.nat(3_000), fc.nat(3_000), (some, more) => {
      const of = some + more + 1;
      const share = shareInterval(some, of);
      const count = countInterval(some);
      expect(share.low).toBeLessThanOrEqual(some / of);
      expect(share.high).toBeGreaterThanOrEqual(some / of);
      expect(count.low).toBeLessThanOrEqual(some);
      expect(count.high).toBeGreaterThan(some);
    }),
  );
});
