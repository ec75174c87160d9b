import { SEARCH_FILTERS, type SearchFilterName, type SearchQuery } from '@carrick/protocol';
import type { Viewer } from '../access/index.ts';
import type { Sql, Statement } from '../kernel/db.ts';
import { parseKeywords } from './keywords.ts';
import { viewerTerms } from './viewer-terms.ts';

/** Of each kind of people as many are looked at; who finds more should narrow the search. */
export const MOST_FOUND = 10_000;

/**
 * Who holds the keywords, as the tables of a WITH; the last is `found`, rows of type found_person: matched members, other members,
 * candidates without a member. Through the reader's functions (migration 091), which apply the access rule themselves. Of what people
 * are filtered by only that is filled in which the query chooses from or counts, and `counted`.
 */
export function foundPeople(
  tx: Sql,
  viewer: Viewer,
  query: SearchQuery,
  counted: readonly SearchFilterName[],
): Statement {
  const words = parseKeywords(query.q);
  const isRanked = words !== null && query.sort === 'relevance';
  const { openAts, isStrict } = viewer;
  const { atsNos: ats, acls, connected, connectedIds, organisation } = viewerTerms(tx, viewer);
  const isPastOnly = query.spotlights.includes('pastApplicants');
  const wanted = SEARCH_FILTERS.reduce(
    (bits, name, place) =>
      query.filters[name].length > 0 || counted.includes(name) ? bits | (1 << place) : bits,
    0,
  );
  const terms = tx`
    looker as materialized (
      select ${connected} as connected, ${connectedIds} as connected_ids, ${organisation} as organisation
    )`;
  const relations = tx`(select connected from looker), (select connected_ids from looker), (select organisation from looker)`;
  const matched = tx`
    select * from find_matched(${words}, ${isRanked}, ${wanted}::int, ${ats}::int[], ${openAts}::int[], ${acls}::text[], ${relations},
      ${isPastOnly}, ${isStrict}, ${MOST_FOUND})`;
  const others = tx`
    select * from find_unmatched_members(${words}, ${isRanked}, ${wanted}::int, ${ats}::int[], ${relations}, ${MOST_FOUND})`;
  const candidates = tx`
    select * from find_candidates(${words}, ${isRanked}, ${wanted}::int, ${ats}::int[], ${openAts}::int[], ${acls}::text[], ${MOST_FOUND})`;
  const all = isPastOnly
    ? viewer.hasSpotlight
      ? matched
      : tx`${matched} where false`
    : query.isAmongMembers
      ? tx`${matched} union all ${others}`
      : tx`${matched} union all ${others} union all ${candidates}`;
  return tx`${terms}, found as (${all})`;
}
