import type { RecordKind } from '@carrick/protocol';
import type { History } from '../sending/change.ts';
import { aclParts, storedKey } from '../sending/change-key.ts';
import type { HeldRecord, HeldRecords } from './compare-kind.ts';
import { digestKey, digestOf } from './record-digest.ts';

const JOB_POSTING = 'JOB_POSTING';

/**
 * What an ATS with code of its own holds, for `compareSides`: nothing is sent, nothing is remembered. Each kind is gone through up to
 * twice, so `history` makes it anew. `personOf` names the person that an ATS user is bound to; who is bound to nobody has no rights on the
 * platform either. A job that is gone stays there, closed.
 */
export function recordsOfHistory(
  history: () => History,
  personOf: (user: string) => string | null = () => null,
): HeldRecords {
  return {
    async *of(kind): AsyncGenerator<HeldRecord> {
      const given = history()[kind];
      if (!given) return;
      for await (const { key, record } of 'rows' in given ? given.rows : given) {
        const wireKey = keyOf(kind, storedKey(kind, key), personOf);
        if (wireKey) yield { key: wireKey, digest: digestOf(kind, wireKey, record) };
      }
    },
    isLeftBehind: (kind, { isClosed }) => kind === 'job' && isClosed === true,
  };
}

function keyOf(
  kind: RecordKind,
  stored: { readonly parentId: string; readonly id: string },
  personOf: (user: string) => string | null,
): readonly string[] | null {
  if (kind !== 'entityAcl' && kind !== 'entityAclAssignee') return digestKey(kind, stored);
  const [acl, of] = aclParts(stored.id);
  if (kind === 'entityAcl') return [JOB_POSTING, of, acl];
  const person = personOf(of);
  return person === null ? null : [person, JOB_POSTING, acl];
}
