import { locale } from '../messages.ts';

const days = new Intl.DateTimeFormat(locale, { dateStyle: 'long' });
const clockTimes = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
const exactTimes = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' });
const shortTimes = new Intl.DateTimeFormat(locale, {
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
});
const shortDays = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric' });
const months = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', timeZone: 'UTC' });
const distances = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });

/** "January 8, 2018", in the reader's time zone. */
export const day = (at: number): string => days.format(at);
/** "10:42 AM". */
export const clockTime = (at: number): string => clockTimes.format(at);
/** "Jan 8, 10:42 AM" and "Jan 8", where there is little room and the year is plain. */
export const shortTime = (at: number): string => shortTimes.format(at);
export const shortDay = (at: number): string => shortDays.format(at);
export const exactTime = (at: number): string => exactTimes.format(at);

const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** "4 min. ago", seen from `seenAt`. A clock that runs ahead of ours is not shown as the future. */
export function distance(at: number, seenAt: number): string {
  const passedMs = Math.max(0, seenAt - at);
  for (const [unit, unitMs] of UNITS) {
    if (passedMs >= unitMs) return distances.format(-Math.floor(passedMs / unitMs), unit);
  }
  return distances.format(0, 'second');
}

/** "Mar 2019" of "2019-03", "2019" of "2019"; anything else as it stands. */
export function month(date: string): string {
  const [, year, monthNo] = /^(\d{4})-(\d{2})/.exec(date) ?? [];
  return year && monthNo ? months.format(Date.UTC(Number(year), Number(monthNo) - 1)) : date;
}
