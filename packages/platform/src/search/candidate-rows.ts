import type { PersonRow } from '@carrick/protocol';
import type { Viewer } from '../access/index.ts';
import type { Sql, Statement } from '../kernel/db.ts';
import { atsWords } from '../session/index.ts';
import type { CandidateSubject } from './person-ids.ts';
import { candidatePersonId } from './person-ids.ts';

interface FoundCandidate extends CandidateSubject {
  readonly lastAppliedAt: number;
}

interface Row {
  ats_no: number;
  id: string;
  first_name: string;
  last_name: string;
  current_job_title: string | null;
  current_company_name: string | null;
  city: string | null;
  notes: number;
}

/** Candidates without a member as the lists show them. Whether the viewer may see them was asked by who found them. */
export async function readCandidateRows(
  tx: Sql,
  viewer: Viewer,
  found: readonly FoundCandidate[],
): Promise<Map<string, PersonRow>> {
  if (found.length === 0) return new Map();
  const rows = await candidateRows(tx, viewer, found);
  const lastAppliedAt = new Map(found.map((each) => [candidatePersonId(each), each.lastAppliedAt]));
  const { atss } = atsWords(viewer);
  return new Map(
    rows.map((row) => {
      const id = candidatePersonId({ atsNo: row.ats_no, candidateId: row.id });
      const { current_job_title: title, current_company_name: companyName } = row;
      const person: PersonRow = {
        id,
        name: `${row.first_name} ${row.last_name}`,
        degree: null,
        headline: null,
        location: row.city,
        industry: null,
        pictureUrl: null,
        current: title || companyName ? [{ title, companyName, startDate: null, endDate: null }] : [],
        past: [],
        educations: [],
        spotlights: [],
        activity: { views: 0, notes: row.notes },
        inAts: atss.filter((ats) => ats.atsNo === row.ats_no),
        maybeInAts: [],
        isExportable: false,
        onlyInAts: { lastAppliedAt: lastAppliedAt.get(id) ?? null },
      };
      return [id, person];
    }),
  );
}

function candidateRows(tx: Sql, { tenantId }: Viewer, found: readonly CandidateSubject[]): Statement<Row> {
  return tx<Row>`
    select c.ats_no, c.id, c.first_name, c.last_name, nullif(btrim(c.current_job_title), '') as current_job_title,
      nullif(btrim(c.current_company_name), '') as current_company_name, nullif(btrim(c.addresses -> 0 ->> 'city'), '') as city,
      (
        select count(*) from candidate_note n where n.tenant_id = c.tenant_id and n.ats_no = c.ats_no and n.candidate_id = c.id
      ) as notes
    from candidate c
    where c.tenant_id = ${tenantId} and (c.ats_no, c.id) in (
      select * from unnest(${found.map((each) => each.atsNo)}::int[], ${found.map((each) => each.candidateId)}::text[])
    )`;
}
