import { describe, expect, test } from 'vitest';
import { amongRivals, CERTAINTY, probabilityOf, type Standing, standingOf } from './certainty.ts';
import { WEIGHTS } from './model.ts';

const EVIDENCE: Readonly<Record<Standing, { field: string; level: string }[]>> = {
  identified: [
    { field: 'name', level: 'nickname' },
    { field: 'email', level: 'canon' },
  ],
  contested: [
    { field: 'name', level: 'family' },
    { field: 'phone', level: 'exact' },
  ],
  alike: [
    { field: 'name', level: 'exact' },
    { field: 'email', level: 'typo' },
    { field: 'company', level: 'exact' },
  ],
};
const STANDINGS: readonly Standing[] = ['identified', 'contested', 'alike'];

describe('certainty', () => {
  test('MA39 it was counted under the weights that hold', () => {
    expect(CERTAINTY.weights).toBe(WEIGHTS.version);
    expect(CERTAINTY.measured.candidates).toBeGreaterThanOrEqual(100_000);
  });

  test.each(STANDINGS)('MA39 %s: it rises with the weight and is never 0 nor 1', (standing) => {
    let last = 0;
    for (let weight = -60; weight <= 120; weight += 0.5) {
      const probability = probabilityOf(weight, EVIDENCE[standing]);
      // A share of few pairs is drawn a little to the middle.
      expect(probability).toBeGreaterThanOrEqual(last - 0.002);
      last = probability;
      expect(probability > 0 && probability < 1).toBe(true);
    }
  });

  test('MA39 what a pair rests on shows in its evidence', () => {
    for (const standing of STANDINGS) expect(standingOf(EVIDENCE[standing])).toBe(standing);
    expect(standingOf([...EVIDENCE.identified, { field: 'url', level: 'different' }])).toBe('contested');
  });

  test('MA39 of several who are proposed one is right at most', () => {
    expect(amongRivals([0.8])[0]).toBeCloseTo(0.8);
    const [first = 0, second = 0, third = 0] = amongRivals([0.95, 0.95, 0.76]);
    expect(first).toBeCloseTo(second);
    expect(first).toBeLessThan(0.5);
    expect(first + second + third).toBeLessThan(1);
    expect(third).toBeLessThan(second);
  });

  test('MA39 without an identifier nobody is told to be almost certain at the weight of a link', () => {
    expect(probabilityOf(WEIGHTS.autoBits, EVIDENCE.alike)).toBeLessThan(0.95);
  });
});
