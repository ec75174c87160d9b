import { editDistance, isWithinOne } from './edit-distance.ts';
import type { NameForms } from './name.ts';
import nicknames from './nicknames.json' with { type: 'json' };
import type { Script } from './romanise.ts';
import type { Part, Word } from './word.ts';

/** What both sides' names have to do with each other, best first. */
export type NameLevel =
  | 'exact'
  | 'swapped'
  /** Rival spellings, another script, or one half of a double name. */
  | 'reading'
  | 'nickname'
  | 'initial'
  | 'typo'
  /** Neither part letter by letter. */
  | 'fuzzy'
  /** The other part is missing or unreadable. */
  | 'familyOnly'
  | 'givenOnly'
  /** The other part differs. */
  | 'family'
  | 'given'
  /** The other part is another name, but only just: Joe and Joel. Says nothing of siblings. */
  | 'similar'
  /** Nothing agrees, but not all differs. */
  | 'near'
  | 'unknown'
  | 'none';

/** How many parts of the name, given and family, say the same on both sides. */
export type NameParts = 'both' | 'one' | 'none';
export type NameVeto = 'name.suffix' | 'name.middle';

export interface NameComparison {
  readonly level: NameLevel;
  readonly parts: NameParts;
  readonly vetoes: readonly NameVeto[];
  /** Only one side says Jr, Sr, II … */
  readonly isSuffixOneSided: boolean;
}

/** Is this a name that many people bear? Two such names are two names, however alike. */
export type IsCommon = (part: Part, text: string) => boolean;

/** How two words of the same part agree, from 0. */
const DIFFERENT = 0;
/** Different names that look alike; they count as different but in the weight. */
const SIMILAR = 1;
const UNKNOWN = 2;
const TYPO = 3;
const INITIAL = 4;
const NICKNAME = 5;
const VARIANT = 6;
const SAME = 7;
type Rank = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

const NICKNAMES = new Map(
  Object.entries(nicknames).map(([name, short]) => [name, new Set(short.split(' '))]),
);
/** Daniel and Daniela are two people, though one name begins with the other. */
const FEMININE_ENDING = /^(a|e|h|ah|ia|ya|ine|ina|ette|etta|ella|elle|ita|ene|isa)$/;

/** What both names together tell of how their words are to be read. */
interface Reading {
  readonly isChinese: boolean;
  readonly isKorean: boolean;
  readonly isCommon: IsCommon;
  /** Does isCommon know the directory's names? */
  readonly isCounted: boolean;
}

/** From a list that comes with us. */
export const isKnownName: IsCommon = (_, text) => NICKNAMES.has(text);

/** Symmetric. */
export function compareNames(a: NameForms, b: NameForms, isCommon: IsCommon = isKnownName): NameComparison {
  const vetoes: NameVeto[] = [];
  if (a.suffix && b.suffix && a.suffix !== b.suffix) vetoes.push('name.suffix');
  const reading: Reading = {
    isChinese: hasSound(a.family, 'zh:') && hasSound(b.family, 'zh:'),
    isKorean: hasSound(a.family, 'ko:') && hasSound(b.family, 'ko:'),
    isCommon,
    isCounted: isCommon !== isKnownName,
  };
  const given = givenRank(a, b, reading);
  const family = familyRank(a, b, reading);
  const isTransliterated = a.family[0]?.script !== b.family[0]?.script;
  let level = levelOf(given, family, isTransliterated);
  let isRearranged = false;
  if (partsOf(level, given, family) !== 'both') {
    if (isWholeSame(a, b)) level = a.whole[0] === b.whole[0] ? 'exact' : 'swapped';
    else if (a.whole.length === 1 && a.whole[0] === b.whole[0]) level = 'givenOnly';
    else if (isSwapped(a, b, reading)) level = 'swapped';
    isRearranged = level === 'exact' || level === 'swapped';
  }
  if (!isRearranged && middleConflicts(a, b, reading)) vetoes.push('name.middle');
  return {
    level,
    parts: partsOf(level, given, family),
    vetoes,
    isSuffixOneSided: (a.suffix === null) !== (b.suffix === null),
  };
}

