import { expect, test } from 'vitest';
import { inferMethod } from './method.ts';
import { parseQuery } from './params.ts';

const infer = (httpMethod: string, hasPathKey: boolean, query: string, headerMethod?: string) =>
  inferMethod({ httpMethod, hasPathKey, params: parseQuery(query, '1.0.0'), headerMethod });

test.each([
  ['GET', true, '', 'get'],
  ['GET', false, 'q=request&requestId=1', 'finder'],
  ['GET', false, 'q=a&bq=b', 'finder'],
  ['GET', false, 'bq=b', 'batch_finder'],
  ['GET', false, 'ids=1', 'batch_get'],
  ['GET', false, 'fields=a', 'get_all'],
  ['PUT', true, '', 'update'],
  ['PUT', false, 'ids[0].a=1', 'batch_update'],
  ['POST', true, '', 'partial_update'],
  ['POST', false, 'ids%5B0%5D.a=1', 'batch_partial_update'],
  ['POST', false, 'action=go', 'action'],
  ['POST', true, 'action=go', 'action'],
  ['POST', false, '', 'create'],
  ['DELETE', true, '', 'delete'],
  ['DELETE', false, 'ids=1', 'batch_delete'],
  ['delete', false, 'ids=1', 'batch_delete'],
] as const)('WP2 %s, path key %s, query %j is %s', (verb, hasPathKey, query, method) => {
  expect(infer(verb, hasPathKey, query)).toBe(method);
  expect(infer(verb, hasPathKey, query, ` ${method.toUpperCase()}`)).toBe(method);
});

test('WP2 batch create needs its header, empty lists are batches', () => {
  expect(infer('POST', false, '', 'Batch_Create')).toBe('batch_create');
  const params = parseQuery('ids=List()', '2.0.0');
  expect(inferMethod({ httpMethod: 'GET', hasPathKey: false, params })).toBe('batch_get');
});

test.each([
  ['GET', false, 'ids=1', 'batch_delete'],
  ['GET', false, '', 'batch_get'],
  ['POST', false, 'ids=1', 'batch_create'],
  ['PUT', false, 'ids=1', 'batch_partial_update'],
  ['POST', true, '', 'update'],
  ['GET', false, '', 'fetch'],
  ['GET', false, '', '{{method}}'],
  ['GET', false, '', '__proto__'],
])('WP3 %s, path key %s, query %j is not %s', (verb, hasPathKey, query, header) => {
  expect(() => infer(verb, hasPathKey, query, header)).toThrow(expect.objectContaining({ status: 400 }));
});

test.each([
  ['GET', true, 'ids=1', 400],
  ['GET', false, 'action=go', 400],
  ['PUT', false, '', 400],
  ['DELETE', false, 'q=x', 400],
  ['PATCH', true, '', 405],
])('WP4 %s, path key %s, query %j is refused with %i', (verb, hasPathKey, query, status) => {
  expect(() => infer(verb, hasPathKey, query)).toThrow(expect.objectContaining({ status }));
});
