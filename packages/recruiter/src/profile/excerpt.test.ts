import { expect, test } from 'vitest';
import { excerpt } from './excerpt.ts';

test('UI48 what fits is not cut', () => {
  expect(excerpt('x'.repeat(320), 320)).toBeNull();
});

test('UI48 the cut falls between words', () => {
  expect(excerpt('one two three four', 12)).toBe('one two…');
  expect(excerpt('one two three four', 13)).toBe('one two three…');
});

test('UI48 UI75 scripts without spaces are cut between their words, within the limit', () => {
  const text = 'とても話しやすく、次の面接に進めるべきだと思います。'.repeat(20);
  const cut = excerpt(text, 320) ?? '';
  expect(cut.length).toBeGreaterThan(300);
  expect(cut.length).toBeLessThanOrEqual(321);
});

test('UI48 one endless word is cut where the limit is, never inside of a sign', () => {
  expect(excerpt('x'.repeat(400), 320)).toBe(`${'x'.repeat(320)}…`);
  expect(excerpt(`${'a'.repeat(9)}😀`, 10)).toBe(`${'a'.repeat(9)}…`);
});