function levelOf(given: Rank, family: Rank, isTransliterated: boolean): NameLevel {
  if (given === SAME && family === SAME) return 'exact';
  if (given >= VARIANT && family >= VARIANT) return 'reading';
  if (given >= TYPO && family >= TYPO) {
    if (given === INITIAL && family === INITIAL) return 'unknown';
    if (given < VARIANT && family < VARIANT) return 'fuzzy';
    const weaker = Math.min(given, family);
    return weaker === NICKNAME ? 'nickname' : weaker === INITIAL ? 'initial' : 'typo';
  }
  if (given === UNKNOWN && family === UNKNOWN) return 'unknown';
  if (given === UNKNOWN && family >= TYPO) return family === INITIAL ? 'unknown' : 'familyOnly';
  if (family === UNKNOWN && given >= TYPO) return given === INITIAL ? 'unknown' : 'givenOnly';
  // Meyer and Maier with different given names are two families.
  const isFamily = family === SAME || (family === VARIANT && isTransliterated);
  if (given === SIMILAR && family >= VARIANT) return isFamily ? 'similar' : 'near';
  if (family === SIMILAR && given >= NICKNAME) return 'similar';
  if (isFamily) return 'family';
  if (given >= NICKNAME) return 'given';
  return given >= SIMILAR && family >= SIMILAR && given + family > SIMILAR + UNKNOWN ? 'near' : 'none';
}

function partsOf(level: NameLevel, given: Rank, family: Rank): NameParts {
  switch (level) {
    case 'exact':
    case 'swapped':
    case 'reading':
    case 'nickname':
    case 'initial':
    case 'typo':
      return 'both';
    case 'fuzzy':
      // A letter and a slip of the pen are too little together.
      return given === INITIAL || family === INITIAL ? 'one' : 'both';
    case 'familyOnly':
    case 'givenOnly':
    case 'family':
    case 'given':
    case 'similar':
      return 'one';
    case 'near':
    case 'unknown':
    case 'none':
      return 'none';
  }
}

function hasSound(words: readonly Word[], language: string): boolean {
  return words.some(({ sounds }) => sounds.some((sound) => sound.startsWith(language)));
}

function isWholeSame(a: NameForms, b: NameForms): boolean {
  if (a.given.length + a.family.length < 2 || b.given.length + b.family.length < 2) return false;
  if (a.given.length === 0 || b.given.length === 0 || a.family.length === 0 || b.family.length === 0)
    return false;
  return a.whole.some((whole) => b.whole.includes(whole));
}

function isSwapped(a: NameForms, b: NameForms, reading: Reading): boolean {
  const [one, other] = [crossRank(a, b, reading), crossRank(b, a, reading)];
  return one >= TYPO && other >= TYPO && Math.max(one, other) >= VARIANT;
}

/** The given name of one against the family name of the other. */
function crossRank(a: NameForms, b: NameForms, reading: Reading): Rank {
  const given = a.givenWhole;
  if (!given) return UNKNOWN;
  let best: Rank = DIFFERENT;
  for (const word of b.family) {
    // A surname may begin with another letter by a slip; what stands for a given name may not.
    const asFamily = wordRank(given, word, 'family', reading);
    best = better(best, asFamily >= VARIANT ? asFamily : DIFFERENT);
    best = better(best, wordRank(given, word, 'given', reading));
    // One half of a double name.
    if (
      a.given.length > 1 &&
      a.given.some(({ text }) => !SYLLABLE.test(text) && text.length > 1 && text === word.text)
    )
      best = better(best, VARIANT);
  }
  return best;
}

function familyRank(a: NameForms, b: NameForms, reading: Reading): Rank {
  const [left, right] = [a.family[0], b.family[0]];
  if (!left || !right) return UNKNOWN;
  const best = listRank(a.family, b.family, reading);
  if (best === SAME) {
    if (left.text === right.text) return SAME;
    // Of two double names one half: cousins have that too.
    return a.familyWords > 1 && b.familyWords > 1 && a.family[1]?.text !== b.family[1]?.text ? TYPO : VARIANT;
  }
  if (best >= VARIANT || (a.maiden.length === 0 && b.maiden.length === 0)) return best;
  const maiden = better(
    listRank([...a.family, ...a.maiden], b.maiden, reading),
    listRank(a.maiden, b.family, reading),
  );
  return maiden >= VARIANT ? VARIANT : better(best, maiden);
}

function listRank(a: readonly Word[], b: readonly Word[], reading: Reading): Rank {
  let best: Rank = DIFFERENT;
  for (const left of a) {
    for (const right of b) {
      best = better(best, wordRank(left, right, 'family', reading));
      if (best === SAME) return SAME;
    }
  }
  return best;
}

