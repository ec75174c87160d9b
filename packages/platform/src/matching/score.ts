import { nameAgreement, sharesNamePart } from './compare-names.ts';
import { type Identifier, identifierText, type WeakIdentifiers } from './identifiers.ts';
import { type Model, priorBits } from './model.ts';
import { type NameForms, nameForms } from './name.ts';
import {
  type CandidateFields,
  type CandidateIdentity,
  candidateName,
  type MemberIdentity,
} from './normalize.ts';
import type { MemberPerson, Person } from './person.ts';

/** Why, without any value: `email.exact`, `email.canon`, `url.current`, `url.former`, then `name.agrees` or `name.partly`. */
export type ReasonCode =
  | 'email.exact'
  | 'email.canon'
  | 'url.current'
  | 'url.former'
  | 'name.agrees'
  | 'name.partly'
  | 'name.contradicts'
  | 'name.silent'
  | 'identifier.none'
  | 'members.several';

export type Decision =
  | { readonly outcome: 'AUTO'; readonly memberId: number; readonly reasons: readonly ReasonCode[] }
  | { readonly outcome: 'NONE'; readonly reasons: readonly ReasonCode[] };

interface Agreement {
  readonly memberId: number;
  readonly identifiers: readonly ReasonCode[];
  readonly name: 'name.agrees' | 'name.partly';
}

/**
 * The member a candidate is linked to without anyone's doing: one on whom an identifier agrees and whom the name does not
 * contradict. `members` are all that hold one of the candidate's identifiers. Of several that fit, the one on whom more
 * identifiers agree; on a tie none: a wrong link costs more than a missing one. The order of `members` does not matter.
 */
export function decide(
  candidate: CandidateFields,
  identity: CandidateIdentity,
  members: readonly MemberIdentity[],
): Decision {
  const refusals = new Set<ReasonCode>();
  const fitting: Agreement[] = [];
  const name = nameForms(candidateName(candidate));
  for (const member of members) {
    const identifiers = agreeingIdentifiers(identity, member, members);
    if (identifiers.length === 0) continue;
    const verdict = nameVerdict(name, nameForms(member.name));
    if (verdict === 'name.contradicts' || verdict === 'name.silent') refusals.add(verdict);
    else fitting.push({ memberId: member.memberId, identifiers, name: verdict });
  }
  fitting.sort((a, b) => b.identifiers.length - a.identifiers.length);
  const [best, second] = fitting;
  if (!best)
    return { outcome: 'NONE', reasons: refusals.size > 0 ? [...refusals].sort() : ['identifier.none'] };
  if (second && second.identifiers.length === best.identifiers.length)
    return { outcome: 'NONE', reasons: ['members.several'] };
  return { outcome: 'AUTO', memberId: best.memberId, reasons: [...best.identifiers, best.name] };
}

function nameVerdict(candidate: NameForms, member: NameForms) {
  switch (nameAgreement(candidate, member)) {
    case 'agrees':
      return 'name.agrees';
    case 'contradicts':
      return 'name.contradicts';
    case 'neutral':
      // An address with no name to it must not answer whose it is.
      return sharesNamePart(candidate, member) ? 'name.partly' : 'name.silent';
  }
}

/** One reason for each mailbox and profile address on which both sides agree. */
function agreeingIdentifiers(
  candidate: CandidateIdentity,
  member: MemberIdentity,
  holders: readonly MemberIdentity[],
): ReasonCode[] {
  const reasons = new Map<string, ReasonCode>();
  for (const email of candidate.emails) {
    for (const own of member.emails) {
      if (own.canon !== email.canon) continue;
      if (own.exact === email.exact) reasons.set(own.canon, 'email.exact');
      // A mailbox that is thrown away is somebody else's tomorrow: only the very address counts.
      else if (own.class !== 'DISPOSABLE' && !reasons.has(own.canon)) reasons.set(own.canon, 'email.canon');
    }
  }
  const url = candidate.profileUrl;
  if (url !== null && member.profileUrls[0] === url) reasons.set(url, 'url.current');
  else if (url !== null && member.profileUrls.includes(url)) {
    // An address that somebody gave up can be given to somebody else.
    const isOnlyHolder = holders.every(
      (other) => other.memberId === member.memberId || !other.profileUrls.includes(url),
    );
    if (isOnlyHolder) reasons.set(url, 'url.former');
  }
  return [...reasons.values()].sort();
}

