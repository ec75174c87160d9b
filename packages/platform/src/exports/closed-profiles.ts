import type { ClosedProfile, ClosedProfileDecision } from '@carrick/protocol';
import { formatUrn } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import { decodePersonId, encodePersonId } from '../kernel/secrets.ts';
import type { MemberHook } from '../members/index.ts';
import { personIdOf } from '../search/index.ts';
import { Refusal, type Session } from '../session/index.ts';
import type { Caller } from '../tenancy/index.ts';

const DAY_MS = 24 * 3_600_000;
/** An ATS asks at least so often; from the closing on it has this time. */
const ASK_WITHIN_MS = 30 * DAY_MS;

/** Who closes an account is news for every company whose ATS fetched the profile; who opens it again no longer is. */
export function closedProfileHook(ctx: Context): MemberHook {
  return {
    async after(tx, written, former) {
      const wasClosed = new Map(former.map((member) => [member.memberId, member.isClosed]));
      const changed = written.filter(
        ({ memberId, isClosed }) => (wasClosed.get(memberId) ?? isClosed) !== isClosed,
      );
      if (changed.length === 0) return;
      const idsWhere = (isClosed: boolean) =>
        changed.filter((member) => member.isClosed === isClosed).map(({ memberId }) => memberId);
      const at = ctx.clock.now();
      await tx`select note_closed_profiles(${idsWhere(true)}::bigint[], ${idsWhere(false)}::bigint[], ${at}, ${at + ASK_WITHIN_MS})`;
    },
  };
}

/** What the ATS is told by `q=closedProfiles`. Ours: the original has such a call, nobody has seen it. */
export interface ClosedMember {
  readonly member: string;
  readonly closedAt: number;
  readonly dueAt: number;
}

/** Those that closed after a moment, in that order. That it was asked is noted. */
export async function tellClosedProfiles(
  ctx: Context,
  { tenantId, atsNo, personKey }: Caller,
  { closedAfter, start, count }: { closedAfter: number; start: number; count: number },
): Promise<{ readonly elements: readonly ClosedMember[]; readonly total: number }> {
  return ctx.db.transaction(tenantId, async (tx) => {
    const [rows, [counted]] = await tx.flight([
      tx<{ member_id: number; closed_at: number; due_at: number }>`
        select member_id, closed_at, due_at from closed_profile
        where tenant_id = ${tenantId} and ats_no = ${atsNo} and closed_at > ${closedAfter}
        order by closed_at, member_id limit ${count} offset ${start}`,
      tx<{ total: number }>`
        select count(*) as total from closed_profile
        where tenant_id = ${tenantId} and ats_no = ${atsNo} and closed_at > ${closedAfter}`,
    ]);
    await tx.commitWith([
      tx`update closed_profile set told_at = ${ctx.clock.now()}
         where tenant_id = ${tenantId} and ats_no = ${atsNo} and told_at is null
           and member_id = any(${rows.map((row) => row.member_id)}::bigint[])`,
    ]);
    const elements = rows.map((row) => ({
      member: formatUrn('person', encodePersonId(personKey, row.member_id)),
      closedAt: row.closed_at,
      dueAt: row.due_at,
    }));
    return { elements, total: counted?.total ?? 0 };
  });
}

interface ClosedRow {
  ats_no: number;
  ats_name: string;
  member_id: number;
  closed_at: number;
  due_at: number;
  told_at: number | null;
  decision: ClosedProfileDecision | null;
  candidate_ids: string[];
  decisions: { decision: ClosedProfileDecision; by: string; at: number }[];
}

/** For administrators: what is to be decided first, the nearest date first. */
export async function listClosedProfiles(
  ctx: Context,
  { tenantId }: Pick<Session, 'tenantId'>,
): Promise<ClosedProfile[]> {
  const rows = await ctx.db.read(
    tenantId,
    async (tx) => tx<ClosedRow>`
      select c.ats_no, i.name as ats_name, c.member_id, c.closed_at, c.due_at, c.told_at, c.decision, c.candidate_ids,
        coalesce((
          select jsonb_agg(jsonb_build_object('decision', d.decision, 'by', m.first_name || ' ' || m.last_name, 'at', d.decided_at)
                           order by d.decision_no)
          from closed_profile_decision d
          join seat s on s.tenant_id = d.tenant_id and s.seat_id = d.seat_id
          join member m on m.member_id = s.member_id
          where d.tenant_id = c.tenant_id and d.ats_no = c.ats_no and d.member_id = c.member_id
        ), '[]') as decisions
      from closed_profile c
      join ats_instance i on i.tenant_id = c.tenant_id and i.ats_no = c.ats_no
      where c.tenant_id = ${tenantId}
      order by c.decision is not null, c.due_at, c.member_id
      limit 500`,
  );
  return rows.map((row) => ({
    person: personIdOf(ctx, tenantId, row.member_id),
    ats: { atsNo: row.ats_no, name: row.ats_name },
    candidateIds: row.candidate_ids,
    closedAt: row.closed_at,
    dueAt: row.due_at,
    toldAt: row.told_at,
    decision: row.decision,
    decisions: row.decisions,
  }));
}

/** The customer decides, and may decide otherwise later; both stay on record. @throws Refusal NOT_FOUND */
export async function decideClosedProfile(
  ctx: Context,
  { tenantId, seatId }: Session,
  { person, atsNo, decision }: { person: string; atsNo: number; decision: ClosedProfileDecision },
): Promise<void> {
  const memberId = decodePersonId(ctx.keys.personKey(`app:${tenantId}`), person);
  const at = ctx.clock.now();
  const [decided] = await ctx.db.pipeline(tenantId, (tx) => [
    tx`
      with decided as (
        update closed_profile set decision = ${decision}, decided_at = ${at}
        where tenant_id = ${tenantId} and ats_no = ${atsNo} and member_id = ${memberId}
        returning ats_no, member_id
      )
      insert into closed_profile_decision (tenant_id, ats_no, member_id, decision, seat_id, decided_at)
      select ${tenantId}, ats_no, member_id, ${decision}, ${seatId}, ${at} from decided`,
  ]);
  if (decided.count === 0) throw new Refusal('NOT_FOUND');
}
