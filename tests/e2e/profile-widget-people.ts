import { candidate } from './matches-people.ts';
import type { MemberLine } from './people.ts';
import type { Population } from './world.ts';

/** The people of the tests about the widget beside a record. All invented. */

const position = (
  title: string,
  companyName: string,
  startDate: string,
  endDate: string | null = null,
): object => ({ title, companyName, startDate, endDate });

const SKILLS = [
  'Project management',
  'Product management',
  'Product strategy',
  'Product marketing',
  'Business analysis',
  'Product launch',
  'Data analysis',
  'Agile methods',
  'Software development',
  'Cross-functional leadership',
  'Team management',
  'Budgets',
  'Road maps',
  'Workshops',
  'Hiring',
  'SQL',
  'Portuguese',
];

export const CATARINA: MemberLine = {
  id: 'catarina',
  firstName: 'Catarina',
  lastName: 'Moreau',
  emails: ['catarina@mail.example'],
  headline: 'Project manager at Larkfield',
  industry: 'Computer software',
  location: 'Greater Chicago Area',
  summary: 'Brings people who disagree to one plan.',
  websites: ['https://catarina.example/portfolio'],
  positions: [
    position('Project manager', 'Larkfield', '2021-03'),
    position('Project manager', 'Mintwood', '2017-06', '2021-02'),
    position('Analyst', 'Forty-Four Elk', '2015-01', '2017-05'),
    position('Trainee', 'Oldest & Sons', '2013-01', '2014-12'),
  ],
  educations: [{ school: 'Lakeside Institute', degree: 'BSc', field: 'Economics', endDate: '2012' }],
  skills: SKILLS,
  recommendations: [
    { author: 'Barbara Allan', authorTitle: 'Engineer at Acorn', text: 'Does what she puts her mind to.' },
  ],
  connections: ['gabriel', 'ida'],
};

const members: readonly MemberLine[] = [
  CATARINA,
  { id: 'gabriel', firstName: 'Gabriel', lastName: 'Frey', connections: ['sandbox-1-r1'] },
  { id: 'ida', firstName: 'Ida', lastName: 'Quist', connections: ['sandbox-1-r1'] },
  // The record under this mailbox is the other Morgan's.
  {
    id: 'wrong',
    firstName: 'Morgan',
    lastName: 'Reed',
    emails: ['reed.family@mail.example'],
    headline: 'Warehouse lead at Northbound',
    positions: [position('Warehouse lead', 'Northbound', '2019-03')],
  },
  {
    id: 'right',
    firstName: 'Morgan',
    lastName: 'Reed',
    emails: ['morgan.right@mail.example'],
    headline: 'Data engineer at Tidewater',
    positions: [position('Data engineer', 'Tidewater', '2019-03')],
  },
  { id: 'bare', firstName: 'Bea', lastName: 'Bare', emails: ['bare@mail.example'] },
  { id: 'still', firstName: 'Stella', lastName: 'Still', emails: ['still@mail.example'] },
  { id: 'leaving', firstName: 'Leo', lastName: 'Leaving', emails: ['leaving@mail.example'] },
  ...['Ltd', 'Labs'].map((suffix, no) => ({
    id: `okafor-${no}`,
    firstName: 'Chidi',
    lastName: 'Okafor',
    emails: [`chidi${no}@mail.example`],
    headline: `Product designer at Bluefield ${suffix}`,
    location: 'Lagos, Nigeria',
    positions: [position('Product designer', `Bluefield ${suffix}`, '2019-03')],
  })),
];

export const LATE = candidate('c-late', {
  firstName: 'Bea',
  lastName: 'Bare',
  emailAddresses: ['bare@mail.example'],
});

const candidates = [
  candidate('c-catarina', {
    firstName: 'Catarina',
    lastName: 'Moreau',
    emailAddresses: ['catarina@mail.example'],
  }),
  candidate('c-morgan', {
    firstName: 'Morgan',
    lastName: 'Reed',
    emailAddresses: ['reed.family@mail.example'],
    currentCompanyName: 'Tidewater',
  }),
  candidate('c-bare', { firstName: 'Bea', lastName: 'Bare', emailAddresses: ['bare@mail.example'] }),
  candidate('c-still', { firstName: 'Stella', lastName: 'Still', emailAddresses: ['still@mail.example'] }),
  candidate('c-leaving', { firstName: 'Leo', lastName: 'Leaving', emailAddresses: ['leaving@mail.example'] }),
  candidate('c-nobody', { firstName: 'Nora', lastName: 'Nowhere' }),
  candidate('c-chidi', {
    firstName: 'Chidi',
    lastName: 'Okafor',
    currentJobTitle: 'Product designer',
    currentCompanyName: 'Bluefield',
    addresses: [{ city: 'Lagos', country: 'NG' }],
  }),
];

export const BESIDE_RECORDS: Population = {
  members,
  batches: () => [{ kind: 'candidate', parentId: null, records: candidates }],
};
