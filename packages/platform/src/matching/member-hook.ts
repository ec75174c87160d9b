import { asTenant } from '../kernel/as-tenant.ts';
import type { MemberFacts, MemberHook } from '../members/index.ts';
import {
  deleteMemberKeys,
  distinctKeys,
  insertMemberKeys,
  int8Array,
  type KeyRow,
  keyRows,
  keysGone,
} from './key-rows.ts';
import { lockDirectory } from './locks.ts';
import type { Matcher } from './matcher.ts';
import { settle } from './settle.ts';
import { candidatesWithKeys, holdCandidates } from './stored-candidates.ts';

/** Matching's part in the writing of members: every candidate that shares an identifier with them, now or before, is decided anew. */
export function memberHook(matcher: Matcher): MemberHook {
  const rowsOf = (members: readonly MemberFacts[]): KeyRow[] =>
    keyRows(
      members.map((facts) => ({ id: facts.memberId, keys: matcher.keysOfMember(matcher.member(facts)) })),
    );

  return {
    async before(tx, incoming, former) {
      const keys = distinctKeys([...rowsOf(incoming), ...rowsOf(former)]);
      if (keys.length > 0) await lockDirectory(tx, keys);
    },

    async after(tx, written, former) {
      const [rows, formerRows] = [rowsOf(written), rowsOf(former)];
      const keys = distinctKeys([...rows, ...formerRows]);
      if (keys.length === 0) return;
      const gone = keysGone(formerRows, rows);
      const [tenants] = await tx.flight([
        tx<{
          tenant_id: number;
        }>`select tenant_id from tenants_with_keys(${int8Array(keys)}::bigint[]) as tenant_id`,
        insertMemberKeys(tx, rows),
        ...(gone.length > 0 ? [deleteMemberKeys(tx, gone)] : []),
      ]);
      for (const { tenant_id: tenantId } of tenants) {
        await asTenant(tx, tenantId, async (tenantTx) => {
          for (const [atsNo, ids] of await candidatesWithKeys(tenantTx, tenantId, keys)) {
            const scope = { tenantId, atsNo };
            const held = await holdCandidates(tenantTx, scope, ids);
            const candidates = held.map(({ id, fields }) => matcher.candidate(id, fields));
            await Promise.all(
              await settle(matcher, tenantTx, scope, candidates, { isOfBatch: false, areKeysWritten: true }),
            );
          }
        });
      }
    },
  };
}
