/** Candidates as ATSs hold them, about 700 bytes each. The n-th is always the same, in every organisation. */
const FIRST = [
  'Ada',
  'Grace',
  'Edsger',
  'Barbara',
  'Donald',
  'Frances',
  'Tony',
  'Radia',
  'Leslie',
  'Shafi',
  'Jürgen',
  'Søren',
  'Mária',
  'Chidi',
  'Yuki',
];
const LAST = [
  'Lovelace',
  'Hopper',
  'Dijkstra',
  'Liskov',
  'Knuth',
  'Allen',
  'Hoare',
  'Perlman',
  'Lamport',
  'Goldwasser',
  'Müller',
  'Okonkwo',
  'Tanaka',
  'Øst',
];
const TITLES = [
  'Software Engineer',
  'Account Executive',
  'Nurse Practitioner',
  'Data Scientist',
  'Site Reliability Engineer',
  'Product Manager',
];

/** How many of the candidates are members of the directory as well: one in so many. */
export const MATCHED_EVERY = 20;

interface Person {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
}

function person(n: number): Person {
  const firstName = FIRST[n % FIRST.length] ?? '';
  const lastName = `${LAST[(n * 7) % LAST.length]}${letters(n)}`;
  return { firstName, lastName, email: `person.${n}@mail${n % 97}.example` };
}

export interface Candidate {
  readonly id: string;
  readonly record: Readonly<Record<string, unknown>>;
  /** Identifiers that can be matched: what a row of candidate_key stands for. */
  readonly identifiers: number;
  readonly isMatched: boolean;
}

export function candidate(n: number): Candidate {
  const { firstName, lastName, email } = person(n);
  const hasWorkAddress = n % 5 === 0;
  const hasProfileUrl = n % 3 === 0;
  const emailAddresses = hasWorkAddress ? [email, `${n}.work@company${n % 1_000}.example`] : [email];
  const record = {
    atsCreatedAt: 1_600_000_000_000 + n * 60_000,
    atsLastModifiedAt: 1_700_000_000_000 + n,
    firstName,
    lastName,
    emailAddresses,
    externalProfileUrl: `https://ats.example/candidates/${n}`,
    ...(hasProfileUrl
      ? { linkedInProfileUrl: `https://www.linkedin.com/in/person-${n}-${letters(n).toLowerCase()}` }
      : {}),
    phoneNumbers: [
      { number: `+1 (555) ${String(n % 1_000).padStart(3, '0')}-${String(n % 10_000).padStart(4, '0')}` },
    ],
    addresses: [
      {
        line1: `${n % 999} Main Street`,
        city: 'Springfield',
        geographicArea: 'IL',
        geographicAreaType: 'STATE',
        postalCode: '62701',
        country: 'us',
      },
    ],
    currentCompanyName: `Company ${n % 1_000} Incorporated`,
    currentJobTitle: TITLES[n % TITLES.length],
    doNotContact: false,
  };
  return {
    id: `C-${n}`,
    record,
    identifiers: emailAddresses.length + Number(hasProfileUrl) + Number(!isPlaceholder(n)),
    isMatched: n % MATCHED_EVERY === 0,
  };
}

/** Seven times the same digit is nobody's number. */
const isPlaceholder = (n: number): boolean => (n % 10_000) % 1_111 === 0;

/** A member who is that candidate, as a line of `import-members`. */
export function memberLine(n: number): string {
  const { firstName, lastName, email } = person(n);
  return JSON.stringify({
    id: `member-${n}`,
    firstName,
    lastName,
    emails: [email],
    location: 'Springfield, IL',
    headline: TITLES[n % TITLES.length],
  });
}

/** A number in letters, so that names differ as names do. */
function letters(n: number): string {
  let text = '';
  for (let rest = n; rest > 0; rest = Math.floor(rest / 26)) text += String.fromCharCode(97 + (rest % 26));
  return text;
}
