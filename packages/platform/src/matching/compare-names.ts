import {
  ALIKE,
  better,
  DIFFERENT,
  INITIAL,
  type IsCommon,
  isKnownName,
  NICKNAME,
  type Rank,
  type Reading,
  SAME,
  SIMILAR,
  TYPO,
  UNKNOWN,
  VARIANT,
  wordRank,
} from './compare-words.ts';
import type { NameForms } from './name.ts';
import type { Word } from './word.ts';

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
/**
 * Where both parts agree: is the given name `one`, be it in another script or spelling, or `near` it (a slip, an initial, a short
 * form, the same sound), as those of one family may be? `two` sound alike and are each borne by many: Luisa and Louisa.
 */
export type GivenNames = 'one' | 'near' | 'two';
export type NameVeto = 'name.suffix' | 'name.middle';

export interface NameComparison {
  readonly level: NameLevel;
  readonly parts: NameParts;
  readonly vetoes: readonly NameVeto[];
  readonly givenNames: GivenNames;
  /** Only one side says Jr, Sr, II … */
  readonly isSuffixOneSided: boolean;
}

/** Symmetric. */
export function compareNames(a: NameForms, b: NameForms, isCommon: IsCommon = isKnownName): NameComparison {
  const vetoes: NameVeto[] = [];
  if (a.suffix && b.suffix && a.suffix !== b.suffix) vetoes.push('name.suffix');
  const reading: Reading = {
    isChinese: hasReading(a.family, 'zh:') && hasReading(b.family, 'zh:'),
    isKorean: hasReading(a.family, 'ko:') && hasReading(b.family, 'ko:'),
    isCommon,
    isCounted: isCommon !== isKnownName,
  };
  const given = givenRank(a, b, reading);
  const family = familyRank(a, b, reading);
  const isTransliterated = a.family[0]?.script !== b.family[0]?.script;
  let level = levelOf(given, family, isTransliterated);
  let isRearranged = false;
  let likeness: Rank = given;
  if (partsOf(level, given, family) !== 'both') {
    if (isWholeSame(a, b)) {
      level = a.whole[0] === b.whole[0] ? 'exact' : 'swapped';
      likeness = SAME;
    } else if (Math.min(a.whole.length, b.whole.length) === 1 && a.whole[0] === b.whole[0])
      level = 'givenOnly';
    else {
      const swapped = swappedRank(a, b, reading);
      if (swapped !== null) {
        level = 'swapped';
        likeness = swapped;
      }
    }
    isRearranged = level === 'exact' || level === 'swapped';
  }
  if (!isRearranged && middleConflicts(a, b, reading)) vetoes.push('name.middle');
  return {
    level,
    parts: partsOf(level, given, family),
    vetoes,
    givenNames: likenessOf(likeness, a, b, isCommon),
    isSuffixOneSided: (a.suffix === null) !== (b.suffix === null),
  };
}

function likenessOf(rank: Rank, a: NameForms, b: NameForms, isCommon: IsCommon): GivenNames {
  if (rank >= VARIANT) return 'one';
  const isBorne = ({ givenWhole }: NameForms) => givenWhole !== null && isCommon('given', givenWhole.text);
  return rank === ALIKE && isBorne(a) && isBorne(b) ? 'two' : 'near';
}

function levelOf(given: Rank, family: Rank, isTransliterated: boolean): NameLevel {
  if (given === SAME && family === SAME) return 'exact';
  if (given >= ALIKE && family >= VARIANT) return 'reading';
  if (given >= TYPO && family >= TYPO) {
    if (given === INITIAL && family === INITIAL) return 'unknown';
    if (given < ALIKE && family < VARIANT) return 'fuzzy';
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

function hasReading(words: readonly Word[], language: string): boolean {
  return words.some(({ readings }) => readings.some((reading) => reading.startsWith(language)));
}

function isWholeSame(a: NameForms, b: NameForms): boolean {
  if (a.given.length + a.family.length < 2 || b.given.length + b.family.length < 2) return false;
  if (a.given.length === 0 || b.given.length === 0 || a.family.length === 0 || b.family.length === 0)
    return false;
  return a.whole.some((whole) => b.whole.includes(whole));
}

/** How the weaker part agrees. */
function swappedRank(a: NameForms, b: NameForms, reading: Reading): Rank | null {
  const one = crossRank(a, b, reading);
  if (one < TYPO) return null;
  const other = crossRank(b, a, reading);
  return other >= TYPO && Math.max(one, other) >= ALIKE ? (one < other ? one : other) : null;
}

/** The given name of one against the family name of the other. */
function crossRank(a: NameForms, b: NameForms, reading: Reading): Rank {
  const given = a.givenWhole;
  if (!given) return UNKNOWN;
  let best: Rank = DIFFERENT;
  for (const word of b.family) {
    // A surname may begin with another letter by a slip; what stands for a given name may not.
    const asGiven = wordRank(given, word, 'given', reading);
    best = better(best, asGiven);
    // Of words of one script both ways find the same that is more than that.
    if (asGiven < ALIKE && (given.script !== word.script || given.script === 'thai')) {
      const asFamily = wordRank(given, word, 'family', reading);
      if (asFamily >= VARIANT) best = better(best, asFamily);
    }
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
  if (whole >= ALIKE) return whole;
  // What follows is about several names; most people have one.
  if (a.given.length === 1 && b.given.length === 1 && a.middle.length === 0 && b.middle.length === 0)
    return whole <= UNKNOWN && isCalled(a, b) ? NICKNAME : whole;
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
  return b.given.some((word) => wordRank(givenWhole, word, 'given', reading) >= ALIKE);
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
    let best = bestRank(word, position > 0 ? names : firsts, reading);
    if (position === 0 && isWholeName(word, reading)) {
      // Wenyun is not Long Wen: a syllable that is short for a name stands first.
      const anywhere = bestRank(word, names, reading);
      if (anywhere >= ALIKE) best = better(best, anywhere);
    }
    if (best <= UNKNOWN && isCalled(short, long)) best = NICKNAME;
    if (best <= UNKNOWN && bestRank(word, long.given, reading) >= ALIKE) best = SIMILAR;
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
    a.givenWhole && b.givenWhole && wordRank(a.givenWhole, b.givenWhole, 'given', reading) >= ALIKE;
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
