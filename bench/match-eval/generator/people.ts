import { mailbox, numbered, personalEmail, workEmail } from './emails.ts';
import { type Employer, employers, titleOf } from './employers.ts';
import type { Gender, NameSource, PersonName, Script, Written } from './name.ts';
import { arabicNames } from './names-arabic.ts';
import { cyrillicNames } from './names-cyrillic.ts';
import { hanNames } from './names-han.ts';
import { hangulNames } from './names-hangul.ts';
import { kanaNames } from './names-kana.ts';
import { latinNames } from './names-latin.ts';
import { type Phone, phoneIn } from './phones.ts';
import { PLACES, type Place } from './places.ts';
import { Random, Weighted } from './random.ts';

export interface Job {
  readonly title: string;
  readonly employer: Employer;
  readonly since: number;
}

/** Everything that is true of one person; either side knows some of it. */
export interface Person {
  readonly index: number;
  readonly locale: string;
  readonly script: Script;
  readonly name: PersonName;
  /** As the person writes it in the directory. */
  readonly written: Written;
  /** Addresses the directory knows, the first is primary. */
  readonly listed: readonly string[];
  /** The person's too, but unknown to the directory; never empty. */
  readonly unlisted: readonly string[];
  readonly work: string;
  readonly phone: Phone;
  readonly otherPhone: Phone;
  readonly hasListedPhone: boolean;
  readonly vanity: string;
  readonly formerVanity: string | null;
  /** The newest first. */
  readonly jobs: readonly Job[];
  readonly place: Place;
}

interface Locale {
  readonly name: string;
  readonly share: number;
  readonly countries: readonly string[];
}

const locale = (name: string, share: number, countries: string): Locale => ({
  name,
  share,
  countries: countries.split(' '),
});

const LOCALES: readonly Locale[] = [
  locale('en', 28, 'us us us us gb'),
  locale('en-IN', 8, 'in in in us'),
  locale('de', 8, 'de'),
  locale('es', 6, 'es'),
  locale('es-MX', 5, 'mx us'),
  locale('fr', 5, 'fr'),
  locale('it', 2, 'it'),
  locale('pt-BR', 5, 'br'),
  locale('nl', 3, 'nl'),
  locale('pl', 3, 'pl'),
  locale('tr', 4, 'tr tr de'),
  locale('ru', 5, 'ru'),
  locale('ar', 5, 'sa eg ae'),
  locale('zh', 6, 'cn cn cn tw sg us'),
  locale('ja', 2, 'jp'),
  locale('ko', 2, 'kr kr us'),
  locale('vi', 3, 'vn vn us'),
];

const THIS_YEAR = 2026;
/** Streams of random numbers. */
const PERSON = 1;
const SLOTS = 8;
const PHONE_SLOT = 6;

/**
 * The people of a run. The first `members` of them are in the directory, and no two of those share a mailbox or a number. Any
 * person can be had at any time; kept are only the mailboxes of the members.
 */
export class People {
  readonly members: number;
  readonly #seed: number;
  readonly #sources: Readonly<Record<string, NameSource>>;
  readonly #locales = new Weighted(LOCALES, ({ share }) => share);
  readonly #employers: Weighted<Employer>;
  readonly #taken = new Set<number>();
  /** By person and slot, where the first choice was taken. */
  readonly #ranks = new Map<number, number>();

