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
  | { readonly memberId: number; readonly lastAppliedAt: number | null }
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
    const values = query.facets.includes(filter) ? withChosen(row.facets[filter], query.filters[filter]) : [];
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
    with ${hits(tx, viewer, query, now, [filter])} select ${facet(tx, query, filter, now, begins)} as values`;
  return row?.values ?? [];
}

/** Everybody found, in order, as far as people are looked at. */
export async function findEverybody(
  tx: Sql,
  viewer: Viewer,
  query: SearchQuery,
  now: number,
): Promise<Hit[]> {
  const [row] = await tx<{ people: Hit[] }>`
    with ${hits(tx, viewer, query, now, [])} select ${peopleOf(tx, query, 3 * MOST_FOUND, 0)} as people`;
  return row?.people ?? [];
}

export interface Since {
  readonly total: number;
  readonly isCapped: boolean;
  /** Results that are not among `seen`. */
  readonly unseen: number;
  /** A number for each result. */
  readonly keys: readonly number[];
}

/** How many are found that were not found then. `seen`: keys of an earlier answer. */
export async function findSince(
  tx: Sql,
  viewer: Viewer,
  query: SearchQuery,
  { seen, now }: { seen: Statement; now: number },
): Promise<Since> {
  const [row] = await tx<{ total: number; unseen: number; keys: number[] }>`
    with ${hits(tx, viewer, query, now, [])},
    result as materialized (
      select coalesce(member_id, -1 - (hashtextextended(ats_no || ' ' || candidate_id, 0) & 9007199254740990)) as key
      from hit where missed = 0
    )
    select count(*) as total, count(*) filter (where key not in (select unnest(${seen}))) as unseen,
      coalesce(array_agg(key), '{}') as keys
    from result`;
  if (!row) throw new Error('a statement of aggregates returned no row');
  return { ...row, isCapped: row.total >= MOST_FOUND };
}

/** `hit`: who passes the keywords and the spotlights, with the other filters each of them fails. `counted`: what facets are made of. */
function hits(
  tx: Sql,
  viewer: Viewer,
  query: SearchQuery,
  now: number,
  counted: readonly SearchFilterName[],
): Statement {
  return tx`
    ${foundPeople(tx, viewer, query, counted)},
    hit as materialized (
      select p.*, ${missedFilters(tx, query, now)} as missed from found p
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
    with ${hits(tx, viewer, query, now, query.facets)}
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
      ${peopleOf(tx, query, PAGE_SIZE, (query.page - 1) * PAGE_SIZE)} as page`;
}

/** Results in order, as one column of JSON. */
function peopleOf(tx: Sql, query: SearchQuery, most: number, from: number): Statement {
  return tx`(
    select coalesce(jsonb_agg(who order by place), '[]')
    from (
      select row_number() over () as place,
        case when member_id is null
          then jsonb_build_object('atsNo', ats_no, 'candidateId', candidate_id, 'lastAppliedAt', last_applied_at)
          else jsonb_build_object('memberId', member_id, 'lastAppliedAt', last_applied_at) end as who
      from (
        select * from hit where missed = 0
        order by ${order(tx, query)}, last_name, first_name, member_id, ats_no, candidate_id
        limit ${most} offset ${from}
      ) sorted
    ) numbered
  )`;
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
