import { probabilityOf } from './certainty.ts';
import { companyLevel, emailNearness, placeLevel, streetLevel, titleLevel } from './compare-fields.ts';
import {
  compareNames,
  type GivenNames,
  type NameLevel,
  type NameParts,
  type NameVeto,
} from './compare-names.ts';
import { type IsCommon, isKnownName } from './compare-words.ts';
import { type Identifier, identifierText, type WeakIdentifiers } from './identifiers.ts';
import { type Model, priorBits, shareOf, type TermField } from './model.ts';
import type { MemberPerson, Person } from './person.ts';
import type { Word } from './word.ts';

export type ScoredField = 'name' | 'email' | 'phone' | 'url' | 'company' | 'title' | 'place' | 'street';

/** What one field says: bits for (positive) or against its being one person. */
export interface FieldEvidence {
  readonly field: ScoredField;
  readonly level: string;
  readonly bits: number;
  /** What of the bits is due to the value being rarer or more frequent than usual. */
  readonly tf?: number;
}

/** Why this pair is not linked without a person, whatever agrees. */
export type Veto = 'url.conflict' | 'url.reused' | NameVeto;

export interface Scored {
  readonly memberId: number;
  /** Bits for and against: log2 of the odds, were the fields independent. */
  readonly weight: number;
  /** What share of such pairs is one person, as counted. */
  readonly probability: number;
  readonly evidence: readonly FieldEvidence[];
  /** Identifiers on which both sides agree and that are not weak. */
  readonly agreeing: readonly Identifier[];
  readonly nameParts: NameParts;
  readonly givenNames: GivenNames;
  readonly vetoes: readonly Veto[];
  /** Only one of them says Jr, Sr, II … */
  readonly isSuffixOneSided: boolean;
}

/** Evidence of one pair as it is gathered. */
interface Gathering {
  readonly candidate: Person;
  readonly member: MemberPerson;
  readonly model: Model;
  readonly weak: WeakIdentifiers;
  readonly evidence: FieldEvidence[];
  readonly agreeing: Identifier[];
  readonly vetoes: Veto[];
}

/** `urlHolders`: how many members hold or held an address. */
export function scorePair(
  candidate: Person,
  member: MemberPerson,
  model: Model,
  weak: WeakIdentifiers,
  urlHolders: ReadonlyMap<string, number> = new Map(),
): Scored {
  return withName(gatherFields(candidate, member, model, weak, urlHolders));
}

/**
 * The same for a pair that may reach so many bits; null where no identifier agrees and all else together comes to less, whatever
 * the names say. Names cost most, and most of those whom soft keys lead to are told apart without them.
 */
export function scorePairFrom(
  leastBits: number,
  candidate: Person,
  member: MemberPerson,
  model: Model,
  weak: WeakIdentifiers,
  urlHolders: ReadonlyMap<string, number>,
): Scored | null {
  const pair = gatherFields(candidate, member, model, weak, urlHolders);
  if (pair.agreeing.length === 0) {
    // Sums of the same numbers in another order differ by less than this.
    const needed = leastBits - 1e-6 - weightOf(pair);
    if (needed > mostOfAnyName(model) || needed > mostOfName(pair)) return null;
  }
  return withName(pair);
}

function gatherFields(
  candidate: Person,
  member: MemberPerson,
  model: Model,
  weak: WeakIdentifiers,
  urlHolders: ReadonlyMap<string, number>,
): Gathering {
  const pair: Gathering = { candidate, member, model, weak, evidence: [], agreeing: [], vetoes: [] };
  addEmail(pair);
  addPhone(pair);
  addUrl(pair, urlHolders);
  const company = companyLevel(candidate.companies, member.companies);
  if (company) add(pair, 'company', company, company === 'exact' ? companyFrequency(pair) : 0);
  add(pair, 'title', titleLevel(candidate.titles, member.titles));
  const place = placeLevel(candidate.places, member.places);
  add(pair, 'place', place, place === 'city' ? cityFrequency(pair) : 0);
  add(pair, 'street', streetLevel(candidate.places, member.places));
  return pair;
}

