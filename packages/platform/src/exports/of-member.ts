import type { Context } from '../kernel/context.ts';

/** Which companies' ATSs fetched a member's profile, newest first: for the member alone. */
export async function exportsOfMember(
  ctx: Context,
  memberId: number,
): Promise<{ readonly organisation: string; readonly ats: string; readonly exportedAt: number }[]> {
  const rows = await ctx.db.lookup<{ organisation: string; ats: string; exported_at: number }>`
    select organisation, ats, exported_at from exports_of_member(${memberId})`;
  return rows.map((row) => ({ organisation: row.organisation, ats: row.ats, exportedAt: row.exported_at }));
}
