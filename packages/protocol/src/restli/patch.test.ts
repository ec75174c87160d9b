import { expect, test } from 'vitest';
import { applyPatch, parsePatch } from './patch.ts';

const apply = (entity: Record<string, unknown>, patch: unknown) => applyPatch(entity, parsePatch(patch));

test('WP35 sets, deletes and leaves the rest', () => {
  const entity = { a: 1, b: 2, c: { d: 3, e: 4 } };
  expect(apply(entity, { $set: { a: null, f: [1] }, $delete: ['b', 'x'], c: { $set: { d: 5 } } })).toEqual({
    a: null,
    c: { d: 5, e: 4 },
    f: [1],
  });
  expect(entity).toEqual({ a: 1, b: 2, c: { d: 3, e: 4 } });
  expect(apply(entity, {})).toEqual(entity);
});

test('WP35 branches into the absent and into what is no object', () => {
  expect(apply({}, { a: { $delete: ['b'] } })).toEqual({});
  expect(apply({ a: null }, { a: { b: { $set: { c: 1 } } } })).toEqual({ a: { b: { c: 1 } } });
  for (const value of [[1, 2], 'text', 7])
    expect(() => apply({ a: value }, { a: { $set: { '1': 2 } } })).toThrow(
      expect.objectContaining({ status: 422 }),
    );
});

test.each([
  [null],
  [[]],
  ['x'],
  [{ a: 1 }],
  [{ $set: [] }],
  [{ $delete: 'a' }],
  [{ $delete: [1] }],
  [{ $delete: ['a', 'a'] }],
  [{ $set: { a: 1 }, $delete: ['a'] }],
  [{ $set: { a: {} }, a: { $set: { b: 1 } } }],
  [{ a: { $set: { b: 1 } }, $delete: ['a'] }],
  [{ $reorder: [] }],
])('WP34 refuses %j', (patch) => {
  expect(() => parsePatch(patch)).toThrow(expect.objectContaining({ status: 400 }));
});

test('WP10 a field named __proto__ is a field', () => {
  const patched = apply({}, JSON.parse('{"$set":{"__proto__":{"x":1}}}'));
  expect(JSON.stringify(patched)).toBe('{"__proto__":{"x":1}}');
  expect(patched.x).toBeUndefined();
});

test('WP11 refuses deep nesting of patches', () => {
  const deep = JSON.parse(`${'{"a":'.repeat(1000)}{}${'}'.repeat(1000)}`);
  expect(() => parsePatch(deep)).toThrow(expect.objectContaining({ status: 400 }));
});
