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

test.each(['', ',', 'a,', 'a:', 'a:b', 'a:(b', 'a)', 'a b', '-a:(b)', 'a:($start:1)', '%zz'])(
  'WP33 refuses %j',
  (fields) => {
    expect(() => parseFields(fields)).toThrow(expect.objectContaining({ status: 400 }));
  },
);

test('WP11 refuses deep nesting of fields', () => {
  expect(() => parseFields('a:('.repeat(50_000))).toThrow(expect.objectContaining({ status: 400 }));
});
