import type { OutgoingRecord } from '@carrick/connector';
import type { MemberLine } from './people.ts';
import { at, type Batch } from './records.ts';
import type { Population } from './world.ts';

/** The people of the tests about who is who. All invented. */

const position = (title: string, companyName: string) => ({
  title,
  companyName,
  startDate: '2019-03',
  endDate: null,
});

/** Found in one field and differing in others; each has a record in `candidates` below. */
const members: readonly MemberLine[] = [
  // M6: the record under the same mailbox is another Morgan Reed.
  {
    id: 'm6',
    firstName: 'Morgan',
    lastName: 'Reed',
    emails: ['reed.family@mail.example'],
    headline: 'Warehouse lead at Northbound',
    industry: 'Logistics',
    location: 'Leeds, United Kingdom',
    positions: [position('Warehouse lead', 'Northbound')],
  },
  {
    id: 'm6-right',
    firstName: 'Morgan',
    lastName: 'Reed-Alvarez',
    emails: ['morgan.ra@mail.example'],
    headline: 'Data engineer at Tidewater Analytics',
    industry: 'Software',
    location: 'Valencia, Spain',
    positions: [position('Data engineer', 'Tidewater Analytics')],
  },
  {
    id: 'blake',
    firstName: 'Blake',
    lastName: 'Burkhardt',
    emails: ['hidden.address@mail.example'],
    phones: ['+49 30 901820'],
    headline: 'Senior account manager at Hanseatic',
    industry: 'Software',
    location: 'Berlin, Germany',
    positions: [position('Senior account manager', 'Hanseatic')],
  },
  ...(['Ltd', 'Labs', 'Lines'] as const).map((suffix, index) => ({
    id: `okafor-${index}`,
    firstName: 'Chidi',
    lastName: 'Okafor',
    emails: [`chidi${index}@mail.example`],
    headline: `Product designer at Bluefield ${suffix}`,
    industry: 'Design',
    location: 'Lagos, Nigeria',
    positions: [position('Product designer', index === 1 ? 'Harborlight' : `Bluefield ${suffix}`)],
  })),
  {
    id: 'yui',
    firstName: '結衣',
    lastName: '田中',
    emails: ['tanaka@mail.example'],
    headline: 'UX リサーチャー',
    industry: 'Design',
    location: 'Osaka, Japan',
    positions: [position('UX researcher', 'Oriole')],
  },
  {
    id: 'nina',
    firstName: 'Nina',
    lastName: 'Kowalczyk',
    emails: ['nina.k@mail.example'],
    headline: 'Site reliability engineer at Pinebridge',
    industry: 'Software',
    location: 'Gdańsk, Poland',
    positions: [position('Site reliability engineer', 'Pinebridge')],
  },
  {
    id: 'mae',
    firstName: 'Mae',
    lastName: 'Norris',
    emails: ['mae.norris@mail.example'],
    phones: ['+1 312 555 0123'],
    headline: 'Account manager for freight and logistics',
    industry: 'Logistics',
    location: 'Chicago, United States',
    positions: [position('Account manager', 'Freshing')],
  },
  ...Array.from({ length: 24 }, (_, no) => ({
    id: `filler-${no}`,
    firstName: ['Ada', 'Ben', 'Cleo', 'Elif', 'Finn', 'Hugo'][no % 6] ?? '',
    lastName: ['Adler', 'Brandt', 'Castro', 'Duarte'][Math.floor(no / 6)] ?? '',
    emails: [`filler${no}@mail.example`],
    headline: 'Analyst',
    industry: 'Finance',
    location: 'Lisbon, Portugal',
    positions: [position('Analyst', 'Adler Partners')],
  })),
];

export const candidate = (id: string, fields: object): OutgoingRecord => ({
  id,
  record: {
    emailAddresses: [],
    atsCreatedAt: at('2025-03-03'),
    atsLastModifiedAt: at('2026-01-08'),
    externalProfileUrl: `https://ats.example/candidates/${id}`,
    ...fields,
  },
});

/** The other Morgan Reed. */
export const WRONG = candidate('c-m6', {
  firstName: 'Morgan',
  lastName: 'Reed',
  emailAddresses: ['reed.family@mail.example'],
  currentJobTitle: 'Data engineer',
  currentCompanyName: 'Tidewater Analytics',
  addresses: [{ city: 'Valencia', country: 'ES' }],
});

const candidates: readonly OutgoingRecord[] = [
  WRONG,
  candidate('c-mae', {
    firstName: 'Mae',
    lastName: 'Norris',
    emailAddresses: ['mae.norris@mail.example'],
    phoneNumbers: [{ number: '+1 312 555 0123' }],
    currentJobTitle: 'Account manager',
    currentCompanyName: 'Freshing',
    addresses: [{ city: 'Chicago', country: 'US' }],
  }),
  candidate('c-blake', {
    firstName: 'Blake',
    lastName: 'Burkhardt',
    emailAddresses: ['b.burkhardt@hanseatic.example'],
    phoneNumbers: [{ number: '+49 170 5550123' }],
    currentJobTitle: 'Account manager',
    currentCompanyName: 'Hanseatic GmbH',
    addresses: [{ city: 'Berlin', country: 'DE' }],
  }),
  candidate('c-okafor', {
    firstName: 'Chidi',
    lastName: 'Okafor',
    currentJobTitle: 'Product designer',
    currentCompanyName: 'Bluefield',
    addresses: [{ city: 'Lagos', country: 'NG' }],
  }),
  candidate('c-nina', {
    firstName: 'Nina',
    lastName: 'Kowalczyk',
    currentJobTitle: 'Reliability engineer',
    currentCompanyName: 'Pinebridge',
    addresses: [{ city: 'Gdansk', country: 'PL' }],
  }),
  candidate('c-nobody', {
    firstName: 'Sasha',
    lastName: 'Lindqvist',
    emailAddresses: ['jobs@agency.example', 'noemail@ats.example'],
    currentJobTitle: 'Translator',
  }),
  candidate('c-alone', {
    firstName: 'Priya',
    lastName: 'Raman',
    emailAddresses: ['priya.raman@home.example'],
    currentJobTitle: 'Chemist',
    currentCompanyName: 'Elmwood Labs',
  }),
];

const applied = (id: string, atsCandidateId: string, jobId: string, title: string): OutgoingRecord => ({
  id,
  record: {
    atsCandidateId,
    atsJobPostingId: jobId,
    atsJobPostingName: title,
    firstName: 'As',
    lastName: 'Applied',
    atsCreatedAt: at('2025-06-01'),
    atsLastModifiedAt: at('2025-06-01'),
  },
});

export const WHO_IS_WHO: Population = {
  members,
  batches: (): Batch[] => [
    { kind: 'candidate', parentId: null, records: candidates },
    {
      kind: 'application',
      parentId: null,
      records: [
        applied('a-m6', 'c-m6', 'JX2320', 'Account Manager'),
        applied('a-mae', 'c-mae', 'JX1200', 'Senior Account Manager'),
        applied('a-blake', 'c-blake', 'JX1200', 'Senior Account Manager'),
      ],
    },
    {
      kind: 'stage',
      parentId: 'a-m6',
      records: [{ id: 's-1', record: { stage: 'Phone screen', atsCreatedAt: at('2025-07-01') } }],
    },
  ],
};
