import type { Tx } from '../kernel/db.ts';
import type { MemberAddress, MemberFacts, MemberPosition } from '../members/index.ts';
import type { AtsScope } from '../records/index.ts';
import type { Weakness } from './identifiers.ts';
import { int8Array } from './key-rows.ts';
import type { MatchCandidate } from './matcher.ts';

/** An identifier that more members hold is nobody's. */
export const MOST_IDENTIFIER_HOLDERS = 3;

/**
 * A batch of a few candidates, or of one, may be a guess at whose an address is. So in it the candidate whose identifiers nobody
 * holds costs what another one costs: it is compared with some member, and all its keys are asked about.
 */
export const MOST_OF_A_GUESS = 5;

export interface StoredLink {
  readonly memberId: number;
  /** As JSON. */
  readonly reasons: string;
  readonly weight: number;
  readonly modelNo: number;
}

/** What is stored beside these candidates, as their decision reads it. */
export interface Evidence {
  readonly links: ReadonlyMap<string, StoredLink>;
  /** Of a guess that hits nobody, somebody who holds none of the keys. */
  readonly members: readonly MemberFacts[];
  /** Keys, of identifiers and of mail domains. */
  readonly weakKeys: ReadonlyMap<string, Weakness>;
  readonly tombstones: ReadonlyMap<string, ReadonlySet<number>>;
  /** Addresses that their applications brought. */
  readonly applicationEmails: ReadonlyMap<string, readonly string[]>;
  readonly modelNo: number;
}

/** A member as match_members returns it. */
export interface MemberEvidenceRow {
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

type EvidenceRow =
  | {
      readonly what: 'L';
      readonly candidate_id: string;
      readonly member_id: number;
      readonly note: string;
      readonly weight: number;
      readonly model_no: number;
    }
  | { readonly what: 'T'; readonly candidate_id: string; readonly member_id: number }
  | { readonly what: 'A'; readonly candidate_id: string; readonly note: string }
  | { readonly what: 'W'; readonly note: string; readonly first_name: Weakness }
  | { readonly what: 'V'; readonly model_no: number }
  | ({ readonly what: 'M' } & MemberEvidenceRow);

/** Behind the batch statement: one message, sent before the first wait. Writes the candidates' keys unless they are there. */
export async function readEvidence(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  candidates: readonly MatchCandidate[],
  areKeysWritten: boolean,
): Promise<Evidence> {
  const owners: number[] = [];
  const keys: string[] = [];
  const kinds: number[] = [];
  const domains = new Set<string>();
  candidates.forEach((candidate, i) => {
    for (const { key, kind } of candidate.keys) {
      owners.push(i + 1);
      keys.push(key);
      kinds.push(kind);
    }
    for (const domain of candidate.domains.values()) domains.add(domain);
  });
  const rows = await tx<EvidenceRow>`
    select * from match_evidence(
      ${tenantId}, ${atsNo}, ${candidates.map(({ id }) => id)}::text[], ${int8Array(candidates.map(({ family }) => family))}::bigint[],
      ${int8Array(owners)}::int[], ${int8Array(keys)}::bigint[], ${int8Array(kinds)}::smallint[],
      ${int8Array([...domains])}::bigint[], ${MOST_IDENTIFIER_HOLDERS}, ${MOST_OF_A_GUESS}, ${!areKeysWritten}
    )`.send();
  return evidenceOf(rows);
}

function evidenceOf(rows: readonly EvidenceRow[]): Evidence {
  const links = new Map<string, StoredLink>();
  const members: MemberFacts[] = [];
  const weakKeys = new Map<string, Weakness>();
  const tombstones = new Map<string, Set<number>>();
  const applicationEmails = new Map<string, string[]>();
  let modelNo = 0;
  for (const row of rows) {
    switch (row.what) {
      case 'L':
        links.set(row.candidate_id, {
          memberId: row.member_id,
          reasons: row.note,
          weight: row.weight,
          modelNo: row.model_no,
        });
        break;
      case 'M':
        members.push(memberFactsOf(row));
        break;
      case 'W':
        weakKeys.set(row.note, row.first_name);
        break;
      case 'T':
        tombstones.set(row.candidate_id, (tombstones.get(row.candidate_id) ?? new Set()).add(row.member_id));
        break;
      case 'A': {
        const emails = applicationEmails.get(row.candidate_id);
        if (emails) emails.push(row.note);
        else applicationEmails.set(row.candidate_id, [row.note]);
        break;
      }
      case 'V':
        modelNo = row.model_no;
        break;
    }
  }
  return { links, members, weakKeys, tombstones, applicationEmails, modelNo };
}

export function memberFactsOf(row: MemberEvidenceRow): MemberFacts {
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
