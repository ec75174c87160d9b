import { expect, test } from 'vitest';
import { checkCandidateLine } from './candidate-line.ts';

test('MA62 of a candidate only the id is needed', () => {
  expect(checkCandidateLine({ id: 'a' })).toMatchObject({
    id: 'a',
    record: { firstName: '', lastName: '', emailAddresses: [], phoneNumbers: [], currentCompanyName: null },
  });
  expect(checkCandidateLine({ id: 7, firstName: null, emailAddresses: null })).toMatchObject({ id: '7' });
});

test('MA62 numbers may come as they do on the wire or as plain texts', () => {
  const line = { id: 'a', phoneNumbers: ['+1 212 234 5678', { number: '030 1', extension: '2' }, null, {}] };
  expect(checkCandidateLine(line)).toMatchObject({
    record: { phoneNumbers: [{ number: '+1 212 234 5678' }, { number: '030 1', extension: '2' }] },
  });
});

test.each([
  [{ firstName: 'Ann' }, 'missing id'],
  [{ id: '' }, 'wrong type of id'],
  [{ id: 'a', lastName: 7 }, 'wrong type of lastName'],
  [{ id: 'a', emailAddresses: 'ann@x.org' }, 'wrong type of emailAddresses'],
  [{ id: 'a', lastName: 'x\u0000' }, 'holds a character that cannot be stored'],
  [['a'], 'not an object'],
  [null, 'not an object'],
])('MA62 a wrong candidate is refused by field, without its value: %#', (line, refused) => {
  expect(checkCandidateLine(line)).toEqual({ refused });
});
