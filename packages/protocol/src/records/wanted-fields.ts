import type { RecordKind } from './schemas.ts';

/** Documented as required, and left out by senders that are certified all the same: a record without them is taken with a warning. */
export const WANTED_FIELDS: { readonly [K in RecordKind]?: readonly string[] } = {
  candidate: ['externalProfileUrl', 'phoneNumbers', 'addresses'],
};

/** Those that a record lacks. An empty list is not lacking. */
export function missingWanted(kind: RecordKind, record: unknown): readonly string[] {
  const wanted = WANTED_FIELDS[kind];
  if (!wanted || typeof record !== 'object' || record === null) return [];
  return wanted.filter((field) => (Reflect.get(record, field) ?? null) === null);
}
