import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Certainty,
  type CertaintyStep,
  type Standing,
  standingOf,
} from '../../packages/platform/src/matching/certainty.ts';
import { NO_WEAK } from '../../packages/platform/src/matching/identifiers.ts';
import { startingModel, WEIGHTS } from '../../packages/platform/src/matching/model.ts';
import {
  candidatePerson,
  type MemberPerson,
  memberPerson,
  type Person,
} from '../../packages/platform/src/matching/person.ts';
import { scorePair } from '../../packages/platform/src/matching/score.ts';
import type { LabelledSet } from './labelled-set.ts';
import type { DecisionLine } from './tally.ts';

const FILE = join(import.meta.dirname, '../../packages/platform/src/matching/certainty.json');
/** Fewer pairs say too little for a step of their own. */
const LEAST_PAIRS = 300;
const STEP_BITS = 2;

/** By weight, in steps of two bits: pairs, and how many were right. */
type Counts = Map<number, { pairs: number; right: number }>;

/**
 * How often the best member of such a weight is the right one, by what the pair rests on. Those whom nobody can tell apart count as
 * well: who looks at a pair does not know that it is one of them.
 */
export class CertaintyCounts {
  readonly #counts: Readonly<Record<Standing, Counts>> = {
    identified: new Map(),
    contested: new Map(),
    alike: new Map(),
  };

  /** Decisions of a set, in the order of its candidates. */
  of(set: LabelledSet): (line: DecisionLine, rightMember: string | null) => void {
    const members = new Map<string, MemberPerson>();
    for (const line of set.members()) members.set(line.id, memberPerson({ ...line, memberId: members.size }));
    const candidates = set.candidates()[Symbol.iterator]();
    return ({ candidate: id, best, weight }, right) => {
      const next = candidates.next();
      if (next.done || next.value.candidate.id !== id) throw new Error(`${id} came out of its order`);
      const member = best === null ? undefined : members.get(best);
      if (member && weight !== null)
        this.#add(candidatePerson(next.value.candidate), member, weight, best === right);
    };
  }

  #add(candidate: Person, member: MemberPerson, weight: number, isRight: boolean): void {
    const counts = this.#counts[standingOf(scorePair(candidate, member, MODEL, NO_WEAK).evidence)];
    const step = Math.floor(weight / STEP_BITS) * STEP_BITS;
    const found = counts.get(step) ?? { pairs: 0, right: 0 };
    counts.set(step, { pairs: found.pairs + 1, right: found.right + (isRight ? 1 : 0) });
  }

  write(measured: Certainty['measured']): void {
    const certainty: Certainty = {
      weights: WEIGHTS.version,
      measured,
      standings: {
        identified: risingSteps(this.#counts.identified),
        contested: risingSteps(this.#counts.contested),
        alike: risingSteps(this.#counts.alike),
      },
    };
    writeFileSync(FILE, `${JSON.stringify(certainty, null, 2)}\n`);
  }
}

const MODEL = startingModel();

/** Neighbours are taken together until each has enough pairs and no share is lower than the one before it. */
function risingSteps(counts: Counts): CertaintyStep[] {
  const steps: { fromBits: number | null; pairs: number; right: number }[] = [];
  for (const [fromBits, { pairs, right }] of [...counts].toSorted(([a], [b]) => a - b)) {
    let step: (typeof steps)[number] = { fromBits, pairs, right };
    for (let last = steps.at(-1); last; last = steps.at(-1)) {
      if (last.pairs >= LEAST_PAIRS && last.right / last.pairs < step.right / step.pairs) break;
      steps.pop();
      step = { fromBits: last.fromBits, pairs: last.pairs + step.pairs, right: last.right + step.right };
    }
    steps.push(step);
  }
  // What is left over at the upper end.
  const [beforeLast, last] = steps.slice(-2);
  if (beforeLast && last && last.pairs < LEAST_PAIRS) {
    const { fromBits } = beforeLast;
    steps.splice(-2, 2, {
      fromBits,
      pairs: beforeLast.pairs + last.pairs,
      right: beforeLast.right + last.right,
    });
  }
  return steps.map((step, n) => (n === 0 ? { ...step, fromBits: null } : step));
}
