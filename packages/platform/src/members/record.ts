import type { MemberAddress, MemberFacts, MemberPosition } from './hooks.ts';
import type { MemberLine } from './schema.ts';

export interface MemberEducation {
  readonly school: string | null;
  readonly degree: string | null;
  readonly field: string | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
}

/** Everything the directory knows about one person; nothing is undefined. */
export interface MemberRecord extends MemberFacts {
  readonly externalId: string;
  readonly summary: string | null;
  readonly industry: string | null;
  readonly pictureUrl: string | null;
  readonly websites: readonly string[];
  readonly educations: readonly MemberEducation[];
  readonly skills: readonly string[];
  readonly recommendations: readonly {
    readonly author: string;
    readonly authorTitle: string | null;
    readonly text: string;
  }[];
  /** Connections known by id, whether or not those people are in the directory. */
  readonly connectionCount: number;
  readonly isOpenToWork: boolean;
  readonly followsOrganizations: readonly string[];
  readonly sharesWithThirdParties: boolean;
}

/** A member as its columns hold it. `doc` is the imported line without what has a column or a table of its own. */
export interface MemberRow {
  readonly member_id: number;
  readonly external_id: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly headline: string | null;
  readonly industry: string | null;
  readonly location: string | null;
  readonly open_to_work: boolean;
  readonly shares_with_third_parties: boolean;
  readonly is_closed: boolean;
  readonly is_found_by_email: boolean;
  readonly is_found_by_phone: boolean;
  readonly doc: MemberDoc;
}

export type MemberDoc = Omit<
  MemberLine,
  | 'id'
  | 'firstName'
  | 'lastName'
  | 'headline'
  | 'industry'
  | 'location'
  | 'openToWork'
  | 'shareWithThirdParties'
  | 'closed'
  | 'connections'
>;

/** What a member chose and no import says. */
export type MemberChoices = Pick<MemberFacts, 'isFoundByEmail' | 'isFoundByPhone'>;

export const NO_CHOICE: MemberChoices = { isFoundByEmail: true, isFoundByPhone: true };

export function memberFacts(memberId: number, line: MemberLine, choices: MemberChoices): MemberFacts {
  return {
    memberId,
    firstName: line.firstName?.trim() ?? '',
    lastName: line.lastName?.trim() ?? '',
    middleName: line.middleName ?? null,
    maidenName: line.maidenName ?? null,
    suffix: line.suffix ?? null,
    emails: line.emails ?? [],
    phones: line.phones ?? [],
    profileUrls: line.profileUrls ?? [],
    positions: memberPositions(line),
    address: memberAddress(line),
    location: line.location ?? null,
    headline: line.headline ?? null,
    isFoundByEmail: choices.isFoundByEmail,
    isFoundByPhone: choices.isFoundByPhone,
    isClosed: line.closed === true,
  };
}

export function memberDoc(line: MemberLine): MemberDoc {
  const { id, firstName, lastName, headline, industry, location, openToWork, ...rest } = line;
  const { shareWithThirdParties, closed, connections, ...doc } = rest;
  return doc;
}

/** A stored member as the line that would store it. */
export function storedLine({
  doc,
  ...row
}: MemberRow & { readonly connected: readonly string[] }): MemberLine {
  return {
    ...doc,
    id: row.external_id,
    firstName: row.first_name,
    lastName: row.last_name,
    ...(row.headline === null ? {} : { headline: row.headline }),
    ...(row.industry === null ? {} : { industry: row.industry }),
    ...(row.location === null ? {} : { location: row.location }),
    ...(row.connected.length === 0 ? {} : { connections: [...row.connected] }),
    openToWork: row.open_to_work,
    shareWithThirdParties: row.shares_with_third_parties,
    closed: row.is_closed,
  };
}

function memberPositions({ positions }: Pick<MemberLine, 'positions'>): MemberPosition[] {
  return (positions ?? []).map((position) => ({
    title: position.title ?? null,
    companyName: position.companyName ?? null,
    startDate: position.startDate ?? null,
    endDate: position.endDate ?? null,
  }));
}

function memberAddress({ address }: Pick<MemberLine, 'address'>): MemberAddress | null {
  if (!address) return null;
  return {
    line1: address.line1 ?? null,
    city: address.city ?? null,
    geographicArea: address.geographicArea ?? null,
    postalCode: address.postalCode ?? null,
    country: address.country ?? null,
  };
}

/** The titles held today, each once. */
export function currentTitles(line: MemberLine): string[] {
  const held = (line.positions ?? []).filter((position) => !position.endDate);
  return [...new Set(held.map((position) => position.title?.trim() ?? '').filter(Boolean))];
}

export function memberRecord(row: MemberRow, connectionCount: number): MemberRecord {
  const { doc } = row;
  return {
    memberId: row.member_id,
    externalId: row.external_id,
    firstName: row.first_name,
    middleName: doc.middleName ?? null,
    lastName: row.last_name,
    suffix: doc.suffix ?? null,
    maidenName: doc.maidenName ?? null,
    emails: doc.emails ?? [],
    phones: doc.phones ?? [],
    profileUrls: doc.profileUrls ?? [],
    isFoundByEmail: row.is_found_by_email,
    isFoundByPhone: row.is_found_by_phone,
    isClosed: row.is_closed,
    headline: row.headline,
    summary: doc.summary ?? null,
    industry: row.industry,
    pictureUrl: doc.pictureUrl ?? null,
    location: row.location,
    address: memberAddress(doc),
    websites: doc.websites ?? [],
    positions: memberPositions(doc),
    educations: (doc.educations ?? []).map((education) => ({
      school: education.school ?? null,
      degree: education.degree ?? null,
      field: education.field ?? null,
      startDate: education.startDate ?? null,
      endDate: education.endDate ?? null,
    })),
    skills: doc.skills ?? [],
    recommendations: (doc.recommendations ?? []).map(({ author, authorTitle, text }) => ({
      author,
      authorTitle: authorTitle ?? null,
      text,
    })),
    connectionCount,
    isOpenToWork: row.open_to_work,
    followsOrganizations: doc.followsOrganizations ?? [],
    sharesWithThirdParties: row.shares_with_third_parties,
  };
}
