import { candidateOf, type LabelledCandidate } from './candidates.ts';
import { People } from './people.ts';
import { type CandidateLine, type MemberLine, memberView } from './views.ts';

export { type LabelledCandidate, type Truth, UNDECIDABLE } from './candidates.ts';
export type { CandidateLine, MemberLine } from './views.ts';

/** Fields that a set may lack on both sides. */
export type LeftOut = 'email' | 'phone' | 'url';

export interface StressSet {
  readonly seed: number;
  readonly members: number;
  readonly candidates: number;
  readonly without?: readonly LeftOut[];
}

export interface StressRun {
  /** In the order of their ids. */
  members(): Generator<MemberLine>;
  candidates(): Generator<LabelledCandidate>;
}

/**
 * The hostile mix: the same for the same seed and sizes. Both sides may be read more than once, and by turns; a million members
 * take some 300 MB, candidates none.
 */
export function generate({ seed, members, candidates, without = [] }: StressSet): StressRun {
  const people = new People(seed, members);
  const lacks = new Set(without);
  return {
    *members() {
      for (let index = 0; index < members; index++)
        yield memberWithout(memberView(seed, people.person(index)), lacks);
    },
    *candidates() {
      for (let n = 0; n < candidates; n++) {
        const { candidate, truth } = candidateOf(seed, people, n, candidates);
        const agrees = truth.agrees.filter((field) => !lacks.has(field as LeftOut)); // a field's name, of the three or not
        yield { candidate: candidateWithout(candidate, lacks), truth: { ...truth, agrees } };
      }
    },
  };
}

function memberWithout(line: MemberLine, lacks: ReadonlySet<LeftOut>): MemberLine {
  if (lacks.size === 0) return line;
  const { emails, phones, profileUrls, ...rest } = line;
  return {
    ...rest,
    ...(emails && !lacks.has('email') ? { emails } : {}),
    ...(phones && !lacks.has('phone') ? { phones } : {}),
    ...(profileUrls && !lacks.has('url') ? { profileUrls } : {}),
  };
}

function candidateWithout(line: CandidateLine, lacks: ReadonlySet<LeftOut>): CandidateLine {
  if (lacks.size === 0) return line;
  const { emailAddresses, phoneNumbers, linkedInProfileUrl, ...rest } = line;
  return {
    ...rest,
    ...(emailAddresses && !lacks.has('email') ? { emailAddresses } : {}),
    ...(phoneNumbers && !lacks.has('phone') ? { phoneNumbers } : {}),
    ...(linkedInProfileUrl && !lacks.has('url') ? { linkedInProfileUrl } : {}),
  };
}
