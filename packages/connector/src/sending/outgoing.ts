import type { RecordKind } from '@carrick/protocol';
import { aclParts, type StoredKey } from './change-key.ts';

/** A record on its way to the platform. */
export interface Outgoing extends StoredKey {
  readonly kind: RecordKind;
  /** Null: it is to be deleted. */
  readonly record: Readonly<Record<string, unknown>> | null;
  /** The changes of the outbox that end with it. */
  readonly seqs: readonly number[];
}

const MERGED_INTO = '$mergedInto';

/** A deletion that says into which candidate the deleted one went. It travels as a record: the outbox has no other place for it. */
export const mergedInto = (survivor: string) => ({ [MERGED_INTO]: survivor });

/** Into whom; null: no merge. */
export function survivorOf(record: Outgoing['record']): string | null {
  const survivor = record?.[MERGED_INTO];
  return typeof survivor === 'string' ? survivor : null;
}

export const isDeletion = ({ record }: Pick<Outgoing, 'record'>) =>
  record === null || survivorOf(record) !== null;

/** The id by which the wire knows an access rule: its key's own parts as JSON. */
export function wireIdOf(kind: RecordKind, id: string, person: string | null): string {
  if (kind !== 'entityAcl' && kind !== 'entityAclAssignee') return id;
  const [acl, of] = aclParts(id);
  const own = kind === 'entityAcl' ? { atsEntityId: of } : { assignee: person };
  return JSON.stringify({ atsEntityAclId: acl, atsEntityType: 'JOB_POSTING', ...own });
}
