import type { Facet, InAtsFilter, SearchQuery, SpotlightCount, SpotlightId } from '@carrick/protocol';
import type { Viewer } from '../access/index.ts';
import type { Sql, Statement } from '../kernel/db.ts';
import { appliedSpan, historyFlags, historyOf, stageFacet } from './history.ts';
import { parseKeywords } from './keywords.ts';
import { companyConnections, engagedWithBrand, pastApplicants, spotlightCounts } from './spotlights.ts';

export const PAGE_SIZE = 25;
const FACET_VALUES = 12;

/** Who is found: a member, or a candidate of an ATS that nobody is matched with. */
export type Hit =
  | { readonly memberId: number }
  | { readonly atsNo: number; readonly candidateId: string; readonly lastAppliedAt: number };

export interface Hits {
  readonly total: number;
  /** The page's people, in order. */
  readonly people: readonly Hit[];
  readonly spotlights: readonly SpotlightCount[];
  readonly inAts: Readonly<Record<InAtsFilter, number>>;
  readonly titles: readonly Facet[];
  readonly locations: readonly Facet[];
  readonly stages: readonly Facet[];
  readonly reasons: readonly Facet[];
  readonly applied: readonly Facet[];
}

interface HitsRow {
  counts: Readonly<Record<SpotlightId | 'total', number>>;
  in_ats: Readonly<Record<InAtsFilter, number>>;
  titles: Facet[];
  locations: Facet[];
  stages: Facet[];
  reasons: Facet[];
  applied: Facet[];
  page: Hit[];
}

/** Page, total, spotlight counts and facets of one search: one statement, so that they agree with each other. */
export async function findPeople(tx: Sql, viewer: Viewer, query: SearchQuery, now: number): Promise<Hits> {
  const [row] = await hitsStatement(tx, viewer, query, now);
  if (!row) throw new Error('a statement of aggregates returned no row');
  return {
    total: row.counts.total,
    people: row.page,
    spotlights: spotlightCounts(viewer, row.counts),
    inAts: row.in_ats,
    titles: withChosen(row.titles, query.titles),
    locations: withChosen(row.locations, query.locations),
    stages: withChosen(row.stages, query.stages),
    reasons: withChosen(row.reasons, query.reasons),
    applied: withChosen(row.applied, query.applied),
  };
}

/**
 * `hit` holds who passes the keywords and the spotlights, with a column for each other filter: a facet counts what choosing another
 * of its own values would bring, so it leaves out its own filter and keeps all others. A spotlight's count needs no such
 * exception: all chosen ones must hold anyway, so it is the number of results that have it too.
 */
