import { SAME_SEARCH_MS, type SearchQuery } from '@carrick/protocol';
import type { ViewerSeat } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';

const DAY_MS = 86_400_000;

/**
 * Counts a search made with the past applicants spotlight. Not to be waited for: it never throws, and what it cannot count it logs.
 * A recruiter turns pages, adds a filter, goes back: within SAME_SEARCH_MS all that is one search, which is looked up before anything
 * is written, as even a row that stays as it is would be locked and flushed to disk.
 */
export async function noteSpotlightUse(
  { db, clock, log }: Context,
  { tenantId, contractId, seatId }: ViewerSeat,
  { spotlights }: Pick<SearchQuery, 'spotlights'>,
): Promise<void> {
  if (!spotlights.includes('pastApplicants')) return;
  const now = clock.now();
  const day = Math.floor(now / DAY_MS);
  try {
    await db.pipeline(tenantId, (tx) => [
      tx`
        insert into spotlight_use (tenant_id, contract_id, day, seat_id, searches, last_used_at)
        select ${tenantId}::bigint, ${contractId}::bigint, ${day}::int, ${seatId}::bigint, 1, ${now}::bigint
        where not exists (
          select from spotlight_use u
          where u.tenant_id = ${tenantId} and u.contract_id = ${contractId} and u.day = ${day}::int and u.seat_id = ${seatId}
            and u.last_used_at > ${now - SAME_SEARCH_MS}::bigint
        )
        on conflict (tenant_id, contract_id, day, seat_id) do update
        set searches = spotlight_use.searches + 1, last_used_at = excluded.last_used_at
        where excluded.last_used_at - spotlight_use.last_used_at >= ${SAME_SEARCH_MS}::bigint`,
    ]);
  } catch (error) {
    log.warn({ err: error }, 'a search with the spotlight was not counted');
  }
}
