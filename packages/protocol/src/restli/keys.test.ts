import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBatchIds } from './batch-ids.ts';
import { decodeBodyKey, decodePathKey, decodeResponseKey } from './decode-keys.ts';
import { encodeBatchIds, encodeBodyKey, encodePathKey } from './encode-keys.ts';
import { type ComplexKeyShape, type KeyShape, keyIdentity, SIMPLE_KEY, type TypedKey } from './key-shape.ts';
import { parseQuery } from './params.ts';

const candidate: ComplexKeyShape = { parts: ['atsCandidateId', 'dataProvider', 'integrationContext'] };
const odd: ComplexKeyShape = { parts: ['z.y[0]~', 'é b', 'a'] };
const integration: ComplexKeyShape = {
  parts: ['integrationContext', 'integrationType', 'tenantType', 'dataProvider'],
};
const refused = expect.objectContaining({ name: 'RestliError', status: 400 });
const byIdentity = (...keys: TypedKey[]) => new Map(keys.map((key) => [keyIdentity(key), key]));

const value = fc.oneof(
  fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
  fc.string({ unit: fc.constantFrom(...'%&=+,():\'~. []!*/?#;@$<>"\\é😀a1') }),
  fc.constantFrom(
    '',
    'a%26b',
    'a&b',
    'a+b',
    '100%',
    '%25',
    'a/b',
    '%2F',
    "it's",
    '$params',
    'List(a)',
    '__proto__',
  ),
);

describe.each(['1.0.0', '2.0.0'] as const)('protocol %s', (version) => {
  const shapes: readonly [string, KeyShape, fc.Arbitrary<TypedKey>][] = [
    ['complex', candidate, fc.tuple(value, value, value)],
    ['oddly named', odd, fc.tuple(value, value, value)],
    ['simple', SIMPLE_KEY, fc.tuple(value)],
  ];
  // In a 2.0 query two apostrophes are the empty string: the documented loss of WP7.
  const canStandInQuery = (key: TypedKey) => version === '1.0.0' || !key.includes("''");

  test.each(shapes)('WP13 %s keys survive path, query and body', (_, shape, key) => {
    fc.assert(
      fc.property(key, (typed) => {
        expect(decodePathKey(encodePathKey(typed, shape, version), shape, version)).toEqual(typed);
        const text = encodeBodyKey(typed, shape, version);
        expect(decodeBodyKey(text, shape, version, byIdentity(typed))).toEqual(typed);
        expect(decodeResponseKey(text, shape)).toEqual(typed);
        expect(decodeResponseKey(text, shape, byIdentity(typed))).toEqual(typed);
      }),
    );
    fc.assert(
      fc.property(fc.array(key.filter(canStandInQuery), { minLength: 1, maxLength: 8 }), (keys) => {
        const ids = decodeBatchIds(parseQuery(encodeBatchIds(keys, shape, version), version), shape, version);
        expect(ids.malformed).toEqual([]);
        expect(ids.keys).toEqual([...byIdentity(...keys).values()]);
      }),
    );
  });
});

test('WP12 WP14 a key with every reserved character, in the order and escaping of the protocol', () => {
  const shape: ComplexKeyShape = { parts: ['part3', 'part1', 'part2'] };
  const key = ['APPLE', "key!*'();:@&=+$,/?#[].~", '2'];
  const text1 = 'part1=key%21*%27%28%29%3B%3A%40%26%3D%2B%24%2C%2F%3F%23%5B%5D.%7E&part2=2&part3=APPLE';
  const text2 = '(part1:key!*%27%28%29;%3A@&=+$%2C/?#[].~,part2:2,part3:APPLE)';
  expect(encodeBodyKey(key, shape, '1.0.0')).toBe(text1);
  expect(encodeBodyKey(key, shape, '2.0.0')).toBe(text2);
  expect(decodeResponseKey(text1, shape)).toEqual(key);
  expect(decodeResponseKey(text2, shape)).toEqual(key);
});

test('WP14 spaces, empty parts and simple keys', () => {
  const shape: ComplexKeyShape = { parts: ['b', 'a'] };
  expect(encodeBodyKey(['x y', ''], shape, '1.0.0')).toBe('a=&b=x+y');
  expect(encodeBodyKey(['x y', ''], shape, '2.0.0')).toBe("(a:'',b:x y)");
  expect(encodePathKey(['x y', ''], shape, '1.0.0')).toBe('a=&b=x%20y');
  expect(encodeBatchIds([['x y', '']], shape, '2.0.0')).toBe("ids=List((a:'',b:x%20y))");
  expect(encodeBodyKey(['a:b/c d'], SIMPLE_KEY, '1.0.0')).toBe('a:b/c d');
  expect(encodeBatchIds([['a'], ['b&c']], SIMPLE_KEY, '1.0.0')).toBe('ids=a&ids=b%26c');
});