function givenRank(a: NameForms, b: NameForms, reading: Reading): Rank {
  if (!a.givenWhole || !b.givenWhole) return UNKNOWN;
  const whole = wordRank(a.givenWhole, b.givenWhole, 'given', reading);
  if (whole >= VARIANT) return whole;
  if (isMerged(a, b) || isMerged(b, a)) return SAME;
  if (isReordered(a, b)) return VARIANT;
  if (isAmong(a, b, reading) || isAmong(b, a, reading)) return VARIANT;
  let best: Rank = whole === INITIAL ? DIFFERENT : whole;
  if (a.given.length <= b.given.length) best = better(best, containment(a, b, reading));
  if (b.given.length <= a.given.length) best = better(best, containment(b, a, reading));
  return best;
}

/** "Maryann" for "Mary" with the middle name "Ann". */
function isMerged(a: NameForms, b: NameForms): boolean {
  if (b.middle.length === 0 || a.middle.length > 0) return false;
  return a.givenWhole?.text === `${b.givenWhole?.text}${b.middle.map(({ text }) => text).join('')}`;
}

/** "Grace Xiuxiu" for "Hsiu-hsiu": what is written in one word here is written in two there. */
function isAmong(a: NameForms, b: NameForms, reading: Reading): boolean {
  const { givenWhole } = a;
  if (!givenWhole || a.given.length < 2) return false;
  return b.given.some((word) => wordRank(givenWhole, word, 'given', reading) >= VARIANT);
}

/**
 * Does every given name of the shorter list stand in the longer one, or in the middle names behind it? The first must be the first:
 * María José is not José, and Ali Hussein not his father Hussein. "J. Robert" goes by his second name; of "J. R." nobody can say.
 */
function containment(short: NameForms, long: NameForms, reading: Reading): Rank {
  if (isSyllableLeftOver(short, long, reading)) return SIMILAR;
  const names = [...long.given, ...long.middle];
  const spelt = names[0]?.isInitial ? names.find(({ isInitial }) => !isInitial) : undefined;
  const firsts = spelt ? [...names.slice(0, 1), spelt] : names.slice(0, 1);
  let rank: Rank = SAME;
  for (const [position, word] of short.given.entries()) {
    const isAnywhere = position > 0 || isWholeName(word, reading);
    let best = bestRank(word, isAnywhere ? names : firsts, reading);
    if (best <= UNKNOWN && isCalled(short, long)) best = NICKNAME;
    if (best <= UNKNOWN && bestRank(word, long.given, reading) >= VARIANT) best = SIMILAR;
    if (best < rank) rank = best;
  }
  return rank;
}

/** All given names of somebody Chinese or Korean: only a Western one can stand before it. */
function isWholeName({ text }: Word, { isChinese, isKorean }: Reading): boolean {
  return (isChinese || isKorean) && !SYLLABLE.test(text);
}

/** The same given and middle names in another order: Van Anh for Anh with the middle name Van. */
function isReordered(a: NameForms, b: NameForms): boolean {
  const [left, right] = [a, b].map(({ given, middle }) =>
    [...given, ...middle]
      .map(({ text }) => text)
      .sort()
      .join(' '),
  );
  return a.given.length !== b.given.length && left === right;
}

const SYLLABLE = /^(?:[zcs]h|hs|t[sz]|[bpmfdtnlgkhjqxrzcsyw]y?)?[aeiou]{1,3}(?:ng|[nrklmpth])?$/;

/** Of a Chinese or Korean name each syllable is half: Mei-hong is not Hong. A Western name beside it is none. */
function isSyllableLeftOver(short: NameForms, long: NameForms, { isChinese, isKorean }: Reading): boolean {
  if ((!isChinese && !isKorean) || short.given.length === long.given.length || short.middle.length > 0)
    return false;
  if (short.given.every(({ isInitial }) => isInitial)) return false;
  return long.given.every(({ text, isInitial }) => !isInitial && SYLLABLE.test(text));
}

function bestRank(word: Word, others: readonly Word[], reading: Reading): Rank {
  let best: Rank = DIFFERENT;
  for (const other of others) best = better(best, wordRank(word, other, 'given', reading));
  return best;
}

/** Given or middle names, or initials of them, left over on both sides when all that agree are taken away. */
function middleConflicts(a: NameForms, b: NameForms, reading: Reading): boolean {
  if (a.middle.length + a.given.length < 2 || b.middle.length + b.given.length < 2) return false;
  const isGivenSame =
    a.givenWhole && b.givenWhole && wordRank(a.givenWhole, b.givenWhole, 'given', reading) >= VARIANT;
  const left = isGivenSame ? a.middle : [...a.given, ...a.middle];
  const right = isGivenSame ? b.middle : [...b.given, ...b.middle];
  if (left.length === 0 || right.length === 0) return false;
  return isLeftOver(left, right, b, reading) && isLeftOver(right, left, a, reading);
}

