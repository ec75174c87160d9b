import { expect, test } from 'vitest';
import { decodeBatchIds } from './batch-ids.ts';
import { encodeBatchIds } from './encode-keys.ts';
import { type ComplexKeyShape, SIMPLE_KEY } from './key-shape.ts';
import { parseQuery } from './params.ts';

const shape: ComplexKeyShape = { parts: ['id', 'context'] };
const refused = expect.objectContaining({ name: 'RestliError', status: 400 });
const v1 = (query: string) => decodeBatchIds(parseQuery(query, '1.0.0'), shape, '1.0.0');
const v2 = (query: string) => decodeBatchIds(parseQuery(query, '2.0.0'), shape, '2.0.0');

test('WP15 repeats collapse, holes are passed over, indexes order', () => {
  const { keys, malformed } = v1(
    'ids[7].id=B&ids[7].context=urn:li:organization:1&ids%5B2%5D.context=urn%3ali%3Aorganization%3A1&ids%5b2%5d.id=A&ids[9].id=B&ids[9].context=urn:li:organization:1',
  );
  expect(keys).toEqual([
    ['A', 'urn:li:organization:1'],
    ['B', 'urn:li:organization:1'],
  ]);
  expect(malformed).toEqual([]);
  expect(v2('ids=List((id:B,context:x),(context:x,id:A),(context:x,id:B))').keys).toEqual([
    ['B', 'x'],
    ['A', 'x'],
  ]);
  expect(v2('ids=List()')).toEqual({ keys: [], byIdentity: new Map(), malformed: [] });
});

test('WP12 parameters of a key are no part of it', () => {
  expect(v1('ids[0].id=A&ids[0].context=x&ids[0].$params.p=1').keys).toEqual([['A', 'x']]);
  expect(v2('ids=List(($params:(p:1),id:A,context:x),($params:(),id:A,context:x))').keys).toEqual([
    ['A', 'x'],
  ]);
});

test('WP15 compound spelling, escaped twice', () => {
  expect(v1('ids=id%3Da%2526b%26context%3Dx&ids=context%3Dx%26id%3D2').keys).toEqual([
    ['a&b', 'x'],
    ['2', 'x'],
  ]);
});

test('WP16 a malformed id fails alone', () => {
  const one = v1(
    'ids[0].id=A&ids[0].context=x&ids[1].id=B&ids[2].id=%zz&ids[2].context=x&ids[3].id=C&ids[3].other=x',
  );
  expect(one.keys).toEqual([['A', 'x']]);
  expect(one.malformed.map(({ raw }) => raw)).toEqual(['id=B', 'id=%zz&context=x', 'id=C&other=x']);
  expect(one.malformed[0]?.message).toContain("'context' is missing");
  const two = v2('ids=List((id:A,context:x),(id:B),(id:%zz,context:x),(id:urn:li:a,context:x),C)');
  expect(two.keys).toEqual([['A', 'x']]);
  expect(two.malformed.map(({ raw }) => raw)).toEqual([
    '(id:B)',
    '(id:%zz,context:x)',
    '(id:urn:li:a,context:x)',
    'C',
  ]);
});

test('WP16 simple ids: alone in 1.0, the whole request in 2.0', () => {
  const one = decodeBatchIds(parseQuery('ids=a&ids=%zz&ids=b+c', '1.0.0'), SIMPLE_KEY, '1.0.0');
  expect(one.keys).toEqual([['a'], ['b c']]);
  expect(one.malformed).toHaveLength(1);
  for (const query of ['ids=List(a,%zz)', 'ids=List(a,)', 'ids=List(a,b:c)', 'ids=a', 'ids=List(a))']) {
    const read = () => decodeBatchIds(parseQuery(query, '2.0.0'), SIMPLE_KEY, '2.0.0');
    expect(read).toThrow(refused);
  }
});

test.each(['q=x', 'ids[-1].id=A', 'ids[x].id=A', 'ids.id=A', 'ids[0].id=A&ids[0].id=B', 'ids=a&ids[0].id=A'])(
  'WP6 the request as a whole is refused: %s',
  (query) => {
    expect(() => v1(query)).toThrow(refused);
  },
);

test('WP8 a list under version 1.0 names the header', () => {
  expect(() => v1('ids=List((id:A,context:x))')).toThrow(/X-RestLi-Protocol-Version: 2\.0\.0/);
});

test.each(['1.0.0', '2.0.0'] as const)('WP17 takes 100 ids and refuses 101 in %s', (version) => {
  const keys = Array.from({ length: 101 }, (_, n) => [`C${n}`, 'urn:li:organization:1']);
  const read = (count: number) =>
    decodeBatchIds(parseQuery(encodeBatchIds(keys.slice(0, count), shape, version), version), shape, version);
  expect(read(100).keys).toHaveLength(100);
  expect(() => read(101)).toThrow(refused);
});

test('WP10 a part named like a prototype member is an unknown part', () => {
  expect(v1('ids[0].__proto__=1&ids[0].constructor=2').malformed).toHaveLength(1);
});

test('WP11 floods of ids are refused', () => {
  const many = Array.from({ length: 10_000 }, (_, n) => `ids[${n}].id=${n}&ids[${n}].context=x`).join('&');
  expect(() => v1(many)).toThrow(refused);
  expect(() => v1(Array.from({ length: 10_000 }, (_, n) => `ids[0].p${n}=1`).join('&'))).toThrow(refused);
  expect(() => v2(`ids=List(${'(id:1),'.repeat(10_000)}`)).toThrow(refused);
  expect(() => v2(`ids=${'List('.repeat(100_000)}`)).toThrow(refused);
});
