import type { MemberFacts } from '../members/index.ts';
import { type CanonicalEmail, canonicalEmail } from './email.ts';
import type { WrittenName } from './name.ts';
import { canonicalProfileUrl } from './profile-url.ts';

/** What of a candidate identifies a person: mailboxes that are one person's, and a profile address. */
export interface CandidateIdentity {
  readonly emails: readonly CanonicalEmail[];
  readonly profileUrl: string | null;
}

export interface MemberIdentity {
  readonly memberId: number;
  readonly name: WrittenName;
  readonly emails: readonly CanonicalEmail[];
  /** The first is current, the others former. */
  readonly profileUrls: readonly string[];
}

/** What of a candidate its identifiers are read from. */
export interface IdentifyingFields {
  readonly emailAddresses: readonly string[];
  readonly linkedInProfileUrl?: string | null;
  readonly externalProfileUrl?: string | null;
}

/** The fields of a candidate that matching reads, as they come from the wire or from the table. */
export interface CandidateFields extends IdentifyingFields {
  readonly firstName: string;
  readonly lastName: string;
  readonly middleInitial?: string | null;
  readonly suffix?: string | null;
}

/**
 * `externalProfileUrl` is the deep link into the ATS and identifies nobody; an address of the network's own form that was
 * put there counts as the `linkedInProfileUrl` that is missing.
 */
export function candidateIdentity(fields: IdentifyingFields, hosts?: readonly string[]): CandidateIdentity {
  const { linkedInProfileUrl, externalProfileUrl } = fields;
  return {
    emails: mailboxes(fields.emailAddresses),
    profileUrl:
      (linkedInProfileUrl ? canonicalProfileUrl(linkedInProfileUrl, hosts) : null) ??
      (externalProfileUrl ? canonicalProfileUrl(externalProfileUrl, hosts) : null),
  };
}

export function candidateName(fields: CandidateFields): WrittenName {
  return {
    firstName: fields.firstName,
    lastName: fields.lastName,
    middleName: fields.middleInitial ?? null,
    suffix: fields.suffix ?? null,
  };
}

/** A closed account identifies nobody, and an e-mail not one who chose not to be found by it. */
export function memberIdentity(facts: MemberFacts, hosts?: readonly string[]): MemberIdentity {
  const urls = facts.profileUrls.flatMap((url) => canonicalProfileUrl(url, hosts) ?? []);
  return {
    memberId: facts.memberId,
    name: facts,
    emails: facts.isClosed || !facts.isFoundByEmail ? [] : mailboxes(facts.emails),
    profileUrls: facts.isClosed ? [] : [...new Set(urls)],
  };
}

/** Each mailbox once; those that are not one person's left out. */
function mailboxes(addresses: readonly string[]): CanonicalEmail[] {
  const byExact = new Map<string, CanonicalEmail>();
  for (const address of addresses) {
    const email = canonicalEmail(address);
    if (email && (email.class === 'PERSONAL' || email.class === 'DISPOSABLE'))
      byExact.set(email.exact, email);
  }
  return [...byExact.values()];
}
