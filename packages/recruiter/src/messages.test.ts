import { expect, test } from 'vitest';
import { messages, roundNumber } from './messages.ts';

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1K+'],
  [6_849_999, '6.8M+'],
  [49_123_456, '49M+'],
])('UI19 %i is shown as %s', (count, shown) => {
  expect(roundNumber(count)).toBe(shown);
});

test('UI19 words agree with their number', () => {
  expect([0, 1, 2].map(messages.search.people)).toEqual(['0 people', '1 person', '2 people']);
  expect(messages.search.people(12_345)).toBe('12K+ people');
  expect(messages.search.peopleExactly(12_345)).toBe('12,345 people');
});

test.each([
  [1, 3, '1 active, 3 past jobs'],
  [2, 1, '2 active, 1 past job'],
  [1, 0, '1 active job'],
  [0, 3, '3 past jobs'],
])('UI34 L-088 %i active and %i past jobs read "%s"', (active, past, shown) => {
  expect(messages.ats.jobs(active, past)).toBe(shown);
});
