import { type Viewer, visibleCandidate } from '../access/index.ts';
import { readConsents, type SharedContact, sharedWith } from '../consent/index.ts';
import type { Sql, Statement, Tx } from '../kernel/db.ts';
import { type MemberRecord, readMembers } from '../members/index.ts';
import type { Hit } from '../search/index.ts';

/** Each fact is followed by where the company has it from. */
export const COLUMNS = [
  ...['name', 'title', 'company', 'place', 'email', 'phone'].flatMap((name) => [name, `${name}_source`]),
  'in_ats',
  'last_applied',
] as const;

type Fact = readonly [value: string, source: string];
const NOTHING: Fact = ['', ''];
/** What a member allowed to be copied; what he or she gave this company after a reply. */
const PROFILE = 'shared profile';
const REPLY = 'consented reply';

interface RecordRow {
  member_id: number | null;
  ats_no: number;
  id: string;
  ats: string;
  first_name: string;
  last_name: string;
  title: string | null;
  company: string | null;
  city: string | null;
  email: string | null;
  phone: string | null;
}

/**
 * Lines for these people, in order. Of everybody only what the company lawfully holds: the record of its ATS, the profile of a member
 * who shares it with other systems, contact data out of a record or a consented reply to the viewer's contract. Whom it holds nothing of is left out.
 */
export async function readLines(tx: Tx, viewer: Viewer, hits: readonly Hit[]): Promise<string[][]> {
  const memberIds = hits.flatMap((hit) => ('memberId' in hit ? hit.memberId : []));
  const [records, members, consents] = await Promise.all([
    recordsOf(tx, viewer, hits),
    readMembers(tx, memberIds),
    readConsents(tx, viewer.tenantId, memberIds),
  ]);
  const recordByPerson = new Map(records.map((row) => [personKey(row), row]));
  return hits.flatMap((hit) => {
    if (!('memberId' in hit)) {
      const record = recordByPerson.get(`${hit.atsNo} ${hit.candidateId}`);
      return record ? [line(record, null, null, hit.lastAppliedAt)] : [];
    }
    const record = recordByPerson.get(`${hit.memberId}`) ?? null;
    const member = members.get(hit.memberId);
    const shared = member?.sharesWithThirdParties && !member.isClosed ? member : null;
    const contact = sharedWith(consents.get(hit.memberId), viewer.contractId);
    return record || shared || contact ? [line(record, shared, contact, hit.lastAppliedAt)] : [];
  });
}

const personKey = (row: RecordRow) =>
  row.member_id === null ? `${row.ats_no} ${row.id}` : `${row.member_id}`;

function line(
  record: RecordRow | null,
  shared: MemberRecord | null,
  contact: SharedContact | null,
  lastAppliedAt: number | null,
): string[] {
  const ats = record?.ats ?? '';
  const position = shared?.positions.find((each) => each.endDate === null);
  return [
    ...first(
      [record && `${record.first_name} ${record.last_name}`, ats],
      [shared && `${shared.firstName} ${shared.lastName}`, PROFILE],
    ),
    ...first([position?.title, PROFILE], [record?.title, ats]),
    ...first([position?.companyName, PROFILE], [record?.company, ats]),
    ...first([shared?.location, PROFILE], [record?.city, ats]),
    ...first([record?.email, ats], [contact?.email, REPLY]),
    ...first([record?.phone, ats], [contact?.phone, REPLY]),
    ats,
    lastAppliedAt === null ? '' : new Date(lastAppliedAt).toISOString().slice(0, 10),
  ];
}

/** The first of these facts that there is. */
function first(...facts: readonly (readonly [string | null | undefined, string])[]): Fact {
  const [value, source] = facts.find(([each]) => each) ?? NOTHING;
  return value ? [value, source] : NOTHING;
}

/** Of each person the record that was changed last, in an ATS whose indicator the viewer has. */
function recordsOf(tx: Sql, viewer: Viewer, hits: readonly Hit[]): Statement<RecordRow> {
  const alone = hits.flatMap((hit) => ('memberId' in hit ? [] : hit));
  const memberIds = hits.flatMap((hit) => ('memberId' in hit ? hit.memberId : []));
  return tx<RecordRow>`
    select distinct on (p.member_id, case when p.member_id is null then p.ats_no end, case when p.member_id is null then p.candidate_id end)
      p.member_id, c.ats_no, c.id, i.name as ats, c.first_name, c.last_name, c.current_job_title as title,
      c.current_company_name as company, c.addresses -> 0 ->> 'city' as city, c.email_addresses ->> 0 as email,
      c.phone_numbers -> 0 ->> 'number' as phone
    from (
      select l.member_id, l.ats_no, l.candidate_id from candidate_member l
      where l.tenant_id = ${viewer.tenantId} and l.member_id = any(${memberIds}::bigint[])
        and l.ats_no = any(${viewer.atss.map((ats) => ats.atsNo)}::int[])
        and ${visibleCandidate(tx, viewer, { atsNo: tx`l.ats_no`, candidateId: tx`l.candidate_id` })}
      union all
      select null, u.ats_no, u.candidate_id
      from unnest(${alone.map((each) => each.atsNo)}::int[], ${alone.map((each) => each.candidateId)}::text[]) as u (ats_no, candidate_id)
      where u.ats_no = any(${viewer.atss.map((ats) => ats.atsNo)}::int[])
    ) p
    join candidate c on c.tenant_id = ${viewer.tenantId} and c.ats_no = p.ats_no and c.id = p.candidate_id
    join ats_instance i on i.tenant_id = c.tenant_id and i.ats_no = c.ats_no
    order by p.member_id, case when p.member_id is null then p.ats_no end, case when p.member_id is null then p.candidate_id end,
      c.ats_last_modified_at desc, c.ats_no, c.id`;
}
