import type { Tx } from '../kernel/db.ts';
import { slices } from '../kernel/pace.ts';
import type { AtsScope } from '../records/index.ts';
import { type Decision, decide } from './decide.ts';
import { readEvidence } from './evidence.ts';
import { circumstancesOf, firstLooks, weakIdentifiers } from './first-look.ts';
import { holdersOf, readHolders } from './holders.ts';
import { identifierText } from './identifiers.ts';
import { int8Array } from './key-rows.ts';
import { type IdentifierKey, MOST_HOLDERS } from './keys.ts';
import type { MatchCandidate, Matcher } from './matcher.ts';
import { readCompared } from './member-forms.ts';
import type { NumberedModel } from './models.ts';
import type { MemberPerson } from './person.ts';
import type { Scored } from './score.ts';

/**
 * Of so many members whom soft keys lead to a candidate is compared: those with the most of them. In a large directory a name in a
 * town leads to dozens, and comparing them is most of what a second look costs.
 */
const MOST_LOOKED_AT = 12;

/** What is to be done with a candidate, with everybody looked at whom any key leads to; `best` where it was asked for. */
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
 * was found; whom else it may be comes from soft keys, which are looked up and never stored for candidates. `known`: their leads,
 * where they have been found already; then nobody is looked at further than it takes to know who is proposed.
 */
export async function secondLooks(
  matcher: Matcher,
  tx: Tx,
  scope: AtsScope,
  candidates: readonly MatchCandidate[],
  known?: Leads,
): Promise<SecondLook[]> {
  if (candidates.length === 0) return [];
  const areHopelessLeftOut = known !== undefined;
  const [evidence, leads] = await Promise.all([
    readEvidence(tx, scope, candidates, true),
    known ?? findLeads(matcher, tx, candidates),
  ]);
  const model = await matcher.models.at(evidence.modelNo);
  const members = await allMembers(
    matcher,
    tx,
    leads.holders,
    candidates.flatMap((candidate) => leads.bySoftKeys.get(candidate) ?? []),
  );
  const holders = holdersOf(leads.holders);
  const looks = firstLooks(candidates, evidence, model, holders);
  const second: SecondLook[] = [];
  // Requests must not wait for a hundred candidates to be compared.
  const slice = slices();
  for (const { candidate, decision: first } of looks) {
    await slice();
    const found = new Set<MemberPerson>();
    for (const { identifier } of candidate.keys)
      for (const member of holders.get(identifierText(identifier)) ?? []) found.add(member);
    for (const memberId of leads.bySoftKeys.get(candidate) ?? []) {
      const member = members.get(memberId);
      if (member) found.add(member);
    }
    const decision = decide(candidate.person(), [...found], model.model, {
      weak: weakIdentifiers(candidate, evidence, holders),
      ...circumstancesOf(candidate.id, evidence, model),
      areHopelessLeftOut,
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

export interface Leads {
  readonly holders: readonly MemberPerson[];
  /** Of each candidate of whom any key leads to somebody, the members that soft keys lead to. */
  readonly bySoftKeys: ReadonlyMap<MatchCandidate, readonly number[]>;
}

export async function findLeads(
  matcher: Matcher,
  tx: Tx,
  candidates: readonly MatchCandidate[],
): Promise<Leads> {
  const softKeys: IdentifierKey[][] = [];
  const slice = slices();
  for (const candidate of candidates) {
    await slice();
    softKeys.push(matcher.softKeys(candidate.person()));
  }
  const soft = askedKeys(softKeys);
  const [bySoftKey, holders] = await Promise.all([
    tx<{ place: number; members: string }>`
      select place, members
      from soft_holders(${soft.places}::int[], ${soft.keys}::bigint[], ${soft.kinds}::smallint[], ${MOST_HOLDERS})`.send(),
    readHolders(matcher, tx, candidates),
  ]);
  const leads = new Map<MatchCandidate, Map<number, number>>();
  const leadsOf = (owner: number): Map<number, number> => {
    const candidate = candidates[owner];
    if (!candidate) throw new Error('a key of no candidate');
    const found = leads.get(candidate) ?? new Map<number, number>();
    leads.set(candidate, found);
    return found;
  };
  for (const { place, members } of bySoftKey) {
    const holders = members.split(',').map(Number);
    // What few hold says more.
    const bits = Math.log2((MOST_HOLDERS + 1) / holders.length);
    for (const owner of soft.owners[place] ?? []) {
      const found = leadsOf(owner);
      for (const memberId of holders) found.set(memberId, (found.get(memberId) ?? 0) + bits);
    }
  }
  const held = holdersOf(holders);
  for (const [owner, { keys }] of candidates.entries())
    if (keys.some(({ identifier }) => held.has(identifierText(identifier)))) leadsOf(owner);
  return {
    holders,
    bySoftKeys: new Map([...leads].map(([candidate, found]) => [candidate, mostLikely(found)])),
  };
}

function mostLikely(found: ReadonlyMap<number, number>): number[] {
  return [...found]
    .sort(([a, bitsOfA], [b, bitsOfB]) => bitsOfB - bitsOfA || a - b)
    .slice(0, MOST_LOOKED_AT)
    .map(([memberId]) => memberId);
}

/** Each key once: candidates of a batch have many soft ones in common. Owners are places in the list, by the place of the key. */
function askedKeys(keysOf: readonly (readonly IdentifierKey[])[]) {
  const asked = new Map<string, { readonly kind: number; readonly owners: number[] }>();
  keysOf.forEach((keys, owner) => {
    for (const { key, kind } of keys) {
      const known = asked.get(key);
      if (known) known.owners.push(owner);
      else asked.set(key, { kind, owners: [owner] }); // the kind is part of what is hashed
    }
  });
  const found = [...asked.values()];
  return {
    places: int8Array(found.map((_, place) => place)),
    keys: int8Array([...asked.keys()]),
    kinds: int8Array(found.map(({ kind }) => kind)),
    owners: found.map(({ owners }) => owners),
  };
}

async function allMembers(
  matcher: Matcher,
  tx: Tx,
  holders: readonly MemberPerson[],
  bySoftKey: readonly number[],
): Promise<Map<number, MemberPerson>> {
  const members = new Map(holders.map((member) => [member.memberId, member]));
  const missing = new Set(bySoftKey.filter((memberId) => !members.has(memberId)));
  for (const member of await readCompared(matcher, tx, [...missing])) members.set(member.memberId, member);
  return members;
}
