import { durationMs, timeAt } from '@carrick/platform';
import { usageError } from './command.ts';

/** A time, `2026-01-31T08:00Z`, or how long ago, `90m`: then of the moment that is handed over. @returns epoch milliseconds */
export function readSince(text: string): (now: number) => number {
  const agoMs = durationMs(text);
  if (agoMs !== null) return (now) => now - agoMs;
  const at = timeAt(text);
  if (at === null) throw usageError('--since takes a time such as 2026-01-31T08:00Z, or 90m, 12h, 7d');
  return () => at;
}
