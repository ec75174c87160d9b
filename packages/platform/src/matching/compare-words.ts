import { editDistance, isWithinOne, isWithinTwo } from './edit-distance.ts';
import nicknames from './nicknames.json' with { type: 'json' };
import type { Script } from './romanise.ts';
import type { Part, Word } from './word.ts';

/** Is this a name that many people bear? Two such names are two names, however alike. */
export type IsCommon = (part: Part, text: string) => boolean;

/** How two words of the same part agree, from 0. */
export const DIFFERENT = 0;
/** Different names that look alike; they count as different but in the weight. */
export const SIMILAR = 1;
export const UNKNOWN = 2;
export const TYPO = 3;
export const INITIAL = 4;
export const NICKNAME = 5;
/** Given names that are said alike, and no list says that they are spellings of one: Niko and Nico. */
export const ALIKE = 6;
export const VARIANT = 7;
export const SAME = 8;
export type Rank = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const NICKNAMES = new Map(
  Object.entries(nicknames).map(([name, short]) => [name, new Set(short.split(' '))]),
);
/** Daniel and Daniela are two people, though one name begins with the other. */
const FEMININE_ENDING = /^(a|e|h|ah|ia|ya|ine|ina|ette|etta|ella|elle|ita|ene|isa)$/;

/** What both names together tell of how their words are to be read. */
export interface Reading {
  readonly isChinese: boolean;
  readonly isKorean: boolean;
  readonly isCommon: IsCommon;
  /** Does isCommon know the directory's names? */
  readonly isCounted: boolean;
}

/** From a list that comes with us. */
export const isKnownName: IsCommon = (_, text) => NICKNAMES.has(text);

/** Two words of the same part of two names. Symmetric. */
export function wordRank(a: Word, b: Word, part: Part, reading: Reading): Rank {
  if (a.text === b.text) return SAME;
  // Two characters that may be read alike are two names; old and new forms of one have one reading.
  if (a.script === b.script && (a.script === 'han' || a.script === 'hangul'))
    return sameScriptRank(a, b, part);
  const isSaidAlike = intersects(a.sounds, b.sounds);
  if (isSaidAlike && (part === 'family' || a.script !== b.script || isKnownSpelling(a, b))) return VARIANT;
  if (part === 'given') {
    if (reading.isChinese && a.chinese.length > 1 && a.chinese === b.chinese) return VARIANT;
    if (reading.isKorean && a.korean.length > 1 && a.korean === b.korean) return VARIANT;
    if (isSaidAlike) return ALIKE;
    if (NICKNAMES.get(a.text)?.has(b.text) || NICKNAMES.get(b.text)?.has(a.text)) return NICKNAME;
    if (isShortFor(a.text, b.text) || isShortFor(b.text, a.text)) return NICKNAME;
  }
  if (a.isInitial || b.isInitial) return isInitialOf(a, b);
  if (part === 'given' && (isFirstSyllable(a, b) || isFirstSyllable(b, a))) return INITIAL;
  if (a.script !== b.script) return scriptsRank(a, b, part, reading);
  // Marks above and below the line get lost on the way.
  if (a.script === 'thai' && a.skeletons.some((form) => form.length > 3 && b.skeletons.includes(form)))
    return VARIANT;
  if (isMistyped(a.text, b.text, part, reading)) return TYPO;
  if (isSameSkeleton(a, b, part, reading)) return TYPO;
  if (part === 'given' && reading.isKorean && isNear(a.korean, b.korean)) return SIMILAR;
  return isSimilar(a.text, b.text) ? SIMILAR : DIFFERENT;
}

/** By a list or a language, not by its sound alone. */
function isKnownSpelling(a: Word, b: Word): boolean {
  return intersects(a.sounds.slice(1), b.sounds.slice(1));
}

