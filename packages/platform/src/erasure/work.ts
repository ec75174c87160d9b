import { type Errands, openErrands } from '../kernel/errands.ts';
import { type ErasureDesk, ErasureError, runErasure } from './erase.ts';
import { ERASURE_LANE, markFailed } from './erasures.ts';

const MINUTE_MS = 60_000;
const PAUSES_MS = [1, 5, 15, 60, 360].map((minutes) => minutes * MINUTE_MS);
/** An organisation of millions of rows takes minutes. */
const LEASE_MS = 60 * MINUTE_MS;

/** Does confirmed erasures outside any request; an attempt that fails is done again. */
export function openErasureWork(desk: ErasureDesk): Errands {
  return openErrands(desk.ctx, desk.outbox, {
    lane: ERASURE_LANE,
    atOnce: 1,
    leaseMs: LEASE_MS,
    pausesMs: PAUSES_MS,
    async run({ tenantId, payload, attempt }) {
      const { erasureId } = payload as { erasureId: string }; // of our own lane
      try {
        await runErasure(desk, tenantId, erasureId);
        return { outcome: 'done' };
      } catch (error) {
        if (!(error instanceof ErasureError)) throw error;
        if (attempt > PAUSES_MS.length)
          await desk.ctx.db.pipeline(tenantId, (tx) => [markFailed(tx, erasureId, error.code)]);
        return { outcome: 'later', reason: error.code };
      }
    },
  });
}
