import { generate, type LabelledCandidate, type LeftOut, type MemberLine } from './generator/generate.ts';

/** Two files of people and the truth about them. Both sides may be read more than once. */
export interface LabelledSet {
  readonly name: string;
  members(): Iterable<MemberLine>;
  candidates(): Iterable<LabelledCandidate>;
}

export function stressSet(seed: number, members: number, candidates: number): LabelledSet {
  const run = generate({ seed, members, candidates });
  return { name: `seed ${seed}`, members: run.members, candidates: run.candidates };
}

/** Names, employers and cities only. */
export function bareSet(seed: number, members: number, candidates: number): LabelledSet {
  const without: readonly LeftOut[] = ['email', 'phone', 'url'];
  const run = generate({ seed, members, candidates, without });
  return { name: `seed ${seed} without identifiers`, members: run.members, candidates: run.candidates };
}