export type ScoredField = 'name' | 'email' | 'phone' | 'url' | 'company' | 'title' | 'place' | 'street';

/** What one field says: bits for (positive) or against its being one person. */
export interface FieldEvidence {
  readonly field: ScoredField;
  readonly level: string;
  readonly bits: number;
  /** What of the bits is due to the value being rarer or more frequent than usual. */
  readonly tf?: number;
}

/** How many parts of the name, given and family, say the same on both sides. */
export type NameParts = 'both' | 'one' | 'none';
/** Why this pair is not linked without a person, whatever agrees. */
export type Veto = 'url.conflict' | 'name.suffix' | 'name.middle';

export interface Scored {
  readonly memberId: number;
  /** log2 of the odds of being one person. */
  readonly weight: number;
  readonly probability: number;
  readonly evidence: readonly FieldEvidence[];
  /** Identifiers on which both sides agree and that are not weak. */
  readonly agreeing: readonly Identifier[];
  readonly nameParts: NameParts;
  readonly vetoes: readonly Veto[];
}

/** `urlHolders`: how many members hold or held an address, where it is more than this one. */
export function scorePair(
  candidate: Person,
  member: MemberPerson,
  model: Model,
  weak: WeakIdentifiers,
  urlHolders: ReadonlyMap<string, number> = new Map(),
): Scored {
  const evidence: FieldEvidence[] = [];
  const agreeing: Identifier[] = [];
  const vetoes: Veto[] = [];
  const add = (field: ScoredField, level: string) => {
    const bits = model.weights.fields[field]?.[level];
    if (bits !== undefined) evidence.push({ field, level, bits });
  };
  const parts = thinNameParts(candidate.name, member.name);
  add('name', parts === 'both' ? 'exact' : parts === 'one' ? 'family' : 'none');
  const counts = (identifier: Identifier) => !weak.has(identifierText(identifier));
  for (const email of candidate.emails) {
    const own = member.emails.find(({ canon }) => canon === email.canon);
    const identifier: Identifier = { kind: 'email', value: email.canon };
    if (!own || !counts(identifier)) continue;
    if (own.class === 'DISPOSABLE' && own.exact !== email.exact) continue;
    agreeing.push(identifier);
    if (!evidence.some(({ field }) => field === 'email'))
      add('email', own.exact === email.exact ? 'exact' : 'canon');
  }
  for (const { e164 } of candidate.phones) {
    if (!e164 || !member.phones.some((own) => own.e164 === e164)) continue;
    const identifier: Identifier = { kind: 'phone', value: e164 };
    if (!counts(identifier)) continue;
    agreeing.push(identifier);
    if (!evidence.some(({ field }) => field === 'phone')) add('phone', 'exact');
  }
  const [url] = candidate.profileUrls;
  if (url !== undefined && member.profileUrls.length > 0) {
    const position = member.profileUrls.indexOf(url);
    const isHeld = position === 0 || (position > 0 && (urlHolders.get(url) ?? 1) <= 1);
    const identifier: Identifier = { kind: 'url', value: url };
    if (isHeld && counts(identifier)) {
      agreeing.push(identifier);
      add('url', position === 0 ? 'current' : 'former');
    } else if (!isHeld) {
      vetoes.push('url.conflict');
      add('url', 'different');
    }
  }
  const weight = evidence.reduce((sum, { bits }) => sum + bits, priorBits(model));
  return {
    memberId: member.memberId,
    weight,
    probability: 1 / (1 + 2 ** -weight),
    evidence,
    agreeing,
    nameParts: parts,
    vetoes,
  };
}

function thinNameParts(a: NameForms, b: NameForms): NameParts {
  const agreement = nameAgreement(a, b);
  if (agreement === 'agrees') return 'both';
  return sharesNamePart(a, b) ? 'one' : 'none';
}
