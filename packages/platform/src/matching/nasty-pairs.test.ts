import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Decision, decide } from './decide.ts';
import { startingModel } from './model.ts';
import { type CandidateFields, candidatePerson, type MemberFields, memberPerson } from './person.ts';

/** By hand: who looks like whom. Whoever adds a rule adds the pairs it was made for. */
interface NastyPair {
  readonly group: string;
  readonly title: string;
  readonly expected: keyof typeof ACCEPTED;
  readonly candidate: CandidateFields;
  /** The first is meant; the others are in the way. */
  readonly members: readonly (Omit<MemberFields, 'memberId'> & { readonly closed?: boolean })[];
}

const ACCEPTED = {
  AUTO: ['AUTO'],
  REVIEW: ['REVIEW'],
  NONE: ['NONE'],
  NOT_AUTO: ['REVIEW', 'NONE'],
  AUTO_OR_REVIEW: ['AUTO', 'REVIEW'],
} as const satisfies Readonly<Record<string, readonly Decision['outcome'][]>>;

// Our own file, of that shape.
const pairs = JSON.parse(
  readFileSync(join(import.meta.dirname, 'testing', 'fixtures', 'nasty-pairs.json'), 'utf8'),
) as readonly NastyPair[];
const model = startingModel();

function decided({ candidate, members }: NastyPair): Decision {
  const people = members.map(({ closed, ...fields }, n) =>
    memberPerson({ ...fields, memberId: n + 1, isClosed: closed === true }),
  );
  return decide(candidatePerson(candidate), people, model);
}

test('MA65 there are two hundred pairs and more, each with a title of its own', () => {
  expect(pairs.length).toBeGreaterThanOrEqual(200);
  expect(new Set(pairs.map(({ group, title }) => `${group}: ${title}`)).size).toBe(pairs.length);
});

for (const group of new Set(pairs.map((pair) => pair.group))) {
  describe(group, () => {
    test.each(pairs.filter((pair) => pair.group === group))('MA65 $title: $expected', (pair) => {
      const decision = decided(pair);
      expect(ACCEPTED[pair.expected]).toContain(decision.outcome);
      // A link is to the one that is meant.
      if (decision.outcome === 'AUTO') expect(decision.memberId).toBe(1);
    });
  });
}
