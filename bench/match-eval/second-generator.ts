import { cs_CZ, da, el, en_NG, fi, he, hr, hu, type LocaleDefinition, ro, sv, th, uk } from '@faker-js/faker';
import type { CandidateLine, LabelledCandidate, MemberLine, Truth } from './generator/generate.ts';
import { UNDECIDABLE } from './generator/generate.ts';
import { plain } from './generator/name.ts';
import { Random } from './generator/random.ts';
import type { LabelledSet } from './labelled-set.ts';

/**
 * Other people and other slips than the first generator's, so that a rule which only fits that one is seen: languages it does not
 * know, all names equally frequent, households and offices that share numbers in the directory itself, addresses that say
 * nothing of the name, records read by machines.
 */
export function secondSet(seed: number, members: number, candidates: number): LabelledSet {
  const at = (index: number) => residentOf(seed, index);
  return {
    name: `second generator, seed ${seed}`,
    *members() {
      for (let index = 0; index < members; index++) yield memberOf(seed, at(index));
    },
    *candidates() {
      for (let n = 0; n < candidates; n++) yield candidateOf(seed, n, members, at);
    },
  };
}

interface Resident {
  readonly index: number;
  readonly given: string;
  readonly family: string;
  readonly email: string;
  readonly workEmail: string;
  /** One's own, the household's or the office's. */
  readonly phone: string;
  readonly ownPhone: string;
  readonly office: string;
  readonly street: string;
  readonly city: string;
  readonly title: string;
  readonly script: string;
}

const LOCALES: readonly (readonly [LocaleDefinition, string])[] = [
  [en_NG, 'latin'],
  [sv, 'latin'],
  [fi, 'latin'],
  [da, 'latin'],
  [cs_CZ, 'latin'],
  [hu, 'latin'],
  [ro, 'latin'],
  [hr, 'latin'],
  [uk, 'cyrillic'],
  [el, 'greek'],
  [he, 'hebrew'],
  [th, 'thai'],
];
/** Neighbours by index live together, three to a house and forty to an office. */
const HOUSEHOLD = 3;
const OFFICE = 40;
const TITLES =
  'baker welder tutor actuary midwife paralegal roofer geologist translator dispatcher plumber archivist'.split(
    ' ',
  );
const CITIES = 'Ibadan Uppsala Tampere Aarhus Brno Szeged Cluj Split Lviv Patras Haifa Rayong'.split(' ');

function residentOf(seed: number, index: number): Resident {
  const random = new Random(seed, 201, index);
  const house = new Random(seed, 202, Math.floor(index / HOUSEHOLD));
  const office = Math.floor(index / OFFICE);
  // A household has one language, and mostly one family name.
  const [locale, script] = house.pick(LOCALES);
  const houseName = familyOf(house, locale);
  const first = locale.person?.first_name;
  const given = random.pick([...(first?.female ?? []), ...(first?.male ?? [])]);
  const family = random.chance(0.8) ? houseName : familyOf(random, locale);
  const own = `+46 70 ${number(index, 7)}`;
  const kind = random.next();
  const domain = `office${office}.example`;
  return {
    index,
    given,
    family,
    email: `${random.pick(['u', 'box', 'x', 'id', 'my'])}${number(index * 7 + 3, 8)}@${random.pick(['fastmail.com', 'seznam.cz', 'gmail.com', 'ukr.net'])}`,
    workEmail: `${(
      plain(given)
        .toLowerCase()
        .replaceAll(/[^a-z]/g, '') || 'staff'
    ).slice(0, 6)}.${number(index, 7)}@${domain}`,
    phone:
      kind < 0.6
        ? own
        : kind < 0.85
          ? `+46 8 ${number(Math.floor(index / HOUSEHOLD), 7)}`
          : `+46 31 ${number(office, 6)}`,
    ownPhone: own,
    office: `${OFFICE_NAMES[office % OFFICE_NAMES.length]} ${office}`,
    street: `${house.between(1, 300)} ${house.pick(['Mill', 'Church', 'Station', 'Bridge', 'Harbour'])} Road`,
    city: CITIES[LOCALES.findIndex(([one]) => one === locale)] ?? '',
    title: random.pick(TITLES),
    script,
  };
}

const OFFICE_NAMES = ['Kontor', 'Atelier', 'Bureau', 'Werkstatt', 'Praxis', 'Kancelář', 'Oficina'];

function familyOf(random: Random, { person }: LocaleDefinition): string {
  const names = person?.last_name;
  return random.pick([...(names?.generic ?? []), ...(names?.female ?? []), ...(names?.male ?? [])]);
}

function number(value: number, digits: number): string {
  // Spread, so that neighbours do not look alike; one to one.
  const spread = (value * 7_654_321 + 1_234_567) % 10 ** digits;
  return String(spread).padStart(digits, '0');
}

function memberOf(seed: number, person: Resident): MemberLine {
  const random = new Random(seed, 203, person.index);
  return {
    id: `r${person.index}`,
    firstName: person.given,
    lastName: person.family,
    emails: [
      ...(random.chance(0.8) ? [person.email] : []),
      ...(random.chance(0.4) ? [person.workEmail] : []),
    ],
    ...(random.chance(0.6) ? { phones: [person.phone] } : {}),
    ...(random.chance(0.8)
      ? { positions: [{ title: person.title, companyName: person.office, startDate: '2020' }] }
      : {}),
    ...(random.chance(0.7) ? { address: { line1: person.street, city: person.city, country: 'se' } } : {}),
  };
}

