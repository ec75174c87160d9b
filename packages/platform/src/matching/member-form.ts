import type { CanonicalEmail } from './email.ts';
import { formsOf, type NameWords, nameWords } from './name.ts';
import { type MemberFields, type MemberPerson, memberName, once } from './person.ts';
import type { CanonicalPhone } from './phone.ts';
import type { Place } from './place.ts';

/** Raised when a member's form comes out otherwise: forms of another version are read by nobody, and made anew. */
export const FORM_VERSION = 1;

/**
 * A member as candidates are compared with: all of it normalised, so that nothing has to be when the two meet. Stored beside the
 * profile as a list of lists, a fifth of the profile's length.
 */
type MemberForm = readonly [
  name: NameList,
  emails: readonly (readonly [canon: string, class_: CanonicalEmail['class'], exact?: string])[],
  phones: readonly (readonly [e164: CanonicalPhone['e164'], last9: CanonicalPhone['last9']])[],
  profileUrls: readonly string[],
  companies: readonly string[],
  titles: readonly (readonly string[])[],
  places: readonly PlaceList[],
];
type NameList = readonly [
  given: NameWords['given'],
  family: NameWords['family'],
  familyWords: number,
  middle: NameWords['middle'],
  called: NameWords['called'],
  maiden: NameWords['maiden'],
  suffix: NameWords['suffix'],
];
type PlaceList = readonly [
  city: Place['city'],
  area: Place['area'],
  postcode: Place['postcode'],
  country: Place['country'],
  isForeign: 0 | 1,
  houseNumber: Place['houseNumber'],
  street: Place['street'],
  streetWords: Place['streetWords'],
];

/** `member`: what memberPerson makes of the fields. */
export function memberForm(fields: MemberFields, member: MemberPerson): string {
  const { emails, phones, profileUrls, companies, titles, places } = member;
  const { given, family, familyWords, middle, called, maiden, suffix } = nameWords(memberName(fields));
  const form: MemberForm = [
    [given, family, familyWords, middle, called, maiden, suffix],
    emails.map(({ canon, class: class_, exact }) =>
      exact === canon ? [canon, class_] : [canon, class_, exact],
    ),
    phones.map(({ e164, last9 }) => [e164, last9]),
    profileUrls,
    companies,
    titles,
    places.map((place) => [
      place.city,
      place.area,
      place.postcode,
      place.country,
      place.isForeign ? 1 : 0,
      place.houseNumber,
      place.street,
      place.streetWords,
    ]),
  ];
  return JSON.stringify(form);
}

/** `form`: as memberForm made it, of this version. The words of the name are looked up when it is first compared. */
export function memberOfForm(memberId: number, form: string): MemberPerson {
  const [words, emails, phones, profileUrls, companies, titles, places] = JSON.parse(form) as MemberForm; // our own column
  const name = once(() => {
    const [given, family, familyWords, middle, called, maiden, suffix] = words;
    return formsOf({ given, family, familyWords, middle, called, maiden, suffix });
  });
  return {
    memberId,
    isClosed: false,
    emails: emails.map(([canon, class_, exact = canon]) => ({ canon, exact, class: class_ })),
    phones: phones.map(([e164, last9]) => ({ e164, last9 })),
    profileUrls,
    companies,
    titles,
    places: places.map(
      ([city, area, postcode, country, isForeign, houseNumber, street, streetWords]) =>
        ({
          city,
          area,
          postcode,
          country,
          isForeign: isForeign === 1,
          houseNumber,
          street,
          streetWords,
        }) as const,
    ),
    get name() {
      return name();
    },
  };
}
