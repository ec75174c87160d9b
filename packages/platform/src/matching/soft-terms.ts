import type { SoftKind } from './keys.ts';
import type { Person } from './person.ts';
import type { Place } from './place.ts';
import type { Word } from './word.ts';

/** What two records of one person probably have in common; nothing of it identifies anybody. */
export interface SoftTerm {
  readonly kind: SoftKind;
  readonly value: string;
}

/** An employer before the last says little of who somebody is today. */
const MOST_COMPANIES = 2;

/**
 * Each once, both sides alike. Every way leads from another set of facts, so that one that is missing, mistyped or written in
 * another script leaves the others: both names; one name with a company, a city, a postcode; a house.
 */
export function softTermsOf(person: Person): SoftTerm[] {
  const terms = new Map<string, SoftTerm>();
  const add = (kind: SoftKind, value: string) => terms.set(`${kind} ${value}`, { kind, value });
  const { name } = person;
  if (name.whole.length > 1) add('whole', name.whole.toSorted()[0] ?? '');
  const given = codesOf(
    name.givenWhole && name.given.length > 1 ? [name.givenWhole, ...name.given.slice(0, 2)] : name.given,
  );
  const family = codesOf([...name.family.slice(0, 3), ...name.maiden.slice(0, 1)]);
  const sounds = pairsOf(given, family);
  const parts = [...new Set([...given, ...family])];
  const companies = person.companies.slice(0, MOST_COMPANIES);
  for (const sound of sounds) {
    add('sound', sound);
    for (const company of companies) add('soundAndCompany', `${sound}|${company}`);
    for (const { city } of person.places) if (city) add('soundAndPlace', `${sound}|${city}`);
  }
  for (const part of parts) {
    for (const company of companies) add('partAndCompany', `${part}|${company}`);
    for (const { city, postcode } of person.places) {
      if (city) add('partAndPlace', `${part}|${city}`);
      if (postcode) add('partAndPlace', `${part}|${postcode}`);
    }
  }
  for (const place of person.places) for (const house of housesOf(place)) add('house', house);
  for (const { last9 } of person.phones) if (last9) add('nationalNumber', last9);
  return [...terms.values()];
}

const MOST_WORDS = 4;
const MOST_PAIRS = 6;

/** Initials lead nowhere. */
function codesOf(words: readonly Word[]): string[] {
  const codes = words.filter(({ isInitial }) => !isInitial).flatMap((word) => word.codes);
  return [...new Set(codes)].slice(0, MOST_WORDS);
}

/** Both names in whatever order. */
function pairsOf(given: readonly string[], family: readonly string[]): string[] {
  const pairs = new Set<string>();
  for (const one of given)
    for (const other of family) pairs.add(one < other ? `${one} ${other}` : `${other} ${one}`);
  return [...pairs].slice(0, MOST_PAIRS);
}

/** House number with street, with postcode. */
function housesOf({ houseNumber, street, postcode }: Place): string[] {
  if (houseNumber === null) return [];
  return [
    ...(street ? [`${houseNumber}|${street}`] : []),
    ...(postcode ? [`${houseNumber}|${postcode}`] : []),
  ];
}
