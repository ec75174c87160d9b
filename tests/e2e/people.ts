/** The people of the tests: the members of the directory and what the ATS holds of some of them. All invented. */

const YEAR = 2026;
export const LONG_FEEDBACK =
  'Very personable, and would do well here. I had some questions about the last position, it sounded as if things did ' +
  'not go well there; that may have been out of anybody’s hands, given the way it was told, and the attitude about the ' +
  'whole thing was good. The second round should go deeper into how the renewal of the three largest accounts was ' +
  'handled, because that is what this team will need in the first quarter. Closing words: strong yes.';

export const MARKUP = `<b>Not bold</b> <script>document.title = "owned"</script> & ${'x'.repeat(3000)}`;

const SKILLS = [
  'Negotiation',
  'Key accounts',
  'Forecasting',
  'CRM',
  'Freight',
  'Public speaking',
  'Onboarding',
  'Renewals',
  'SQL',
  'German',
  'Spanish',
  'Coaching',
  'Pricing',
  'Tenders',
];

/** One line of `import-members`. */
export interface MemberLine {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly [field: string]: unknown;
}

const position = (title: string, companyName: string, startDate: string, endDate: string | null = null) => ({
  title,
  companyName,
  startDate,
  endDate,
});

/** M1: in the ATS with a whole history. */
const mae: MemberLine = {
  id: 'm1',
  firstName: 'Mae',
  lastName: 'Norris',
  emails: ['mae.norris@mail.example'],
  headline: 'Account manager for freight and logistics',
  industry: 'Logistics',
  location: 'Greater Chicago Area',
  positions: [
    position('Account manager', 'Freshing', '2021-03'),
    position('Sales associate', 'Lumen & Co', '2017-06', '2021-02'),
  ],
  educations: [
    { school: 'Lakeside Institute', degree: 'BSc', field: 'Economics', startDate: '2013', endDate: '2017' },
  ],
  summary: 'Ten years between carriers and the people who depend on them.',
  skills: SKILLS,
  recommendations: [
    {
      author: 'Gabriel Francis',
      authorTitle: 'VP Sales, Lumen & Co',
      text: 'I would hire her again tomorrow.',
    },
  ],
  websites: ['https://mae.example/writing'],
  connections: ['m2', 'm3'],
  openToWork: true,
};

/** M2: a member the ATS knows nothing of. M3 and M4: others, in other scripts. M5: in the ATS for a secured job only. */
const others: MemberLine[] = [
  {
    id: 'm2',
    firstName: 'Blake',
    lastName: 'Burke',
    emails: ['blake@mail.example'],
    headline: 'Senior account manager',
    industry: 'Software',
    location: 'Berlin, Germany',
    positions: [position('Senior account manager', 'Hanseatic', '2019')],
    openToWork: true,
  },
  {
    id: 'm3',
    firstName: '太郎',
    lastName: '山田',
    emails: ['taro@mail.example'],
    headline: 'カスタマーサクセス',
    industry: 'Software',
    location: 'Tokyo, Japan',
    positions: [position('Customer success lead', 'Oriole', '2020-04')],
  },
  {
    id: 'm4',
    firstName: 'محمد',
    lastName: 'الفارسي',
    emails: ['mohammed@mail.example'],
    headline: 'مدير مبيعات',
    industry: 'Logistics',
    location: 'Muscat, Oman',
    positions: [position('Sales manager', 'Gulf Freight', '2018-09')],
  },
  {
    id: 'm5',
    firstName: 'Kelsey',
    lastName: 'Foster',
    emails: ['kelsey@mail.example'],
    headline: 'Head of sales',
    industry: 'Logistics',
    location: 'Oslo, Norway',
    positions: [position('Head of sales', 'Fjord Lines', '2016')],
  },
];

const GIVEN = ['Ada', 'Ben', 'Cleo', 'Dimitri', 'Elif', 'Finn', 'Grace', 'Hugo', 'Ines', 'Jonas'];
const FAMILY = ['Adler', 'Brandt', 'Castro', 'Duarte'];
/** Enough for two pages. Every fourth one has applied. */
const crowd: MemberLine[] = FAMILY.flatMap((lastName, row) =>
  GIVEN.map((firstName, column) => ({
    id: `crowd-${row}-${column}`,
    firstName,
    lastName,
    emails: [`${firstName}.${lastName}@crowd.example`.toLowerCase()],
    headline: `Analyst at ${lastName} Partners`,
    industry: 'Finance',
    location: row % 2 ? 'Lisbon, Portugal' : 'Berlin, Germany',
    positions: [position('Analyst', `${lastName} Partners`, `${YEAR - 8 + row}`)],
  })),
);

export const MEMBERS: readonly MemberLine[] = [mae, ...others, ...crowd];
export const CROWD_APPLICANTS: readonly MemberLine[] = crowd.filter((_, index) => index % 4 === 0);
