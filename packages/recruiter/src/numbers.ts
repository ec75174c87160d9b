import { locale } from './language.ts';

export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

const plurals = new Intl.PluralRules(locale);
const wholeNumbers = new Intl.NumberFormat(locale);
const roundNumbers = new Intl.NumberFormat(locale, { notation: 'compact', roundingMode: 'floor' });

export const wholeNumber = (count: number): string => wholeNumbers.format(count);

/** Exact below 1,000; above, rounded down with a suffix and a plus: "49M+". */
export function roundNumber(count: number): string {
  return count < 1000 ? wholeNumber(count) : `${roundNumbers.format(count)}+`;
}

/** "1 person", "12 people": the number stands before the form that its language wants. */
export function plural(count: number, forms: PluralForms, shown = wholeNumber(count)): string {
  return `${shown} ${forms[plurals.select(count)] ?? forms.other}`;
}
