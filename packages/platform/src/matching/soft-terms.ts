import type { SoftKind } from './keys.ts';
import type { Person } from './person.ts';

/** What two records of one person probably have in common; nothing of it identifies anybody. */
export interface SoftTerm {
  readonly kind: SoftKind;
  readonly value: string;
}

/** Each once. Both sides alike. */
export function softTermsOf(person: Person): SoftTerm[] {
  const terms = new Map<string, SoftTerm>();
  const add = (kind: SoftKind, value: string) => terms.set(`${kind} ${value}`, { kind, value });
  const { given, family } = person.name;
  const parts = [...new Set([...given, ...family].map(({ text }) => text))].filter((word) => word.length > 1);
  for (const whole of person.name.whole) add('whole', whole);
  for (const part of parts) {
    for (const company of person.companies) add('partAndCompany', `${part}|${company}`);
    for (const { city, postcode } of person.places) {
      if (city) add('partAndPlace', `${part}|${city}`);
      if (postcode) add('partAndPlace', `${part}|${postcode}`);
    }
  }
  return [...terms.values()];
}
