import type { MemberFacts } from './hooks.ts';
import type { MemberLine } from './schema.ts';

export interface MemberPosition {
  readonly title: string | null;
  readonly companyName: string | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
}

export interface MemberEducation {
  readonly school: string | null;
  readonly degree: string | null;
  readonly field: string | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
}

export interface MemberAddress {
  readonly line1: string | null;
  readonly city: string | null;
  readonly geographicArea: string | null;
  readonly postalCode: string | null;
  readonly country: string | null;
}

/** Everything the directory knows about one person; nothing is undefined. */
export interface MemberRecord extends MemberFacts {
  readonly externalId: string;
  readonly headline: string | null;
  readonly summary: string | null;
  readonly industry: string | null;
  readonly pictureUrl: string | null;
  readonly location: string | null;
  readonly address: MemberAddress | null;
  readonly websites: readonly string[];
  /** As imported, so newest first by convention; without an `endDate` it is held today. */
  readonly positions: readonly MemberPosition[];
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

export function memberFacts(memberId: number, line: MemberLine): MemberFacts {
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
    isClosed: line.closed === true,
  };
}

export function memberDoc(line: MemberLine): MemberDoc {
  const { id, firstName, lastName, headline, industry, location, openToWork, ...rest } = line;
  const { shareWithThirdParties, closed, connections, ...doc } = rest;
  return doc;
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
    isClosed: row.is_closed,
    headline: row.headline,
    summary: doc.summary ?? null,
    industry: row.industry,
    pictureUrl: doc.pictureUrl ?? null,
    location: row.location,
    address: doc.address
      ? {
          line1: doc.address.line1 ?? null,
          city: doc.address.city ?? null,
          geographicArea: doc.address.geographicArea ?? null,
          postalCode: doc.address.postalCode ?? null,
          country: doc.address.country ?? null,
        }
      : null,
    websites: doc.websites ?? [],
    positions: (doc.positions ?? []).map((position) => ({
      title: position.title ?? null,
      companyName: position.companyName ?? null,
      startDate: position.startDate ?? null,
      endDate: position.endDate ?? null,
    })),
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
