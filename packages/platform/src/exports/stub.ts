import { formatUrn } from '@carrick/protocol';
import { encodePersonId, type PersonKey } from '../kernel/secrets.ts';
import type { MemberRecord } from '../members/index.ts';

/** Of a person, what leaves with an export; the dialog says so word for word. The dialog has no field for addresses. */
export interface StubProfile {
  readonly member: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly currentEmployerNames: readonly string[];
  readonly profileUrl: string;
  readonly emailAddresses: readonly string[];
  readonly location?: string;
}

/** `profileUrl`: where the person's profile stands when he or she has no public one. */
export function stubOf(member: MemberRecord, personKey: PersonKey, profileUrl: string): StubProfile {
  const held = member.positions.filter(({ endDate }) => endDate === null);
  const employers = held.flatMap(({ companyName }) => companyName?.trim() || []);
  return {
    member: formatUrn('person', encodePersonId(personKey, member.memberId)),
    firstName: member.firstName,
    lastName: member.lastName,
    currentEmployerNames: [...new Set(employers)],
    profileUrl: member.profileUrls[0] ?? profileUrl,
    emailAddresses: [],
    ...(member.location === null ? {} : { location: member.location }),
  };
}
