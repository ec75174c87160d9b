import type { PossibleRecord } from '@carrick/protocol';
import type { Viewer } from '../access/index.ts';
import type { Tx } from '../kernel/db.ts';
import { openProposals } from '../matching/index.ts';
import { atsWords } from '../session/index.ts';
import { keyText, readCandidates, summaryOf } from './candidates.ts';
import { evidenceOf, type StoredEvidence } from './evidence.ts';

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
  const candidates = await readCandidates(tx, viewer, keys);
  const { atss } = atsWords(viewer);
  return rows.flatMap((row) => {
    const candidate = candidates.get(keyText({ atsNo: row.ats_no, candidateId: row.candidate_id }));
    const evidence = evidenceOf(row);
    return candidate && evidence ? [{ candidate: summaryOf(candidate, atss), evidence }] : [];
  });
}
