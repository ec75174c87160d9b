import { describe, expect, test } from 'vitest';
import { bitsOf, combine, estimate, PatternCounts, sharesOf } from './estimate.ts';

const levels = { name: ['same', 'other'], city: ['same', 'other'], title: ['same', 'other'] };

/** Pairs of which three in ten are one person, counted as they would come out. */
function mixture(): PatternCounts {
  const counts = new PatternCounts();
  const shares = {
    match: { name: 0.9, city: 0.7, title: 0.6 },
    other: { name: 0.01, city: 0.1, title: 0.05 },
  };
  for (const [who, size] of [
    ['match', 3000],
    ['other', 7000],
  ] as const) {
    const { name, city, title } = shares[who];
    for (const [n, ofName] of [
      ['same', name],
      ['other', 1 - name],
    ] as const)
      for (const [c, ofCity] of [
        ['same', city],
        ['other', 1 - city],
      ] as const)
        for (const [t, ofTitle] of [
          ['same', title],
          ['other', 1 - title],
        ] as const)
          for (let i = 0; i < Math.round(size * ofName * ofCity * ofTitle); i++)
            counts.add({ name: n, city: c, title: t });
  }
  return counts;
}
const unlike = {
  name: { same: 0.01, other: 0.99 },
  city: { same: 0.1, other: 0.9 },
  title: { same: 0.05, other: 0.95 },
};
const start = {
  name: { same: 0.8, other: 0.2 },
  city: { same: 0.8, other: 0.2 },
  title: { same: 0.8, other: 0.2 },
};

describe('estimate', () => {
  test('MA33 finds what pairs of one person look like without being told which they are', () => {
    const found = estimate(mixture().all(), { levels, unlike, blocked: new Set(), start });
    expect(found.share).toBeCloseTo(0.3, 1);
    expect(found.matches.name?.same).toBeCloseTo(0.9, 1);
    expect(found.matches.city?.same).toBeCloseTo(0.7, 1);
    expect(bitsOf(found.matches, unlike, 26).name?.same).toBeGreaterThan(6);
  });

  test('MA33 a field by which pairs were found is estimated from the other passes only', () => {
    const counted = mixture().all();
    const passes = [new Set(['name']), new Set(['city'])].map((blocked) => ({
      blocked,
      estimate: estimate(counted, { levels, unlike, blocked, start }),
    }));
    expect(Object.keys(passes[0]?.estimate.matches ?? {})).toEqual(['city', 'title']);
    const both = combine(passes, levels);
    expect(both.name?.same).toBeCloseTo(passes[1]?.estimate.matches.name?.same ?? 0, 9);
    expect(Object.keys(both)).toEqual(['name', 'city', 'title']);
  });

  test('MA33 a field that either side lacks says nothing', () => {
    const counts = new PatternCounts();
    for (let i = 0; i < 10; i++) counts.add({ name: 'same' });
    counts.add({ name: 'other', city: 'other' });
    expect(sharesOf(counts.all(), levels).city?.other).toBeCloseTo(0.75);
  });
});
