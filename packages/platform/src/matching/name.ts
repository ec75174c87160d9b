import { chineseSurnameLength } from './chinese.ts';
import { japaneseSurnameLength } from './japanese.ts';
import { koreanSurnameLength } from './korean.ts';
import { familySpelling, type Word, wordOf } from './word.ts';

/** A name as either side writes it. */
export interface WrittenName {
  readonly firstName: string;
  readonly lastName: string;
  readonly middleName?: string | null;
  readonly maidenName?: string | null;
  readonly suffix?: string | null;
}

/** Tells father and son apart; nothing else in a name does. */
export type Suffix = 'jr' | 'sr' | 'ii' | 'iii' | 'iv';

export interface NameForms {
  /** In their order; an initial is one letter. */
  readonly given: readonly Word[];
  /** All given names run together. */
  readonly givenWhole: Word | null;
  readonly middle: readonly Word[];
  /** Short forms the person gave: in quotes or brackets. */
  readonly called: readonly Word[];
  /** The family name run together, then without particles, then each half of a double one. */
  readonly family: readonly Word[];
  /** How many words the family name has, particles aside. */
  readonly familyWords: number;
  readonly maiden: readonly Word[];
  /** Given and family name run together, in both orders: says the same however the fields were filled. */
  readonly whole: readonly string[];
  readonly suffix: Suffix | null;
}

const SUFFIXES = new Map<string, Suffix>([
  ['jr', 'jr'],
  ['jnr', 'jr'],
  ['junior', 'jr'],
  ['sr', 'sr'],
  ['snr', 'sr'],
  ['senior', 'sr'],
  ['ii', 'ii'],
  ['2nd', 'ii'],
  ['iii', 'iii'],
  ['3rd', 'iii'],
  ['iv', 'iv'],
  ['4th', 'iv'],
]);
/** Titles before a name and degrees after it. Not those that are also names (Ma, Do, Bo). */
const TITLES =
  words(`mr mrs ms mx miss dr prof professor sir madam herr frau mme mlle dott ing dipl hon rev eng
  phd dphil mba msc bsc md dds dvm jd esq cpa cfa pmp pe rn mph llm llb mdiv shrm phr sphr cscp pharmd he she they him her them`);
/** What a doctor is one of. By themselves some are names. */
const FACULTIES = words('med jur rer nat habil oec pol phil ing dent vet h c');
const PARTICLES =
  words(`van von der den de del della dela di da das do dos du la le las los el al bin ibn bint ben abu ter ten
  zu zum zur af av y e i san st mac mc o`);
/** What is typed where a name is demanded. */
const NO_NAMES = words(
  'unknown na nna none null nil test lnu fnu nln nfn anonymous candidate applicant notavailable noname xx xxx',
);

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

/** A name cut into its words, lower-cased and in their own script: what its forms are made of. */
export interface NameWords {
  readonly given: readonly string[];
  readonly middle: readonly string[];
  readonly called: readonly string[];
  /** As NameForms has them. */
  readonly family: readonly string[];
  readonly familyWords: number;
  readonly maiden: readonly string[];
  readonly suffix: Suffix | null;
}

/** Pure and idempotent: the forms of a folded name are the forms of the name. */
export const nameForms = (name: WrittenName): NameForms => formsOf(nameWords(name));

export function nameWords(name: WrittenName): NameWords {
  const calledWords: string[] = [];
  let first = wordsOf(name.firstName, calledWords);
  let last = wordsOf(name.lastName, calledWords);
  const inName = [takeSuffix(last), takeSuffix(first)];
  first = withoutNoise(first);
  last = withoutNoise(last);
  if (first.length === 0 || last.length === 0) [first, last] = parted(name, first, last);
  return {
    given: first,
    middle: name.middleName ? withoutNoise(wordsOf(name.middleName, calledWords)) : [],
    called: calledWords,
    family: familyForms(last),
    familyWords: last.filter((word) => !PARTICLES.has(word)).length,
    maiden: name.maidenName ? familyForms(withoutNoise(wordsOf(name.maidenName, []))) : [],
    suffix: suffixOf(name.suffix) ?? inName[0] ?? inName[1] ?? null,
  };
}

export function formsOf(words: NameWords): NameForms {
  const ofGiven = (word: string): Word => wordOf(word, 'given');
  const ofFamily = (word: string): Word => wordOf(word, 'family');
  const family = words.family.map(ofFamily);
  const givenWhole = words.given.length > 0 ? ofGiven(words.given.join('')) : null;
  return {
    given: words.given.map(ofGiven),
    givenWhole,
    middle: words.middle.map(ofGiven),
    called: words.called.map(ofGiven),
    family,
    familyWords: words.familyWords,
    maiden: words.maiden.map(ofFamily),
    whole: wholes(givenWhole?.text ?? '', family[0]?.text ?? ''),
    suffix: words.suffix,
  };
}

