import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import type { MemberHook } from './hooks.ts';
import { memberByExternalId } from './read.ts';
import { writeMembers } from './write.ts';

/** A person who gets a seat. */
export interface SeatHolder {
  readonly externalId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly emails: readonly string[];
}

/** The member behind a seat, created when the directory does not know the id yet; a known member is left as it is. */
export async function ensureMember(
  ctx: Context,
  tx: Tx,
  hooks: readonly MemberHook[],
  holder: SeatHolder,
): Promise<number> {
  const known = await memberByExternalId(tx, holder.externalId);
  if (known !== null) return known;
  const { externalId: id, firstName, lastName, emails } = holder;
  const written = await writeMembers(ctx, tx, hooks, [{ id, firstName, lastName, emails: [...emails] }]);
  const member = written.get(id);
  if (!member) throw new Error('a seat holder was not stored');
  return member.memberId;
}
