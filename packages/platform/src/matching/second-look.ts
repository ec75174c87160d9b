import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Tx } from '../kernel/db.ts';
import type { AtsScope } from '../records/index.ts';
import { type Decision, decide } from './decide.ts';
import { type Evidence, type MemberEvidenceRow, memberFactsOf, readEvidence } from './evidence.ts';
import { circumstancesOf, firstLooks, holdersOf, weakIdentifiers } from './first-look.ts';
import { identifierText } from './identifiers.ts';
import { int8Array } from './key-rows.ts';
import { MOST_HOLDERS } from './keys.ts';
import type { MatchCandidate, Matcher } from './matcher.ts';
import type { NumberedModel } from './models.ts';
import type { MemberPerson, Person } from './person.ts';
import type { Scored } from './score.ts';

/**
 * Of so many members whom soft keys lead to a candidate is compared: those with the most of them. In a large directory a name in a
 * town leads to dozens, and comparing them is most of what a second look costs.
 */
const MOST_LOOKED_AT = 12;

/** Candidates that are compared before others have their turn. */
const AT_A_TIME = 10;

/** What is to be done with a candidate, with everybody looked at whom any key leads to. */
export type FullDecision = Decision & { readonly best: Scored | null };

export interface SecondLook {
  readonly candidate: MatchCandidate;
  readonly decision: FullDecision;
  /** Whom it is linked to automatically. */
  readonly linked: number | null;
  readonly model: NumberedModel;
}

/**
 * Candidates as decided on all that is known of them. A link is what the first look says, so that it never depends on what else
 * was found; whom else it may be comes from soft keys, which are looked up and never stored for candidates.
 */
export async function secondLooks(
  matcher: Matcher,
  tx: Tx,
  scope: AtsScope,
  candidates: readonly MatchCandidate[],
): Promise<SecondLook[]> {
  if (candidates.length === 0) return [];
  const people = candidates.map((candidate) => matcher.person(scope, candidate));
  const [evidence, soft] = await Promise.all([
    readEvidence(tx, scope, candidates, true),
    softHolders(matcher, tx, people),
  ]);
  const model = await matcher.models.at(evidence.modelNo);
  const members = await allMembers(matcher, tx, evidence, soft);
  const holders = holdersOf(evidence.members.flatMap(({ memberId }) => members.get(memberId) ?? []));
  const looks = firstLooks(matcher, scope, candidates, evidence, model, holders);
  const second: SecondLook[] = [];
  for (const [i, { candidate, decision: first }] of looks.entries()) {
    // Requests must not wait for a hundred candidates to be compared.
    if (i % AT_A_TIME === AT_A_TIME - 1) await nextTurn();
    const found = new Set<MemberPerson>();
    for (const { identifier } of candidate.keys)
      for (const member of holders.get(identifierText(identifier)) ?? []) found.add(member);
    for (const memberId of soft[i] ?? []) {
      const member = members.get(memberId);
      if (member) found.add(member);
    }
    const person = people[i];
    if (!person) throw new Error('a candidate without a person');
    const decision = decide(person, [...found], model.model, {
      weak: weakIdentifiers(candidate, evidence, holders),
      ...circumstancesOf(candidate.id, evidence, model),
    });
    second.push({
      candidate,
      decision: first?.outcome === 'AUTO' ? { ...first, best: decision.best } : decision,
      linked: evidence.links.get(candidate.id)?.memberId ?? null,
      model,
    });
  }
  return second;
}

/** Members by soft key, for each person. */
async function softHolders(matcher: Matcher, tx: Tx, people: readonly Person[]): Promise<number[][]> {
  const owners: number[] = [];
  const keys: string[] = [];
  const kinds: number[] = [];
  people.forEach((person, i) => {
    for (const { key, kind } of matcher.softKeys(person)) {
      owners.push(i);
      keys.push(key);
      kinds.push(kind);
    }
  });
  const rows = await tx<{ owner: number; member_id: number }>`
    select owner, member_id
    from soft_holders(${int8Array(owners)}::int[], ${int8Array(keys)}::bigint[], ${int8Array(kinds)}::smallint[], ${MOST_HOLDERS}, ${MOST_LOOKED_AT})`.send();
  const found: number[][] = people.map(() => []);
  for (const { owner, member_id } of rows) found[owner]?.push(member_id);
  return found;
}

async function allMembers(
  matcher: Matcher,
  tx: Tx,
  evidence: Evidence,
  soft: readonly (readonly number[])[],
): Promise<Map<number, MemberPerson>> {
  const members = new Map(evidence.members.map((facts) => [facts.memberId, matcher.member(facts)]));
  const missing = [...new Set(soft.flat())].filter((memberId) => !members.has(memberId));
  if (missing.length === 0) return members;
  const rows = await tx<MemberEvidenceRow>`select * from match_members(${int8Array(missing)}::bigint[])`;
  for (const row of rows) members.set(row.member_id, matcher.member(memberFactsOf(row)));
  return members;
}
