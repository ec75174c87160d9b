import { expect, test } from 'vitest';
import { memberForm, memberOfForm } from './member-form.ts';
import { type MemberFields, memberPerson } from './person.ts';

const members: readonly MemberFields[] = [
  { memberId: 1 },
  {
    memberId: 2,
    firstName: 'María José "Pepa"',
    lastName: 'García Márquez Jr.',
    middleName: 'L.',
    maidenName: 'de la Hoya',
    emails: ['M.Garcia+x@googlemail.com', 'maria@garcia.example', 'info@garcia.example'],
    phones: ['0171 1234567', '+34 91 123 45 67', 'no number'],
    profileUrls: ['https://www.linkedin.com/in/maria-garcia', 'https://linkedin.com/in/maria'],
    address: { line1: '12 High Street', city: 'Wien', postalCode: '1010', country: 'at' },
    location: 'Москва, Russia',
    headline: 'Engineer at Initech',
    positions: [
      { title: 'Sr. Engineer', companyName: 'Initech GmbH', endDate: '2020' },
      { title: 'VP', companyName: 'Globex' },
    ],
  },
  {
    memberId: 3,
    firstName: '小明',
    lastName: '欧阳',
    location: '北京',
    isFoundByEmail: false,
    emails: ['x@y.org'],
  },
  { memberId: 4, firstName: 'Unknown', lastName: '', headline: 'Baker at Crumb & Sons' },
];

test.each(members)('MA50 a stored member is compared as the profile would be: $memberId', (fields) => {
  const { name, phones, companies, titles, places, ...rest } = memberPerson(fields);
  const stored = memberOfForm(fields.memberId, memberForm(fields, memberPerson(fields)));
  expect(stored).toMatchObject({ ...rest, phones, companies, titles, places });
  expect(stored.name).toEqual(name);
});
