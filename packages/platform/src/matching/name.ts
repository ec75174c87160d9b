import anyAscii from 'any-ascii';

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

/** How well the letters below stand for what was written; the worse of both sides decides what a difference means. */
export type Reading = 'latin' | 'alphabet' | 'consonants' | 'syllables';

export interface NameForms {
  /** Folded words in their order; an initial is one letter. */
  readonly given: readonly string[];
  readonly middle: readonly string[];
  /** Short forms the person gave: in quotes or brackets. */
  readonly called: readonly string[];
  /** The family name whole, without particles, each half of a double one, and the maiden name. */
  readonly family: ReadonlySet<string>;
  /** Given and family name run together, in both orders: says the same however the fields were filled. */
  readonly whole: ReadonlySet<string>;
  readonly suffix: Suffix | null;
  readonly reading: Reading;
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
const PARTICLES =
  words(`van von der den de del della dela di da das do dos du la le las los el al bin ibn bint ben abu ter ten
  zu zum zur af av y e i san st mac mc o`);
/** What is typed where a name is demanded. */
const NO_NAMES = words(
  'unknown na nna none null nil test lnu fnu nln nfn anonymous candidate applicant notavailable noname',
);

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

/** Pure and idempotent: the forms of a folded name are the forms of the name. */
export function nameForms(name: WrittenName): NameForms {
  const called: string[] = [];
  const first = wordsOf(name.firstName, called);
  const last = wordsOf(name.lastName, called);
  const inName = [takeSuffix(last), takeSuffix(first)];
  const suffix = suffixOf(name.suffix) ?? inName[0] ?? inName[1] ?? null;
  const given = withoutNoise(first);
  const familyWords = withoutNoise(last);
  const family = familyForms(familyWords);
  if (name.maidenName)
    for (const form of familyForms(withoutNoise(wordsOf(name.maidenName, [])))) family.add(form);
  const givenWhole = given.join('');
  const familyWhole = familyWords.join('');
  return {
    given,
    middle: name.middleName ? withoutNoise(wordsOf(name.middleName, called)) : [],
    called,
    family,
    whole: new Set(givenWhole || familyWhole ? [givenWhole + familyWhole, familyWhole + givenWhole] : []),
    suffix,
    reading: readingOf(name.firstName + name.lastName),
  };
}

/** Folded words; what stands in quotes or brackets goes to `called`. */
function wordsOf(text: string, called: string[]): string[] {
  const composed = text.normalize('NFKC');
  const bare = composed.replaceAll(
    /["“”„«»(（[【]([^"“”„«»()（）[\]【】]*)["“”„«»)）\]】]/g,
    (_, inner: string) => {
      called.push(...split(fold(inner)));
      return ' ';
    },
  );
  return split(fold(bare));
}

function fold(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
  const letters = /^[\x00-\x7f]*$/.test(text)
    ? text
    : anyAscii(text.replaceAll(/\p{Extended_Pictographic}/gu, ' '));
  return letters.toLowerCase().replaceAll(/['`´]/g, '');
}

function split(folded: string): string[] {
  return folded.split(/[^a-z0-9]+/).filter(Boolean);
}

function withoutNoise(given: readonly string[]): string[] {
  const named = given.filter((word) => !TITLES.has(word));
  const kept = named.length > 0 ? named : given;
  return NO_NAMES.has(kept.join('')) ? [] : [...kept];
}

function takeSuffix(parts: string[]): Suffix | null {
  const suffix = parts.length > 1 ? SUFFIXES.get(parts.at(-1) ?? '') : undefined;
  if (!suffix) return null;
  parts.pop();
  return suffix;
}

function suffixOf(text: string | null | undefined): Suffix | null {
  return (
    split(fold(text ?? ''))
      .map((word) => SUFFIXES.get(word))
      .find(Boolean) ?? null
  );
}

function familyForms(parts: readonly string[]): Set<string> {
  const forms = new Set<string>();
  if (parts.length === 0) return forms;
  const bare = parts.filter((word) => !PARTICLES.has(word));
  for (const form of [parts.join(''), bare.join(''), ...bare]) {
    if (!form || (form.length === 1 && parts.length > 1)) continue;
    forms.add(form);
    forms.add(form.replaceAll(/([aou])e/g, '$1')); // Mueller, Müller
    forms.add(form.replace(/^mc(?=.{3})/, 'mac'));
  }
  return forms;
}

function readingOf(text: string): Reading {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
  if (/^[\x00-\x7f]*$/.test(text)) return 'latin';
  if (/[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(text))
    return 'syllables';
  if (/[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(text)) return 'consonants';
  return /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(text) ? 'alphabet' : 'latin';
}
