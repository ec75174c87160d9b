import { EVERYONE_ACL, type SearchQuery } from '@carrick/protocol';
import type { Viewer } from '../access/index.ts';
import type { Sql, Statement } from '../kernel/db.ts';
import { parseKeywords } from './keywords.ts';

/** Of each kind of people as many are looked at; who finds more should narrow the search. */
export const MOST_FOUND = 10_000;

/**
 * Who holds the keywords, as rows of type found_person: matched members, other members, candidates without a member. Through the
 * reader's functions (migration 040), which apply the access rule themselves.
 */
export function foundPeople(tx: Sql, viewer: Viewer, query: SearchQuery): Statement {
  const words = parseKeywords(query.q);
  const isRanked = words !== null && query.sort === 'relevance';
  const ats = viewer.atss.map(({ atsNo }) => atsNo);
  const { tenantId, openAts } = viewer;
  const acls = aclKeys(viewer);
  // What others say of a seat holder, and what seat holders say of others: ids of two kinds, looked up once.
  const connected = tx`array(
    select c.other_external_id from seat s join member_connection c on c.member_id = s.member_id
    where s.tenant_id = ${tenantId} and s.is_active
  )`;
  const connectedIds = tx`array(
    select c.member_id from seat s join member m on m.member_id = s.member_id
    join member_connection c on c.other_external_id = m.external_id
    where s.tenant_id = ${tenantId} and s.is_active
  )`;
  const organisation = tx`(select o.urn from organisation o where o.tenant_id = ${tenantId})`;
  const isPastOnly = query.spotlights.includes('pastApplicants');
  const matched = tx`
    select * from find_matched(${words}, ${isRanked}, ${ats}::int[], ${openAts}::int[], ${acls}::text[], ${connected}, ${connectedIds},
      ${organisation}, ${isPastOnly}, ${MOST_FOUND})`;
  if (isPastOnly) return viewer.hasSpotlight ? matched : tx`${matched} where false`;
  const others = tx`
    select * from find_unmatched_members(${words}, ${isRanked}, ${ats}::int[], ${connected}, ${connectedIds}, ${organisation}, ${MOST_FOUND})`;
  if (query.isAmongMembers) return tx`${matched} union all ${others}`;
  return tx`
    ${matched} union all ${others} union all
    select * from find_candidates(${words}, ${isRanked}, ${ats}::int[], ${openAts}::int[], ${acls}::text[], ${MOST_FOUND})`;
}

/** 'ATS number, space, ACL' of the ACLs that open secured jobs to the viewer. */
function aclKeys({ atss, jobAcls }: Viewer): string[] {
  return [
    ...atss.map(({ atsNo }) => `${atsNo} ${EVERYONE_ACL}`),
    ...jobAcls.map(({ atsNo, aclId }) => `${atsNo} ${aclId}`),
  ];
}
