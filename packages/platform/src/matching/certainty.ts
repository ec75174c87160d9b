import certaintyJson from './certainty.json' with { type: 'json' };

/**
 * What a pair rests on, as its evidence shows: an identifier and the whole name (`identified`), an identifier with part of the name
 * or with another profile's address (`contested`), or no identifier (`alike`).
 */
export type Standing = 'identified' | 'contested' | 'alike';

/** Of the pairs from this weight on, up to the next step: how many there were, and how many were one person. */
export interface CertaintyStep {
  readonly fromBits: number | null;
  readonly pairs: number;
  readonly right: number;
}

/** Counted by `npm run bench -- match-eval --certainty`, for the rules and weights as they are. Steps rise; the first has no lower end. */
export interface Certainty {
  readonly weights: string;
  readonly measured: {
    readonly seeds: readonly number[];
    readonly members: number;
    readonly candidates: number;
  };
  readonly standings: Readonly<Record<Standing, readonly CertaintyStep[]>>;
}

export const CERTAINTY: Certainty = certaintyJson;

interface Compared {
  readonly field: string;
  readonly level: string;
}

/**
 * What share of such pairs is one person, as counted: bits that add up say too much of it, since what people have in common comes
 * together. Never 0 nor 1: nobody is that sure.
 */
export function probabilityOf(weight: number, evidence: readonly Compared[]): number {
  const steps = CERTAINTY.standings[standingOf(evidence)];
  const step = steps.findLast(({ fromBits }) => fromBits === null || weight >= fromBits);
  return step ? (step.right + 1) / (step.pairs + 2) : 0.5;
}

/**
 * Of several who are proposed for one record one is right at most: each by its own odds against those of all the others, and of
 * nobody. Of one alone it says the same as before.
 */
export function amongRivals(probabilities: readonly number[]): number[] {
  const odds = probabilities.map((probability) => probability / (1 - probability));
  const all = odds.reduce((sum, one) => sum + one, 1);
  return odds.map((one) => one / all);
}

export function standingOf(evidence: readonly Compared[]): Standing {
  if (!evidence.some(({ field, level }) => AGREEING[field]?.has(level))) return 'alike';
  const isContested = evidence.some(({ field, level }) => field === 'url' && level === 'different');
  const isWhole = evidence.some(({ field, level }) => field === 'name' && WHOLE_NAME.has(level));
  return isWhole && !isContested ? 'identified' : 'contested';
}

const AGREEING: Readonly<Record<string, ReadonlySet<string>>> = {
  email: new Set(['exact', 'canon']),
  phone: new Set(['exact']),
  url: new Set(['current', 'former']),
};
const WHOLE_NAME: ReadonlySet<string> = new Set([
  'exact',
  'swapped',
  'reading',
  'nickname',
  'initial',
  'typo',
  'fuzzy',
]);
