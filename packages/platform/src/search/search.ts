import type { Facet, SearchQuery, SpotlightCount, SpotlightId } from '@carrick/protocol';
import type { Viewer } from '../access/index.ts';
import type { Sql, Statement } from '../kernel/db.ts';
import { parseKeywords } from './keywords.ts';
import { companyConnections, engagedWithBrand, pastApplicants, spotlightCounts } from './spotlights.ts';

export const PAGE_SIZE = 25;
const FACET_VALUES = 12;

export interface Hits {
  readonly total: number;
  /** The page's members, in order. */
  readonly memberIds: readonly number[];
  readonly spotlights: readonly SpotlightCount[];
  readonly titles: readonly Facet[];
  readonly locations: readonly Facet[];
}

interface HitsRow {
  counts: Readonly<Record<SpotlightId, number>> & { readonly total: number };
  titles: Facet[];
  locations: Facet[];
  page: number[];
}

/** Page, total, spotlight counts and facets of one search: one statement, so that they agree with each other. */
export async function findMembers(tx: Sql, viewer: Viewer, query: SearchQuery): Promise<Hits> {
  const [row] = await hitsStatement(tx, viewer, query);
  if (!row) throw new Error('a statement of aggregates returned no row');
  return {
    total: row.counts.total,
    memberIds: row.page,
    spotlights: spotlightCounts(viewer, row.counts),
    titles: withChosen(row.titles, query.titles),
    locations: withChosen(row.locations, query.locations),
  };
}

/**
 * `hit` holds who passes every filter but title and location: a facet counts what choosing another of its own values would
 * bring, so it leaves out its own filter and keeps the other. A spotlight's count needs no such exception: all chosen ones
 * must hold anyway, so it is the number of results that have it too.
 */
function hitsStatement(tx: Sql, viewer: Viewer, query: SearchQuery): Statement<HitsRow> {
  const { titles, locations } = query;
  const keywords = parseKeywords(query.q);
  const tsquery = tx`to_tsquery('simple', ${keywords ?? ''})`;
  const rank = keywords === null ? tx`0` : tx`ts_rank(m.search_doc, ${tsquery})`;
  const matches = keywords === null ? tx`true` : tx`m.search_doc @@ ${tsquery}`;
  return tx<HitsRow>`
    with past as materialized (${pastApplicants(tx, viewer)}),
    connected as materialized (${companyConnections(tx, viewer)}),
    engaged as materialized (${engagedWithBrand(tx, viewer)}),
    hit as materialized (
      select m.member_id, m.first_name, m.last_name, m.titles, m.location, m.open_to_work, ${rank} as rank,
        past.member_id is not null as is_past, connected.member_id is not null as is_connected,
        engaged.member_id is not null as is_engaged,
        cardinality(${titles}::text[]) = 0 or m.titles && ${titles}::text[] as has_title,
        cardinality(${locations}::text[]) = 0 or coalesce(m.location = any(${locations}::text[]), false) as has_location
      from member m
      left join past on past.member_id = m.member_id
      left join connected on connected.member_id = m.member_id
      left join engaged on engaged.member_id = m.member_id
      where not m.is_closed and ${matches} and ${hasAtsRecord(tx, viewer, query.inAts)}
        and ${hasSpotlights(tx, query.spotlights)}
    ),
    result as (select * from hit where has_title and has_location)
    select
      (
        select jsonb_build_object(
          'total', count(*), 'pastApplicants', count(*) filter (where is_past), 'openToWork', count(*) filter (where open_to_work),
          'companyConnections', count(*) filter (where is_connected), 'engagedWithBrand', count(*) filter (where is_engaged),
          'likelyToRespond', 0
        ) from result
      ) as counts,
      (
        select coalesce(jsonb_agg(jsonb_build_object('value', value, 'count', count)), '[]')
        from (
          select value, count(*) from (select unnest(titles) as value from hit where has_location) held group by value
          order by value = any(${titles}::text[]) desc, count(*) desc, value limit ${FACET_VALUES}
        ) f
      ) as titles,
      (
        select coalesce(jsonb_agg(jsonb_build_object('value', value, 'count', count)), '[]')
        from (
          select location as value, count(*) from hit where has_title and location is not null group by location
          order by location = any(${locations}::text[]) desc, count(*) desc, location limit ${FACET_VALUES}
        ) f
      ) as locations,
      array(
        select member_id from result order by rank desc, last_name, first_name, member_id
        limit ${PAGE_SIZE} offset ${(query.page - 1) * PAGE_SIZE}
      ) as page`;
}

function hasAtsRecord(tx: Sql, viewer: Viewer, inAts: SearchQuery['inAts']): Statement {
  if (inAts === 'any') return tx`true`;
  const held = tx`
    (select l.member_id from candidate_member l
     where l.tenant_id = ${viewer.tenantId} and l.ats_no = any(${viewer.atss.map((ats) => ats.atsNo)}::int[]))`;
  // Not null by the view's definition, or NOT IN would find nobody.
  return inAts === 'only' ? tx`m.member_id in ${held}` : tx`m.member_id not in ${held}`;
}

function hasSpotlights(tx: Sql, chosen: readonly SpotlightId[]): Statement {
  return chosen.reduce((all, id) => tx`${all} and ${hasSpotlight(tx, id)}`, tx`true`);
}

function hasSpotlight(tx: Sql, id: SpotlightId): Statement {
  switch (id) {
    case 'pastApplicants':
      return tx`past.member_id is not null`;
    case 'openToWork':
      return tx`m.open_to_work`;
    case 'companyConnections':
      return tx`connected.member_id is not null`;
    case 'engagedWithBrand':
      return tx`engaged.member_id is not null`;
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
