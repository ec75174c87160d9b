import { type HomeAnswer, PROFILE_FIELDS, type ProfileField } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import { readMembers } from '../members/index.ts';
import type { Session } from '../session/index.ts';
import { feedPerson } from './person.ts';

const DAY_MS = 86_400_000;
const UPDATES_FOR_MS = 90 * DAY_MS;
const VIEWS_FOR_MS = 7 * DAY_MS;
const MOST = 50;

/** What is new to the viewer. Who has closed his or her account is in no feed. */
export async function readHome(ctx: Context, { tenantId, contractId, seatId }: Session): Promise<HomeAnswer> {
  const now = ctx.clock.now();
  return ctx.db.read(tenantId, async (tx) => {
    const [updates, views] = await tx.flight([
      tx<{ update_no: number; member_id: number; fields: string[]; changed_at: number }>`
        select update_no, member_id, fields, changed_at from profile_update
        where tenant_id = ${tenantId} and seat_id = ${seatId} and changed_at > ${now - UPDATES_FOR_MS}
        order by changed_at desc, update_no desc limit ${MOST}`,
      tx<{ member_id: number; by: string; viewed_at: number }>`
        select v.member_id, m.first_name || ' ' || m.last_name as by, max(v.viewed_at) as viewed_at
        from profile_view v
        join seat s on s.tenant_id = v.tenant_id and s.seat_id = v.seat_id
        join member m on m.member_id = s.member_id
        where v.tenant_id = ${tenantId} and v.contract_id = ${contractId} and v.seat_id <> ${seatId}
          and v.viewed_at > ${now - VIEWS_FOR_MS}
        group by v.member_id, v.seat_id, m.first_name, m.last_name
        order by viewed_at desc, v.member_id limit ${MOST}`,
    ]);
    const members = await readMembers(tx, [
      ...new Set([...updates, ...views].map(({ member_id }) => member_id)),
    ]);
    const personOf = (memberId: number) => {
      const member = members.get(memberId);
      return member && !member.isClosed ? feedPerson(ctx, tenantId, member) : null;
    };
    return {
      updates: updates.flatMap(({ update_no: no, member_id, fields, changed_at: at }) => {
        const person = personOf(member_id);
        return person ? [{ no, person, fields: fields.filter(isField), at }] : [];
      }),
      views: views.flatMap(({ member_id, by, viewed_at: at }) => {
        const person = personOf(member_id);
        return person ? [{ person, by, at }] : [];
      }),
      answeredAt: now,
    };
  });
}

function isField(name: string): name is ProfileField {
  return PROFILE_FIELDS.some((field) => field === name);
}
