import type { Case } from './case.ts';
import { onboardingCases } from './cases/onboarding.ts';
import { postingCases } from './cases/postings.ts';
import { readCases } from './cases/reads.ts';
import { refusalCases } from './cases/refusals.ts';
import { retrievalCases } from './cases/retrieval.ts';
import { writeCases } from './cases/writes.ts';
import { pathOf, type Subject, subjects } from './subject.ts';
import type { World } from './world.ts';

const MAKERS = [onboardingCases, writeCases, readCases, postingCases, refusalCases, retrievalCases];

/** Every case that there is, resource by resource. */
export function allCases(): readonly Case[] {
  return subjects().flatMap((subject) => MAKERS.flatMap((make) => make(subject)));
}

export type Verdict =
  | { readonly case: Case; readonly is: 'passed' }
  | { readonly case: Case; readonly is: 'failed'; readonly why: string }
  | { readonly case: Case; readonly is: 'skipped'; readonly why: string };

/** One after the other, as an ATS calls. */
export async function* runCases(world: World, cases: readonly Case[]): AsyncGenerator<Verdict> {
  const offered = new Map<string, boolean>();
  for (const each of cases) {
    const { subject } = each;
    const isOffered = offered.get(subject.address) ?? (await doesOffer(world, subject));
    offered.set(subject.address, isOffered);
    if (!isOffered) yield { case: each, is: 'skipped', why: 'this platform does not offer the resource' };
    else if (each.needs !== undefined && world.target[each.needs] === undefined)
      yield { case: each, is: 'skipped', why: MISSING[each.needs] };
    else yield await judge(world, each);
  }
}

const MISSING = {
  person: 'no --person was named',
  partner: 'no --partner-client-id was named',
} as const;

async function judge(world: World, each: Case): Promise<Verdict> {
  try {
    await each.run(world);
    return { case: each, is: 'passed' };
  } catch (error) {
    return { case: each, is: 'failed', why: error instanceof Error ? error.message : String(error) };
  }
}

/** Asked with a token that is none, what is there says 401; what is not there says 404. */
async function doesOffer(world: World, subject: Subject): Promise<boolean> {
  const answer = await world.send(subject, {
    verb: 'GET',
    url: pathOf(subject, world.values),
    token: 'AQForged',
  });
  return answer.status !== 404;
}