type Kind = 'member' | 'stranger' | 'housemate' | 'colleague' | 'recycled-number' | 'successor';

function candidateOf(
  seed: number,
  n: number,
  members: number,
  at: (index: number) => Resident,
): LabelledCandidate {
  const random = new Random(seed, 204, n);
  const kind = kindOf(random);
  const member = at(random.below(members));
  const stranger = at(members + OFFICE + n);
  const tags: string[] = [kind];
  let person = kind === 'member' ? member : stranger;
  let email: string | null = random.chance(0.6) ? person.email : random.chance(0.5) ? person.workEmail : null;
  let phone: string | null = random.chance(0.5) ? person.phone : random.chance(0.3) ? person.ownPhone : null;
  switch (kind) {
    case 'housemate':
      person = {
        ...stranger,
        family: member.family,
        street: member.street,
        city: member.city,
        script: member.script,
      };
      [email, phone] = random.chance(0.5) ? [member.email, null] : [null, member.phone];
      break;
    case 'colleague':
      // Sent from a colleague's mailbox, or with the number of the office.
      person = { ...stranger, office: member.office };
      [email, phone] = random.chance(0.5) ? [member.workEmail, null] : [null, member.phone];
      break;
    case 'recycled-number':
      phone = member.ownPhone;
      break;
    case 'successor':
      // The address of who left the office is given to who comes after.
      person = { ...stranger, office: member.office };
      email = member.workEmail;
      break;
    case 'member':
    case 'stranger':
      break;
  }
  const name = readByMachine(random, person, tags);
  const isNamesake = kind !== 'member' && person.given === member.given && person.family === member.family;
  const line = linkedLine(random, n, person, name, email, phone);
  const stated = memberOf(seed, member);
  const agrees = [
    ...(email !== null && stated.emails?.includes(email) ? ['email'] : []),
    ...(phone !== null && phone === member.ownPhone && stated.phones?.includes(phone) ? ['phone'] : []),
  ];
  const truth: Truth = {
    candidate: line.id,
    member: kind === 'member' ? `r${member.index}` : null,
    tags: isNamesake ? [...tags, UNDECIDABLE] : tags,
    script: person.script,
    locale: person.script,
    agrees: kind === 'member' ? agrees : [],
    baits: kind === 'member' || kind === 'stranger' ? [] : [`r${member.index}`],
  };
  return { candidate: line, truth };
}

function kindOf(random: Random): Kind {
  const roll = random.next();
  if (roll < 0.75) return 'member';
  if (roll < 0.9) return 'stranger';
  if (roll < 0.94) return 'housemate';
  if (roll < 0.97) return 'colleague';
  return roll < 0.985 ? 'recycled-number' : 'successor';
}

interface ReadName {
  readonly firstName?: string;
  readonly lastName?: string;
}

/** A scanned page, a form with short fields, a list with the name in one column, an ear. */
function readByMachine(random: Random, { given, family }: Resident, tags: string[]): ReadName {
  const tag = (name: string, share: number) => {
    if (!random.chance(share)) return false;
    tags.push(name);
    return true;
  };
  if (tag('one-field', 0.05))
    return random.chance(0.5) ? { lastName: `${given} ${family}` } : { firstName: `${family}, ${given}` };
  if (tag('misread', 0.05)) return { firstName: misread(given), lastName: misread(family) };
  if (tag('misheard', 0.04)) return { firstName: misheard(given), lastName: misheard(family) };
  if (tag('cut', 0.03)) return { firstName: given.slice(0, 8), lastName: family.slice(0, 8) };
  if (tag('no-accents', 0.2)) return { firstName: plain(given), lastName: plain(family) };
  if (tag('lower-case', 0.05)) return { firstName: given.toLowerCase(), lastName: family.toLowerCase() };
  if (tag('no-given-name', 0.01)) return { lastName: family };
  return { firstName: given, lastName: family };
}

const misread = (text: string) =>
  text.replace('rn', 'm').replace('l', '1').replace('cl', 'd').replace('O', '0').replace('vv', 'w');
const misheard = (text: string) =>
  text
    .replace(/ph/i, 'f')
    .replace('ck', 'k')
    .replace('ss', 's')
    .replace('th', 't')
    .replace('z', 's')
    .replace('y', 'i');

function linkedLine(
  random: Random,
  n: number,
  person: Resident,
  name: ReadName,
  email: string | null,
  phone: string | null,
): CandidateLine {
  return {
    id: `k${n}`,
    ...name,
    emailAddresses: email === null ? [] : [email],
    ...(phone === null ? {} : { phoneNumbers: [{ number: phone }] }),
    ...(random.chance(0.7) ? { currentCompanyName: person.office } : {}),
    ...(random.chance(0.5) ? { currentJobTitle: person.title } : {}),
    ...(random.chance(0.5)
      ? { addresses: [{ line1: person.street, city: person.city, country: 'SE' }] }
      : {}),
  };
}
