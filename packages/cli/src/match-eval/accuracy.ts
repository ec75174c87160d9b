import { countInterval, type Interval, shareInterval } from './intervals.ts';

export type Outcome = 'AUTO' | 'REVIEW' | 'NONE';

/** What of a decision is needed to see whether it is right. */
export interface Decided {
  readonly decision: Outcome;
  /** AUTO: who is linked; REVIEW: who is proposed first. */
  readonly member: string | null;
  /** The member of the highest weight, whatever the rules say, and that weight. */
  readonly best: string | null;
  readonly weight: number | null;
}

/** Who is who, by candidate; null where nobody is. */
export type TrueMembers = ReadonlyMap<string, string | null>;

export interface Rate {
  readonly value: number;
  readonly hits: number;
  readonly of: number;
  readonly interval: Interval;
}

export interface FalseLinks {
  readonly count: number;
  readonly perMillionCandidates: number;
  readonly perMillionCandidatesInterval: Interval;
  readonly perMillionLinks: number;
  readonly perMillionLinksInterval: Interval;
}

/** Links as compared with the truth. */
export interface LinkAccuracy {
  readonly links: number;
  readonly precision: Rate;
  readonly recall: Rate;
  readonly f1: number;
  readonly falseLinks: FalseLinks;
}

export interface SweepStep extends LinkAccuracy {
  /** `best` counts as linked from this weight on. */
  readonly weight: number;
}

export interface Accuracy {
  readonly candidates: number;
  /** Candidates who are a member. */
  readonly pairs: number;
  readonly auto: LinkAccuracy;
  readonly review: {
    readonly proposals: number;
    /** Of those whose first proposal is the right one. */
    readonly yield: Rate;
    /** Linked or proposed first. */
    readonly recallWithAuto: Rate;
  };
  /** Pairs whose member has the highest weight of all. */
  readonly rankOne: Rate;
  readonly sweep: readonly SweepStep[];
  /** The lowest weight from which on no link is false. */
  readonly bestWithoutFalse: SweepStep | null;
  /** The lowest weights from which on so much is right. */
  readonly atPrecision: Readonly<Record<'0.99' | '0.999', SweepStep | null>>;
}

/** Candidates without a truth are left out. */
export function accuracyOf(
  decided: Iterable<readonly [candidate: string, Decided]>,
  truth: TrueMembers,
): Accuracy {
  let candidates = 0;
  let pairs = 0;
  let autoLinks = 0;
  let autoRight = 0;
  let proposals = 0;
  let proposedRight = 0;
  let rankOne = 0;
  const bests: { readonly weight: number; readonly isRight: boolean }[] = [];
  for (const [candidate, { decision, member, best, weight }] of decided) {
    const actual = truth.get(candidate);
    if (actual === undefined) continue;
    candidates++;
    if (actual !== null) pairs++;
    const isRight = member !== null && member === actual;
    if (decision === 'AUTO') {
      autoLinks++;
      if (isRight) autoRight++;
    } else if (decision === 'REVIEW') {
      proposals++;
      if (isRight) proposedRight++;
    }
    if (best !== null && best === actual) rankOne++;
    if (best !== null && weight !== null) bests.push({ weight, isRight: best === actual });
  }
  const sweep = sweepOf(bests, pairs, candidates);
  return {
    candidates,
    pairs,
    auto: linkAccuracy(autoLinks, autoRight, pairs, candidates),
    review: {
      proposals,
      yield: rate(proposedRight, proposals),
      recallWithAuto: rate(autoRight + proposedRight, pairs),
    },
    rankOne: rate(rankOne, pairs),
    ...sweep,
  };
}

export function linkAccuracy(links: number, right: number, pairs: number, candidates: number): LinkAccuracy {
  const precision = rate(right, links);
  const recall = rate(right, pairs);
  const wrong = links - right;
  const interval = countInterval(wrong);
  const perMillion = (of: number) => ({
    value: of === 0 ? 0 : (wrong * 1e6) / of,
    interval: of === 0 ? { low: 0, high: 1e6 } : scaled(interval, 1e6 / of),
  });
  const [ofCandidates, ofLinks] = [perMillion(candidates), perMillion(links)];
  const sum = precision.value + recall.value;
  return {
    links,
    precision,
    recall,
    f1: sum === 0 ? 0 : (2 * precision.value * recall.value) / sum,
    falseLinks: {
      count: wrong,
      perMillionCandidates: ofCandidates.value,
      perMillionCandidatesInterval: ofCandidates.interval,
      perMillionLinks: ofLinks.value,
      perMillionLinksInterval: ofLinks.interval,
    },
  };
}

/** Of nothing linked nothing is wrong: precision is 1 then. */
function rate(hits: number, of: number): Rate {
  return { value: of === 0 ? (hits === 0 ? 1 : 0) : hits / of, hits, of, interval: shareInterval(hits, of) };
}

function scaled({ low, high }: Interval, factor: number): Interval {
  return { low: low * factor, high: Math.min(1e6, high * factor) };
}

const SWEEP_STEPS = [-10, -5, 0, 3, 5, 7, 10, 13, 16, 20, 25, 30, 35, 40];

function sweepOf(
  bests: readonly { readonly weight: number; readonly isRight: boolean }[],
  pairs: number,
  candidates: number,
): Pick<Accuracy, 'sweep' | 'bestWithoutFalse' | 'atPrecision'> {
  const byWeight = bests.toSorted((a, b) => b.weight - a.weight);
  const at = (weight: number, links: number, right: number): SweepStep => ({
    weight,
    ...linkAccuracy(links, right, pairs, candidates),
  });
  const steps: SweepStep[] = [];
  const wanted = SWEEP_STEPS.toReversed();
  let right = 0;
  let links = 0;
  let withoutFalse: SweepStep | null = null;
  const atPrecision: Record<'0.99' | '0.999', SweepStep | null> = { '0.99': null, '0.999': null };
  for (let n = 0; n <= byWeight.length; n++) {
    const weight = byWeight[n]?.weight ?? Number.NEGATIVE_INFINITY;
    for (let step = wanted[0]; step !== undefined && step > weight; step = wanted[0]) {
      steps.push(at(step, links, right));
      wanted.shift();
    }
    if (n === byWeight.length) break;
    links++;
    if (byWeight[n]?.isRight) right++;
    // Those of one weight come or go together.
    if (byWeight[n + 1]?.weight === weight) continue;
    if (links === right) withoutFalse = at(weight, links, right);
    for (const level of ['0.99', '0.999'] as const)
      if (right / links >= Number(level)) atPrecision[level] = at(weight, links, right);
  }
  return { sweep: steps.toReversed(), bestWithoutFalse: withoutFalse, atPrecision };
}
