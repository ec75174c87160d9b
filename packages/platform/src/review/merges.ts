import type { MergeEntry, MergeList } from '@carrick/protocol';
import type { Viewer } from '../access/index.ts';
import type { Tx } from '../kernel/db.ts';
import { atsWords } from '../session/index.ts';
import { PAGE_SIZE, seatName } from './log.ts';

interface MergeRow {
  readonly merge_no: number;
  readonly ats_no: number;
  readonly from_id: string;
  readonly from_name: string | null;
  readonly into_id: string;
  readonly into_name: string | null;
  readonly moved: number;
  readonly by_name: string | null;
  readonly merged_at: number;
  readonly undone_at: number | null;
  readonly undone_by_name: string | null;
}

/** Which records of the viewer's ATSs were said to be one person, by whom, newest first; undone ones too. */
export async function readMerges(
  tx: Tx,
  viewer: Viewer,
  page: number,
): Promise<Omit<MergeList, 'answeredAt'>> {
  const { atss } = atsWords(viewer);
  const scope = tx`tenant_id = ${viewer.tenantId} and ats_no = any(${atss.map(({ atsNo }) => atsNo)}::int[])`;
  const [rows, [count]] = await tx.flight([
    tx<MergeRow>`
      select m.merge_no, m.ats_no, m.from_id, f.first_name || ' ' || f.last_name as from_name, m.into_id,
        i.first_name || ' ' || i.last_name as into_name, m.merged_at, m.undone_at,
        (
          select count(*) from match_decision d where d.tenant_id = m.tenant_id and d.lifted_by_merge = m.merge_no
            and d.ats_no = m.ats_no and d.candidate_id = m.from_id
        ) as moved,
        (${seatName(tx, viewer, tx`m.seat_id`)}) as by_name, (${seatName(tx, viewer, tx`m.undone_by`)}) as undone_by_name
      from (
        select * from candidate_merge where ${scope}
        order by merge_no desc limit ${PAGE_SIZE} offset ${(page - 1) * PAGE_SIZE}
      ) m
      left join candidate f on f.tenant_id = m.tenant_id and f.ats_no = m.ats_no and f.id = m.from_id
      left join candidate i on i.tenant_id = m.tenant_id and i.ats_no = m.ats_no and i.id = m.into_id
      order by m.merge_no desc`,
    tx<{ total: number }>`select count(*) as total from candidate_merge where ${scope}`,
  ]);
  return {
    total: count?.total ?? 0,
    page,
    pageSize: PAGE_SIZE,
    merges: rows.map(
      (row): MergeEntry => ({
        mergeNo: row.merge_no,
        ats: atss.find(({ atsNo }) => atsNo === row.ats_no) ?? { atsNo: row.ats_no, name: 'ATS' },
        from: { candidateId: row.from_id, name: row.from_name },
        into: { candidateId: row.into_id, name: row.into_name },
        moved: row.moved,
        by: row.by_name,
        at: row.merged_at,
        undoneAt: row.undone_at,
        undoneBy: row.undone_by_name,
      }),
    ),
  };
}
