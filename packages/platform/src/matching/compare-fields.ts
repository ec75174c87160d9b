import { editDistance, isWithinOne } from './edit-distance.ts';
import type { CanonicalEmail } from './email.ts';
import type { NameForms } from './name.ts';
import type { Place } from './place.ts';

/** A company against all that the other has worked for. */
export function companyLevel(
  a: readonly string[],
  b: readonly string[],
): 'exact' | 'similar' | 'different' | null {
  if (a.length === 0 || b.length === 0) return null;
  if (a.some((name) => b.includes(name))) return 'exact';
  return a.some((name) => b.some((other) => isSimilarText(name, other))) ? 'similar' : 'different';
}

/** Titles by the words they have in common. */
export function titleLevel(
  a: readonly (readonly string[])[],
  b: readonly (readonly string[])[],
): 'exact' | 'similar' | 'different' | null {
  if (a.length === 0 || b.length === 0) return null;
  let best = 0;
  for (const left of a) {
    for (const right of b) {
      const both = left.filter((word) => right.includes(word)).length;
      best = Math.max(best, both / (left.length + right.length - both));
    }
  }
  return best === 1 ? 'exact' : best >= 0.5 ? 'similar' : 'different';
}

export type PlaceLevel = 'postcode' | 'city' | 'similar' | 'area' | 'different';

/** City, postcode and area say the same thing: the best of them counts, once. */
export function placeLevel(a: readonly Place[], b: readonly Place[]): PlaceLevel | null {
  let best: PlaceLevel | null = null;
  for (const left of a) {
    for (const right of b) {
      const level = onePlaceLevel(left, right);
      if (level && (!best || PLACE_LEVELS.indexOf(level) < PLACE_LEVELS.indexOf(best))) best = level;
    }
  }
  return best;
}

const PLACE_LEVELS: readonly PlaceLevel[] = ['postcode', 'city', 'similar', 'area', 'different'];

function onePlaceLevel(a: Place, b: Place): PlaceLevel | null {
  const isCountry = a.country !== null && b.country !== null ? a.country === b.country : null;
  if (isCountry !== false && a.postcode !== null && a.postcode === b.postcode) return 'postcode';
  if (a.city !== null && b.city !== null) {
    if (a.city === b.city && isCountry !== false) return 'city';
    if (isCountry !== false && (isSimilarText(a.city, b.city) || isNearPostcode(a.postcode, b.postcode)))
      return 'similar';
    if (a.area !== null && a.area === b.area && isCountry !== false) return 'area';
    // Names of one place in two scripts have nothing in common to see.
    return a.isForeign === b.isForeign || isCountry === false ? 'different' : null;
  }
  if (a.area !== null && b.area !== null)
    return a.area === b.area && isCountry !== false ? 'area' : 'different';
  return isCountry === false ? 'different' : null;
}

/** One digit wrong, or two swapped. */
function isNearPostcode(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a.length >= 4 && a.length === b.length && isWithinOne(a, b);
}

export type StreetLevel = 'exact' | 'similar' | 'number' | 'different';
const STREET_LEVELS: readonly StreetLevel[] = ['exact', 'similar', 'number', 'different'];

/** House number and street. */
export function streetLevel(a: readonly Place[], b: readonly Place[]): StreetLevel | null {
  let best: StreetLevel | null = null;
  for (const left of a) {
    for (const right of b) {
      const level = oneStreetLevel(left, right);
      if (level && (!best || STREET_LEVELS.indexOf(level) < STREET_LEVELS.indexOf(best))) best = level;
    }
  }
  return best;
}

function oneStreetLevel(a: Place, b: Place): StreetLevel | null {
  const isNumber = a.houseNumber === null || b.houseNumber === null ? null : a.houseNumber === b.houseNumber;
  if (a.streetWords.length === 0 || b.streetWords.length === 0) return isNumber ? 'number' : null;
  const isStreet =
    a.streetWords.some((word) => b.streetWords.includes(word)) ||
    a.streetWords.some((word) => b.streetWords.some((other) => isSimilarText(word, other))) ||
    isNearLine(a.streetWords.join(''), b.streetWords.join(''));
  if (isStreet) return isNumber ? 'exact' : 'similar';
  return isNumber ? 'number' : 'different';
}

/** Two slips in a line without its blanks, or one that begins like the other. */
function isNearLine(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return (
    short.length >= 6 &&
    (long.startsWith(short) || (long.length - short.length < 3 && editDistance(short, long) <= 2))
  );
}

/** One slip of the pen, or the words of one among those of the other. */
function isSimilarText(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < 4) return false;
  if (long.startsWith(`${short} `) || long.endsWith(` ${short}`)) return true;
  if (long.length - short.length > 2) return false;
  if (short.replaceAll(' ', '') === long.replaceAll(' ', '')) return true;
  return isWithinOne(short, long);
}

/** Mailboxes that are not the same: a slip in one of them, or the same distinctive name at another provider. */
export function emailNearness(
  a: readonly CanonicalEmail[],
  b: readonly CanonicalEmail[],
  name: NameForms,
): 'typo' | 'local' | 'different' | null {
  if (a.length === 0 || b.length === 0) return null;
  let best: 'typo' | 'local' | 'different' = 'different';
  for (const { canon: left } of a) {
    const [leftLocal, leftDomain] = mailboxParts(left);
    for (const { canon: right } of b) {
      const [rightLocal, rightDomain] = mailboxParts(right);
      if (leftLocal === rightLocal) {
        if (isSimilarText(leftDomain, rightDomain)) return 'typo';
        if (isDistinctive(leftLocal, name)) best = 'local';
      } else if (
        leftDomain === rightDomain &&
        Math.min(leftLocal.length, rightLocal.length) >= 6 &&
        isWithinOne(leftLocal, rightLocal) &&
        digitsOf(leftLocal) === digitsOf(rightLocal)
      )
        return 'typo';
    }
  }
  return best;
}

const FAMILY = /^(the|fam|family|familie|famille|familia|famiglia|e?s)*$/;

/** Is the mailbox named after the family alone, by none of its given names? `heinke81@`, `family.heinke@` */
export function isFamilyMailbox(canon: string, { family }: NameForms): boolean {
  const local = mailboxParts(canon)[0].replaceAll(/[^a-z]/g, '');
  return family.some(
    ({ text }) => text.length > 2 && local.includes(text) && FAMILY.test(local.replace(text, '')),
  );
}

/** Dots are the first thing to get lost. */
function mailboxParts(canon: string): [local: string, domain: string] {
  const at = canon.lastIndexOf('@');
  return [canon.slice(0, at).replaceAll('.', ''), canon.slice(at + 1)];
}

function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '');
}

/** What can be made of the name says no more than the name does. */
function isDistinctive(local: string, { given, family, middle }: NameForms): boolean {
  let rest = local.replaceAll(/[^a-z0-9]/g, '');
  for (const { text } of [...family, ...given, ...middle].toSorted((a, b) => b.text.length - a.text.length))
    if (text.length > 1) rest = rest.replace(text, '');
  if (rest.length < local.length)
    for (const { text } of [...given, ...family]) rest = rest.replace(text[0] ?? '', '');
  return rest.length >= 4;
}
