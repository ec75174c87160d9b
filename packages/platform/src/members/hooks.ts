import type { Tx } from '../kernel/db.ts';

export interface MemberPosition {
  readonly title: string | null;
  readonly companyName: string | null;
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

/** The facts about a member that other slices may react to, before and after one write. */
export interface MemberFacts {
  readonly memberId: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly middleName: string | null;
  readonly maidenName: string | null;
  readonly suffix: string | null;
  /** Confirmed addresses as given; the first is primary. */
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  /** The first is current, the others former. */
  readonly profileUrls: readonly string[];
  /** Newest first by convention; without an `endDate` it is held today. */
  readonly positions: readonly MemberPosition[];
  readonly address: MemberAddress | null;
  /** As the member words it: "Berlin, Germany". */
  readonly location: string | null;
  /** The member's own choice: false, and no address or number leads to him or her. */
  readonly isFoundByEmail: boolean;
  readonly isFoundByPhone: boolean;
  readonly isClosed: boolean;
}

export interface MemberHook {
  /**
   * Before the members are written: identifier locks. `incoming` have the member id 0 when they are new; `former` are those that
   * are not, as they are stored.
   */
  before?(tx: Tx, incoming: readonly MemberFacts[], former: readonly MemberFacts[]): Promise<unknown>;
  /** In the import's transaction, before it commits. The transaction has no tenant; a hook that needs one sets it, tenant by tenant. */
  after?(tx: Tx, written: readonly MemberFacts[], former: readonly MemberFacts[]): Promise<unknown>;
}