test('WP12 reads path keys in any order, with parameters, in either hex case', () => {
  const key = ['C/1', 'ATS', 'urn:li:organization:1'];
  const read = (raw: string, version: '1.0.0' | '2.0.0') => decodePathKey(raw, candidate, version);
  expect(
    read('integrationContext=urn:li:organization:1&dataProvider=ATS&atsCandidateId=C%2f1', '1.0.0'),
  ).toEqual(key);
  expect(
    read(
      '$params.x=1&atsCandidateId=C%2F1&dataProvider=ATS&integrationContext=urn%3Ali%3aorganization%3A1',
      '1.0.0',
    ),
  ).toEqual(key);
  expect(
    read(
      '($params:(),dataProvider:ATS,atsCandidateId:C%2F1,integrationContext:urn%3ali%3Aorganization%3a1)',
      '2.0.0',
    ),
  ).toEqual(key);
  expect(decodePathKey('urn%3Ali%3Aorganization%3A1', SIMPLE_KEY, '2.0.0')).toEqual([
    'urn:li:organization:1',
  ]);
});

test.each([
  'atsCandidateId=1&dataProvider=ATS',
  'atsCandidateId=1&dataProvider=ATS&integrationContext=x&more=1',
  'atsCandidateId=1&atsCandidateId=2&dataProvider=ATS&integrationContext=x',
  'atsCandidateId=%&dataProvider=ATS&integrationContext=x',
  'constructor=1&dataProvider=ATS&integrationContext=x',
  '(atsCandidateId:1,dataProvider:ATS,integrationContext:x)',
])('WP12 a malformed path key is refused in 1.0: %s', (raw) => {
  expect(() => decodePathKey(raw, candidate, '1.0.0')).toThrow(refused);
});

test.each([
  '(atsCandidateId:1,dataProvider:ATS)',
  '(atsCandidateId:1,dataProvider:ATS,integrationContext:urn:li:organization:1)',
  '(atsCandidateId:1,dataProvider:ATS,integrationContext:(a:b))',
  '(atsCandidateId:%ff,dataProvider:ATS,integrationContext:x)',
  'atsCandidateId=1&dataProvider=ATS&integrationContext=x',
])('WP12 a malformed path key is refused in 2.0: %s', (raw) => {
  expect(() => decodePathKey(raw, candidate, '2.0.0')).toThrow(refused);
});

test('WP22 L-019 both documented spellings of one answer key are the same key', () => {
  const key = ['urn:li:organization:4gX03uw', 'ONE_CLICK_EXPORT', 'RECRUITER', 'ATS'];
  const texts = [
    'integrationType=ONE_CLICK_EXPORT&tenantType=RECRUITER&dataProvider=ATS&integrationContext=urn%3Ali%3Aorganization%3A4gX03uw',
    'integrationContext=urn:li:organization:4gX03uw&integrationType=ONE_CLICK_EXPORT&tenantType=RECRUITER&dataProvider=ATS',
    '($params:(),integrationType:ONE_CLICK_EXPORT,tenantType:RECRUITER,dataProvider:ATS,integrationContext:urn%3Ali%3Aorganization%3a4gX03uw)',
    '(integrationType:ONE_CLICK_EXPORT,tenantType:RECRUITER,dataProvider:ATS,integrationContext:urn:li:organization:4gX03uw)',
  ];
  for (const text of texts) {
    expect(decodeResponseKey(text, integration)).toEqual(key);
    expect(decodeResponseKey(text, integration, byIdentity(key))).toEqual(key);
  }
});

test('WP22 the keys that were sent settle what an unescaped answer means', () => {
  const shape: ComplexKeyShape = { parts: ['id', 'dataProvider'] };
  const sent = byIdentity(['a+b', 'ATS'], ['100%', 'ATS'], ['x&y', 'ATS'], ['a%26b', 'ATS']);
  expect(decodeResponseKey('id=a+b&dataProvider=ATS', shape, sent)).toEqual(['a+b', 'ATS']);
  expect(decodeResponseKey('id=100%&dataProvider=ATS', shape, sent)).toEqual(['100%', 'ATS']);
  expect(decodeResponseKey('dataProvider=ATS&id=x&y', shape, sent)).toEqual(['x&y', 'ATS']);
  expect(decodeResponseKey('dataProvider=ATS&id=a%26b', shape, sent)).toEqual(['a%26b', 'ATS']);
  expect(() => decodeResponseKey('nothing', shape)).toThrow(expect.objectContaining({ status: 502 }));
});
