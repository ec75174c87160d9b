import type { SearchQuery } from '@carrick/protocol';
import type { Viewer } from '../access/index.ts';
import type { Sql, Statement } from '../kernel/db.ts';
import { parseKeywords } from './keywords.ts';
import { viewerTerms } from './viewer-terms.ts';

/** Of each kind of people as many are looked at; who finds more should narrow the search. */
export const MOST_FOUND = 10_000;

/**
 * Who holds the keywords, as rows of type found_person: matched members, other members, candidates without a member. Through the
 * reader's functions (migration 040), which apply the access rule themselves.
 */
export function foundPeople(tx: Sql, viewer: Viewer, query: SearchQuery): Statement {
  const words = parseKeywords(query.q);
  const isRanked = words !== null && query.sort === 'relevance';
  const { openAts } = viewer;
  const { atsNos: ats, acls, connected, connectedIds, organisation } = viewerTerms(tx, viewer);
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
