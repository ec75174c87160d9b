import type { Context } from '../kernel/context.ts';

const DAY_MS = 86_400_000;
/** Longer than any repeat of a press, and than anybody looks for a mail that could not be sent. */
const KEPT_MS = 30 * DAY_MS;
const ROWS_PER_STATEMENT = 5_000;

/** Deletes what logs no longer need: entries of the audit log, presses of exports, mails that were given up, requests nobody confirmed. */
export async function forgetLogs({ config, clock, db }: Context): Promise<void> {
  const auditBefore = clock.now() - config.auditDays * DAY_MS;
  for (;;) {
    const [row] = await db.lookup<{ count: number }>`
      select forget_logs(${auditBefore}, ${clock.now() - KEPT_MS}, ${Number.MAX_SAFE_INTEGER}, ${ROWS_PER_STATEMENT}) as count`;
    if ((row?.count ?? 0) < ROWS_PER_STATEMENT) return;
  }
}
