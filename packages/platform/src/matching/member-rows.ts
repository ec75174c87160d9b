import type { MemberAddress, MemberFacts, MemberPosition } from '../members/index.ts';

/** A member as match_members returns it. */
export interface MemberRow {
  readonly member_id: number;
  readonly first_name: string;
  readonly last_name: string;
  readonly headline: string | null;
  readonly location: string | null;
  readonly is_found_by_email: boolean;
  readonly is_found_by_phone: boolean;
  readonly doc: {
    readonly middleName: string | null;
    readonly maidenName: string | null;
    readonly suffix: string | null;
    readonly emails: readonly string[] | null;
    readonly phones: readonly string[] | null;
    readonly profileUrls: readonly string[] | null;
    readonly positions: readonly Partial<MemberPosition>[] | null;
    readonly address: Partial<MemberAddress> | null;
  };
}

export function memberFactsOf(row: MemberRow): MemberFacts {
  const { doc } = row;
  return {
    memberId: row.member_id,
    firstName: row.first_name,
    lastName: row.last_name,
    middleName: doc.middleName,
    maidenName: doc.maidenName,
    suffix: doc.suffix,
    emails: doc.emails ?? [],
    phones: doc.phones ?? [],
    profileUrls: doc.profileUrls ?? [],
    positions: (doc.positions ?? []).map((position) => ({
      title: position.title ?? null,
      companyName: position.companyName ?? null,
      startDate: position.startDate ?? null,
      endDate: position.endDate ?? null,
    })),
    address: doc.address
      ? {
          line1: doc.address.line1 ?? null,
          city: doc.address.city ?? null,
          geographicArea: doc.address.geographicArea ?? null,
          postalCode: doc.address.postalCode ?? null,
          country: doc.address.country ?? null,
        }
      : null,
    location: row.location,
    headline: row.headline,
    isFoundByEmail: row.is_found_by_email,
    isFoundByPhone: row.is_found_by_phone,
    isClosed: false,
  };
}
