import { PROFILE_FIELDS, type ProfileField } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { type MemberHook, type MemberRecord, readMembers } from '../members/index.ts';

/** What recruiters see of a profile. Contact data and settings are none of it. */
const VALUES: Readonly<Record<ProfileField, (member: MemberRecord) => unknown>> = {
  name: ({ firstName, middleName, lastName, suffix }) => [firstName, middleName, lastName, suffix],
  headline: ({ headline }) => headline,
  positions: ({ positions }) => positions,
  location: ({ location }) => location,
  industry: ({ industry }) => industry,
  summary: ({ summary }) => summary,
  educations: ({ educations }) => educations,
  skills: ({ skills }) => skills,
  recommendations: ({ recommendations }) => recommendations,
  websites: ({ websites }) => websites,
  picture: ({ pictureUrl }) => pictureUrl,
  openToWork: ({ isOpenToWork }) => isOpenToWork,
};

/** Tells those who follow a member which fields have changed, in the transaction that changes them. */
export function profileUpdateHook(ctx: Pick<Context, 'clock'>): MemberHook {
  const former = new WeakMap<Tx, ReadonlyMap<number, MemberRecord>>();
  return {
    async before(tx, _incoming, known) {
      const ids = known.map(({ memberId }) => memberId);
      const rows = await tx<{ member_id: number }>`
        select f as member_id from followed_members(${ids}::bigint[]) as f`;
      if (rows.length === 0) former.delete(tx);
      else
        former.set(
          tx,
          await readMembers(
            tx,
            rows.map(({ member_id }) => member_id),
          ),
        );
    },
    async after(tx) {
      const before = former.get(tx);
      if (!before) return;
      const after = await readMembers(tx, [...before.keys()]);
      const updates = [...before].flatMap(([memberId, was]) => {
        const is = after.get(memberId);
        const fields = is && !is.isClosed ? changedFields(was, is) : [];
        return fields.length > 0 ? [{ member_id: memberId, fields }] : [];
      });
      if (updates.length > 0)
        await tx`select note_profile_updates(${JSON.stringify(updates)}, ${ctx.clock.now()})`;
    },
  };
}

function changedFields(was: MemberRecord, is: MemberRecord): ProfileField[] {
  return PROFILE_FIELDS.filter((field) => {
    const value = VALUES[field];
    return JSON.stringify(value(was)) !== JSON.stringify(value(is));
  });
}
