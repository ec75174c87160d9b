import { type Decision, decide } from './decide.ts';
import { type Evidence, MOST_IDENTIFIER_HOLDERS, MOST_OF_A_GUESS } from './evidence.ts';
import { identifiersOf, identifierText, type Weakness } from './identifiers.ts';
import type { MatchCandidate, Matcher } from './matcher.ts';
import type { NumberedModel } from './models.ts';
import type { MemberPerson } from './person.ts';

/** An identifier that says something about a candidate as things stand: whether it does still is counted after the commit. */
export interface LeanedKey {
  readonly key: string;
  readonly isWeak: boolean;
}

export interface FirstLook {
  readonly candidate: MatchCandidate;
  /** Null: nobody holds any of the candidate's identifiers, which is the case for most. */
  readonly decision: Decision | null;
  readonly leaned: readonly LeanedKey[];
  /** A link that an earlier model made, and that this one would only keep. */
  readonly isKept: boolean;
}

/** By identifierText. */
export type Holders = ReadonlyMap<string, readonly MemberPerson[]>;

/**
 * Decides about links by identifiers alone: AUTO needs one that agrees, and only members who hold one stand in its way. What else
 * there is to say about somebody is for the second look, which links nobody.
 */
export function firstLooks(
  matcher: Matcher,
  candidates: readonly MatchCandidate[],
  evidence: Evidence,
  model: NumberedModel,
  holders: Holders = holdersOf(evidence.members.map((facts) => matcher.member(facts))),
): FirstLook[] {
  const looks = candidates.map((candidate) => firstLook(candidate, evidence, model, holders));
  if (candidates.length > MOST_OF_A_GUESS) return looks;
  const [anybody = []] = holders.values();
  return looks.map((look) => even(look, evidence, model, anybody.slice(0, 1)));
}

/** As much work whether somebody was hit or not (MOST_OF_A_GUESS). */
function even(
  look: FirstLook,
  evidence: Evidence,
  model: NumberedModel,
  anybody: readonly MemberPerson[],
): FirstLook {
  const { candidate, decision } = look;
  if (decision === null) decide(candidate.person(), anybody, model.model);
  const leaned = candidate.keys.map(({ key }) => ({ key, isWeak: evidence.weakKeys.has(key) }));
  return { ...look, leaned };
}

function firstLook(
  candidate: MatchCandidate,
  evidence: Evidence,
  model: NumberedModel,
  holders: Holders,
): FirstLook {
  const leaned: LeanedKey[] = [];
  const isAnybodys = candidate.keys.some(
    ({ key, identifier }) => holders.has(identifierText(identifier)) || evidence.weakKeys.has(key),
  );
  if (!isAnybodys) return { candidate, decision: null, leaned, isKept: false };
  const weak = weakIdentifiers(candidate, evidence, holders);
  const found = new Set<MemberPerson>();
  for (const { key, identifier } of candidate.keys) {
    const text = identifierText(identifier);
    const isWeak = weak.has(text);
    const held = holders.get(text);
    if (held || evidence.weakKeys.has(key)) leaned.push({ key, isWeak: evidence.weakKeys.has(key) });
    if (held && !isWeak) for (const member of held) found.add(member);
  }
  if (found.size === 0) return { candidate, decision: null, leaned, isKept: false };
  const person = candidate.person();
  const circumstances = circumstancesOf(candidate.id, evidence, model);
  const decideWith = (current: number | null) =>
    decide(person, [...found], model.model, { weak, tombstones: circumstances.tombstones, current });
  const decision = decideWith(circumstances.current);
  const isKept =
    circumstances.current !== null && decision.outcome === 'AUTO' && decideWith(null).outcome !== 'AUTO';
  return { candidate, decision, leaned, isKept };
}

/** Links survive a change of the model a little longer than they are made; under one model the same facts give the same link. */
export function circumstancesOf(
  candidateId: string,
  { links, tombstones }: Evidence,
  { modelNo }: NumberedModel,
): { readonly tombstones: ReadonlySet<number> | undefined; readonly current: number | null } {
  const stored = links.get(candidateId);
  return {
    tombstones: tombstones.get(candidateId),
    current: stored && stored.modelNo !== modelNo ? stored.memberId : null,
  };
}

export function weakIdentifiers(
  { keys, domains }: MatchCandidate,
  { weakKeys }: Evidence,
  holders: Holders,
): Map<string, Weakness> {
  const weak = new Map<string, Weakness>();
  for (const { key, identifier } of keys) {
    const text = identifierText(identifier);
    const domain =
      identifier.kind === 'email' && weakKeys.size > 0
        ? domains.get(identifier.value.slice(identifier.value.lastIndexOf('@') + 1))
        : undefined;
    const weakness =
      weakKeys.get(key) ??
      (domain === undefined ? undefined : weakKeys.get(domain)) ??
      ((holders.get(text)?.length ?? 0) > MOST_IDENTIFIER_HOLDERS ? 'SHARED' : undefined);
    if (weakness) weak.set(text, weakness);
  }
  return weak;
}

export function holdersOf(members: readonly MemberPerson[]): Holders {
  const holders = new Map<string, MemberPerson[]>();
  for (const member of members) {
    for (const identifier of identifiersOf(member)) {
      const text = identifierText(identifier);
      const held = holders.get(text);
      if (held) held.push(member);
      else holders.set(text, [member]);
    }
  }
  return holders;
}
