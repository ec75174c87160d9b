import type { Identity } from './person.ts';

export type IdentifierKind = 'email' | 'phone' | 'url';

/** What one person alone has: a mailbox by its canonical form, a number in E.164, a profile's address. */
export interface Identifier {
  readonly kind: IdentifierKind;
  readonly value: string;
}

/** Why an identifier that agrees says nothing: several families use it, it is a recruiter's own, or it carried a link that a person undid. */
export type Weakness = 'SHARED' | 'RECRUITER' | 'SUSPECT';
/** By identifierText. */
export type WeakIdentifiers = ReadonlyMap<string, Weakness>;
export const NO_WEAK: WeakIdentifiers = new Map();

export function identifierText({ kind, value }: Identifier): string {
  return `${kind}:${value}`;
}

/** Each once. */
export function identifiersOf({ emails, phones, profileUrls }: Identity): Identifier[] {
  const found: Identifier[] = [];
  const add = (kind: IdentifierKind, value: string) => {
    if (!found.some((each) => each.kind === kind && each.value === value)) found.push({ kind, value });
  };
  for (const { canon } of emails) add('email', canon);
  for (const { e164 } of phones) if (e164) add('phone', e164);
  for (const value of profileUrls) add('url', value);
  return found;
}