/** The name stands first in what is said of a pair. */
function withName(fields: Gathering): Scored {
  const { candidate, member, model, agreeing } = fields;
  const pair: Gathering = { ...fields, evidence: [] };
  const name = compareNames(candidate.name, member.name, commonNames(model));
  add(pair, 'name', name.level, nameFrequency(pair, name.level));
  pair.evidence.push(...fields.evidence);
  const weight = weightOf(pair);
  return {
    memberId: member.memberId,
    weight,
    probability: probabilityOf(weight, pair.evidence),
    evidence: pair.evidence,
    agreeing,
    nameParts: name.parts,
    givenNames: name.givenNames,
    vetoes: [...name.vetoes, ...fields.vetoes],
    isSuffixOneSided: name.isSuffixOneSided,
  };
}

function weightOf({ evidence, model }: Gathering): number {
  return evidence.reduce((sum, { bits }) => sum + bits, priorBits(model));
}

/** Null on either side says nothing. */
function add(pair: Gathering, field: ScoredField, level: string | null, tf = 0): void {
  const { weights } = pair.model;
  const bits = level === null ? undefined : weights.fields[field]?.[level];
  if (level === null || bits === undefined || bits === 0) return;
  // A frequent value says less, but what agrees never speaks against.
  const adjusted = tf === 0 ? bits : Math.min(Math.max(bits + tf, Math.min(bits, 1)), weights.largestBits);
  pair.evidence.push({ field, level, bits: adjusted, ...(tf === 0 ? {} : { tf: adjusted - bits }) });
}

function addEmail(pair: Gathering): void {
  const { candidate, member, weak } = pair;
  let level: 'exact' | 'canon' | null = null;
  let isIgnored = false;
  for (const email of candidate.emails) {
    const own = member.emails.find(({ canon }) => canon === email.canon);
    if (!own) continue;
    const identifier: Identifier = { kind: 'email', value: email.canon };
    const isExact = member.emails.some(({ exact }) => exact === email.exact);
    // A mailbox that is thrown away is somebody else's tomorrow: only the very address counts.
    if (weak.has(identifierText(identifier)) || (own.class === 'DISPOSABLE' && !isExact)) {
      isIgnored = true;
      continue;
    }
    if (!pair.agreeing.some(({ value }) => value === email.canon)) pair.agreeing.push(identifier);
    if (level !== 'exact') level = isExact ? 'exact' : 'canon';
  }
  if (level) add(pair, 'email', level);
  if (pair.agreeing.length > 1) add(pair, 'email', 'more');
  if (level) return;
  if (!isIgnored) add(pair, 'email', emailNearness(candidate.emails, member.emails, candidate.name));
}

function addPhone(pair: Gathering): void {
  const { candidate, member, weak } = pair;
  if (candidate.phones.length === 0 || member.phones.length === 0) return;
  let level: 'exact' | 'national' | 'different' | null = 'different';
  for (const { e164, last9 } of candidate.phones) {
    for (const own of member.phones) {
      if (e164 !== null && own.e164 === e164) {
        const identifier: Identifier = { kind: 'phone', value: e164 };
        if (weak.has(identifierText(identifier))) level = level === 'different' ? null : level;
        else {
          level = 'exact';
          if (!pair.agreeing.some(({ value }) => value === e164)) pair.agreeing.push(identifier);
        }
      } else if ((e164 === null || own.e164 === null) && level !== 'exact')
        level = last9 !== null && last9 === own.last9 ? 'national' : level === 'national' ? level : null;
    }
  }
  add(pair, 'phone', level);
}

/**
 * An address counts for its current holder; for a former one when nobody else holds or held it. Where somebody else holds it
 * now, it says nothing of whom the candidate meant.
 */
