import { CAREERS, type Career, COMPANIES, DEGREES, SCHOOLS } from './careers.ts';
import { type Name, ORIGINS, type Origin } from './names.ts';
import type { Random } from './random.ts';

/** Somebody of the demo world, before it is decided who knows of them: the directory, the ATS or both. */
export interface Person {
  readonly number: number;
  readonly origin: Origin;
  readonly given: Name;
  readonly family: Name;
  readonly place: readonly [city: string, region: string];
  readonly career: Career;
  readonly careerNumber: number;
  readonly seniority: number;
  readonly email: string;
  readonly phone: string;
  readonly profileUrl: string;
  /** Newest first; the first is current. */
  readonly positions: readonly {
    title: string;
    companyName: string;
    startDate: string;
    endDate: string | null;
  }[];
}

const MAIL_HOSTS = ['postbox.example', 'mailhaus.example', 'correo.example', 'inbox.example'] as const;

/** A full name seldom occurs twice, as in life; nothing else of two people is the same. */
export function makePeople(count: number, random: Random, thisYear: number): Person[] {
  return Array.from({ length: count }, (_, number) => makePerson(number, random, thisYear));
}

function makePerson(number: number, random: Random, thisYear: number): Person {
  const origin = at(ORIGINS, number % ORIGINS.length);
  const round = Math.floor(number / ORIGINS.length);
  // A walk over all pairs of given and family names before one comes again.
  const given = at(origin.given, round % origin.given.length);
  const family = at(origin.family, (round + Math.floor(round / origin.given.length)) % origin.family.length);
  const careerNumber = random.between(0, CAREERS.length - 1);
  const career = at(CAREERS, careerNumber);
  const seniority = random.between(0, career.titles.length - 1);
  const slug = `${given.latin}.${family.latin}`.toLowerCase().replaceAll(/[^a-z.]/g, '');
  return {
    number,
    origin,
    given,
    family,
    place: random.pick(origin.places),
    career,
    careerNumber,
    seniority,
    email: `${slug}${number}@${random.pick(MAIL_HOSTS)}`,
    // 555-01xx are reserved for fiction; the area code makes them different people's.
    phone: `+1 ${201 + (number % 700)} 555 01${String(number % 100).padStart(2, '0')}`,
    profileUrl: `https://www.linkedin.com/in/${slug.replace('.', '-')}-${number}`,
    positions: makePositions(career, seniority, random, thisYear),
  };
}

function makePositions(
  career: Career,
  seniority: number,
  random: Random,
  thisYear: number,
): Person['positions'] {
  const companies = random.some(COMPANIES, seniority + 1);
  let end: string | null = null;
  let year = thisYear - random.between(0, 3);
  return companies.map((companyName, step) => {
    const startDate = `${year}-${String(random.between(1, 12)).padStart(2, '0')}`;
    const position = { title: at(career.titles, seniority - step), companyName, startDate, endDate: end };
    end = startDate;
    year -= random.between(2, 4);
    return position;
  });
}

/** A line of the member import. */
export function memberLine(
  person: Person,
  random: Random,
  context: { organization: string; everybody: readonly string[]; staff: readonly string[]; thisYear: number },
) {
  const { given, family, place, origin, career, positions } = person;
  const [current] = positions;
  const graduated = context.thisYear - 4 - person.seniority * 4 - random.between(0, 3);
  return {
    id: memberId(person),
    firstName: given.native,
    lastName: family.native,
    emails: [person.email],
    phones: [person.phone],
    profileUrls: [person.profileUrl],
    headline: `${current?.title ?? career.titles[0]} at ${current?.companyName ?? COMPANIES[0]}`,
    summary: `${career.industry}: ${random.some(career.skills, 3).join(', ')}.`,
    industry: career.industry,
    pictureUrl: null,
    location: place.join(', '),
    address: { city: place[0], geographicArea: place[1], country: origin.country },
    positions,
    educations: [
      {
        school: random.pick(SCHOOLS),
        degree: random.pick(DEGREES),
        field: career.field,
        startDate: String(graduated - 4),
        endDate: String(graduated),
      },
    ],
    skills: random.some(career.skills, random.between(3, career.skills.length)),
    recommendations: random.chance(0.2)
      ? [
          {
            author: 'Odile Marchetti',
            authorTitle: career.titles.at(-1) ?? null,
            text: 'Calm, exact and generous with time.',
          },
        ]
      : [],
    connections: [
      ...random.some(context.everybody, random.between(2, 14)).filter((id) => id !== memberId(person)),
      ...(random.chance(0.15) ? [random.pick(context.staff)] : []),
    ],
    openToWork: random.chance(0.22),
    followsOrganizations: random.chance(0.18) ? [context.organization] : [],
    shareWithThirdParties: random.chance(0.7),
    closed: false,
  };
}

export function memberId(person: Person): string {
  return `member-${String(person.number).padStart(4, '0')}`;
}

export function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError(`no element ${index}`);
  return item;
}
