import { describe, expect, test } from 'vitest';
import { IdentifierKeys, KEY_KINDS } from './keys.ts';
import { candidateIdentityOf, candidatePerson, memberIdentityOf, memberPerson } from './person.ts';

const keys = new IdentifierKeys(Buffer.alloc(32, 1));
const ofEmails = (...emailAddresses: string[]) => keys.ofIdentity(candidateIdentityOf({ emailAddresses }));

describe('identifier keys', () => {
  test('MA7 keys depend on pepper, kind and canonical value alone', () => {
    expect(ofEmails('J.Doe@gmail.com')).toEqual(ofEmails('jdoe+x@googlemail.com'));
    expect(ofEmails('j.doe@gmail.com', 'jdoe@gmail.com')).toHaveLength(1);
    const [one] = ofEmails('jdoe@gmail.com');
    const identity = candidateIdentityOf({ emailAddresses: ['jdoe@gmail.com'] });
    const [other] = new IdentifierKeys(Buffer.alloc(32, 2)).ofIdentity(identity);
    expect(one?.key).toMatch(/^-?\d{1,19}$/);
    expect(one?.key).not.toBe(other?.key);
  });

  test('MA7 a closed account and a role mailbox have no key', () => {
    const closed = memberIdentityOf({
      memberId: 1,
      emails: ['jane@x.org'],
      phones: ['+49 30 901820'],
      profileUrls: ['linkedin.com/in/jane'],
      isClosed: true,
    });
    expect(keys.ofIdentity(closed)).toEqual([]);
    expect(ofEmails('info@x.org')).toEqual([]);
  });

  test('MA23 who does not want to be found by e-mail or phone has no key of it', () => {
    const member = { memberId: 1, emails: ['jane@x.org'], phones: ['+49 30 901820'] };
    const kinds = (wish: object) =>
      keys.ofIdentity(memberIdentityOf({ ...member, ...wish })).map(({ kind }) => kind);
    expect(kinds({})).toEqual([KEY_KINDS.email, KEY_KINDS.phone]);
    expect(kinds({ isFoundByEmail: false })).toEqual([KEY_KINDS.phone]);
    expect(kinds({ isFoundByPhone: false })).toEqual([KEY_KINDS.email]);
  });

  test('MA24 spellings of one family name are one family, other names are others', () => {
    expect(keys.family('Müller')).toBe(keys.family('Mueller'));
    expect(keys.family('王')).toBe(keys.family('Wong'));
    expect(keys.family('Петров')).toBe(keys.family('Petrov'));
    expect(keys.family('Smith')).not.toBe(keys.family('Jones'));
    expect(keys.family('-')).toBe('0');
  });
});

describe('soft keys', () => {
  const shared = (candidate: object, member: object) => {
    const held = new Set(keys.soft(memberPerson({ memberId: 1, ...member })).map(({ key }) => key));
    return keys.soft(candidatePerson(candidate)).filter(({ key }) => held.has(key)).length;
  };

  test.each([
    ['a typo in the given name', { firstName: 'Jhane', lastName: 'Fairbairn' }],
    ['the other order', { firstName: 'Fairbairn', lastName: 'Jane' }],
    ['an initial', { firstName: 'J.', lastName: 'Fairbairn' }],
    ['another family name', { firstName: 'Jane', lastName: 'Okafor' }],
  ])('MA25 lead to a member in spite of %s', (_, name) => {
    const known = { currentCompanyName: 'Acme Ltd', addresses: [{ city: 'Leeds', postalCode: 'LS1 4AP' }] };
    const member = {
      firstName: 'Jane',
      lastName: 'Fairbairn',
      positions: [{ companyName: 'Acme' }],
      address: { city: 'Leeds', postalCode: 'LS1 4AP' },
    };
    expect(shared({ ...name, ...known }, member)).toBeGreaterThan(0);
  });

  test('MA25 lead from one script to the other', () => {
    expect(
      shared({ firstName: '健一', lastName: '髙橋' }, { firstName: 'Kenichi', lastName: 'Takahashi' }),
    ).toBeGreaterThan(0);
    expect(
      shared(
        { firstName: 'Людмила', lastName: 'Щербакова' },
        { firstName: 'Lyudmila', lastName: 'Shcherbakova' },
      ),
    ).toBeGreaterThan(0);
    expect(
      shared({ firstName: '민준', lastName: '김' }, { firstName: 'Min-joon', lastName: 'Kim' }),
    ).toBeGreaterThan(0);
    expect(
      shared({ firstName: 'محمد', lastName: 'الشريف' }, { firstName: 'Mohamed', lastName: 'Elsherif' }),
    ).toBeGreaterThan(0);
  });
});
