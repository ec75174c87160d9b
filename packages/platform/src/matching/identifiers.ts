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
  const found = new Map<string, Identifier>();
  const add = (identifier: Identifier) => found.set(identifierText(identifier), identifier);
  for (const { canon } of emails) add({ kind: 'email', value: canon });
  for (const { e164 } of phones) if (e164) add({ kind: 'phone', value: e164 });
  for (const value of profileUrls) add({ kind: 'url', value });
  return [...found.values()];
}
