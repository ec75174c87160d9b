import type { PossibleRecord } from '@carrick/protocol';
import type { Viewer } from '../access/index.ts';
import type { Tx } from '../kernel/db.ts';
import { openProposals } from '../matching/index.ts';
import { atsWords } from '../session/index.ts';
import { keyText, readCandidates, summaryOf } from './candidates.ts';
import { asRivals, evidenceOf, type StoredEvidence } from './evidence.ts';
import { isAmong } from './queue.ts';

const MOST = 5;

interface Row extends StoredEvidence {
  readonly ats_no: number;
  readonly candidate_id: string;
}

/** Records that may be this member's and wait for this viewer to say so, likeliest first. */
export async function readPossible(tx: Tx, viewer: Viewer, memberId: number): Promise<PossibleRecord[]> {
  const rows = await tx<Row>`
    select p.ats_no, p.candidate_id, p.weight, p.reasons, p.evidence
    from (${openProposals(tx, viewer, { memberIds: [memberId] })}) p
    order by p.weight desc, p.ats_no, p.candidate_id limit ${MOST}`;
  const keys = rows.map((row) => ({ atsNo: row.ats_no, candidateId: row.candidate_id }));
  if (keys.length === 0) return [];
  // Others are proposed for the same record, maybe: what is told of this member is what the queue tells.
  const [candidates, rivals] = await Promise.all([
    readCandidates(tx, viewer, keys),
    tx<Row & { readonly member_id: number }>`
      select p.ats_no, p.candidate_id, p.member_id, p.weight, p.reasons, p.evidence
      from (${openProposals(tx, viewer)}) p where ${isAmong(tx, keys)}`.send(),
  ]);
  const keyOf = (row: Row) => keyText({ atsNo: row.ats_no, candidateId: row.candidate_id });
  const rivalsOf = Map.groupBy(rivals, keyOf);
  const { atss } = atsWords(viewer);
  return rows.flatMap((row) => {
    const candidate = candidates.get(keyOf(row));
    const proposals = (rivalsOf.get(keyOf(row)) ?? []).map((rival) => ({
      memberId: rival.member_id,
      evidence: evidenceOf(rival),
    }));
    const evidence = asRivals(proposals).find((rival) => rival.memberId === memberId)?.evidence ?? null;
    return candidate && evidence ? [{ candidate: summaryOf(candidate, atss), evidence }] : [];
  });
}
