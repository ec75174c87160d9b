import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import { canonicalKey, canonicalRecord, recordDigest } from './digests.ts';

const sha256 = (text: string) => hash('sha256', text, 'hex');
const KEY = ['A-1', 'S "1"'];
const STAGE = { stage: 'Phone screen – später', atsCreatedAt: 1_767_600_000_000 };

test('DT1 key and record are written in one way, whatever the order of fields and however nothing is said', () => {
  expect(canonicalKey('stage', KEY)).toBe('["stage","A-1","S \\"1\\""]');
  expect(canonicalRecord('stage', STAGE)).toBe(
    '{"atsCreatedAt":1767600000000,"stage":"Phone screen – später"}',
  );
  const candidate = {
    lastName: 'Byron',
    addresses: [{ country: 'GB', city: null, line1: '1 Mill Lane' }],
    emailAddresses: [],
    suffix: null,
    manualMatchedMember: 'urn:li:person:x',
    unknownField: 1,
  };
  const text =
    '{"addresses":[{"country":"GB","line1":"1 Mill Lane"}],"emailAddresses":[],"lastName":"Byron"}';
  expect(canonicalRecord('candidate', candidate)).toBe(text);
  expect(canonicalRecord('candidate', Object.fromEntries(Object.entries(candidate).reverse()))).toBe(text);
  expect(canonicalRecord('entityAcl', {})).toBe('{}');
});

test('DT1 the digest of docs/spec/digests.md', () => {
  const key = '["stage","A-1","S \\"1\\""]';
  const record = '{"atsCreatedAt":1767600000000,"stage":"Phone screen – später"}';
  const digest = recordDigest(sha256, 'stage', KEY, STAGE);
  expect(digest).toBe(sha256(key).slice(0, 8) + sha256(key + record).slice(0, 24));
  expect(digest).toBe('64beb4cb8a79d6594404d795f3e74ccc');
});
