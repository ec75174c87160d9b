import { type ConsentHook, consentsOfMember, withdrawConsent } from '../consent/index.ts';
import { asTenant } from '../kernel/as-tenant.ts';
import type { Context } from '../kernel/context.ts';
import { changeMember, type MemberHook } from '../members/index.ts';

export interface MemberHooks {
  readonly memberHooks: readonly MemberHook[];
  readonly consentHooks: readonly ConsentHook[];
}

/** Everything the directory holds about the member goes, whoever was given contact data is told, links end; in one transaction. */
export async function eraseMember(
  ctx: Context,
  { memberHooks, consentHooks }: MemberHooks,
  memberId: number,
): Promise<void> {
  await ctx.db.transaction(null, async (tx) => {
    for (const { tenantId, state } of await consentsOfMember(tx, memberId))
      if (state === 'given')
        await asTenant(tx, tenantId, (tenantTx) =>
          withdrawConsent(tenantTx, consentHooks, { tenantId, memberId }, ctx.clock.now()),
        );
    await changeMember(ctx, tx, memberHooks, memberId, { kind: 'erase' });
    await tx`delete from member_link where member_id = ${memberId}`;
  });
}
