import { encodeBatchIds, encodeBodyKey, RESOURCES, type ResourceDefinition } from '@carrick/protocol';
import { describe, expect, it } from 'vitest';
import { exchangeOf } from '../../scripts/postman/exchange.ts';
import { Judge } from '../../scripts/postman/judge.ts';

const all: readonly ResourceDefinition[] = RESOURCES;
const candidates = all.find(({ name }) => name === 'atsCandidates')!;
const KEY = ['C1', 'ATS', 'urn:li:organization:1'];
const wireKey = encodeBodyKey(KEY, candidates.key, '1.0.0');

function exchange(method: string, answer: object, body?: object) {
  return exchangeOf({
    item: { name: method },
    request: {
      method,
      url: {
        toString: () => `http://sandbox/v2/atsCandidates?${encodeBatchIds([KEY], candidates.key, '1.0.0')}`,
      },
      headers: { toObject: () => ({ Authorization: 'Bearer x' }) },
      ...(body ? { body: { toString: () => JSON.stringify(body) } } : {}),
    },
    response: {
      code: 200,
      headers: { toObject: () => ({ 'x-li-uuid': '1', 'x-restli-protocol-version': '1.0.0' }) },
      stream: Buffer.from(JSON.stringify(answer)),
    },
  });
}

const sent = { firstName: 'Ada', lastName: 'Byron' };
const stored = exchange(
  'PUT',
  { results: { [wireKey]: { status: 204 } }, errors: {} },
  { entities: { [wireKey]: sent } },
);
const read = (candidate: object) =>
  exchange('GET', { results: { [wireKey]: candidate }, errors: {}, statuses: {} });
const absent = { [wireKey]: { status: 404, message: 'There is none' } };

describe('what a run is judged by', () => {
  it.each([
    [
      'a key that is not stored',
      [exchange('PUT', { results: {}, errors: absent }, { entities: { [wireKey]: sent } })],
    ],
    [
      'a key that is not answered',
      [exchange('PUT', { results: {}, errors: {} }, { entities: { [wireKey]: sent } })],
    ],
    ['another value than was sent', [stored, read({ ...sent, lastName: 'King' })]],
    ['a value that is missing', [stored, read({ firstName: 'Ada' })]],
    [
      'a record that was never sent and can be deleted',
      [exchange('DELETE', { results: { [wireKey]: { status: 204 } }, errors: {} })],
    ],
    ['a link that nobody set', [stored, read({ ...sent, manualMatchedMember: 'urn:li:person:x' })]],
  ])('RF6 %s fails the run', (_, exchanges) => {
    const judge = new Judge();
    for (const each of exchanges) judge.hear(each);
    expect(judge.problems).not.toEqual([]);
  });

  it('RF5 what is read, stored and deleted as sent passes', () => {
    const judge = new Judge();
    const gone = exchange('DELETE', { results: { [wireKey]: { status: 204 } }, errors: {} });
    for (const each of [stored, read(sent)]) judge.hear(each);
    judge.compare('before', [{ kind: 'candidate', key: ['C1'], record: sent }]);
    judge.hear(gone);
    judge.hear(exchange('DELETE', { results: {}, errors: absent }));
    judge.compare('after', []);
    expect(judge.problems).toEqual([]);
  });

  it('RF6 what is stored and was not sent, or was deleted, fails the run', () => {
    const judge = new Judge();
    judge.hear(stored);
    const other = { kind: 'candidate', key: ['C2'], record: sent };
    judge.compare('now', [{ kind: 'candidate', key: ['C1'], record: { ...sent, lastName: 'King' } }, other]);
    expect(judge.problems).toEqual([
      expect.stringContaining('holds lastName as "King"'),
      expect.stringContaining('["candidate","C2"] is stored, and should not be'),
    ]);
  });
});