function addUrl(pair: Gathering, urlHolders: ReadonlyMap<string, number>): void {
  const { candidate, member, weak } = pair;
  const [url] = candidate.profileUrls;
  if (url === undefined || member.profileUrls.length === 0) return;
  const identifier: Identifier = { kind: 'url', value: url };
  if (weak.has(identifierText(identifier))) return;
  const position = member.profileUrls.indexOf(url);
  const isOnlyHolder = (urlHolders.get(url) ?? 1) <= 1;
  if (position === 0 || (position > 0 && isOnlyHolder)) {
    pair.agreeing.push(identifier);
    add(pair, 'url', position === 0 ? 'current' : 'former');
  } else if (position > 0) pair.vetoes.push('url.reused');
  else {
    pair.vetoes.push('url.conflict');
    add(pair, 'url', 'different');
  }
}

/** Names that many bear, by what the directory has and by what is known anyhow. */
function commonNames(model: Model): IsCommon {
  const known = commonByModel.get(model);
  if (known) return known;
  const { given, family } = model.frequencies;
  if (given.total === 0) return isKnownName;
  const isCommon: IsCommon = (part, text) =>
    (part === 'given' ? given : family).counts.has(text) || isKnownName(part, text);
  commonByModel.set(model, isCommon);
  return isCommon;
}
const commonByModel = new WeakMap<Model, IsCommon>();

/** How much rarer than usual the name is: in full where a part agrees letter by letter, half where only nearly. */
function nameFrequency({ member, candidate, model }: Gathering, level: NameLevel): number {
  const [given, family] = NAME_FREQUENCY[level];
  const { name } = member;
  let bits = 0;
  if (given > 0 && name.givenWhole)
    bits +=
      given *
      termBits(model, 'given', (name.given.length === 1 ? name.givenWhole : name.given[0])?.text ?? '');
  const shared = name.family.find(({ text }) => candidate.name.family.some((own) => own.text === text));
  const surname = shared ?? name.family[0];
  if (family > 0 && surname) bits += family * termBits(model, 'family', surname.text);
  return bits;
}

function mostOfAnyName({ weights }: Model): number {
  return Math.max(weights.largestBits, ...Object.values(weights.fields.name ?? {}));
}

/** What the member's name may come to at most: all of it agrees, and its rarest form is the one that does. */
function mostOfName({ member, model }: Gathering): number {
  const { given, givenWhole, family } = member.name;
  const rarest = (field: TermField, words: readonly Word[]) =>
    words.reduce((most, { text }) => Math.max(most, termBits(model, field, text)), 0);
  const levels = Math.max(0, ...Object.values(model.weights.fields.name ?? {}));
  return levels + rarest('given', givenWhole ? [...given, givenWhole] : given) + rarest('family', family);
}

const NAME_FREQUENCY: Readonly<Record<NameLevel, readonly [given: number, family: number]>> = {
  exact: [1, 1],
  swapped: [1, 1],
  reading: [0.5, 0.5],
  nickname: [0.5, 1],
  initial: [0, 1],
  typo: [0.5, 0.5],
  fuzzy: [0.5, 0.5],
  familyOnly: [0, 1],
  family: [0, 1],
  givenOnly: [1, 0],
  given: [1, 0],
  similar: [0.5, 0.5],
  near: [0, 0],
  unknown: [0, 0],
  none: [0, 0],
};

function companyFrequency({ candidate, member, model }: Gathering): number {
  const shared = candidate.companies.find((company) => member.companies.includes(company));
  return shared === undefined ? 0 : termBits(model, 'company', shared);
}

function cityFrequency({ candidate, member, model }: Gathering): number {
  const cities = member.places.map(({ city }) => city);
  const shared = candidate.places.find(({ city }) => city !== null && cities.includes(city))?.city;
  return shared ? termBits(model, 'city', shared) : 0;
}

/** Against what two people usually have in common: log2 of how much rarer this value is. */
function termBits({ frequencies, weights }: Model, field: TermField, value: string): number {
  const terms = frequencies[field];
  const share = shareOf(terms, value, weights.frequencySmoothing);
  return share > 0 && terms.meanShare > 0 ? Math.log2(terms.meanShare / share) : 0;
}
