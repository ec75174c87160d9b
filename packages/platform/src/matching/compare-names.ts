import { editDistance } from './edit-distance.ts';
import type { NameForms, Reading } from './name.ts';
import nicknames from './nicknames.json' with { type: 'json' };

export type NameAgreement = 'agrees' | 'neutral' | 'contradicts';
/** `unknown`: one side has nothing that could be compared. */
type PartAgreement = 'same' | 'alike' | 'unknown' | 'different';

const NICKNAMES = new Map(
  Object.entries(nicknames).map(([name, short]) => [name, new Set(short.split(' '))]),
);
/** Daniel and Daniela are two people, though one name begins with the other. */
const FEMININE_ENDING = /^(a|e|h|ah|ia|ya|ine|ina|ette|etta|ella|elle|ita|ene|isa)$/;

/**
 * Do two names allow that it is one person? Symmetric. `agrees` needs both parts, and one of them letter by letter;
 * `neutral` when nothing differs but a part is missing, unreadable or only hinted at on both sides.
 */
export function nameAgreement(a: NameForms, b: NameForms): NameAgreement {
  if (a.suffix && b.suffix && a.suffix !== b.suffix) return 'contradicts';
  if (middleConflicts(a, b)) return 'contradicts';
  if (intersects(a.whole, b.whole)) return 'agrees';
  const reading = worse(a.reading, b.reading);
  const given = givenAgreement(a, b, reading);
  const family = familyAgreement(a.family, b.family, reading);
  if (given === 'different' || family === 'different') return isSwapped(a, b) ? 'agrees' : 'contradicts';
  const isFirm = given === 'same' || family === 'same';
  return isFirm && given !== 'unknown' && family !== 'unknown' ? 'agrees' : 'neutral';
}

/** Is there at least one part on which both sides say the same? Without one, an identifier alone would name a person. */
export function sharesNamePart(a: NameForms, b: NameForms): boolean {
  const reading = worse(a.reading, b.reading);
  return givenAgreement(a, b, reading) === 'same' || familyAgreement(a.family, b.family, reading) === 'same';
}

function familyAgreement(a: ReadonlySet<string>, b: ReadonlySet<string>, reading: Reading): PartAgreement {
  if (a.size === 0 || b.size === 0) return 'unknown';
  if (intersects(a, b)) return 'same';
  let agreement = difference(reading);
  for (const left of a) {
    for (const right of b) {
      const sound = soundsAlike(left, right, reading);
      if (sound === 'same') return 'same';
      const isHint = isInitialOf(left, right) || isInitialOf(right, left) || isMistyped(left, right, 4);
      if (isHint || sound === 'alike') agreement = 'alike';
    }
  }
  return agreement;
}

function givenAgreement(a: NameForms, b: NameForms, reading: Reading): PartAgreement {
  if (a.given.length === 0 || b.given.length === 0) return 'unknown';
  if (a.given.join('') === b.given.join('')) return 'same';
  const ways: PartAgreement[] = [];
  if (a.given.length <= b.given.length) ways.push(containment(a, b, reading));
  if (b.given.length <= a.given.length) ways.push(containment(b, a, reading));
  return AGREEMENTS.find((agreement) => ways.includes(agreement)) ?? 'different';
}

const AGREEMENTS: readonly PartAgreement[] = ['same', 'alike', 'unknown', 'different'];

/** Does every given name of the shorter list stand in the longer one, or in the middle names behind it? */
function containment(short: NameForms, long: NameForms, reading: Reading): PartAgreement {
  const isAllInitials = long.given.every((word) => word.length === 1);
  let agreement: PartAgreement = 'same';
  for (const [position, word] of short.given.entries()) {
    const others = position === 0 && !isAllInitials ? long.given : [...long.given, ...long.middle];
    const best = bestWord(word, others, reading);
    if (best === 'same') continue;
    if (best === 'different' && !(position === 0 && isCalled(short, long))) return difference(reading);
    agreement = 'alike';
  }
  return agreement;
}