/** What is a middle name here may be part of the family name there, or run together with the given name. */
function isLeftOver(
  names: readonly Word[],
  others: readonly Word[],
  other: NameForms,
  reading: Reading,
): boolean {
  const more = [...others, ...other.family, ...other.given, ...(other.givenWhole ? [other.givenWhole] : [])];
  return names.some((word) => bestRank(word, word.isInitial ? others : more, reading) <= SIMILAR);
}

function isCalled(a: NameForms, b: NameForms): boolean {
  const isIn = (called: readonly Word[], given: readonly Word[]) =>
    called.some(({ text }) => given.some((word) => word.text === text));
  return isIn(a.called, b.given) || isIn(b.called, a.given);
}

function wordRank(a: Word, b: Word, part: Part, reading: Reading): Rank {
  if (a.text === b.text) return SAME;
  // Two characters that may be read alike are two names; old and new forms of one have one reading.
  if (a.script === b.script && (a.script === 'han' || a.script === 'hangul'))
    return sameScriptRank(a, b, part);
  if (intersects(a.sounds, b.sounds)) return VARIANT;
  if (part === 'given') {
    if (reading.isChinese && a.chinese.length > 1 && a.chinese === b.chinese) return VARIANT;
    if (reading.isKorean && a.korean.length > 1 && a.korean === b.korean) return VARIANT;
    if (NICKNAMES.get(a.text)?.has(b.text) || NICKNAMES.get(b.text)?.has(a.text)) return NICKNAME;
    if (isShortFor(a.text, b.text) || isShortFor(b.text, a.text)) return NICKNAME;
  }
  if (a.isInitial || b.isInitial) return isInitialOf(a, b);
  if (part === 'given' && (isFirstSyllable(a, b) || isFirstSyllable(b, a))) return INITIAL;
  if (a.script !== b.script) return scriptsRank(a, b, reading);
  // Marks above and below the line get lost on the way.
  if (a.script === 'thai' && a.skeletons.some((form) => form.length > 3 && b.skeletons.includes(form)))
    return VARIANT;
  if (isMistyped(a.text, b.text, part, reading)) return TYPO;
  if (isSameSkeleton(a, b, part, reading)) return TYPO;
  if (part === 'given' && reading.isKorean && isNear(a.korean, b.korean)) return SIMILAR;
  return isSimilar(a.text, b.text) ? SIMILAR : DIFFERENT;
}

function isInitialOf(a: Word, b: Word): Rank {
  const [letter, word] = a.isInitial ? [a, b] : [b, a];
  const forms =
    word.script === 'consonants' ? word.skeletons.map((form) => form.slice(1)) : [word.sounds[0] ?? ''];
  if ([word.text, ...forms].some((form) => form.startsWith(letter.text))) return INITIAL;
  return letter.script === word.script ? DIFFERENT : UNKNOWN;
}

/** Of names in characters each is half of one; brothers and sisters share the other half. */
function sameScriptRank(a: Word, b: Word, part: Part): Rank {
  if (part === 'given' && (isFirstSyllable(a, b) || isFirstSyllable(b, a))) return INITIAL;
  return isSimilar(a.text, b.text) ? SIMILAR : DIFFERENT;
}

/** A name in Hangul cut to its first syllable; a name of one syllable is rare there, and in Chinese it is not. */
function isFirstSyllable(a: Word, b: Word): boolean {
  return (
    a.isSyllable &&
    a.script === 'hangul' &&
    b.korean.length > a.korean.length &&
    b.korean.startsWith(a.korean)
  );
}

/** One of them was transliterated, and its letters may be one reading of several. */
function scriptsRank(a: Word, b: Word, reading: Reading): Rank {
  let best: Rank = DIFFERENT;
  // Where a script writes its vowels they must be alike too: Natan is not Antonin.
  if (hasVowels(a) && hasVowels(b) && !isRoughly(a.text, b.text)) return DIFFERENT;
  if (a.pattern?.test(b.text) || b.pattern?.test(a.text)) return VARIANT;
  const isSure = a.pattern === null && b.pattern === null;
  for (const left of a.skeletons) {
    for (const right of b.skeletons) {
      if (/^[~^]/.test(left) !== /^[~^]/.test(right)) continue;
      const letters = Math.min(left.length, right.length) - (/^[~^]/.test(left) ? 1 : 0);
      if (left === right) best = better(best, skeletonRank(letters, isSure));
      else if (letters >= 4 && isWithinOne(left, right)) best = better(best, isSure ? TYPO : SIMILAR);
    }
  }
  if (best > SIMILAR) return best;
  if (a.script === 'hangul' || b.script === 'hangul') return UNKNOWN;
  if (a.script === 'han' || b.script === 'han')
    return reading.isChinese &&
      Math.min(a.chinese.length, b.chinese.length) >= 6 &&
      isNear(a.chinese, b.chinese)
      ? TYPO
      : UNKNOWN;
  if (a.script === 'kana' || b.script === 'kana') return isNear(a.text, b.text) ? TYPO : DIFFERENT;
  return a.script === 'thai' || b.script === 'thai' ? UNKNOWN : best;
}

