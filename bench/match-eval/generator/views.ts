import { writtenEmployer } from './employers.ts';
import type { Written } from './name.ts';
import type { Person } from './people.ts';
import { writtenPhone } from './phones.ts';
import { Random } from './random.ts';

/** A line for `import-members`. */
export interface MemberLine {
  readonly id: string;
  readonly firstName?: string;
  readonly middleName?: string;
  readonly lastName?: string;
  readonly suffix?: string;
  readonly maidenName?: string;
  readonly emails?: readonly string[];
  readonly phones?: readonly string[];
  readonly profileUrls?: readonly string[];
  readonly headline?: string;
  readonly location?: string;
  readonly address?: Partial<
    Readonly<Record<'line1' | 'city' | 'geographicArea' | 'postalCode' | 'country', string>>
  >;
  readonly positions?: readonly {
    readonly title: string;
    readonly companyName: string;
    readonly startDate: string;
    readonly endDate?: string;
  }[];
}

/** A candidate in the wire's fields, and its id. */
export interface CandidateLine {
  readonly id: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly middleInitial?: string;
  readonly suffix?: string;
  readonly emailAddresses?: readonly string[];
  readonly phoneNumbers?: readonly { readonly number: string; readonly extension?: string }[];
  readonly linkedInProfileUrl?: string;
  readonly externalProfileUrl?: string;
  readonly currentCompanyName?: string;
  readonly currentJobTitle?: string;
  readonly addresses?: readonly Readonly<Record<string, string>>[];
}

const MEMBER_VIEW = 2;

export function memberId(index: number): string {
  return `m${index}`;
}

export function memberView(seed: number, person: Person): MemberLine {
  const random = new Random(seed, MEMBER_VIEW, person.index);
  const { written, name, place, jobs } = person;
  const urls = [person.vanity, ...(person.formerVanity === null ? [] : [person.formerVanity])];
  const shown = jobs.slice(0, random.chance(0.6) ? jobs.length : 1);
  return {
    id: memberId(person.index),
    firstName: written.given,
    ...(written.middle === undefined ? {} : { middleName: written.middle }),
    lastName: written.family,
    // Half of those who have one state it.
    ...(name.suffix === undefined || random.chance(0.5) ? {} : { suffix: name.suffix }),
    emails: person.listed,
    ...(person.hasListedPhone
      ? { phones: [random.chance(0.85) ? person.phone.e164 : writtenPhone(random, person.phone, false)] }
      : {}),
    profileUrls: urls.map((vanity) => `https://www.linkedin.com/in/${encodeURIComponent(vanity)}`),
    ...(random.chance(0.9) ? { positions: positionsOf(random, person, shown) } : {}),
    ...(random.chance(0.85)
      ? {
          location: `${place.city}, ${place.area}`,
          address: {
            city: place.city,
            geographicArea: place.area,
            postalCode: `${place.postal}${random.digits(2)}`,
            country: place.country,
          },
        }
      : {}),
  };
}

function positionsOf(random: Random, { jobs }: Person, shown: Person['jobs']) {
  return shown.map(({ title, employer, since }, n) => ({
    title,
    companyName: writtenEmployer(random, employer),
    startDate: String(since),
    ...(n === 0 ? {} : { endDate: String(jobs[n - 1]?.since ?? since) }),
  }));
}

export function sameName(one: Written, other: Written): boolean {
  const fold = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}]/gu, '');
  return fold(one.given) === fold(other.given) && fold(one.family) === fold(other.family);
}
