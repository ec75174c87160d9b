import { expect, test } from 'vitest';
import { parseFields, project } from './projection.ts';

const candidate = {
  matchedMembers: ['urn:li:person:1'],
  manualMatchedMember: null,
  address: { city: 'Oslo', country: { code: 'NO', name: 'Norway' } },
  phones: [{ number: '1', type: 'HOME' }, { number: '2' }],
};
const pick = (fields: string) => project(candidate, parseFields(fields));

test('WP33 chooses fields, nested ones, and leaves out', () => {
  expect(pick('matchedMembers,manualMatchedMember,absent')).toEqual({
    matchedMembers: ['urn:li:person:1'],
    manualMatchedMember: null,
  });
  expect(pick('address:(country:(code))')).toEqual({ address: { country: { code: 'NO' } } });
  expect(pick('address%3A%28city%29%2Cphones:($*:(number))')).toEqual({
    address: { city: 'Oslo' },
    phones: [{ number: '1' }, { number: '2' }],
  });
  expect(pick('phones:(type)')).toEqual({ phones: [{ type: 'HOME' }, {}] });
  expect(pick('-address,-phones')).toEqual({
    matchedMembers: ['urn:li:person:1'],
    manualMatchedMember: null,
  });
  expect(pick('address:($*)')).toEqual({ address: candidate.address });
  expect(pick('__proto__,constructor')).toEqual({});
});

test.each(['', ',', 'a,', 'a:', 'a:b', 'a:(b', 'a)', 'a b', '-a:(b)', 'a:($start:x)', '%zz'])(
  'WP33 refuses %j',
  (fields) => {
    expect(() => parseFields(fields)).toThrow(expect.objectContaining({ status: 400 }));
  },
);

test('WP11 refuses deep nesting of fields', () => {
  expect(() => parseFields('a:('.repeat(50_000))).toThrow(expect.objectContaining({ status: 400 }));
});

test('WP44 $start and $count cut an array, with and without a choice of what is in its elements', () => {
  const entity = {
    list: [
      { x: 1, y: 1 },
      { x: 2, y: 2 },
      { x: 3, y: 3 },
    ],
  };
  const cut = (fields: string) => project(entity, parseFields(fields));
  expect(cut('list:($start:1,$count:1)')).toEqual({ list: [{ x: 2, y: 2 }] });
  expect(cut('list:($*:(x),$start:1)')).toEqual({ list: [{ x: 2 }, { x: 3 }] });
  expect(cut('list:(-x,$count:1)')).toEqual({ list: [{ y: 1 }] });
  expect(cut('list:($count:0)')).toEqual({ list: [] });
});
