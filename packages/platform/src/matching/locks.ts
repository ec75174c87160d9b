import type { Statement, Tx } from '../kernel/db.ts';
import type { AtsScope } from '../records/index.ts';
import { int8Array } from './key-rows.ts';
import type { CandidateFields } from './person.ts';
import type { WrittenPhone } from './phone.ts';
import type { WrittenPlace } from './place.ts';

/*
 * A candidate batch and a member batch with a common identifier must not pass each other unseen: under READ COMMITTED neither
 * would see the other's rows, and the link would be missing for ever. There are two ways to be safe from that:
 *
 * A writer of members holds the directory alone and, also alone, each of its keys. A batch of candidates tries to share the
 * directory, without waiting. If it can, no writer of members is at work, and none begins before the batch has ended. If it
 * cannot, one is at work or waiting, and the batch shares its keys instead: it waits only for a writer of its own people.
 * So a batch pays one lock as long as nobody writes members (a lock for each key was 0.5 of 5 ms), and while somebody does,
 * batches and members that have nothing in common still do not wait for each other. What is found of members in search relies on it
 * too (migration 093): who shares the directory need not lock the members it links.
 *
 * Who decides stored candidates anew shares the directory too, and waits for it: while somebody waits to have it alone, batches pay for
 * their keys.
 *
 * Everybody locks in the order: directory, keys, candidates, what hangs on candidates; and each of these sorted; so two writers
 * do not wait for each other.
 */

/** A candidate as it was stored, as far as its keys follow from it. */
export interface FormerCandidate {
  readonly id: string;
  readonly fields: CandidateFields;
}

interface FormerRow {
  readonly id: string;
  readonly last_name: string;
  readonly email_addresses: readonly string[];
  readonly phone_numbers: readonly WrittenPhone[] | null;
  readonly addresses: readonly WrittenPlace[] | null;
  readonly linked_in_profile_url: string | null;
  readonly external_profile_url: string | null;
}

/**
 * Those of a batch's candidates that are stored. They stay as they are returned until the transaction ends. A new candidate
 * cannot be held: of two batches that bring it at once, the second overwrites it without knowing, and keys that only the first
 * had stay behind. No key is ever missing, and one too many costs a look at a candidate in vain: values decide, not keys.
 */
export async function holdFormer(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  ids: readonly string[],
  keys: readonly string[],
): Promise<FormerCandidate[]> {
  const rows = await tx<FormerRow>`
    select * from hold_candidates(${tenantId}, ${atsNo}, ${ids}::text[], ${int8Array(keys)}::bigint[])`.send();
  return rows.map((row) => ({
    id: row.id,
    fields: {
      lastName: row.last_name,
      emailAddresses: row.email_addresses,
      phoneNumbers: row.phone_numbers,
      addresses: row.addresses,
      linkedInProfileUrl: row.linked_in_profile_url,
      externalProfileUrl: row.external_profile_url,
    },
  }));
}

/** For writers of members, with all keys that they write or remove. Whoever holds the directory without keys only keeps them out. */
export function lockDirectory(tx: Tx, keys: readonly string[]): Statement {
  return tx`select lock_directory(${int8Array(keys)}::bigint[])`;
}

/** For who decides stored candidates anew: beside batches, whose candidates are held by their rows, and with no writer of members. */
export function shareDirectory(tx: Tx): Statement {
  return tx`select pg_advisory_xact_lock_shared(1, 1)`;
}

/** For keys that a batch finds out about when it has begun. Out of order: who waits for each other is told by PostgreSQL, and begins anew. */
export function shareKeys(tx: Tx, keys: readonly string[]): Statement {
  return tx`
    select pg_advisory_xact_lock_shared(sorted.key)
    from (select wanted.key from unnest(${int8Array(keys)}::bigint[]) as wanted(key) order by wanted.key offset 0) sorted`;
}
