import { expect, test } from 'vitest';
import { batchResponse, mergeBatchResponse } from './envelope.ts';
import { type ComplexKeyShape, keyIdentity, SIMPLE_KEY } from './key-shape.ts';

const shape: ComplexKeyShape = { parts: ['id', 'context'] };
const notFound = { status: 404, message: 'No such candidate' };

test('WP30 both maps are always there, a key is in one of them', () => {
  expect(batchResponse([], [])).toBe('{"results":{},"errors":{}}');
  expect(batchResponse([], [], { statuses: true })).toBe('{"results":{},"errors":{},"statuses":{}}');
  const text = batchResponse(
    [
      ['a', { status: 204 }],
      ['b', { status: 204 }],
    ],
    [['b', notFound]],
  );
  expect(JSON.parse(text)).toEqual({
    results: { a: { status: 204 } },
    errors: { b: notFound },
  });
});

test('WP10 a key named __proto__ is answered like any other', () => {
  const text = batchResponse([['__proto__', { status: 204 }]], [['constructor', notFound]]);
  expect(text).toBe(
    `{"results":{"__proto__":{"status":204}},"errors":{"constructor":${JSON.stringify(notFound)}}}`,
  );
  const merged = mergeBatchResponse(JSON.parse(text), SIMPLE_KEY);
  expect([...merged.values()].map(({ status }) => status)).toEqual([204, 404]);
});

test('WP31 errors win, results may fail', () => {
  const merged = mergeBatchResponse(
    {
      results: {
        'id=1&context=urn:li:organization:1': { status: 204 },
        'context=urn%3Ali%3Aorganization%3A1&id=2': { status: 204 },
        'id=3&context=x': { status: 422, message: 'too long' },
        'id=4&context=x': { status: 400, error: { status: 403, message: 'not yours' } },
        'id=5&context=x': { firstName: 'Ada' },
        'id=6&context=x': { status: 404 },
      },
      errors: { '(context:urn%3Ali%3Aorganization%3A1,id:2)': notFound, 'id=7&context=x': {} },
      statuses: {},
    },
    shape,
  );
  const outcome = (id: string, context = 'x') => merged.get(keyIdentity([id, context]));
  expect(outcome('1', 'urn:li:organization:1')).toMatchObject({
    status: 204,
    key: ['1', 'urn:li:organization:1'],
  });
  expect(outcome('2', 'urn:li:organization:1')).toMatchObject({ status: 404, error: notFound });
  expect(outcome('3')).toMatchObject({ status: 422, error: { message: 'too long' } });
  expect(outcome('4')).toMatchObject({ status: 403, error: { message: 'not yours' } });
  expect(outcome('5')).toEqual({ key: ['5', 'x'], status: 200, entity: { firstName: 'Ada' } });
  expect(outcome('6')?.error?.status).toBe(404);
  expect(outcome('7')?.status).toBe(500);
  expect(merged.size).toBe(7);
});

test('WP31 what is no batch answer is refused, an unreadable key reported', () => {
  const gateway = expect.objectContaining({ status: 502 });
  for (const answer of [null, 'x', [], { results: [] }, { errors: 1 }, { errors: { 'id=1': notFound } }]) {
    expect(() => mergeBatchResponse(answer, shape)).toThrow(gateway);
  }
  const unknown: string[] = [];
  const onUnknownKey = (raw: string) => void unknown.push(raw);
  expect(mergeBatchResponse({ errors: { 'id=1': notFound } }, shape, { onUnknownKey }).size).toBe(0);
  expect(unknown).toEqual(['id=1']);
});

test('WP22 an answer that echoes unescaped keys is told apart by the keys sent', () => {
  const sentKeys = new Map(
    [
      ['a+b', 'x'],
      ['a&b', 'x'],
    ].map((key) => [keyIdentity(key), key]),
  );
  const merged = mergeBatchResponse(
    { results: { 'context=x&id=a+b': { status: 204 }, 'context=x&id=a&b': { status: 204 } }, errors: {} },
    shape,
    { sentKeys },
  );
  expect([...merged.keys()]).toEqual([...sentKeys.keys()]);
});