/** Consonants alone are little: Hassan and Hussein have the same. */
function skeletonRank(letters: number, isSure: boolean): Rank {
  if (!isSure) return letters >= 5 ? TYPO : SIMILAR;
  return letters >= 3 ? VARIANT : letters === 2 ? NICKNAME : INITIAL;
}

const VOWELLED: ReadonlySet<Script> = new Set(['latin', 'alphabet', 'indic']);

function hasVowels({ script }: Word): boolean {
  return VOWELLED.has(script);
}

/** More than half of the letters. */
function isRoughly(a: string, b: string): boolean {
  return editDistance(a, b) <= 0.45 * Math.max(a.length, b.length);
}

function isNear(a: string, b: string): boolean {
  return Math.min(a.length, b.length) >= 4 && isWithinOne(a, b);
}

/** Vowels aside the same: Suleiman, Slimane. */
function isSameSkeleton(a: Word, b: Word, part: Part, { isCommon }: Reading): boolean {
  if (a.script !== 'latin' || isEnding(a.text, b.text)) return false;
  const isShared = a.skeletons.some(
    (form) => form.length > 4 && form.startsWith('~') && b.skeletons.includes(form),
  );
  return isShared && !(isCommon(part, a.text) && isCommon(part, b.text));
}

/** "Alek" for "Aleksander": at least three letters and at most half of the whole. */
function isShortFor(short: string, long: string): boolean {
  return (
    short.length >= 3 &&
    short.length * 2 <= long.length &&
    long.startsWith(short) &&
    !FEMININE_ENDING.test(long.slice(short.length))
  );
}

/**
 * One slip in a word of some letters, two in a long one. Two names that many people bear are two names: Eric and Erica, Meyer and
 * Beyer. The first letter of a given name must stand, or the second in its place: it is seldom mistyped, and often tells a
 * brother from a sister. Where nobody has counted names, so must its ending.
 */
function isMistyped(a: string, b: string, part: Part, { isCommon, isCounted }: Reading): boolean {
  const letters = Math.min(a.length, b.length);
  const isFirst = a[0] === b[0];
  const isSlip = isWithinOne(a, b) || isCut(a, b);
  if (!isSlip && (letters < 9 || !isFirst || Math.abs(a.length - b.length) > 2 || editDistance(a, b) > 2))
    return false;
  const isSwap = a.length === b.length && a[0] === b[1] && a[1] === b[0];
  if (letters < 2 || (letters < 4 && !isFirst && !isSwap)) return false;
  if (isCommon(part, a) && isCommon(part, b)) return false;
  if (part === 'family') return letters >= 4 || (isCounted && isFirst);
  if (!isFirst && !isSwap) return false;
  const isTurned = a.length === b.length && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1);
  if (isEnding(a, b) && !isTurned) return isCounted && /[^aeiouy]$/.test(a) && /[^aeiouy]$/.test(b);
  return isCounted || letters >= 5 || (letters >= 4 && [...a].sort().join('') === [...b].sort().join(''));
}

/** One letter, or two of some. */
function isSimilar(a: string, b: string): boolean {
  const letters = Math.min(a.length, b.length);
  if (letters < 3 || Math.abs(a.length - b.length) > 2) return false;
  return isWithinOne(a, b) || (letters >= 5 && editDistance(a, b) <= 2);
}

/** Cut off where a form had no more room. */
function isCut(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const rest = long.slice(short.length);
  return short.length >= 6 && rest.length <= 8 && long.startsWith(short) && !FEMININE_ENDING.test(rest);
}

/** Do they differ in their last letter only? */
function isEnding(a: string, b: string): boolean {
  const letters = Math.min(a.length, b.length);
  return a.at(-1) !== b.at(-1) && a.slice(0, letters - 1) === b.slice(0, letters - 1);
}

function better(a: Rank, b: Rank): Rank {
  return a > b ? a : b;
}

function intersects(a: readonly string[], b: readonly string[]): boolean {
  for (const value of a) if (b.includes(value)) return true;
  return false;
}
