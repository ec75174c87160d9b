import type { Context } from '../kernel/context.ts';

/**
 * Whether a company's jobs come to its board from elsewhere: then postings over the wire are taken and not shown there, and their
 * tasks end as PROCESSED.
 */
export async function setBoardFedElsewhere(
  ctx: Context,
  tenantId: number,
  isElsewhere: boolean,
): Promise<void> {
  await ctx.db.pipeline(tenantId, (tx) => [
    tx`update organisation set is_board_fed_elsewhere = ${isElsewhere} where tenant_id = ${tenantId}`,
  ]);
}