function hitsStatement(tx: Sql, viewer: Viewer, query: SearchQuery, now: number): Statement<HitsRow> {
  const { titles, locations, inAts } = query;
  const hasInAts = inAts === 'any' ? tx`true` : inAts === 'only' ? tx`p.is_in_ats` : tx`not p.is_in_ats`;
  return tx<HitsRow>`
    with past as materialized (${pastApplicants(tx, viewer)}),
    connected as materialized (${companyConnections(tx, viewer)}),
    engaged as materialized (${engagedWithBrand(tx, viewer)}),
    held as materialized (
      select distinct l.member_id from candidate_member l
      where l.tenant_id = ${viewer.tenantId} and l.ats_no = any(${viewer.atss.map((ats) => ats.atsNo)}::int[])
    ),
    history as materialized (${historyOf(tx, viewer)}),
    person as (
      ${members(tx, query, now)}
      ${query.isAmongMembers ? tx`` : tx`union all ${candidates(tx, viewer, query, now)}`}
    ),
    hit as materialized (
      select p.*, ${hasInAts} as has_in_ats, ${historyFlags(tx, query)},
        cardinality(${titles}::text[]) = 0 or p.titles && ${titles}::text[] as has_title,
        cardinality(${locations}::text[]) = 0 or coalesce(p.location = any(${locations}::text[]), false) as has_location
      from person p
      where ${hasSpotlights(tx, query.spotlights)}
    ),
    result as (
      select * from hit where has_in_ats and has_title and has_location and has_stage and has_reason and has_applied
    )
    select
      (
        select jsonb_build_object(
          'total', count(*), 'pastApplicants', count(*) filter (where is_past), 'openToWork', count(*) filter (where open_to_work),
          'companyConnections', count(*) filter (where is_connected), 'engagedWithBrand', count(*) filter (where is_engaged),
          'likelyToRespond', 0
        ) from result
      ) as counts,
      (
        select jsonb_build_object('any', count(*), 'only', count(*) filter (where is_in_ats), 'exclude', count(*) filter (where not is_in_ats))
        from hit where has_title and has_location and has_stage and has_reason and has_applied
      ) as in_ats,
      ${facet(tx, tx`select unnest(titles) as value from hit where has_in_ats and has_location and has_stage and has_reason and has_applied`, titles)} as titles,
      ${facet(tx, tx`select location as value from hit where has_in_ats and has_title and has_stage and has_reason and has_applied`, locations)} as locations,
      ${stageFacet(tx, tx`hit where has_in_ats and has_title and has_location and has_reason and has_applied`)} as stages,
      ${facet(tx, tx`select unnest(reasons) as value from hit where has_in_ats and has_title and has_location and has_stage and has_applied`, query.reasons)} as reasons,
      ${facet(tx, tx`select applied as value from hit where has_in_ats and has_title and has_location and has_stage and has_reason`, query.applied)} as applied,
      (
        select coalesce(jsonb_agg(who order by place), '[]')
        from (
          select row_number() over () as place,
            case when member_id is null
              then jsonb_build_object('atsNo', ats_no, 'candidateId', candidate_id, 'lastAppliedAt', last_applied_at)
              else jsonb_build_object('memberId', member_id) end as who
          from (
            select * from result order by ${order(tx, query)}, last_name, first_name, member_id, ats_no, candidate_id
            limit ${PAGE_SIZE} offset ${(query.page - 1) * PAGE_SIZE}
          ) sorted
        ) numbered
      ) as page`;
}

function members(tx: Sql, query: SearchQuery, now: number): Statement {
  const keywords = parseKeywords(query.q);
  const tsquery = tx`to_tsquery('simple', ${keywords ?? ''})`;
  return tx`
    select m.member_id, null::int as ats_no, null::text as candidate_id, m.first_name, m.last_name, m.titles, m.location, m.open_to_work,
      ${keywords === null ? tx`0::real` : tx`ts_rank(m.search_doc, ${tsquery})`} as rank,
      past.member_id is not null as is_past, connected.member_id is not null as is_connected,
      engaged.member_id is not null as is_engaged, held.member_id is not null as is_in_ats,
      h.last_applied_at, h.reasons, h.stage_bits, ${appliedSpan(tx, now)} as applied
    from member m
    left join past on past.member_id = m.member_id
    left join connected on connected.member_id = m.member_id
    left join engaged on engaged.member_id = m.member_id
    left join held on held.member_id = m.member_id
    left join history h on h.member_id = m.member_id
    where not m.is_closed and ${keywords === null ? tx`true` : tx`m.search_doc @@ ${tsquery}`}`;
}

/** Those nobody is matched with. The join with the history is the access rule: a visible application, or they are not there. */
function candidates(tx: Sql, { tenantId }: Viewer, query: SearchQuery, now: number): Statement {
  const keywords = parseKeywords(query.q);
  return tx`
    select null, c.ats_no, c.id, c.first_name, c.last_name, array_remove(array[nullif(btrim(c.current_job_title), '')], null),
      nullif(btrim(c.addresses -> 0 ->> 'city'), ''), false, ${keywords === null ? tx`0::real` : tx`f.rank`},
      false, false, false, true, h.last_applied_at, h.reasons, h.stage_bits, ${appliedSpan(tx, now)}
    from history h
    join candidate c on c.tenant_id = ${tenantId} and c.ats_no = h.ats_no and c.id = h.candidate_id
    ${keywords === null ? tx`` : tx`join candidates_with_words(${keywords}) f on f.ats_no = c.ats_no and f.id = c.id`}`;
}

function facet(tx: Sql, values: Statement, chosen: readonly string[]): Statement {
  return tx`(
    select coalesce(jsonb_agg(jsonb_build_object('value', value, 'count', count)), '[]')
    from (
      select value, count(*) from (${values}) held where value is not null group by value
      order by value = any(${chosen}::text[]) desc, count(*) desc, value limit ${FACET_VALUES}
    ) f
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
