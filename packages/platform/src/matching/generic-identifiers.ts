import { asTenant } from '../kernel/as-tenant.ts';
import { int8Array } from './key-rows.ts';
import type { Matcher } from './matcher.ts';
import { appendRematch } from './rematch-work.ts';
import { candidatesWithKeys } from './stored-candidates.ts';

/** What is shared in fewer organisations says more about them than about the identifier. */
const LEAST_ORGANISATIONS = 5;

/** A job, now and then: an identifier that is SHARED in five organisations is so in all. @returns how many changed */
export async function countGenericIdentifiers(matcher: Matcher): Promise<number> {
  const { db, clock } = matcher.ctx;
  return db.transaction(null, async (tx) => {
    const changed = await tx<{ key: string }>`
      select key from count_generic_identifiers(${LEAST_ORGANISATIONS}, ${clock.now()}) as key`;
    const keys = changed.map(({ key }) => key);
    if (keys.length === 0) return 0;
    const tenants = await tx<{
      id: number;
    }>`select id from tenants_with_keys(${int8Array(keys)}::bigint[]) as id`;
    for (const { id: tenantId } of tenants)
      await asTenant(tx, tenantId, async (tenantTx) => {
        for (const [atsNo, ids] of await candidatesWithKeys(tenantTx, tenantId, keys))
          await appendRematch(matcher, tenantTx, { tenantId, atsNo }, ids, {
            cause: 'identifier',
            isLate: true,
          });
      });
    return keys.length;
  });
}
