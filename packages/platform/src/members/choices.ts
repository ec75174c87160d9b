import type { Tx } from '../kernel/db.ts';
import type { MemberHook } from './hooks.ts';
import { readMembers } from './read.ts';
import type { MemberChoices } from './record.ts';

/**
 * A member chooses whether an e-mail address or a number leads to him or her, in a transaction of no tenant: the hooks undo what
 * did. An import leaves the choice as it is. @returns whether there is such a member
 */
export async function chooseFound(
  tx: Tx,
  hooks: readonly MemberHook[],
  memberId: number,
  { isFoundByEmail, isFoundByPhone }: MemberChoices,
): Promise<boolean> {
  // As imports lock (write.ts): what is read stays true until the transaction ends.
  await tx`
    select pg_advisory_xact_lock(hashtextextended('member ' || external_id, 0)) from member where member_id = ${memberId}`;
  const former = (await readMembers(tx, [memberId])).get(memberId);
  if (!former) return false;
  const chosen = { ...former, isFoundByEmail, isFoundByPhone };
  for (const hook of hooks) await hook.before?.(tx, [chosen], [former]);
  await tx`
    update member set is_found_by_email = ${isFoundByEmail}, is_found_by_phone = ${isFoundByPhone} where member_id = ${memberId}`;
  for (const hook of hooks) await hook.after?.(tx, [chosen], [former]);
  return true;
}
