import { expect, test } from 'vitest';
import { decodePathKey } from './decode-keys.ts';
import { SIMPLE_KEY } from './key-shape.ts';
import { checkLimits, escapeRawBytes } from './limits.ts';

test.each([
  [`/v2/x?${'a'.repeat(4097)}`, 0],
  [`/v2/${'a'.repeat(4097)}`, 0],
  [`/${'a/'.repeat(4096)}`, 0],
  ['/v2/x', 28_670],
])('WP28 too long is 414: %#', (rawUrl, headerBytes) => {
  expect(() => checkLimits(rawUrl, headerBytes)).toThrow(expect.objectContaining({ status: 414 }));
});

test('WP28 what just fits is taken', () => {
  checkLimits(`/v2/x?${'a'.repeat(4096)}`, 20_000);
  checkLimits(`/${'a'.repeat(4096)}`);
});

test('WP29 unescaped bytes of a URL are UTF-8', () => {
  // As HTTP servers deliver it: one char per byte.
  const received = String.fromCharCode(...new TextEncoder().encode('é😀%20x'));
  expect(decodePathKey(escapeRawBytes(received), SIMPLE_KEY, '1.0.0')).toEqual(['é😀 x']);
  expect(() => decodePathKey(escapeRawBytes('\u00e9'), SIMPLE_KEY, '2.0.0')).toThrow();
});
