import type { Tx } from '../kernel/db.ts';
import type { AtsScope } from '../records/index.ts';
import type { Weakness } from './identifiers.ts';
import { int8Array } from './key-rows.ts';
import type { MatchCandidate } from './matcher.ts';

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
  /** Keys, of identifiers and of mail domains. */
  readonly weakKeys: ReadonlyMap<string, Weakness>;
  readonly tombstones: ReadonlyMap<string, ReadonlySet<number>>;
  /** Addresses that their applications brought. */
  readonly applicationEmails: ReadonlyMap<string, readonly string[]>;
  readonly modelNo: number;
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
  | { readonly what: 'W'; readonly note: string; readonly weakness: Weakness }
  | { readonly what: 'V'; readonly model_no: number };

/** Behind the batch statement. Writes the candidates' keys unless they are there. */
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
      ${int8Array([...domains])}::bigint[], ${!areKeysWritten}
    )`.send();
  return evidenceOf(rows);
}

function evidenceOf(rows: readonly EvidenceRow[]): Evidence {
  const links = new Map<string, StoredLink>();
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
      case 'W':
        weakKeys.set(row.note, row.weakness);
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
  return { links, weakKeys, tombstones, applicationEmails, modelNo };
}
