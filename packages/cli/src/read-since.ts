import { usageError } from './command.ts';

const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A time, `2026-01-31T08:00Z`, or how long ago, `90m`. @returns epoch milliseconds */
export function readSince(text: string, now: number): number {
  const [, amount, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (amount !== undefined) return now - Number(amount) * (UNITS_MS[unit] ?? 0);
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw usageError('--since takes a time such as 2026-01-31T08:00Z, or 90m, 12h, 7d');
  return at;
}
