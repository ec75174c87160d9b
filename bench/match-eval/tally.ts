import { linkAccuracy } from '../../packages/cli/src/match-eval/accuracy.ts';
import { shareInterval } from '../../packages/cli/src/match-eval/intervals.ts';
import { type Truth, UNDECIDABLE } from './generator/generate.ts';

/** A line of `carrick match-eval`, as far as it is counted. */
export interface DecisionLine {
  readonly candidate: string;
  readonly decision: 'AUTO' | 'REVIEW' | 'NONE';
  readonly member: string | null;
  readonly best: string | null;
  readonly weight: number | null;
  readonly probability: number | null;
}

export interface Counts {
  candidates: number;
  /** Candidates who are a member. */
  pairs: number;
  /** Of those, on whom an identifier agrees. */
  agreeing: number;
  links: number;
  rightLinks: number;
  rightAgreeing: number;
  proposals: number;
  /** Whose first proposal is right. */
  rightProposals: number;
  /** Linked to or proposed as the member whose identifier was lent. */
  linkedToBait: number;
  shownBait: number;
  rankOne: number;
}

const NOTHING: Counts = {
  candidates: 0,
  pairs: 0,
  agreeing: 0,
  links: 0,
  rightLinks: 0,
  rightAgreeing: 0,
  proposals: 0,
  rightProposals: 0,
  linkedToBait: 0,
  shownBait: 0,
  rankOne: 0,
};

const BUCKET_BITS = 5;
const LOWEST_BUCKET = -20;
/** And everything above. */
export const HIGHEST_BUCKET = 60;

/** Where one step of the told probability ends and the next begins. */
const TOLD = [0, 0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];

/** Decisions against the truth, in all and by group. Pairs that nobody can tell apart are counted by themselves. */
export class Tally {
  readonly all: Counts = { ...NOTHING };
  readonly byTag = new Map<string, Counts>();
  readonly byScript = new Map<string, Counts>();
  /** By the weight of the best member, in steps of five bits: how many, and of how many it is the right one. */
  readonly calibration = new Map<number, { count: number; right: number }>();
  /** By the probability told of the best member: how many, their sum, and of how many it is the right one. Nobody is left out. */
  readonly told = new Map<number, { count: number; sum: number; right: number }>();
  /** Wrong links, to be looked at. */
  readonly wrong: { readonly line: DecisionLine; readonly truth: Truth }[] = [];

  add(line: DecisionLine, truth: Truth): void {
    this.#addTold(line, truth);
    if (truth.tags.includes(UNDECIDABLE)) {
      count(of(this.byTag, UNDECIDABLE), line, truth);
      return;
    }
    count(this.all, line, truth);
    count(of(this.byScript, truth.script), line, truth);
    for (const tag of truth.tags) count(of(this.byTag, tag), line, truth);
    if (line.decision === 'AUTO' && line.member !== truth.member) this.wrong.push({ line, truth });
    if (line.weight !== null) {
      const step = Math.floor(line.weight / BUCKET_BITS) * BUCKET_BITS;
      const bucket = Math.min(HIGHEST_BUCKET, Math.max(LOWEST_BUCKET, step));
      const found = this.calibration.get(bucket) ?? { count: 0, right: 0 };
      found.count++;
      if (line.best === truth.member) found.right++;
      this.calibration.set(bucket, found);
    }
  }

  #addTold({ best, probability }: DecisionLine, { member }: Truth): void {
    if (probability === null) return;
    const from = TOLD.findLast((least) => probability >= least) ?? 0;
    const found = this.told.get(from) ?? { count: 0, sum: 0, right: 0 };
    found.count++;
    found.sum += probability;
    if (best === member) found.right++;
    this.told.set(from, found);
  }

  /** Everything of another tally on top of this one. */
  merge(other: Tally): void {
    sumInto(this.all, other.all);
    for (const [tag, counts] of other.byTag) sumInto(of(this.byTag, tag), counts);
    for (const [script, counts] of other.byScript) sumInto(of(this.byScript, script), counts);
    for (const [bucket, { count: some, right }] of other.calibration) {
      const found = this.calibration.get(bucket) ?? { count: 0, right: 0 };
      this.calibration.set(bucket, { count: found.count + some, right: found.right + right });
    }
    for (const [from, { count: some, sum, right }] of other.told) {
      const found = this.told.get(from) ?? { count: 0, sum: 0, right: 0 };
      this.told.set(from, { count: found.count + some, sum: found.sum + sum, right: found.right + right });
    }
    this.wrong.push(...other.wrong);
  }
}

function of(groups: Map<string, Counts>, name: string): Counts {
  const known = groups.get(name);
  if (known) return known;
  const made = { ...NOTHING };
  groups.set(name, made);
  return made;
}

function count(counts: Counts, { decision, member, best }: DecisionLine, truth: Truth): void {
  const isPair = truth.member !== null;
  const isAgreeing = isPair && truth.agrees.length > 0;
  counts.candidates++;
  if (isPair) counts.pairs++;
  if (isAgreeing) counts.agreeing++;
  if (isPair && best === truth.member) counts.rankOne++;
  const isRight = isPair && member === truth.member;
  const isBait = member !== null && truth.baits.includes(member) && !isRight;
  if (decision === 'AUTO') {
    counts.links++;
    if (isRight) counts.rightLinks++;
    if (isRight && isAgreeing) counts.rightAgreeing++;
    if (isBait) counts.linkedToBait++;
  } else if (decision === 'REVIEW') {
    counts.proposals++;
    if (isRight) counts.rightProposals++;
    if (isBait) counts.shownBait++;
  }
}

function sumInto(counts: Counts, more: Counts): void {
  // Keys of one shape on both sides.
  for (const name of Object.keys(counts) as (keyof Counts)[]) counts[name] += more[name];
}

/** What stands in the report. Shares with their intervals; nothing that follows from the rest. */
export function measures(counts: Counts) {
  const { links, rightLinks, pairs, candidates, agreeing, rightAgreeing, proposals, rightProposals } = counts;
  const share = (hits: number, total: number) => ({
    value: total === 0 ? null : hits / total,
    hits,
    of: total,
    interval: shareInterval(hits, total),
  });
  const { precision, recall, f1, falseLinks } = linkAccuracy(links, rightLinks, pairs, candidates);
  return {
    candidates,
    pairs,
    links,
    precision,
    recall,
    f1,
    falseLinks,
    recallWhereAnIdentifierAgrees: share(rightAgreeing, agreeing),
    recallWithReview: share(rightLinks + rightProposals, pairs),
    proposals,
    yield: share(rightProposals, proposals),
    rankOne: share(counts.rankOne, pairs),
    linkedToBait: counts.linkedToBait,
    shownBait: counts.shownBait,
  };
}