function bestWord(word: string, others: readonly string[], reading: Reading): 'same' | 'alike' | 'different' {
  if (others.includes(word)) return 'same';
  const agreements = others.map((other) => wordAgreement(word, other, reading));
  return agreements.find((one) => one === 'same') ?? agreements.find((one) => one === 'alike') ?? 'different';
}

function wordAgreement(a: string, b: string, reading: Reading): 'same' | 'alike' | 'different' {
  if (isInitialOf(a, b) || isInitialOf(b, a)) return 'alike';
  if (NICKNAMES.get(a)?.has(b) || NICKNAMES.get(b)?.has(a)) return 'alike';
  if (isShortFor(a, b) || isShortFor(b, a)) return 'alike';
  // The first letter of a given name is seldom mistyped; its last one often tells a brother from a sister.
  if (a[0] === b[0] && a.at(-1) === b.at(-1) && isMistyped(a, b, 5)) return 'alike';
  const isOneGender = reading === 'consonants' || a.endsWith('a') === b.endsWith('a');
  return isOneGender ? soundsAlike(a, b, reading) : 'different';
}

/** Two middle names, or initials of them, of which none agrees. */
function middleConflicts(a: NameForms, b: NameForms): boolean {
  const left = [...a.given.slice(1), ...a.middle];
  const right = [...b.given.slice(1), ...b.middle];
  if (left.length === 0 || right.length === 0) return false;
  return !left.some((word) => bestWord(word, right, 'latin') !== 'different');
}

function isCalled(a: NameForms, b: NameForms): boolean {
  return a.called.some((word) => b.given.includes(word)) || b.called.some((word) => a.given.includes(word));
}

function isSwapped(a: NameForms, b: NameForms): boolean {
  const isFamilyOf = (from: NameForms, to: NameForms) =>
    from.given.length > 0 && to.family.has(from.given.join(''));
  return isFamilyOf(a, b) && isFamilyOf(b, a);
}

function isInitialOf(letter: string, word: string): boolean {
  return letter.length === 1 && word.startsWith(letter);
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

/** One slip in a word of at least `minLetters`, two in a long one. */
function isMistyped(a: string, b: string, minLetters: number): boolean {
  const letters = Math.min(a.length, b.length);
  if (letters < minLetters || Math.abs(a.length - b.length) > 2) return false;
  return editDistance(a, b) <= (letters >= 10 ? 2 : 1);
}

/** Of two scripts: romanisations differ in their vowels first. Mohammed, mhmd; Chaykovskiy, Tchaikovsky. */
function soundsAlike(a: string, b: string, reading: Reading): 'same' | 'alike' | 'different' {
  if (reading === 'latin') return 'different';
  const [left, right] = [skeleton(a), skeleton(b)];
  const letters = Math.min(left.length, right.length);
  if (left === right && letters >= 2) return letters >= 3 ? 'same' : 'alike';
  return letters >= 4 && editDistance(left, right) <= 1 ? 'alike' : 'different';
}

function skeleton(word: string): string {
  return word.replaceAll(/[aeiouyw]/g, '').replaceAll(/(.)\1+/g, '$1');
}

function difference(reading: Reading): PartAgreement {
  switch (reading) {
    case 'latin':
    case 'alphabet':
      return 'different';
    case 'consonants':
    case 'syllables':
      return 'unknown'; // the letters are one reading of several
  }
}

const READINGS: readonly Reading[] = ['latin', 'alphabet', 'consonants', 'syllables'];

/** The reading under which two names are compared: that of the less certain side; as good as Latin when both are written alike. */
function worse(a: Reading, b: Reading): Reading {
  if (a === b) return 'latin';
  return READINGS[Math.max(READINGS.indexOf(a), READINGS.indexOf(b))] ?? 'syllables';
}

function intersects(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const value of a) if (b.has(value)) return true;
  return false;
}
