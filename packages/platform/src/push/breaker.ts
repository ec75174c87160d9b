/** How one destination fares. Open, it is left alone but for one delivery at a time, the oldest. */
export interface Breaker {
  /** In a row. */
  readonly failures: number;
  readonly openedAt: number | null;
  /** Open: when the oldest delivery that is due may be tried, though it is not the oldest of all. */
  readonly probeAt: number | null;
  readonly succeededAt: number | null;
  readonly disabledAt: number | null;
  /** Why it was disabled, for a person. */
  readonly reason: string | null;
}

const OPENS_AT_FAILURES = 5;
const FIRST_PROBE_MS = 60_000;
const LONGEST_PROBE_MS = 10 * 60_000;

/** Any success closes it. */
export function afterSuccess(breaker: Breaker, at: number): Breaker {
  return { ...breaker, failures: 0, openedAt: null, probeAt: null, succeededAt: at };
}

/** Probes become rarer, from one minute to ten. */
export function afterFailure(breaker: Breaker, at: number): Breaker {
  const failures = breaker.failures + 1;
  if (failures < OPENS_AT_FAILURES) return { ...breaker, failures };
  const pause = Math.min(FIRST_PROBE_MS * 2 ** (failures - OPENS_AT_FAILURES), LONGEST_PROBE_MS);
  return { ...breaker, failures, openedAt: breaker.openedAt ?? at, probeAt: at + pause };
}

/** A whole schedule has failed. Where others got through meanwhile, it was that one notification and not the destination. */
export function afterDeath(
  breaker: Breaker,
  { firstAttemptedAt, at, why }: { firstAttemptedAt: number; at: number; why: string },
): Breaker {
  if (breaker.succeededAt !== null && breaker.succeededAt >= firstAttemptedAt) return breaker;
  const since = new Date(firstAttemptedAt).toISOString();
  return { ...breaker, disabledAt: at, reason: `Every attempt since ${since} failed, at last: ${why}` };
}
