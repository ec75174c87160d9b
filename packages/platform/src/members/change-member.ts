import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { logChanges, type MemberChange } from './changes.ts';
import type { MemberHook } from './hooks.ts';
import { type MemberSwitch, sameEmail } from './own-choices.ts';
import { type MemberRow, storedLine } from './record.ts';
import { holdMembers, writeMembers } from './write.ts';

/** What a member does on his or her own page. */
export type OwnChange =
  | { readonly kind: 'switch'; readonly name: MemberSwitch; readonly isOn: boolean }
  /** The member showed that the mailbox is his or hers. */
  | { readonly kind: 'confirm-email'; readonly email: string }
  | { readonly kind: 'remove-email'; readonly email: string }
  /** Everything goes but the id, so that the next import of the directory does not bring the person back. */
  | { readonly kind: 'erase' };

/**
 * Stores a member's own choice, which holds over every import, and writes the member anew through the door of all members, so that
 * hooks react (matching links and unlinks). In a transaction of no tenant.
 * @returns whether anything changed; false too for a member who is unknown or erased
 */
export async function changeMember(
  ctx: Context,
  tx: Tx,
  hooks: readonly MemberHook[],
  memberId: number,
  change: OwnChange,
): Promise<boolean> {
  const [known] = await tx<{
    external_id: string;
  }>`select external_id from member where member_id = ${memberId}`;
  if (!known) return false;
  const held = (await holdMembers(tx, [known.external_id])).get(known.external_id);
  if (!held || held.own.isErased) return false;
  const changedAt = ctx.clock.now();
  const line = storedLine(await storedRow(tx, memberId));
  switch (change.kind) {
    case 'switch':
      if (!(await choose(tx, memberId, change.name, change.isOn, changedAt))) return false;
      break;
    case 'confirm-email':
    case 'remove-email': {
      const isConfirmed = change.kind === 'confirm-email';
      const email = sameEmail(change.email);
      const isThere = (line.emails ?? []).some((other) => sameEmail(other) === email);
      if (isThere === isConfirmed) return false;
      await tx`
        insert into member_email_choice (member_id, email, is_confirmed, changed_at)
        values (${memberId}, ${email}, ${isConfirmed}, ${changedAt})
        on conflict (member_id, email) do update set is_confirmed = excluded.is_confirmed, changed_at = excluded.changed_at`;
      break;
    }
    case 'erase':
      await tx.flight([
        tx`delete from member_choice where member_id = ${memberId}`,
        tx`delete from member_email_choice where member_id = ${memberId}`,
        tx`delete from member_change where member_id = ${memberId}`,
        tx`insert into member_choice (member_id, choice, is_on, changed_at) values (${memberId}, 'erased', true, ${changedAt})`,
      ]);
  }
  await logChanges(tx, [{ memberId, ...changeOf(change), origin: 'member', changedAt }]);
  await writeMembers(ctx, tx, hooks, [line]);
  return true;
}

/** @returns false where it is chosen so already */
async function choose(
  tx: Tx,
  memberId: number,
  name: MemberSwitch,
  isOn: boolean,
  changedAt: number,
): Promise<boolean> {
  const rows = await tx`
    insert into member_choice as c (member_id, choice, is_on, changed_at)
    values (${memberId}, ${name}, ${isOn}, ${changedAt})
    on conflict (member_id, choice) do update set is_on = excluded.is_on, changed_at = excluded.changed_at
    where c.is_on <> excluded.is_on
    returning member_id`;
  return rows.length > 0;
}

function changeOf(change: OwnChange): Pick<MemberChange, 'choice' | 'isOn'> {
  switch (change.kind) {
    case 'switch':
      return { choice: change.name, isOn: change.isOn };
    case 'confirm-email':
      return { choice: 'email', isOn: true };
    case 'remove-email':
      return { choice: 'email', isOn: false };
    case 'erase':
      return { choice: 'erased', isOn: true };
  }
}

async function storedRow(
  tx: Tx,
  memberId: number,
): Promise<MemberRow & { readonly connected: readonly string[] }> {
  const [row] = await tx<MemberRow & { connected: readonly string[] }>`
    select m.member_id, m.external_id, m.first_name, m.last_name, m.headline, m.industry, m.location, m.open_to_work,
           m.shares_with_third_parties, m.is_closed, m.is_found_by_email, m.is_found_by_phone, m.doc,
           array(
             select c.other_external_id from member_connection c where c.member_id = m.member_id order by c.other_external_id
           ) as connected
    from member m where m.member_id = ${memberId}`;
  if (!row) throw new Error('a member vanished while it was held');
  return row;
}