  constructor(seed: number, members: number) {
    this.members = members;
    this.#seed = seed;
    this.#employers = employers(seed);
    this.#sources = {
      ...latinNames(seed),
      ru: cyrillicNames(seed),
      ar: arabicNames(),
      zh: hanNames(),
      ja: kanaNames(),
      ko: hangulNames(),
    };
    for (let index = 0; index < members; index++) this.#claim(index);
  }

  person(index: number): Person {
    return this.#person(index, (wish, slot) => this.#own(index, slot, wish));
  }

  /** Nobody of the directory has it. */
  isFree(address: string): boolean {
    return !this.#taken.has(hashOf(mailbox(address)));
  }

  /** Somebody of the same family, or another with the same language. */
  relativeName(random: Random, { locale: name, name: of }: Person, gender: Gender): PersonName {
    return this.#source(name).sibling(random, of, gender);
  }

  randomName(random: Random): PersonName {
    return this.#source(this.#locales.pick(random).name).name(random, genderOf(random));
  }

  #source(name: string): NameSource {
    const source = this.#sources[name];
    if (!source) throw new Error(`no names for ${name}`);
    return source;
  }

  #claim(index: number): void {
    this.#person(index, (wish, slot) => {
      let rank = 0;
      let key = identifierKey(wish, rank);
      while (this.#taken.has(key)) key = identifierKey(wish, ++rank);
      this.#taken.add(key);
      if (rank > 0) this.#ranks.set(index * SLOTS + slot, rank);
      return wish;
    });
  }

  /** What a member claimed, or what is free for somebody else. */
  #own(index: number, slot: number, wish: string): string {
    let rank = this.#ranks.get(index * SLOTS + slot) ?? 0;
    if (index >= this.members) while (this.#taken.has(identifierKey(wish, rank))) rank++;
    return identifier(wish, rank);
  }

  /** The order in which random numbers are drawn is part of what a seed stands for. */
  #person(index: number, own: (wish: string, slot: number) => string): Person {
    const random = new Random(this.#seed, PERSON, index);
    const { name: localeName, countries } = this.#locales.pick(random);
    const source = this.#source(localeName);
    const name = withSuffix(random, localeName, source.name(random, genderOf(random)));
    const country = random.pick(countries);
    const place = random.pick(PLACES[country] ?? []);
    const jobs = this.#jobs(random);
    const domain = jobs[0]?.employer.domain ?? 'example.com';
    const addresses = [0, 1, 2, 3, 4].map((slot) => own(personalEmail(random, name.latin, country), slot));
    const work = own(workEmail(random, name.latin, domain), 5);
    const count = random.chance(0.6) ? 1 : random.chance(0.7) ? 2 : 3;
    const listsOld = random.chance(0.2);
    const listed = [
      ...addresses.slice(0, count),
      ...(random.chance(0.35) ? [work] : []),
      ...(listsOld ? addresses.slice(4) : []),
    ];
    const unlisted = addresses.filter((address) => !listed.includes(address));
    const phones = [0, 1].map((n) => {
      const phone = phoneIn(random, country);
      return { ...phone, e164: own(phone.e164, PHONE_SLOT + n) };
    });
    const [phone, otherPhone] = phones;
    if (!phone || !otherPhone) throw new Error('two phones were made');
    const vanity = vanityOf(name.latin, this.#seed, index);
    const formerVanity = random.chance(0.1) ? `${vanityOf(name.latin, this.#seed + 1, index)}b` : null;
    return {
      index,
      locale: localeName,
      script: source.script,
      name,
      written: writtenBy(random, source.script, name),
      listed,
      // Of somebody who is no member two addresses may be one.
      unlisted: unlisted.length > 0 ? unlisted : [`alt.${addresses[0]}`],
      work,
      phone,
      otherPhone,
      hasListedPhone: random.chance(0.5),
      vanity: takesFormer(index) ? (this.#formerOf(index - 1) ?? vanity) : vanity,
      formerVanity,
      jobs,
      place,
    };
  }

  #formerOf(index: number): string | null {
    return this.#person(index, (wish) => wish).formerVanity;
  }

  #jobs(random: Random): Job[] {
    const jobs: Job[] = [];
    let since = THIS_YEAR - random.between(0, 4);
    for (let count = random.between(2, 4); count > 0; count--) {
      jobs.push({ title: titleOf(random), employer: this.#employers.pick(random), since });
      since -= random.between(1, 5);
    }
    return jobs;
  }
}

/** One person in twenty has taken the address that the one before gave up, where that one did. */
export function takesFormer(index: number): boolean {
  return index % 20 === 19;
}

const genderOf = (random: Random): Gender => (random.chance(0.5) ? 'female' : 'male');

function withSuffix(random: Random, localeName: string, name: PersonName): PersonName {
  if (localeName !== 'en' || name.gender !== 'male' || !random.chance(0.03)) return name;
  return { ...name, suffix: random.pick(['Jr', 'Jr.', 'II', 'III', 'Sr.']) };
}

/** A third of those with another script write their names in it. */
function writtenBy(random: Random, script: Script, name: PersonName): Written {
  if (script === 'latin' || script === 'vietnamese')
    return random.chance(0.85) ? name.own : name.rival(random);
  if (random.chance(0.35)) return name.own;
  return random.chance(0.6) ? name.latin : name.rival(random);
}

function vanityOf({ given, family }: Written, seed: number, index: number): string {
  const words = `${given}-${family}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const code = (Math.imul(index + 1, 2654435761) ^ Math.imul(seed, 0x45d9f3b)) >>> 0;
  return `${words.replaceAll(/^-|-$/g, '')}-${code.toString(36).padStart(7, '0')}`;
}

function identifier(wish: string, rank: number): string {
  if (wish.includes('@')) return numbered(wish, rank);
  return rank === 0
    ? wish
    : `${wish.slice(0, -3)}${String((Number(wish.slice(-3)) + rank) % 1000).padStart(3, '0')}`;
}

function identifierKey(wish: string, rank: number): number {
  const text = identifier(wish, rank);
  return hashOf(text.includes('@') ? mailbox(text) : text);
}

/** 53 bits: of three million mailboxes two meet by chance once in two thousand runs, and then one of them is numbered. */
function hashOf(text: string): number {
  let high = 0x9e3779b9;
  let low = 0x85ebca6b;
  for (let n = 0; n < text.length; n++) {
    const code = text.charCodeAt(n);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ code, 0x5bd1e995);
    low ^= low >>> 15;
  }
  high ^= Math.imul(low, 0x27d4eb2f);
  return (high >>> 0) * 2 ** 21 + ((low >>> 0) >>> 11);
}
