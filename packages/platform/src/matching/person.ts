import { remembered } from '../kernel/remembered.ts';
import { canonicalCompany } from './company.ts';
import { canonicalCountry } from './country.ts';
import { type CanonicalEmail, canonicalEmail } from './email.ts';
import { type NameForms, nameForms, type WrittenName } from './name.ts';
import { type CanonicalPhone, canonicalPhone, type WrittenPhone } from './phone.ts';
import { canonicalPlace, type Place, placeOfLocation, type WrittenPlace } from './place.ts';
import { canonicalProfileUrl } from './profile-url.ts';
import { canonicalTitle } from './title.ts';

// Employers, titles and towns are few beside the people who have them.
const companyOf = remembered(canonicalCompany);
const titleOf = remembered(canonicalTitle);
const placeOf = remembered(placeOfLocation);

/** What of somebody may identify a person. Mailboxes and numbers that are no one person's are left out. */
export interface Identity {
  readonly emails: readonly CanonicalEmail[];
  readonly phones: readonly CanonicalPhone[];
  /** Of a member the first is current, the others former. */
  readonly profileUrls: readonly string[];
}

/** Either side, normalised alike. Whatever is unknown is empty. */
export interface Person extends Identity {
  readonly name: NameForms;
  /** Folded; the present one first. */
  readonly companies: readonly string[];
  readonly titles: readonly (readonly string[])[];
  readonly places: readonly Place[];
}

export interface MemberPerson extends Person {
  readonly memberId: number;
  /** A closed account is linked to nobody. */
  readonly isClosed: boolean;
}

/** What normalisation needs to know of the deployment and the organisation. */
export interface Setting {
  /** Hosts whose profile addresses identify a person. */
  readonly profileHosts?: readonly string[] | undefined;
  /** ISO 3166: where numbers without prefix are dialled when the record names no country. */
  readonly country?: string | null | undefined;
}

/** The fields of a candidate that matching reads. Names as on the wire; any may be missing. */
export interface CandidateFields {
  readonly firstName?: string | null | undefined;
  readonly lastName?: string | null | undefined;
  readonly middleInitial?: string | null | undefined;
  readonly suffix?: string | null | undefined;
  /** With those of the applications. */
  readonly emailAddresses?: readonly string[] | null | undefined;
  readonly phoneNumbers?: readonly WrittenPhone[] | null | undefined;
  readonly linkedInProfileUrl?: string | null | undefined;
  readonly externalProfileUrl?: string | null | undefined;
  readonly addresses?: readonly WrittenPlace[] | null | undefined;
  readonly currentCompanyName?: string | null | undefined;
  readonly currentJobTitle?: string | null | undefined;
}

/** The fields of a member that matching reads; any but the id may be missing. */
export interface MemberFields {
  readonly memberId: number;
  readonly firstName?: string | null | undefined;
  readonly lastName?: string | null | undefined;
  readonly middleName?: string | null | undefined;
  readonly maidenName?: string | null | undefined;
  readonly suffix?: string | null | undefined;
  readonly emails?: readonly string[] | null | undefined;
  readonly phones?: readonly string[] | null | undefined;
  readonly profileUrls?: readonly string[] | null | undefined;
  readonly address?: WrittenPlace | null | undefined;
  readonly location?: string | null | undefined;
  readonly headline?: string | null | undefined;
  /** The newest first. */
  readonly positions?: readonly WrittenPosition[] | null | undefined;
  readonly isClosed?: boolean | undefined;
  /** The member's own wish; true where nothing is said. */
  readonly isFoundByEmail?: boolean | undefined;
  readonly isFoundByPhone?: boolean | undefined;
}

export type { WrittenPlace };

export interface WrittenPosition {
  readonly title?: string | null | undefined;
  readonly companyName?: string | null | undefined;
  readonly endDate?: string | null | undefined;
}

/**
 * `externalProfileUrl` is the deep link into the ATS and identifies nobody; an address of the network's own form that was
 * put there counts as the `linkedInProfileUrl` that is missing.
 */
export function candidateIdentityOf(fields: CandidateFields, setting: Setting = {}): Identity {
  const { profileHosts } = setting;
  const url =
    (fields.linkedInProfileUrl ? canonicalProfileUrl(fields.linkedInProfileUrl, profileHosts) : null) ??
    (fields.externalProfileUrl ? canonicalProfileUrl(fields.externalProfileUrl, profileHosts) : null);
  const country = fields.phoneNumbers?.length ? countryOf(fields.addresses ?? [], setting) : null;
  return {
    emails: mailboxes(fields.emailAddresses ?? []),
    phones: phonesOf(fields.phoneNumbers ?? [], country),
    profileUrls: url === null ? [] : [url],
  };
}

