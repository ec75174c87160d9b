/**
 * Cursors are compared as the source writes them: whole numbers by value, everything else (dates) as text. Numbers are
 * row versions, or epoch times in seconds, milliseconds or microseconds, which their size tells apart.
 */
export function isLater(a: string, b: string): boolean {
  return isNumber(a) && isNumber(b) ? BigInt(a) > BigInt(b) : a > b;
}

/**
 * The cursor `ms` earlier, for reading again what committed late. A row version has no time: rows that commit out of
 * order under one are found by the next sweep.
 */
export function earlierBy(cursor: string, ms: number): string {
  if (isNumber(cursor)) {
    const perSecond = unitsPerSecond(cursor);
    return perSecond === null ? cursor : String(BigInt(cursor) - (BigInt(ms) * perSecond) / 1000n);
  }
  const at = timeOf(cursor);
  return at === null ? cursor : new Date(at - ms).toISOString().slice(0, 19).replace('T', ' ');
}

const DAY_MS = 24 * 3_600_000;

/**
 * Whether the cursor names a time that has not come, whatever the source's time zone. Such a row (a mistyped year) must
 * not become the newest: nothing would be read until then.
 */
export function isAhead(cursor: string, now: number): boolean {
  const at = timeOf(cursor);
  return at !== null && at > now + DAY_MS;
}

/** Epoch milliseconds, a date read as UTC; null for what is no time. */
function timeOf(cursor: string): number | null {
  if (isNumber(cursor)) {
    const perSecond = unitsPerSecond(cursor);
    return perSecond === null ? null : Number((BigInt(cursor) * 1000n) / perSecond);
  }
  const at = Date.parse(`${cursor.replace(' ', 'T')}${cursor.includes(':') ? '' : 'T00:00:00'}Z`);
  return Number.isNaN(at) ? null : at;
}

/** Null for a row version: as a time it would lie before 2001. */
function unitsPerSecond(cursor: string): bigint | null {
  const value = BigInt(cursor);
  if (value < 1_000_000_000n) return null;
  if (value < 100_000_000_000n) return 1n;
  return value < 100_000_000_000_000n ? 1000n : 1_000_000n;
}

const isNumber = (cursor: string) => /^\d+$/.test(cursor);
