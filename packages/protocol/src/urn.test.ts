import { expect, test } from 'vitest';
import { formatUrn, isContractUrn, isOrganizationUrn, isPersonUrn, parseUrn } from './urn.ts';

test('WP36 reads type and id', () => {
  expect(parseUrn('urn:li:organization:4gX03uw')).toEqual({ type: 'organization', id: '4gX03uw' });
  expect(parseUrn('urn:li:someOther:(a,b:c)')).toEqual({ type: 'someOther', id: '(a,b:c)' });
});

test.each([
  '',
  'urn:li:organization',
  'urn:li:organization:',
  'urn:li::1',
  'urn:xx:person:1',
  'URN:LI:person:1',
  'urn:li:person:a b',
  'urn:li:person:a\u0000',
])('WP36 refuses %j', (text) => {
  expect(parseUrn(text)).toBeNull();
});

test('WP36 guards by type', () => {
  expect(isOrganizationUrn('urn:li:organization:1')).toBe(true);
  expect(isOrganizationUrn('urn:li:contract:1')).toBe(false);
  expect(isContractUrn('urn:li:contract:1')).toBe(true);
  expect(isPersonUrn(17)).toBe(false);
});

test('WP36 formats what it can read', () => {
  expect(formatUrn('person', 'x_-9')).toBe('urn:li:person:x_-9');
  expect(() => formatUrn('seat', '')).toThrow(RangeError);
});
