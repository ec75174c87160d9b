import {
  IN_ATS_FILTERS,
  SEARCH_FILTERS,
  SEARCH_SORTS,
  type SearchFilterName,
  type SearchQuery,
  SPOTLIGHTS,
} from '@carrick/protocol';

/** Who wants more should narrow the search: deep pages cost the database and tell nobody anything. */
const LAST_PAGE = 40;
const MAX_VALUES = 50;

/** What is not understood is left out, so that an address somebody kept still leads somewhere. */
export function readQuery(rawQuery: string): SearchQuery {
  const params = new URLSearchParams(rawQuery);
  const chosen = (params.get('spotlights') ?? '').split(',');
  const facets = params.get('facets');
  const page = Number(params.get('page') ?? 1);
  return {
    q: storable(params.get('q') ?? ''),
    spotlights: SPOTLIGHTS.filter((id) => chosen.includes(id)),
    inAts: IN_ATS_FILTERS.find((filter) => filter === params.get('inAts')) ?? 'any',
    filters: Object.fromEntries(SEARCH_FILTERS.map((name) => [name, values(params, name)])) as Record<
      SearchFilterName,
      string[]
    >, // one entry each
    sort: SEARCH_SORTS.find((sort) => sort === params.get('sort')) ?? 'relevance',
    isAmongMembers: params.get('among') === 'members',
    page: Number.isInteger(page) ? Math.min(Math.max(page, 1), LAST_PAGE) : 1,
    facets:
      facets === null ? SEARCH_FILTERS : SEARCH_FILTERS.filter((name) => facets.split(',').includes(name)),
  };
}

function values(params: URLSearchParams, name: string): string[] {
  return [...new Set(params.getAll(name).map(storable))].filter(Boolean).slice(0, MAX_VALUES);
}

/** PostgreSQL has no NUL in its texts. */
export function storable(text: string): string {
  return text.replaceAll('\u0000', ' ');
}
