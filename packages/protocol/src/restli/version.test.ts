import { expect, test } from 'vitest';
import { negotiateVersion } from './version.ts';

test('WP1 knows two versions and takes an absent header for 1.0.0', () => {
  expect(negotiateVersion(undefined)).toBe('1.0.0');
  expect(negotiateVersion('1.0.0')).toBe('1.0.0');
  expect(negotiateVersion(' 2.0.0 ')).toBe('2.0.0');
});

test.each(['', '1', '3.0.0', '{{version}}'])('WP1 refuses version %j', (header) => {
  expect(() => negotiateVersion(header)).toThrow(expect.objectContaining({ status: 400 }));
});
