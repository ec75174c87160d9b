import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseEntities } from '../json.ts';
import { decodeBodyKey } from './decode-keys.ts';
import { encodeBodyKey } from './encode-keys.ts';
import { type ComplexKeyShape, keyIdentity, SIMPLE_KEY, type TypedKey } from './key-shape.ts';
import { matchEntities } from './match-entities.ts';

const shape: ComplexKeyShape = { parts: ['id', 'dataProvider'] };
const keysOf = (...ids: string[]) =>
  new Map(ids.map((id): [string, TypedKey] => [keyIdentity([id, 'ATS']), [id, 'ATS']]));
const v1 = (entities: Record<string, unknown>, ...ids: string[]) =>
  matchEntities(new Map(Object.entries(entities)), keysOf(...ids), shape, '1.0.0').map(({ key, value }) => [
    key[0],
    value,
  ]);

test.each([
  ['id=a%26b&dataProvider=ATS', 'a&b'],
  ['dataProvider=ATS&id=a&b', 'a&b'],
  ['id=a%26b&dataProvider=ATS', 'a%26b'],
  ['id=a+b&dataProvider=ATS', 'a b'],
  ['id=a+b&dataProvider=ATS', 'a+b'],
  ['id=a%2Bb&dataProvider=ATS', 'a+b'],
  ['dataProvider=ATS&id=100%', '100%'],
  ['id=100%25&dataProvider=ATS', '100%'],
  ['id=a=b&dataProvider=ATS', 'a=b'],
  ['id=a%20+b&dataProvider=ATS', 'a +b'],
  ['$params.x=1&id=😀&dataProvider=ATS', '😀'],
])('WP18 the body key %j is the id %j of the query', (raw, id) => {
  expect(decodeBodyKey(raw, shape, '1.0.0', keysOf(id, 'other'))).toEqual([id, 'ATS']);
  expect(v1({ [raw]: 1 }, id)).toEqual([[id, 1]]);
});

test('WP18 two readings that are different ids are refused', () => {
  expect(() => decodeBodyKey('id=a+b&dataProvider=ATS', shape, '1.0.0', keysOf('a b', 'a+b'))).toThrow(
    /two different keys/,
  );
  expect(() => v1({ 'id=a+b&dataProvider=ATS': 1, 'id=a b&dataProvider=ATS': 2 }, 'a b', 'a+b')).toThrow(
    expect.objectContaining({ status: 400 }),
  );
});

describe.each(['1.0.0', '2.0.0'] as const)('protocol %s', (version) => {
  test('WP19 canonical keys always find their ids, whatever else is in the batch', () => {
    const id = fc.string({
      unit: fc.constantFrom('a', '%', '2', '5', 'B', '6', '+', ' ', '&', '='),
      maxLength: 5,
    });
    fc.assert(
      fc.property(fc.uniqueArray(id, { maxLength: 12 }), (ids) => {
        const keys = keysOf(...ids);
        const entities = new Map(
          [...keys.values()].map((key) => [encodeBodyKey(key, shape, version), key[0]]),
        );
        const matched = matchEntities(entities, keys, shape, version);
        expect(matched).toHaveLength(keys.size);
        for (const { key, value } of matched) expect(value).toBe(key[0]);
      }),
    );
  });
});

test('WP19 unescaped keys never reach another id', () => {
  const id = fc.string({
    unit: fc.constantFrom('a', '%', '2', '5', 'B', '6', '+', ' ', '&', '='),
    maxLength: 4,
  });
  fc.assert(
    fc.property(fc.uniqueArray(id, { minLength: 1, maxLength: 6 }), (ids) => {
      const entities = Object.fromEntries(ids.map((one) => [`dataProvider=ATS&id=${one}`, one]));
      let matched: ReturnType<typeof v1>;
      try {
        matched = v1(entities, ...ids);
      } catch (error) {
        expect(error).toMatchObject({ status: 400 });
        return;
      }
      for (const [key, value] of matched) expect(value).toBe(key);
    }),
  );
});

test.each([
  [
    'a body key that is not in the query',
    { 'id=1&dataProvider=ATS': 1, 'id=2&dataProvider=ATS': 2 },
    /Entity key 'id=2&dataProvider=ATS' not found in the query parameter/,
  ],
  ['an id without an entity', {}, /Batch request mismatch\. URI keys: .* Entity keys: ''/],
  [
    'one key twice',
    { 'id=1&dataProvider=ATS': 1, 'dataProvider=ATS&id=1': 2 },
    /Duplicate key in batch request body: 'dataProvider=ATS&id=1'/,
  ],
  ['an unknown part', { 'id=1&dataProvider=ATS&more=2': 1 }, /Unknown key part 'more'/],
  ['a missing part', { 'id=1': 1 }, /'dataProvider' is missing/],
])('WP20 refuses %s', (_, entities: Record<string, unknown>, message) => {
  expect(() => v1(entities, '1')).toThrow(
    expect.objectContaining({ status: 400, message: expect.stringMatching(message) }),
  );
});

test('WP21 the entity of a malformed id does not spoil the others', () => {
  const entities = new Map(Object.entries({ 'id=1&dataProvider=ATS': 1, 'id=2': 2, 'id=3': 3 }));
  const malformed = [
    { raw: 'id=2', message: '' },
    { raw: 'id=3', message: '' },
  ];
  expect(matchEntities(entities, keysOf('1'), shape, '1.0.0', malformed)).toHaveLength(1);
  expect(() => matchEntities(entities, keysOf('1'), shape, '1.0.0', malformed.slice(1))).toThrow();
});

test('WP20 2.0 bodies: fully escaped or reduced, parameters, strict about raw colons', () => {
  const match = (raw: string) =>
    matchEntities(new Map([[raw, 1]]), keysOf('a:b c'), shape, '2.0.0').find(
      ({ key }) => keyIdentity(key) === keyIdentity(['a:b c', 'ATS']),
    )?.value;
  expect(match('(id:a%3Ab c,dataProvider:ATS)')).toBe(1);
  expect(match('($params:(),dataProvider:ATS,id:a%3ab%20c)')).toBe(1);
  expect(() => match('(id:a:b c,dataProvider:ATS)')).toThrow(expect.objectContaining({ status: 400 }));
});

test('WP18 simple keys stand unescaped; escaped ones are understood', () => {
  const keys = new Map(['a b', 'a%20b', 'é'].map((id): [string, TypedKey] => [keyIdentity([id]), [id]]));
  const values = (entities: Record<string, unknown>) =>
    matchEntities(new Map(Object.entries(entities)), keys, SIMPLE_KEY, '2.0.0').map(
      ({ key, value }) => `${key[0]}→${value}`,
    );
  expect(values({ 'a b': 1, 'a%20b': 2, é: 3 })).toEqual(['a b→1', 'a%20b→2', 'é→3']);
  expect(() => values({ 'a%20b': 1, 'a%2520b': 2, é: 3 })).toThrow(/Duplicate/);
  const single = new Map([[keyIdentity(['é']), ['é']]]);
  expect(matchEntities(new Map([['%C3%A9', 1]]), single, SIMPLE_KEY, '2.0.0')).toHaveLength(1);
});

test('WP10 an entity named __proto__ is an entity', () => {
  const entities = parseEntities('{"entities":{"__proto__":{"a":1}}}') ?? new Map();
  const keys = new Map([[keyIdentity(['__proto__']), ['__proto__']]]);
  expect(matchEntities(entities, keys, SIMPLE_KEY, '1.0.0')).toMatchObject([{ value: { a: 1 } }]);
});
