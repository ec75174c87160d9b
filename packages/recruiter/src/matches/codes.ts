/** Matching's codes and numbers as sentences, for which the words are in words.ts. An unknown code is shown as it came. */
import type { MatchEvidence } from '@carrick/protocol/recruiter';
import { locale } from '../messages.ts';
import { words } from './words.ts';

export function fieldName(field: string): string {
  const fields: Readonly<Record<string, string>> = words.fields;
  return fields[field] ?? field;
}

export function codeWords(code: string): string {
  const codes: Readonly<Record<string, string>> = words.codes;
  return codes[code] ?? code;
}

const tenths = new Intl.NumberFormat(locale, {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  signDisplay: 'exceptZero',
});
const plainTenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
const roundPercents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });

/** With a true minus. */
export const signedBits = (bits: number): string => tenths.format(bits).replace('-', '\u2212');
export const plainBits = (bits: number): string => plainTenths.format(bits);
export const roundShare = (share: number): string => roundPercents.format(share);

/** Never "100 %": nobody is that sure. */
export function sureness(probability: number): string {
  if (probability >= 0.9995) return words.over(percents.format(0.999));
  if (probability < 0.01) return words.under(percents.format(0.01));
  return (probability > 0.95 ? percents : roundPercents).format(probability);
}

export function likelihood({ probability }: MatchEvidence): string {
  if (probability >= 0.999) return words.likelihoods.certain;
  if (probability >= 0.95) return words.likelihoods['very-likely'];
  return probability >= 0.75 ? words.likelihoods.likely : words.likelihoods.possible;
}
