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
    const value = BigInt(cursor);
    if (value < 1_000_000_000n) return cursor;
    const perSecond = value < 100_000_000_000n ? 1n : value < 100_000_000_000_000n ? 1000n : 1_000_000n;
    return String(value - (BigInt(ms) * perSecond) / 1000n);
  }
  const at = Date.parse(`${cursor.replace(' ', 'T')}${cursor.includes(':') ? '' : 'T00:00:00'}Z`);
  if (Number.isNaN(at)) return cursor;
  return new Date(at - ms).toISOString().slice(0, 19).replace('T', ' ');
}

const isNumber = (cursor: string) => /^\d+$/.test(cursor);
