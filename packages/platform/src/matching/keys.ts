import { hash } from 'node:crypto';
import { type Identifier, type IdentifierKind, identifiersOf } from './identifiers.ts';
import { familyMark } from './name.ts';
import type { Identity, Person } from './person.ts';
import { softTermsOf } from './soft-terms.ts';

/** Kinds of keys; stored with each key and part of what is hashed. The first three are identifiers, kept of both sides. */
export const KEY_KINDS = {
  email: 1,
  phone: 2,
  profileUrl: 3,
  // Soft: kept of members, looked up for candidates.
  whole: 5,
  partAndCompany: 6,
  partAndPlace: 7,
  sound: 8,
  soundAndPlace: 9,
  soundAndCompany: 10,
  house: 11,
  nationalNumber: 12,
} as const;
export type KeyKind = (typeof KEY_KINDS)[keyof typeof KEY_KINDS];
export type SoftKind = Exclude<keyof typeof KEY_KINDS, 'email' | 'phone' | 'profileUrl'>;
const KIND_OF: Readonly<Record<IdentifierKind, KeyKind>> = { email: 1, phone: 2, url: 3 };
/** A soft key that more members have says too little to look at them all. */
export const MOST_HOLDERS = 20;

export interface KeyOfIdentifier extends IdentifierKey {
  readonly identifier: Identifier;
}

/** A keyed hash of an identifier: equal where the identifiers are equal; a copy of the table cannot be tried against addresses. */
export interface IdentifierKey {
  /** A signed 64-bit number as text: most are beyond what a JavaScript number holds. */
  readonly key: string;
  readonly kind: KeyKind;
}

export class IdentifierKeys {
  readonly #pepper: string;

  constructor(pepper: Uint8Array) {
    this.#pepper = Buffer.from(pepper).toString('base64');
  }

  /** Kinds 1 to 3, of either side. */
  ofIdentity(identity: Identity): KeyOfIdentifier[] {
    return identifiersOf(identity).map((identifier) => {
      const kind = KIND_OF[identifier.kind];
      return { key: this.#number(`${kind}:${identifier.value}`), kind, identifier };
    });
  }

  /** Of a mail domain; not stored with anybody. */
  domain(domain: string): string {
    return this.#number(`domain:${domain}`);
  }

  /** Of a family name, however it is spelt; 0 for none. */
  family(lastName: string): string {
    const mark = familyMark(lastName);
    return mark === '' ? '0' : this.#number(`family:${mark}`);
  }

  /** For what must not be named any more. */
  pseudonym(id: string): string {
    return `#${this.#number(`candidate:${id}`)}`;
  }

  /** The other kinds, of either side. */
  soft(person: Person): IdentifierKey[] {
    return softTermsOf(person).map(({ kind, value }) => this.#key(KEY_KINDS[kind], value));
  }

  #key(kind: KeyKind, value: string): IdentifierKey {
    return { key: this.#number(`${kind}:${value}`), kind };
  }

  #number(text: string): string {
    // A secret of fixed length before the text is enough here: of the hash a quarter is kept, so nothing can be appended to
    // it. An HMAC costs four times as much (2.3 µs), for every identifier of every record.
    const start = hash('sha256', `${this.#pepper}${text}`, 'hex').slice(0, 16);
    return BigInt.asIntN(64, BigInt(`0x${start}`)).toString();
  }
}
