import { QUOTA_WINDOWS_MS, quotaOf } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';

/** Where an application stands on the limits of a day that it used, as far as it is written; without quotas nothing is counted. */
export async function readQuotaUse(
  ctx: Context,
  applicationId: number,
): Promise<{ resource: string; limit: string; most: number; used: number }[]> {
  const now = ctx.clock.now();
  const today = now - (now % QUOTA_WINDOWS_MS.day);
  const rows = await ctx.db.lookup<{ resource: string; limit_name: string; used: number }>`
    select resource, limit_name, used from quota_uses(${applicationId}, ${today}) order by resource, limit_name`;
  return rows.flatMap(({ resource, limit_name, used }) => {
    const limit = quotaOf(resource).limits.find(
      ({ unit, per }) => per === 'day' && `${unit}-per-${per}` === limit_name,
    );
    return limit ? [{ resource, limit: limit_name, most: limit.most, used }] : [];
  });
}
