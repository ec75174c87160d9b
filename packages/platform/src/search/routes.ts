import {
  IN_ATS_FILTERS,
  SEARCH_FILTERS,
  SEARCH_SORTS,
  type SearchAnswer,
  type SearchFilterName,
  type SearchQuery,
  SPOTLIGHTS,
} from '@carrick/protocol';
import { loadViewer, type ViewerSeat } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Route } from '../kernel/http.ts';
import { answer, appRoute } from '../session/index.ts';
import { readCandidateRows } from './candidate-rows.ts';
import { isFirstSync } from './first-sync.ts';
import { readPeople } from './people.ts';
import { candidatePersonId, personIdOf } from './person-ids.ts';
import { findPeople, PAGE_SIZE } from './search.ts';

/** Who wants more should narrow the search: deep pages cost the database and tell nobody anything. */
const LAST_PAGE = 40;
const MAX_VALUES = 50;

export function searchRoutes(ctx: Context): Route[] {
  return [
    appRoute(ctx, 'GET', '/app/api/search', async (session, { rawQuery }) =>
      answer(200, await answerSearch(ctx, session, rawQuery)),
    ),
  ];
}

/** Reads in one snapshot, so that rows and counts agree. */
export async function answerSearch(ctx: Context, seat: ViewerSeat, rawQuery: string): Promise<SearchAnswer> {
  const query = readQuery(rawQuery);
  const now = ctx.clock.now();
  return ctx.db.read(seat.tenantId, async (tx): Promise<SearchAnswer> => {
    const viewer = await loadViewer(tx, seat, 'indicator');
    const [{ people: hits, ...counts }, isGrowing] = await Promise.all([
      findPeople(tx, viewer, query, now),
      isFirstSync(tx, viewer, now),
    ]);
    const [members, candidates] = await Promise.all([
      readPeople(
        ctx,
        tx,
        viewer,
        hits.flatMap((hit) => ('memberId' in hit ? hit.memberId : [])),
      ),
      readCandidateRows(
        tx,
        viewer,
        hits.flatMap((hit) => ('memberId' in hit ? [] : hit)),
      ),
    ]);
    const memberById = new Map(members.map((row) => [row.id, row]));
    const people = hits.flatMap((hit) => {
      const row =
        'memberId' in hit
          ? memberById.get(personIdOf(ctx, seat.tenantId, hit.memberId))
          : candidates.get(candidatePersonId(hit));
      return row ?? [];
    });
    return {
      ...counts,
      people,
      page: query.page,
      pageSize: PAGE_SIZE,
      isFirstSync: isGrowing,
      answeredAt: now,
    };
  });
}

/** What is not understood is left out, so that an address somebody kept still leads somewhere. */
function readQuery(rawQuery: string): SearchQuery {
  const params = new URLSearchParams(rawQuery);
  const chosen = (params.get('spotlights') ?? '').split(',');
  const facets = params.get('facets');
  const page = Number(params.get('page') ?? 1);
  return {
    q: storable(params.get('q') ?? ''),
    spotlights: SPOTLIGHTS.filter((id) => chosen.includes(id)),
    inAts: IN_ATS_FILTERS.find((filter) => filter === params.get('inAts')) ?? 'any',
    filters: Object.fromEntries(
      SEARCH_FILTERS.map((name) => [name, values(params, name)]),
    ) as Record<SearchFilterName, string[]>, // one entry each
    sort: SEARCH_SORTS.find((sort) => sort === params.get('sort')) ?? 'relevance',
    isAmongMembers: params.get('among') === 'members',
    page: Number.isInteger(page) ? Math.min(Math.max(page, 1), LAST_PAGE) : 1,
    facets: facets === null ? SEARCH_FILTERS : SEARCH_FILTERS.filter((name) => facets.split(',').includes(name)),
  };
}

function values(params: URLSearchParams, name: string): string[] {
  return [...new Set(params.getAll(name).map(storable))].filter(Boolean).slice(0, MAX_VALUES);
}

/** PostgreSQL has no NUL in its texts. */
function storable(text: string): string {
  return text.replaceAll('\u0000', ' ');
}
