import { type Facet, SEARCH_FILTERS, type SearchAnswer, type SearchQuery } from '@carrick/protocol';
import { loadViewer, type ViewerSeat } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Route } from '../kernel/http.ts';
import { noteSpotlightUse } from '../reports/index.ts';
import { answer, appRoute, Refusal } from '../session/index.ts';
import { readCandidateRows } from './candidate-rows.ts';
import { isFirstSync } from './first-sync.ts';
import { readPeople } from './people.ts';
import { candidatePersonId, personIdOf } from './person-ids.ts';
import { readQuery, storable } from './read-query.ts';
import { findPeople, findValues, PAGE_SIZE } from './search.ts';

const LONGEST_BEGINNING = 100;

export function searchRoutes(ctx: Context): Route[] {
  return [
    appRoute(ctx, 'GET', '/app/api/search', async (session, { rawQuery }) => {
      const query = readQuery(rawQuery);
      void noteSpotlightUse(ctx, session, query);
      return answer(200, await answerSearch(ctx, session, query));
    }),
    appRoute(ctx, 'GET', '/app/api/search/values', async (session, { rawQuery }) =>
      answer(200, await answerValues(ctx, session, rawQuery)),
    ),
  ];
}

/** What can be filtered by and holds the letters typed, with what choosing it would leave. */
async function answerValues(ctx: Context, seat: ViewerSeat, rawQuery: string): Promise<Facet[]> {
  const params = new URLSearchParams(rawQuery);
  const filter = SEARCH_FILTERS.find((name) => name === params.get('filter'));
  if (!filter) throw new Refusal('BAD_REQUEST');
  const begins = storable(params.get('begins') ?? '').slice(0, LONGEST_BEGINNING);
  return ctx.db.read(seat.tenantId, async (tx) => {
    const viewer = await loadViewer(tx, seat, 'indicator');
    return findValues(tx, viewer, readQuery(rawQuery), { filter, begins, now: ctx.clock.now() });
  });
}

/** Reads in one snapshot, so that rows and counts agree. */
export async function answerSearch(
  ctx: Context,
  seat: ViewerSeat,
  query: SearchQuery,
): Promise<SearchAnswer> {
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
