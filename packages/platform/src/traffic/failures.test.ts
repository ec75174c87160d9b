import { errorBody } from '@carrick/protocol';
import { describe, expect, it } from 'vitest';
import { countRecords } from './count-records.ts';
import { failuresOf } from './failures.ts';

const batch = (errors: Record<string, unknown>) => ({
  status: 200,
  body: JSON.stringify({ results: { good: { status: 204 } }, errors }),
});
const violation = (message: string) => errorBody('INVALID_RECORD', message);

describe('failed keys', () => {
  it.each([
    [
      'ERROR :: /title :: field is required but not found and has no default value\n',
      '/title',
      'field is required but not found and has no default value',
    ],
    [
      'ERROR :: /atsCreatedAt :: "ada@example.com" cannot be coerced to Long\n',
      '/atsCreatedAt',
      'cannot be coerced to Long',
    ],
    [
      'ERROR :: /lastName :: 4915112345678 cannot be coerced to String\n',
      '/lastName',
      'cannot be coerced to String',
    ],
    [
      'ERROR :: /interviewType :: {"a":"b"} is not an enum symbol\n',
      '/interviewType',
      'is not an enum symbol',
    ],
    [
      'ERROR :: /emailAddresses/1 :: is not an e-mail address of the form X@X.X\n',
      '/emailAddresses/1',
      'is not an e-mail address of the form (address)',
    ],
    ['ERROR :: /a :: first\nERROR :: /b :: second\n', '/a', 'first'],
    ['There is no record with this key', null, 'There is no record with this key'],
    ['ERROR :: / :: the record cannot be stored', '/', 'the record cannot be stored'],
  ])('TR10 %j is field and rule without the value', (message, field, rule) => {
    const { keys, request } = failuresOf(batch({ C1: violation(message) }));
    expect(request).toBeNull();
    expect(keys).toEqual([{ key: 'C1', status: 422, code: 'INVALID_RECORD', field, rule }]);
  });

  it('TR10 a key that is an e-mail address is masked', () => {
    const key = 'atsCandidateId=ada%40example.com&dataProvider=ATS';
    const [failure] = failuresOf(batch({ [key]: errorBody('NOT_FOUND') })).keys;
    expect(failure?.key).toBe('atsCandidateId=(address)&dataProvider=ATS');
  });

  it('TR10 postings are named by their id, or their place', () => {
    const error = violation('ERROR :: /title :: must not be empty\n');
    const elements = [
      { id: 'urn', status: 202 },
      { status: 422, error },
      { status: 409, error: { ...error, errorDetails: { externalJobPostingId: 'J7' } } },
    ];
    const { keys } = failuresOf({ status: 200, body: JSON.stringify({ elements }) });
    expect(keys.map(({ key, field }) => [key, field])).toEqual([
      ['elements/1', '/title'],
      ['J7', '/title'],
    ]);
  });

  it('TR10 an answer whose records only talk of errors has none', () => {
    const body = JSON.stringify({ results: { a: { note: '"errors":{"x":1}' } }, errors: {}, statuses: {} });
    expect(failuresOf({ status: 200, body })).toEqual({ request: null, keys: [] });
  });

  it('TR9 a refused request is known by its code, and what it quoted of the request is left out', () => {
    const body = JSON.stringify(errorBody('BAD_REQUEST', "Unknown key part 'ada@example.com'"));
    expect(failuresOf({ status: 400, body }).request).toEqual({
      code: 'BAD_REQUEST',
      rule: 'Unknown key part …',
    });
    const token = JSON.stringify({ error: 'invalid_client_id', error_description: 'x' });
    expect(failuresOf({ status: 401, body: token }).request).toEqual({
      code: 'invalid_client_id',
      rule: null,
    });
  });
});

describe('records of a request', () => {
  const pairs = (...names: string[]) => ({
    ids: { version: '1.0.0' as const, pairs: names.map((name) => [name, ''] as const) },
  });
  const list = (text: string) => ({ ids: { version: '2.0.0' as const, text } });
  it.each([
    [pairs('ids', 'ids', 'ids'), 3],
    [pairs('ids[0].a', 'ids[0].b', 'ids[1].a', 'ids[1].b'), 2],
    [list('List()'), 0],
    [list('List(a)'), 1],
    [list('List((a:1,b:2),(a:3,b:4))'), 2],
    [list('List($params:(x:List(1,2)),b)'), 2],
    [{}, 0],
  ])('TR1 %j is counted before it is decoded', (params, count) => {
    expect(countRecords({ method: 'batch_update', params, bodyText: '' })).toBe(count);
  });

  it('TR1 postings are counted in the body, other requests are one record', () => {
    const posting = (bodyText: string) => countRecords({ method: 'batch_create', params: {}, bodyText });
    expect([posting('{"elements":[{},{}]}'), posting('{'), posting('null'), posting('[]')]).toEqual([
      2, 0, 0, 0,
    ]);
    expect(countRecords({ method: 'finder', params: {}, bodyText: '' })).toBe(1);
  });
});
