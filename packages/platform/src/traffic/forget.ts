import type { Context } from '../kernel/context.ts';

const DAY_MS = 86_400_000;
/** Counters of the day are needed until it ends; yesterday's show what happened. */
const QUOTAS_KEPT_MS = 7 * DAY_MS;
const REQUESTS_PER_STATEMENT = 5_000;

/** Deletes logged requests and counters that have had their time. @returns how many requests */
export async function forgetTraffic({ config, clock, db }: Context): Promise<number> {
  const requestsBefore = clock.now() - config.requestLogDays * DAY_MS;
  const quotasBefore = clock.now() - QUOTAS_KEPT_MS;
  let forgotten = 0;
  for (;;) {
    const [row] = await db.lookup<{ count: number }>`
      select forget_traffic(${requestsBefore}, ${quotasBefore}, ${REQUESTS_PER_STATEMENT}) as count`;
    const count = row?.count ?? 0;
    forgotten += count;
    if (count < REQUESTS_PER_STATEMENT) return forgotten;
  }
}
