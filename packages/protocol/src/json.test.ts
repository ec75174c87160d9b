import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseEntities, parseJson } from './json.ts';

const asParsed = (text: string): ReadonlyMap<string, unknown> | undefined => {
  const { entities } = parseJson(text) as { readonly entities: object };
  return new Map(Object.entries(entities));
};

test('WP52 the entities of a body are read as JSON is, or left to its parser', () => {
  const record = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue());
  const entities = fc.dictionary(fc.string({ unit: 'binary' }), record, { maxKeys: 6 });
  fc.assert(
    fc.property(entities, fc.constantFrom(undefined, 1, '\t'), (value, space) => {
      const text = JSON.stringify({ entities: value }, null, space);
      const read = parseEntities(text);
      if (read !== undefined) expect([...read]).toEqual([...(asParsed(text) ?? [])]);
    }),
  );
});

test('WP52 what most senders write is read at once', () => {
  const text =
    '{"entities": {"id=1&dataProvider=ATS": {"a":"}\\"{", "b":[1,{}]}, "id=2": {} , "id=2": {"c":1}}}\n';
  expect([...(parseEntities(text) ?? [])]).toEqual([...(asParsed(text) ?? [])]);
  expect(parseEntities(text)?.size).toBe(2);
});

test.each([
  '{"entities":{"2":{},"1":{}}}', // in the order of numbers
  '{"entities":{"a":{}},"more":1}',
  '{"more":1,"entities":{"a":{}}}',
  '{"entities":{"a":1}}',
  '{"entities":{"a\\n":{}}}',
  '{"entities":{"a\n":{}}}',
  '{"entities":{\u00a0"a":{}}}',
  '{"entities":{}}',
  '{"entities":{"a":{"n":12345678901234567890}}}',
  '{"entities":{"a":{},}}',
  '{"entities":{"a":{}}',
  '{"entities":{"a":{]}}}',
  '{"entities":{"a":{"b":1},{"c":2}}}',
  '{"entities":{"a":{"b":[}]}}}',
  '',
])('WP52 %j is left to the parser', (text) => {
  expect(parseEntities(text)).toBeUndefined();
});