export function candidatePerson(
  fields: CandidateFields,
  setting: Setting = {},
  identity: Identity = candidateIdentityOf(fields, setting),
): Person {
  const company = fields.currentCompanyName ? companyOf(fields.currentCompanyName) : null;
  const title = fields.currentJobTitle ? titleOf(fields.currentJobTitle) : [];
  return {
    ...identity,
    name: nameForms({
      firstName: fields.firstName ?? '',
      lastName: fields.lastName ?? '',
      middleName: fields.middleInitial ?? null,
      suffix: fields.suffix ?? null,
    }),
    companies: company === null ? [] : [company],
    titles: title.length === 0 ? [] : [title],
    places: (fields.addresses ?? []).flatMap((address) => canonicalPlace(address) ?? []),
  };
}

/** A closed account identifies nobody. */
export function memberIdentityOf(fields: MemberFields, setting: Setting = {}): Identity {
  if (fields.isClosed) return { emails: [], phones: [], profileUrls: [] };
  const urls = (fields.profileUrls ?? []).flatMap(
    (url) => canonicalProfileUrl(url, setting.profileHosts) ?? [],
  );
  const country = fields.phones?.length ? memberCountry(fields, setting) : null;
  return {
    emails: fields.isFoundByEmail === false ? [] : mailboxes(fields.emails ?? []),
    phones:
      fields.isFoundByPhone === false
        ? []
        : phonesOf(
            (fields.phones ?? []).map((number) => ({ number })),
            country,
          ),
    profileUrls: [...new Set(urls)],
  };
}

/** What comparing needs is made when it is first asked for: most pairs are told apart by less than all of it. */
export function memberPerson(fields: MemberFields, setting: Setting = {}): MemberPerson {
  const identity = memberIdentityOf({ ...fields, phones: [] }, setting);
  const phones = once(() => memberIdentityOf({ ...fields, emails: [], profileUrls: [] }, setting).phones);
  const work = once(() => memberWork(fields));
  const places = once(() =>
    [
      fields.address ? canonicalPlace(fields.address) : null,
      fields.location ? placeOf(fields.location) : null,
    ].filter((place) => place !== null),
  );
  const name = once(() => nameForms(memberName(fields)));
  return {
    memberId: fields.memberId,
    isClosed: fields.isClosed === true,
    emails: identity.emails,
    profileUrls: identity.profileUrls,
    get phones() {
      return phones();
    },
    get name() {
      return name();
    },
    get companies() {
      return work().companies;
    },
    get titles() {
      return work().titles;
    },
    get places() {
      return places();
    },
  };
}

export function memberName(fields: MemberFields): WrittenName {
  return {
    firstName: fields.firstName ?? '',
    lastName: fields.lastName ?? '',
    middleName: fields.middleName ?? null,
    maidenName: fields.maidenName ?? null,
    suffix: fields.suffix ?? null,
  };
}

function memberWork(fields: MemberFields): Pick<Person, 'companies' | 'titles'> {
  const positions = fields.positions ?? [];
  // What is held today first.
  const held = [...positions.filter((one) => !one.endDate), ...positions.filter((one) => one.endDate)];
  const companies = held.flatMap(({ companyName }) => (companyName && companyOf(companyName)) || []);
  const titles = held.map(({ title }) => (title ? titleOf(title) : [])).filter((words) => words.length > 0);
  const headline = fields.headline ? /^(.+?)\s+(?:at|@|bei|chez|en)\s+(.+)$/i.exec(fields.headline) : null;
  if (positions.length === 0 && headline) {
    const [, title = '', company = ''] = headline;
    companies.push(...[companyOf(company)].filter((name) => name !== null));
    titles.push(titleOf(title));
  }
  return { companies: [...new Set(companies)], titles };
}

export function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function countryOf(places: readonly WrittenPlace[], { country }: Setting): string | null {
  for (const place of places) {
    const named = place.country ? canonicalCountry(place.country) : null;
    if (named) return named;
  }
  return country ?? null;
}

function memberCountry(fields: MemberFields, setting: Setting): string | null {
  const ofAddress = fields.address?.country ? canonicalCountry(fields.address.country) : null;
  return ofAddress ?? (fields.location ? placeOf(fields.location)?.country : null) ?? setting.country ?? null;
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

function phonesOf(written: readonly WrittenPhone[], country: string | null): CanonicalPhone[] {
  const phones = new Map<string, CanonicalPhone>();
  for (const each of written) {
    const phone = canonicalPhone(each, country);
    if (phone) phones.set(phone.e164 ?? phone.last9 ?? '', phone);
  }
  return [...phones.values()];
}
