import type { Outbox } from '../kernel/outbox.ts';
import type { MatchHook } from '../matching/index.ts';
import { RECORDS_LANE, type RecordsEvent } from '../records/index.ts';

/**
 * A link that changed without its candidate being sent (a member was imported or changed) is news for open pages too. Of
 * candidates that were sent their batch tells itself, but not of the members they were linked with before.
 */
export function matchNews(outbox: Outbox): MatchHook {
  return {
    after(tx, { isOfBatch, atsNo, candidateIds, memberIds, formerMemberIds }) {
      if (isOfBatch && formerMemberIds.length === 0) return [];
      const keys = candidateIds.map((id) => [id]);
      const event: RecordsEvent = {
        atsNo,
        kind: 'candidate',
        change: 'upsert',
        keys,
        candidateIds,
        jobIds: [],
        memberIds,
      };
      return [outbox.append(tx, RECORDS_LANE, event)];
    },
  };
}
