import nicknames from '../../../packages/platform/src/matching/nicknames.json' with { type: 'json' };
import { personalEmail } from './emails.ts';
import { writtenEmployer, writtenTitle } from './employers.ts';
import { capitalised, type PersonName, type Written } from './name.ts';
import { type People, type Person, takesFormer } from './people.ts';
import { type Phone, writtenPhone } from './phones.ts';
import type { Random } from './random.ts';
import { dotted, initialOf, pastedUrl, recased, slip, slipOfAddress, swapped, tagged } from './spoil.ts';
import type { CandidateLine } from './views.ts';

/** A person as an ATS comes to know one, and what is lent by somebody else. */
export interface RecordDraft {
  readonly person: Person;
  readonly mailbox: string | null;
  readonly phone: Phone | null;
  /** The name as it is, where a slip would blur what the case is about. */
  readonly isUntouched: boolean;
}

export interface WrittenRecord {
  readonly candidate: CandidateLine;
  readonly tags: readonly string[];
  readonly agrees: readonly string[];
  /** The member whose profile's address was taken for the person's own. */
  readonly pasted: number | null;
}

const NICKNAMES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(nicknames).map(([name, short]) => [name, short.split(' ')]),
);

/** Each step that changes something leaves its tag. */
export function recordOf(random: Random, people: People, id: string, draft: RecordDraft): WrittenRecord {
  const { person } = draft;
  const tags: string[] = [];
  const agrees: string[] = [];
  const name = writeName(random, draft, tags);
  const emails = writeEmails(random, people, draft, name.married, tags, agrees);
  const { url, pasted } = writeUrl(random, people, draft, tags, agrees);
  const hasMoved = random.chance(0.4);
  const job = person.jobs[hasMoved ? Math.min(1, person.jobs.length - 1) : 0];
  if (hasMoved) tags.push('job-change');
  const address = writeAddress(random, draft);
  const phone = writePhone(random, draft, 'country' in address, tags, agrees);
  const { written } = name;
  return {
    candidate: {
      id,
      firstName: written.given,
      lastName: written.family,
      ...(written.middle === undefined ? {} : { middleInitial: written.middle.slice(0, 1) }),
      ...(name.suffix === undefined ? {} : { suffix: name.suffix }),
      emailAddresses: emails,
      ...(phone ? { phoneNumbers: [phone] } : {}),
      ...(url === null ? {} : { linkedInProfileUrl: url }),
      externalProfileUrl: `https://ats.example/candidates/${id}`,
      ...(job && random.chance(0.8) ? { currentCompanyName: writtenEmployer(random, job.employer) } : {}),
      ...(job && random.chance(0.75) ? { currentJobTitle: writtenTitle(random, job.title) } : {}),
      ...(Object.keys(address).length > 0 ? { addresses: [address] } : {}),
    },
    tags,
    agrees: [...new Set(agrees)],
    pasted,
  };
}

interface NameStep {
  readonly written: Written;
  readonly suffix: string | undefined;
  /** The new family name. */
  readonly married: PersonName | null;
}

function writeName(random: Random, { person, isUntouched }: RecordDraft, tags: string[]): NameStep {
  const { name } = person;
  const suffix = name.suffix !== undefined && random.chance(0.6) ? name.suffix : undefined;
  let written = inScript(random, person, tags);
  if (isUntouched) return { written, suffix, married: null };
  let married: PersonName | null = null;
  const does = (share: number, tag: string): boolean => {
    const isSo = random.chance(share);
    if (isSo) tags.push(tag);
    return isSo;
  };
  if (name.gender === 'female' && does(0.06, 'married')) {
    const family = partnersName(random, person);
    married = { ...name, latin: { ...name.latin, family } };
    written = { ...written, family };
  } else if (name.gender === 'female' && does(0.04, 'hyphenated')) {
    written = { ...written, family: `${written.family}-${partnersName(random, person)}` };
  }
  const short = NICKNAMES.get(written.given.toLowerCase());
  if (short && does(0.12, 'nickname')) written = { ...written, given: capitalised(random.pick(short)) };
  else if (does(0.02, 'initial-only')) written = { ...written, given: initialOf(random, written.given) };
  else if (does(0.03, 'typo-given')) written = { ...written, given: slip(random, written.given) };
  if (does(0.04, 'typo-family')) written = { ...written, family: slip(random, written.family) };
  if (written.middle !== undefined && does(0.15, 'middle-merged')) {
    const { middle = '', given, family } = written;
    written = { given: `${given} ${middle}`, family };
  } else if (written.middle !== undefined && random.chance(0.4)) {
    written = { given: written.given, family: written.family };
  }
  if (does(0.02, 'swapped')) written = swapped(written);
  if (random.chance(0.03))
    written = { ...written, given: written.given.toUpperCase(), family: written.family.toUpperCase() };
  return { written, suffix, married };
}

/** Six in ten of those who have another script are written otherwise than they write themselves. */
function inScript(random: Random, person: Person, tags: string[]): Written {
  const { name, written, script } = person;
  if (script === 'latin' || script === 'vietnamese') {
    if (!random.chance(script === 'vietnamese' ? 0.6 : 0.25)) return written;
    const other = name.rival(random);
    if (other.given !== written.given || other.family !== written.family) tags.push('folded');
    return other;
  }
  if (!random.chance(0.6)) return written;
  const isNative = written === name.own;
  if (!isNative && random.chance(0.4)) {
    tags.push('other-script');
    return name.own;
  }
  const other = random.chance(0.4) ? name.latin : name.rival(random);
  tags.push(isNative ? 'other-script' : 'rival-romanisation');
  return other;
}

