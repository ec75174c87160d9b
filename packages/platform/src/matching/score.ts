import { nameAgreement, sharesNamePart } from './compare-names.ts';
import { type NameForms, nameForms } from './name.ts';
import {
  type CandidateFields,
  type CandidateIdentity,
  candidateName,
  type MemberIdentity,
} from './normalize.ts';

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
