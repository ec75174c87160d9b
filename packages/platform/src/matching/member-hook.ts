import { asTenant } from '../kernel/as-tenant.ts';
import type { Tx } from '../kernel/db.ts';
import type { MemberFacts, MemberHook } from '../members/index.ts';
import { keyArray, lockAlone, writeMemberKeys } from './key-rows.ts';
import type { Matcher } from './matcher.ts';
import { settle } from './settle.ts';
import { holdCandidates } from './stored-candidates.ts';

/** Matching's part in the writing of members: every candidate that shares an identifier with them, now or before, is decided anew. */
export function memberHook(matcher: Matcher): MemberHook {
  const keysOf = (facts: MemberFacts) => matcher.keysOfMember(matcher.member(facts));
  return {
    before(tx, incoming) {
      const keys = incoming.flatMap((facts) => keysOf(facts).map(({ key }) => key));
      return lockAlone(tx, keys, knownIds(incoming)).send();
    },

    async after(tx, written) {
      const members = written.map((facts) => ({ memberId: facts.memberId, keys: keysOf(facts) }));
      const memberIds = members.map(({ memberId }) => memberId);
      const [former] = await tx.flight([formerKeys(tx, memberIds), writeMemberKeys(tx, members)]);
      const keys = keyArray([
        ...members.flatMap((member) => member.keys.map(({ key }) => key)),
        ...former.map(({ key }) => key),
      ]);
      if (keys === '{}') return;
      const tenants = await tx<{ tenant_id: number }>`
        select tenant_id from tenants_with_keys(${keys}::text::bigint[]) as tenant_id`;
      for (const { tenant_id: tenantId } of tenants) {
        await asTenant(tx, tenantId, async (tenantTx) => {
          const held = await holdCandidates(matcher, tenantTx, { by: 'key', keys, memberIds });
          for (const [atsNo, candidates] of held)
            await settle(matcher, tenantTx, { tenantId, atsNo }, candidates);
        });
      }
    },
  };
}

function knownIds(members: readonly MemberFacts[]): number[] {
  return members.map(({ memberId }) => memberId).filter((id) => id > 0);
}

/**
 * The keys that the members had, locked too: another import of the same member may have changed them since `before`. That lock
 * is out of order; where two imports block each other, one of them starts again.
 */
function formerKeys(tx: Tx, memberIds: readonly number[]) {
  return tx<{ key: string }>`
    select key::text as key, pg_advisory_xact_lock(key)::text as is_locked
    from (select distinct key from member_key where member_id = any(${memberIds}::bigint[]) order by key offset 0) sorted`;
}
