import { locale } from './locale.ts';

export { locale } from './locale.ts';

export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

const plurals = new Intl.PluralRules(locale);
const wholeNumbers = new Intl.NumberFormat(locale);
const roundNumbers = new Intl.NumberFormat(locale, { notation: 'compact', roundingMode: 'floor' });

const shares = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
const utcDays = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });

export const wholeNumber = (count: number): string => wholeNumbers.format(count);

/** "99+" above `most`: of what is counted no further. */
export const upTo = (most: number, count: number): string =>
  count > most ? `${wholeNumber(most)}+` : wholeNumber(count);

/** Exact below 1,000; above, rounded down with a suffix and a plus: "49M+". */
export function roundNumber(count: number): string {
  return count < 1000 ? wholeNumber(count) : `${roundNumbers.format(count)}+`;
}

/** "1 person", "12 people": the number stands before the form that its language wants. */
export function plural(count: number, forms: PluralForms, shown = wholeNumber(count)): string {
  return `${shown} ${forms[plurals.select(count)] ?? forms.other}`;
}

export const wholeShare = (share: number): string => shares.format(share);

export const wholeDay = (at: number): string => days.format(at);

/** Of a day that was counted in UTC. */
export const utcDay = (at: number): string => utcDays.format(at);

/** A length of time in one unit, rounded: "5 minutes". */
export function span(ms: number): string {
  const units = [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
    ['second', 1_000],
  ] as const;
  const [unit, unitMs] = units.find(([, length]) => ms >= length) ?? units[3];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.round(ms / unitMs),
  );
}

const inUnit = (count: number, unit: 'hour' | 'minute'): string =>
  new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(count);

/** "1 hr 56 min": what is added up must not be rounded part by part. */
export function hoursAndMinutes(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return inUnit(rest, 'minute');
  return rest === 0 ? inUnit(hours, 'hour') : `${inUnit(hours, 'hour')} ${inUnit(rest, 'minute')}`;
}
