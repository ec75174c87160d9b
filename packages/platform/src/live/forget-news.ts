import type { Context } from '../kernel/context.ts';
import type { Outbox } from '../kernel/outbox.ts';
import { tenantIds } from '../records/index.ts';
import { PEOPLE_LANE } from './person-news.ts';

const KEPT_MS = 3 * 24 * 3_600_000;

/** Open pages read everything anew when they come back: old news are of use to nobody. */
export async function forgetNews({
  ctx,
  outbox,
}: {
  readonly ctx: Context;
  readonly outbox: Outbox;
}): Promise<void> {
  for (const tenantId of await tenantIds(ctx))
    await ctx.db.pipeline(tenantId, (tx) => [outbox.purge(tx, PEOPLE_LANE, ctx.clock.now() - KEPT_MS)]);
}
