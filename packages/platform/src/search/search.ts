import {
  type Facet,
  type InAtsFilter,
  SEARCH_FILTERS,
  type SearchFilterName,
  type SearchQuery,
  type SpotlightCount,
  type SpotlightId,
} from '@carrick/protocol';
import type { Viewer } from '../access/index.ts';
import type { Sql, Statement } from '../kernel/db.ts';
import { facet, IN_ATS_BIT, missedFilters } from './filters.ts';
import { foundPeople, MOST_FOUND } from './found.ts';
import { spotlightCounts } from './spotlights.ts';

export const PAGE_SIZE = 25;

/** Who is found: a member, or a candidate of an ATS that nobody is matched with. */
export type Hit =
  | { readonly memberId: number }
  | { readonly atsNo: number; readonly candidateId: string; readonly lastAppliedAt: number };

export interface Hits {
  readonly total: number;
  readonly isCapped: boolean;
  /** The people asked for, in order. */
  readonly people: readonly Hit[];
  readonly spotlights: readonly SpotlightCount[];
  readonly inAts: Readonly<Record<InAtsFilter, number>>;
  readonly facets: Readonly<Record<SearchFilterName, readonly Facet[]>>;
}

interface HitsRow {
  counts: Readonly<Record<SpotlightId | 'total' | 'any' | 'only' | 'exclude' | 'most', number>>;
  facets: Readonly<Record<SearchFilterName, Facet[]>>;
  page: Hit[];
}

/** Page, total, spotlight counts and facets of one search: one statement, so that they agree with each other. */
export async function findPeople(tx: Sql, viewer: Viewer, query: SearchQuery, now: number): Promise<Hits> {
  const [row] = await hitsStatement(tx, viewer, query, now);
  if (!row) throw new Error('a statement of aggregates returned no row');
  const { total, any, only, exclude, most } = row.counts;
  const facets = SEARCH_FILTERS.map((filter) => {
    const values = query.facets.includes(filter)
      ? withChosen(row.facets[filter], query.filters[filter])
      : [];
    return [filter, values] as const;
  });
  return {
    total,
    isCapped: most >= MOST_FOUND,
    people: row.page,
    spotlights: spotlightCounts(viewer, row.counts),
    inAts: { any, only, exclude },
    facets: Object.fromEntries(facets) as Record<SearchFilterName, Facet[]>, // one entry each
  };
}

/** The values of one filter that hold these letters, with what choosing each would leave. */
export async function findValues(
  tx: Sql,
  viewer: Viewer,
  query: SearchQuery,
  { filter, begins, now }: { filter: SearchFilterName; begins: string; now: number },
): Promise<Facet[]> {
  const [row] = await tx<{ values: Facet[] }>`
    with ${hits(tx, viewer, query, now)} select ${facet(tx, query, filter, now, begins)} as values`;
  return row?.values ?? [];
}

/** `hit`: who passes the keywords and the spotlights, with the other filters each of them fails. */
function hits(tx: Sql, viewer: Viewer, query: SearchQuery, now: number): Statement {
  return tx`
    hit as materialized (
      select p.*, ${missedFilters(tx, query, now)} as missed from (${foundPeople(tx, viewer, query)}) p
      where ${hasSpotlights(tx, query.spotlights)}
    )`;
}

/**
 * A facet counts what choosing another of its own values would bring, so it leaves out its own filter and keeps all others. A
 * spotlight's count needs no such exception: all chosen ones must hold anyway, so it is the number of results that have it too.
 */
function hitsStatement(tx: Sql, viewer: Viewer, query: SearchQuery, now: number): Statement<HitsRow> {
  const facets = query.facets.reduce(
    (all, filter) => tx`${all} || jsonb_build_object(${filter}::text, ${facet(tx, query, filter, now)})`,
    tx`'{}'::jsonb`,
  );
  return tx<HitsRow>`
    with ${hits(tx, viewer, query, now)}
    select
      (
        select jsonb_build_object(
          'total', count(*) filter (where missed = 0),
          'pastApplicants', count(*) filter (where missed = 0 and is_past and ${viewer.hasSpotlight}::boolean),
          'openToWork', count(*) filter (where missed = 0 and open_to_work),
          'companyConnections', count(*) filter (where missed = 0 and is_connected),
          'engagedWithBrand', count(*) filter (where missed = 0 and is_engaged), 'likelyToRespond', 0,
          'any', count(*) filter (where missed & ~${IN_ATS_BIT}::int = 0),
          'only', count(*) filter (where missed & ~${IN_ATS_BIT}::int = 0 and is_in_ats),
          'exclude', count(*) filter (where missed & ~${IN_ATS_BIT}::int = 0 and not is_in_ats),
          'most', greatest(count(*) filter (where not is_in_ats), count(*) filter (where member_id is null), count(*) filter (where is_in_ats and member_id is not null))
        ) from hit
      ) as counts,
      ${facets} as facets,
      (
        select coalesce(jsonb_agg(who order by place), '[]')
        from (
          select row_number() over () as place,
            case when member_id is null
              then jsonb_build_object('atsNo', ats_no, 'candidateId', candidate_id, 'lastAppliedAt', last_applied_at)
              else jsonb_build_object('memberId', member_id) end as who
          from (
            select * from hit where missed = 0
            order by ${order(tx, query)}, last_name, first_name, member_id, ats_no, candidate_id
            limit ${PAGE_SIZE} offset ${(query.page - 1) * PAGE_SIZE}
          ) sorted
        ) numbered
      ) as page`;
}

function order(tx: Sql, { sort }: SearchQuery): Statement {
  switch (sort) {
    case 'relevance':
      return tx`rank desc`;
    case 'name':
      return tx`last_name`;
    case 'lastApplied':
      return tx`last_applied_at desc nulls last`;
  }
}

function hasSpotlights(tx: Sql, chosen: readonly SpotlightId[]): Statement {
  return chosen.reduce((all, id) => tx`${all} and ${hasSpotlight(tx, id)}`, tx`true`);
}

function hasSpotlight(tx: Sql, id: SpotlightId): Statement {
  switch (id) {
    case 'pastApplicants':
      return tx`p.is_past`;
    case 'openToWork':
      return tx`p.open_to_work`;
    case 'companyConnections':
      return tx`p.is_connected`;
    case 'engagedWithBrand':
      return tx`p.is_engaged`;
    case 'likelyToRespond':
      return tx`false`;
  }
}

/** A chosen value stays in its list, with 0 when nobody is left, so that it can be taken back there. Most first. */
function withChosen(facets: readonly Facet[], chosen: readonly string[]): Facet[] {
  const missing = chosen.filter((value) => !facets.some((facet) => facet.value === value));
  return [...facets]
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .concat(missing.map((value) => ({ value, count: 0 })));
}