function partnersName(random: Random, person: Person): string {
  return random.pick(PARTNERS[person.script] ?? PARTNERS.latin ?? ['Adler']);
}

const PARTNERS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries({
    latin:
      'Keller Novak Andersson Harlow Okafor Brandt Silva Moreno Fischer Dupuis Castell Whitby Janssen Romano Lindgren Marsh Ferrari Olsen Barnes Hughes Fraser Nolan Costa Vogel',
    vietnamese: 'Trịnh Đinh Lâm Mai Cao',
    cyrillic: 'Васильева Лебедева Зайцева Соловьева Егорова',
    arabic: 'Haddad Mansour Khoury Salman',
    han: 'Ouyang Qian Shao Gong Yan',
    kana: 'Kurosawa Hoshino Ueno Ishihara',
    hangul: 'Ma Bang Gong Byun',
  }).map(([script, names]) => [script, names.split(' ')]),
);

function writeEmails(
  random: Random,
  people: People,
  { person, mailbox }: RecordDraft,
  married: PersonName | null,
  tags: string[],
  agrees: string[],
): string[] {
  if (mailbox !== null) return [random.chance(0.1) ? recased(random, mailbox) : mailbox];
  const roll = married !== null && random.chance(0.5) ? 0.6 : random.next();
  let address: string;
  if (roll < 0.55) {
    address = (random.chance(0.7) ? person.listed[0] : random.pick(person.listed)) ?? '';
    tags.push('email-same');
  } else if (roll < 0.75) {
    address = married ? freeAddress(random, people, person, married) : (random.pick(person.unlisted) ?? '');
    tags.push('email-other');
  } else if (roll < 0.9) {
    address = person.work;
    tags.push('email-work');
  } else {
    tags.push('email-none');
    return [];
  }
  const isListed = person.listed.includes(address);
  const form = random.next();
  if (form < 0.02) {
    const typo = slipOfAddress(random, address);
    if (typo !== address && people.isFree(typo)) {
      tags.push('email-typo');
      return [typo];
    }
  }
  if (isListed) agrees.push('email');
  if (form < 0.06 && isTaggable(address)) {
    tags.push('email-tag');
    address = tagged(random, address);
  } else if (form < 0.11 && address.endsWith('@gmail.com')) {
    tags.push('email-dots');
    address = dotted(random, address);
  } else if (form > 0.9) {
    tags.push('email-case');
    address = recased(random, address);
  }
  const second = random.chance(0.1) ? random.pick(person.unlisted) : undefined;
  return second === undefined || second === address ? [address] : [address, second];
}

const isTaggable = (address: string) => /@(gmail|outlook|hotmail|icloud|proton)\./.test(address);

function freeAddress(random: Random, people: People, person: Person, name: PersonName): string {
  for (;;) {
    const address = personalEmail(random, name.latin, person.place.country);
    if (people.isFree(address)) return address;
  }
}

interface UrlStep {
  readonly url: string | null;
  readonly pasted: number | null;
}

const NO_URL: UrlStep = { url: null, pasted: null };

function writeUrl(
  random: Random,
  people: People,
  { person, mailbox, isUntouched }: RecordDraft,
  tags: string[],
  agrees: string[],
): UrlStep {
  const isMember = person.index < people.members;
  // Whoever guesses addresses states no more; whoever has no profile pastes one only by mistake.
  if (!random.chance(0.3) || (isUntouched && mailbox !== null)) return NO_URL;
  const roll = random.next();
  if (roll < (isMember ? 0.015 : 0.02)) {
    const other = people.person(random.below(people.members));
    if (other.index === person.index) return NO_URL;
    tags.push('url-wrong');
    return { url: pastedUrl(random, other.vanity), pasted: other.index };
  }
  if (!isMember) return NO_URL;
  const { formerVanity } = person;
  const next = person.index + 1;
  const isTaken = takesFormer(next) && next < people.members;
  if (formerVanity !== null && (isTaken || roll < 0.35)) {
    tags.push(isTaken ? 'url-recycled' : 'url-former');
    if (!isTaken) agrees.push('url');
    return { url: pastedUrl(random, formerVanity), pasted: isTaken ? next : null };
  }
  tags.push('url');
  agrees.push('url');
  return { url: pastedUrl(random, person.vanity), pasted: null };
}

function writeAddress(random: Random, { person }: RecordDraft): Record<string, string> {
  const { city, otherName, area, postal, country } = person.place;
  if (!random.chance(0.75)) return {};
  const hasMoved = random.chance(0.15);
  return {
    ...(random.chance(0.9) && !hasMoved
      ? { city: otherName !== null && random.chance(0.4) ? otherName : city }
      : {}),
    ...(random.chance(0.5) && !hasMoved ? { geographicArea: area } : {}),
    ...(random.chance(0.4) && !hasMoved ? { postalCode: `${postal}${random.digits(2)}` } : {}),
    country: random.chance(0.9) ? country : country.toUpperCase(),
  };
}

function writePhone(
  random: Random,
  { person, phone: lent }: RecordDraft,
  hasCountry: boolean,
  tags: string[],
  agrees: string[],
): { number: string; extension?: string } | null {
  const roll = random.next();
  if (lent === null && roll < 0.4) return null;
  const isChanged = lent === null && roll >= 0.8;
  const phone = lent ?? (isChanged ? person.otherPhone : person.phone);
  if (lent === null) tags.push(isChanged ? 'phone-changed' : 'phone');
  const isNational = random.chance(hasCountry ? 0.4 : 0.1);
  if (lent === null && !isChanged && person.hasListedPhone && (hasCountry || !isNational))
    agrees.push('phone');
  const number = writtenPhone(random, phone, isNational);
  return random.chance(0.04) ? { number, extension: random.digits(3) } : { number };
}