function wholes(given: string, family: string): string[] {
  if (!given || !family) return given || family ? [given || family] : [];
  return [given + family, family + given];
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
const ASCII = /^[\x00-\x7f]*$/;

/** Lower-cased words; what stands in quotes or brackets goes to `called`. */
function wordsOf(text: string, called: string[]): string[] {
  const isAscii = ASCII.test(text);
  const composed = isAscii ? text : text.normalize('NFKC');
  const bare = /["“”„«»()（）[\]【】]/.test(composed)
    ? composed.replaceAll(/["“”„«»(（[【]([^"“”„«»()（）[\]【】]*)["“”„«»)）\]】]/g, (_, inner: string) => {
        called.push(...split(inner, false));
        return ' ';
      })
    : composed;
  return split(bare, isAscii);
}

function split(text: string, isAscii: boolean): string[] {
  const lower = text.toLowerCase().replaceAll(/['’`´ʼ‘]/g, '');
  return lower.split(isAscii ? /[^a-z0-9]+/ : /[^\p{L}\p{M}\p{N}]+/u).filter(Boolean);
}

function withoutNoise(given: readonly string[]): string[] {
  const isDoctor = given.includes('dr');
  const named = given.filter((word) => !TITLES.has(word) && !(isDoctor && FACULTIES.has(word)));
  const kept = named.length > 0 ? named : given;
  return NO_NAMES.has(kept.join('')) ? [] : [...kept];
}

/** A name that stands in one field. Han and Hangul put the family name first, others last but where a comma says so. */
function parted(name: WrittenName, first: string[], last: string[]): [string[], string[]] {
  const all = [...first, ...last];
  const [only] = all;
  if (all.length === 1 && only && /^[\p{Script=Han}\p{Script=Hangul}]{2,6}$/u.test(only)) {
    const length = /\p{Script=Hangul}/u.test(only)
      ? koreanSurnameLength(only)
      : japaneseSurnameLength(only) || chineseSurnameLength(only);
    if (length < only.length) return [[only.slice(length)], [only.slice(0, length)]];
  }
  // A field that holds no name leaves the other as it is.
  if (all.length < 2 || (name.firstName.trim() && name.lastName.trim())) return [first, last];
  const before = `${name.firstName}${name.lastName}`.split(/[,،]/)[0] ?? '';
  const familyFirst = split(before.normalize('NFKC'), false).length;
  if (familyFirst < all.length) return [all.slice(familyFirst), all.slice(0, familyFirst)];
  return [all.slice(0, -1), all.slice(-1)];
}

function takeSuffix(parts: string[]): Suffix | null {
  const suffix = parts.length > 1 ? SUFFIXES.get(parts.at(-1) ?? '') : undefined;
  if (!suffix) return null;
  parts.pop();
  return suffix;
}

function suffixOf(text: string | null | undefined): Suffix | null {
  if (!text) return null;
  return (
    split(text, false)
      .map((word) => SUFFIXES.get(word))
      .find(Boolean) ?? null
  );
}

function familyForms(parts: readonly string[]): string[] {
  if (parts.length === 0) return [];
  const bare = parts.filter((word) => !PARTICLES.has(word));
  const forms = new Set([parts.join(''), bare.join('')]);
  for (const word of bare) if (parts.length === 1 || !/^[a-z]$/.test(word)) forms.add(word);
  const mac = /^mc(?=.{3})/.test(parts.join('')) ? parts.join('').replace(/^mc/, 'mac') : '';
  if (mac) forms.add(mac);
  forms.delete('');
  return [...forms];
}

/** What spellings of one family name have in common: by it families are told apart. Empty for none. */
export function familyMark(lastName: string): string {
  const parts = withoutNoise(wordsOf(lastName, [])).filter((word) => !PARTICLES.has(word));
  const [first] = parts;
  if (first === undefined) return '';
  const { readings, skeleton, text, script } = familySpelling(first);
  // Surnames of one character are read in Chinese, longer ones in Japanese where they are known there.
  const languages = script === 'han' && first.length === 1 ? ['zh:', 'ja:'] : ['ja:', 'zh:', 'ko:'];
  for (const language of script === 'latin' ? ['zh:', 'ko:', 'ja:'] : languages) {
    const known = readings.find((reading) => reading.startsWith(language));
    if (known) return known;
  }
  return skeleton.length > 1 ? skeleton : text;
}
