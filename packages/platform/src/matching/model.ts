import type { Person } from './person.ts';
import weightsJson from './weights.json' with { type: 'json' };

/** Bits for and against, by field and level of agreement; the reviewed file is weights.json. */
export interface Weights {
  readonly version: string;
  /** The share of candidates who are expected to be members. */
  readonly prior: number;
  /** From here on a link is made, and an existing one is kept. */
  readonly autoBits: number;
  readonly keptBits: number;
  /** From here on a person is asked. */
  readonly reviewBits: number;
  /** What the best must be ahead of the second. */
  readonly marginBits: number;
  /** What a member needs after a person said that another one was not it. */
  readonly afterUnlinkBits: number;
  /** No field says more than this. */
  readonly largestBits: number;
  readonly fields: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly frequencySmoothing: number;
}

export const WEIGHTS: Weights = weightsJson;

export const TERM_FIELDS = ['given', 'family', 'company', 'city'] as const;
export type TermField = (typeof TERM_FIELDS)[number];

/** A value whose frequency among members is counted. */
export interface Term {
  readonly field: TermField;
  readonly value: string;
}

export interface TermFrequencies {
  /** How many members have any value in this field. */
  readonly total: number;
  /** How many have this one; what is not among them is rarer than all of them. */
  readonly counts: ReadonlyMap<string, number>;
  /** A value that fewer have may be missing above. */
  readonly floor: number;
  /** The mean share of a value, weighted by itself: the chance that two members agree. */
  readonly meanShare: number;
}

export type Frequencies = Readonly<Record<TermField, TermFrequencies>>;

/** What a decision is made with. A published snapshot: it changes only with its version. */
export interface Model {
  readonly version: string;
  readonly weights: Weights;
  readonly frequencies: Frequencies;
  readonly memberCount: number;
}

const NO_TERMS: TermFrequencies = { total: 0, counts: new Map(), floor: 1, meanShare: 0 };
const NO_FREQUENCIES: Frequencies = {
  given: NO_TERMS,
  family: NO_TERMS,
  company: NO_TERMS,
  city: NO_TERMS,
};

/** The model of a directory that nobody has counted yet. */
export function startingModel(memberCount = 100_000): Model {
  return { version: WEIGHTS.version, weights: WEIGHTS, frequencies: NO_FREQUENCIES, memberCount };
}

/** What a member adds to the counts: each value once. */
export function termsOf({ name, companies, places }: Person): Term[] {
  const terms = new Map<string, Term>();
  const add = (field: TermField, value: string | null | undefined) => {
    if (value) terms.set(`${field} ${value}`, { field, value });
  };
  for (const { text } of name.given) add('given', text);
  for (const { text } of name.family) add('family', text);
  for (const company of companies) add('company', company);
  for (const { city } of places) add('city', city);
  return [...terms.values()];
}

/** From counts of members by value. Values that fewer than `floor` have may be left out: they count as half of it. */
export function frequenciesOf(
  counts: Iterable<{ readonly field: TermField; readonly value: string; readonly count: number }>,
  totals: Readonly<Record<TermField, number>>,
  floor = 1,
): Frequencies {
  const maps: Record<TermField, Map<string, number>> = {
    given: new Map(),
    family: new Map(),
    company: new Map(),
    city: new Map(),
  };
  for (const { field, value, count } of counts) maps[field].set(value, count);
  const of = (field: TermField): TermFrequencies => {
    const total = totals[field];
    let squares = 0;
    for (const count of maps[field].values()) squares += (count / total) ** 2;
    return { total, counts: maps[field], floor, meanShare: Math.max(squares, total > 0 ? 1 / total : 0) };
  };
  return { given: of('given'), family: of('family'), company: of('company'), city: of('city') };
}

/** The weight of being the same person before anything is known: 0.7 chances in all members. */
export function priorBits({ weights, memberCount }: Model): number {
  const share = weights.prior / Math.max(memberCount, 2);
  return Math.log2(share / (1 - share));
}

/** The share of members who have this value, this one aside; 0 where nothing was counted. */
export function shareOf({ total, counts, floor }: TermFrequencies, value: string, smoothing: number): number {
  if (total === 0) return 0;
  const count = counts.get(value) ?? (floor > 1 ? floor / 2 : 0);
  return (Math.max(count - 1, 0) + smoothing) / total;
}
