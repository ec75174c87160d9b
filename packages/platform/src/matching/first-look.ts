import type { Tx } from '../kernel/db.ts';
import { type Decision, decide } from './decide.ts';
import type { Evidence } from './evidence.ts';
import { type Holders, holdersOf, MOST_IDENTIFIER_HOLDERS, MOST_OF_A_GUESS, readHolders } from './holders.ts';
import { identifierText, type Weakness } from './identifiers.ts';
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

/**
 * Decides about links by identifiers alone: AUTO needs one that agrees, and only members who hold one stand in its way. What else
 * there is to say about somebody is for the second look, which links nobody.
 */
export function firstLooks(
  candidates: readonly MatchCandidate[],
  evidence: Evidence,
  model: NumberedModel,
  holders: Holders,
): FirstLook[] {
  const isGuess = candidates.length <= MOST_OF_A_GUESS;
  return candidates.map((candidate) => {
    const look = firstLook(candidate, evidence, model, holders);
    return isGuess ? even(look, evidence, model, holders) : look;
  });
}

/** First looks made before it is known what is stored beside the candidates: as if it were nothing, which it mostly is. */
export interface EarlyLooks {
  readonly looks: readonly FirstLook[];
  readonly model: NumberedModel;
  readonly holders: Holders;
}

/** While the database writes the candidates. Sent at once. */
export async function lookEarly(
  matcher: Matcher,
  tx: Tx,
  candidates: readonly MatchCandidate[],
): Promise<EarlyLooks> {
  const holders = holdersOf(await readHolders(matcher, tx, candidates));
  const model = matcher.models.held;
  return { looks: firstLooks(candidates, NOTHING_STORED, model, holders), model, holders };
}

const NOTHING_STORED: Evidence = {
  links: new Map(),
  weakKeys: new Map(),
  tombstones: new Map(),
  applicationEmails: new Map(),
  modelNo: 0,
};

/** The same looks, but for the candidates of whom something is stored that would have made a difference. */
export function confirmedLooks(
  { looks, model: assumed, holders }: EarlyLooks,
  evidence: Evidence,
  model: NumberedModel,
): FirstLook[] {
  const candidates = looks.map(({ candidate }) => candidate);
  const differing = candidates.filter(
    (candidate) => assumed !== model || isConcerned(candidate, evidence, model),
  );
  const isGuess = candidates.length <= MOST_OF_A_GUESS;
  const anew = new Set(isGuess && differing.length > 0 ? candidates : differing);
  return looks.map((look) => {
    if (!anew.has(look.candidate)) return look;
    const again = firstLook(look.candidate, evidence, model, holders);
    return isGuess ? even(again, evidence, model, holders) : again;
  });
}

function isConcerned(candidate: MatchCandidate, evidence: Evidence, model: NumberedModel): boolean {
  const { tombstones, current } = circumstancesOf(candidate.id, evidence, model);
  if (tombstones !== undefined || current !== null) return true;
  const { weakKeys } = evidence;
  if (weakKeys.size === 0) return false;
  return (
    candidate.keys.some(({ key }) => weakKeys.has(key)) ||
    candidate.domains.values().some((key) => weakKeys.has(key))
  );
}

/** As much work whether somebody was hit or not (MOST_OF_A_GUESS). */
function even(look: FirstLook, evidence: Evidence, model: NumberedModel, holders: Holders): FirstLook {
  const { candidate, decision } = look;
  const [anybody = []] = holders.values();
  if (decision === null) decide(candidate.person(), anybody.slice(0, 1), model.model);
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
