import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance, isWithinOne, isWithinTwo } from './edit-distance.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 9 });
/** One word, and what a few slips make of it. */
const slipped = fc
  .tuple(word, fc.array(fc.tuple(fc.nat(9), fc.constantFrom('', 'a', 'bc', 'd')), { maxLength: 3 }))
  .map(([text, slips]) => [
    text,
    slips.reduce((now, [at, put]) => `${now.slice(0, at)}${put}${now.slice(at + 1)}`, text),
  ]);

test('MA8 one slip and two are counted without a table as they are with one', () => {
  fc.assert(
    fc.property(slipped, ([a = '', b = '']) => {
      const distance = editDistance(a, b);
      expect([isWithinOne(a, b), isWithinTwo(a, b)]).toEqual([distance <= 1, distance <= 2]);
    }),
    { numRuns: 2_000 },
  );
  expect(isWithinTwo(`${'a'.repeat(80)}b`, 'a'.repeat(80))).toBe(true);
});
