import { describe, expect, test } from 'vitest';
import { decide } from './decide.ts';
import { startingModel } from './model.ts';
import { type CandidateFields, candidatePerson, type MemberFields, memberPerson } from './person.ts';

const model = startingModel(100_000);
const decided = (candidate: CandidateFields, ...members: MemberFields[]) =>
  decide(
    candidatePerson(candidate),
    members.map((fields) => memberPerson(fields)),
    model,
  );
const jane: MemberFields = { memberId: 7, firstName: 'Jane', lastName: 'Doe', emails: ['janedoe@gmail.com'] };

describe('decide', () => {
  test('MA11 L-043 links by canonical e-mail when the name agrees', () => {
    const fields = { firstName: 'Jane', lastName: 'Doe', emailAddresses: ['Jane.Doe+x@googlemail.com'] };
    expect(decided(fields, jane)).toMatchObject({ outcome: 'AUTO', memberId: 7 });
  });

  test('MA11 L-044 links by phone number, however it is written', () => {
    const fields = {
      firstName: 'Jane',
      lastName: 'Doe',
      phoneNumbers: [{ number: '(0) 30 901820' }],
      addresses: [{ country: 'Germany' }],
    };
    expect(decided(fields, { ...jane, phones: ['+49 30 901820'] })).toMatchObject({ outcome: 'AUTO' });
  });
});