/** An initial is a letter of the name as it is written; only in another script it may be one of its sound: S. is not Célestine. */
function isInitialOf(a: Word, b: Word): Rank {
  const [letter, word] = a.isInitial ? [a, b] : [b, a];
  if (letter.script === word.script && word.script === 'latin')
    return word.text.startsWith(letter.text) ? INITIAL : DIFFERENT;
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
function scriptsRank(a: Word, b: Word, part: Part, reading: Reading): Rank {
  let best: Rank = DIFFERENT;
  // Where a script writes its vowels they must be alike too: Natan is not Antonin, and Alexandra not Alexander.
  if (hasVowels(a) && hasVowels(b)) {
    if (!isRoughly(a.text, b.text)) return DIFFERENT;
    if (part === 'given' && /[ae]$/.test(a.text) !== /[ae]$/.test(b.text)) return SIMILAR;
  }
  if (a.pattern?.test(b.text) || b.pattern?.test(a.text)) return VARIANT;
  const isSure = a.pattern === null && b.pattern === null;
  for (const left of a.skeletons) {
    for (const right of b.skeletons) {
      if (/^[~^]/.test(left) !== /^[~^]/.test(right)) continue;
      // Of Thai so much is left out that the same is left of Watchara and of Julia.
      const isThai = left.startsWith('^');
      if (isThai && !(left === right && isRoughly(a.text, b.text))) continue;
      const letters = Math.min(left.length, right.length) - (/^[~^]/.test(left) ? 1 : 0);
      // Of one consonant both may be anybody's: Inna is not Hanna.
      if (left === right && (letters > 1 || isWithinOne(a.text, b.text)))
        best = better(best, skeletonRank(letters, isSure));
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

/** Vowels aside the same: Suleiman, Slimane. In Chinese and Korean they are half of the name: Yangguang is not Yongcheng. */
function isSameSkeleton(a: Word, b: Word, part: Part, reading: Reading): boolean {
  const { isChinese, isKorean, isCommon } = reading;
  if (a.script !== 'latin' || isChinese || isKorean || isEnding(a.text, b.text)) return false;
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
  const isSwap = a.length === b.length && a[0] === b[1] && a[1] === b[0];
  if (letters < 2 || (!isFirst && !isSwap && (part === 'given' || letters < 4))) return false;
  const isSlip = isWithinOne(a, b) || isCut(a, b);
  if (!isSlip && (letters < 9 || !isFirst || !isWithinTwo(a, b))) return false;
  if (isCommon(part, a) && isCommon(part, b)) return false;
  if (part === 'family') return letters >= 4 || (isCounted && isFirst);
  const isTurned = a.length === b.length && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1);
  if (isEnding(a, b) && !isTurned) return isCounted && /[^aeiouy]$/.test(a) && /[^aeiouy]$/.test(b);
  return isCounted || letters >= 5 || (letters >= 4 && [...a].sort().join('') === [...b].sort().join(''));
}

/** One letter, or two of some. */
function isSimilar(a: string, b: string): boolean {
  const letters = Math.min(a.length, b.length);
  if (letters < 3) return false;
  return letters >= 5 ? isWithinTwo(a, b) : isWithinOne(a, b);
}

/** Cut off where a form had no more room. */
function isCut(a: string, b: string): boolean {
  if (a.length < 6 || b.length < 6) return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return (
    long.length - short.length <= 8 &&
    long.startsWith(short) &&
    !FEMININE_ENDING.test(long.slice(short.length))
  );
}

/** Do they differ in their last letter only? */
function isEnding(a: string, b: string): boolean {
  const letters = Math.min(a.length, b.length);
  if (a[0] !== b[0] && letters > 1) return false;
  return a.at(-1) !== b.at(-1) && a.slice(0, letters - 1) === b.slice(0, letters - 1);
}

export function better(a: Rank, b: Rank): Rank {
  return a > b ? a : b;
}

function intersects(a: readonly string[], b: readonly string[]): boolean {
  for (const value of a) if (b.includes(value)) return true;
  return false;
}
