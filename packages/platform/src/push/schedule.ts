const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Between one attempt and the next: about 75 hours in all. */
export const PAUSES_MS = [
  10 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  4 * HOUR_MS,
  22 * HOUR_MS,
  48 * HOUR_MS,
] as const;
export const MOST_ATTEMPTS = PAUSES_MS.length + 1;
/** By how much a pause is longer or shorter, so that what failed together does not come back together. */
const JITTER = 0.1;

/** An attempt with no answer by then has failed. */
export const TIMEOUT_MS = 10 * SECOND_MS;

/**
 * When the next attempt is due, after so many have failed.
 * @param random from 0 to 1
 * @returns null when there is none: the notification is dead
 */
export function retryAt(attempts: number, failedAt: number, random: number): number | null {
  const pause = PAUSES_MS[attempts - 1];
  if (pause === undefined) return null;
  return failedAt + Math.round(pause * (1 + JITTER * (2 * random - 1)));
}
