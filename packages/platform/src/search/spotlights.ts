import { SPOTLIGHTS, type SpotlightCount, type SpotlightId } from '@carrick/protocol';
import type { Viewer } from '../access/index.ts';

export type SpotlightFlags = Readonly<Record<SpotlightId, boolean>>;

/** The spotlights a person has, in their order on the screen. */
export function spotlightsOf(flags: SpotlightFlags): SpotlightId[] {
  return SPOTLIGHTS.filter((id) => flags[id]);
}

/** The counts as the panel shows them, each with the reason why it cannot be chosen. */
export function spotlightCounts(
  viewer: Viewer,
  counts: Readonly<Record<SpotlightId, number>>,
): SpotlightCount[] {
  return SPOTLIGHTS.map((id): SpotlightCount => {
    const count = counts[id];
    // Nothing on record says who answers messages: no message has been sent yet.
    if (id === 'likelyToRespond') return { id, count: 0, unavailable: 'no-data' };
    if (id === 'pastApplicants' && viewer.atss.length === 0) return { id, count: 0, unavailable: 'no-ats' };
    if (id === 'pastApplicants' && !viewer.hasSpotlight) return { id, count: 0, unavailable: 'switched-off' };
    return count === 0 ? { id, count, unavailable: 'nobody' } : { id, count };
  });
}
