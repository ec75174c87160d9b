import { randomUUID } from 'node:crypto';
import {
  type ExportAnswer,
  type ExportOutcome,
  type ExportQuota,
  formatUrn,
  type RefusalCode,
} from '@carrick/protocol';
import { loadViewer, type Viewer, type ViewerSeat, visibleCandidate, visibleJob } from '../access/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Sql, Statement, Tx } from '../kernel/db.ts';
import type { Outbox } from '../kernel/outbox.ts';
import { decodePersonId } from '../kernel/secrets.ts';
import { type MemberRecord, readMembers } from '../members/index.ts';
import { Refusal } from '../session/index.ts';
import { notify } from '../tenancy/index.ts';
import { EXPORTS_LANE, type ExportEvent } from './event.ts';
import { findJob } from './jobs.ts';
import { readQuota } from './quota.ts';

/** A press of the button. Persons by the ids of the app. */
export interface Press {
  readonly key: string;
  readonly people: readonly string[];
  readonly atsNo: number;
  readonly jobId: string;
  readonly isConfirmed: boolean;
}

interface EarlierExport {
  export_id: string;
  member_id: number;
}
/** What the ATS itself says of the person. */
interface Standing {
  member_id: number;
  do_not_contact: boolean;
  is_on_job: boolean;
  stage: string | null;
}

/**
 * Exports people to a job, each for itself. What was pressed before, with the same key or while the ATS has not fetched the same
 * person for the same job, is that export and no other.
 * @throws Refusal EXPORT_OFF, EXPORT_JOB_UNAVAILABLE; that of the first person where nobody can be exported
 */
export async function pressExport(
  ctx: Context,
  outbox: Outbox,
  seat: ViewerSeat,
  press: Press,
): Promise<ExportAnswer> {
  const personKey = ctx.keys.personKey(`app:${seat.tenantId}`);
  const people = press.people.map((person) => ({ person, memberId: decodePersonId(personKey, person) }));
  const memberIds = people.flatMap(({ memberId }) => memberId ?? []);
  const now = ctx.clock.now();
  const answer = await ctx.db.transaction(seat.tenantId, async (tx): Promise<ExportAnswer> => {
    // One press of a seat at a time: repeats and the quota are counted behind it.
    await tx`select from seat where tenant_id = ${seat.tenantId} and seat_id = ${seat.seatId} for no key update`;
    const [viewer, earlier, quota] = await Promise.all([
      loadViewer(tx, seat, 'export'),
      earlierExports(tx, seat, press, memberIds, now),
      readQuota(tx, seat, now),
    ]);
    const repeated = new Map(earlier.map((row) => [row.member_id, row.export_id]));
    const fresh = memberIds.filter((memberId) => !repeated.has(memberId));
    const writing = fresh.length > 0 ? await prepare(ctx, tx, seat, viewer, press, fresh) : null;
    let used = quota.used;
    const statements: Statement[] = [];
    const outcomes = people.map(({ person, memberId }): ExportOutcome => {
      if (memberId === null) return refused(person, 'NOT_FOUND');
      const exportId = repeated.get(memberId);
      if (exportId !== undefined) {
        statements.push(pressed(tx, seat, press, memberId, exportId));
        return { person, exportId };
      }
      const refusal = writing?.refusalOf(memberId);
      if (!writing || refusal) return refused(person, refusal?.code ?? 'NOT_FOUND', refusal?.message);
      if (used >= quota.most) return refused(person, 'EXPORT_QUOTA_REACHED', quotaReached(quota));
      used += 1;
      const written = writing.write(memberId, outbox);
      repeated.set(memberId, written.exportId);
      statements.push(...written.statements, pressed(tx, seat, press, memberId, written.exportId));
      return { person, exportId: written.exportId };
    });
    await tx.commitWith(statements);
    return { outcomes, quota: { ...quota, used } };
  });
  const [first] = answer.outcomes;
  if (first && 'code' in first && answer.outcomes.every((each) => 'code' in each))
    throw new Refusal(first.code as RefusalCode, null, first.message); // refused() wrote it
  outbox.signal();
  return answer;
}

/** Everything that decides about those who were not exported before, and how one is written. */
async function prepare(
  ctx: Context,
  tx: Tx,
  seat: ViewerSeat,
  viewer: Viewer,
  { atsNo, jobId, isConfirmed }: Press,
  memberIds: readonly number[],
) {
  const now = ctx.clock.now();
  const ats = viewer.atss.find((each) => each.atsNo === atsNo);
  if (!ats) throw new Refusal('EXPORT_OFF');
  const indicator = await loadViewer(tx, seat, 'indicator');
  const [job, members, standings, [organisation]] = await Promise.all([
    findJob(tx, viewer, { atsNo, jobId, now }),
    readMembers(tx, memberIds),
    standingsOf(tx, indicator, { atsNo, jobId }, memberIds),
    tx<{ urn: string }>`select urn from organisation where tenant_id = ${seat.tenantId}`,
  ]);
  if (!job || !organisation) throw new Refusal('EXPORT_JOB_UNAVAILABLE');
  const standingOf = new Map(standings.map((row) => [row.member_id, row]));
  return {
    refusalOf(memberId: number): { readonly code: RefusalCode; readonly message?: string } | null {
      const member = members.get(memberId);
      if (!member || member.isClosed) return { code: 'NOT_FOUND' };
      if (!member.sharesWithThirdParties) return { code: 'EXPORT_NOT_PERMITTED' };
      const standing = standingOf.get(memberId);
      if (standing?.do_not_contact) return { code: 'EXPORT_DO_NOT_CONTACT' };
      if (!standing?.is_on_job || isConfirmed) return null;
      const stage = standing.stage === null ? '' : ` (${standing.stage})`;
      return { code: 'EXPORT_ALREADY_ON_JOB', message: `${nameOf(member)} is already on ${job.id}${stage}.` };
    },
    write(memberId: number, outbox: Outbox) {
      const exportId = randomUUID();
      const event: ExportEvent = { contractId: seat.contractId, memberId, atsNo, jobId };
      const statements = [
        tx`insert into profile_export
             (tenant_id, export_id, contract_id, seat_id, member_id, ats_no, job_id, job_title, exported_at)
           values (${seat.tenantId}, ${exportId}, ${seat.contractId}, ${seat.seatId}, ${memberId}, ${atsNo}, ${jobId}, ${job.title}, ${now})`,
        outbox.append(tx, EXPORTS_LANE, event),
        notify(tx, ctx, {
          notificationId: exportId,
          atsNo,
          type: 'EXPORT_CANDIDATE_PROFILE',
          integration: { type: 'ONE_CLICK_EXPORT', contextUrn: organisation.urn },
          subject: { exportId, contract: formatUrn('contract', seat.contractId) },
        }),
      ];
      return { exportId, statements };
    },
  };
}

/** By the same press; or of the same person to the same job, for which the ATS has not come yet. */
function earlierExports(
  tx: Sql,
  seat: ViewerSeat,
  { key, atsNo, jobId }: Press,
  memberIds: readonly number[],
  now: number,
): Statement<EarlierExport> {
  return tx<EarlierExport>`
    select distinct on (e.member_id) e.export_id, e.member_id
    from profile_export e
    left join export_press p on p.tenant_id = e.tenant_id and p.seat_id = e.seat_id and p.press_key = ${key}
      and p.member_id = e.member_id and p.export_id = e.export_id
    left join notification n on n.tenant_id = e.tenant_id and n.notification_id = e.export_id
    left join delivery d on d.tenant_id = e.tenant_id and d.notification_id = e.export_id
    where e.tenant_id = ${seat.tenantId} and e.seat_id = ${seat.seatId} and e.member_id = any(${memberIds}::bigint[])
      and (
        p.export_id is not null
        or (e.ats_no = ${atsNo} and e.job_id = ${jobId} and e.fetched_at is null and n.expires_at > ${now}
            and d.state is distinct from 'dead')
      )
    order by e.member_id, p.export_id is null, e.exported_at desc`;
}

/** Remembers that this press is that export. */
function pressed(tx: Sql, seat: ViewerSeat, { key }: Press, memberId: number, exportId: string): Statement {
  return tx`
    insert into export_press (tenant_id, seat_id, press_key, member_id, export_id)
    values (${seat.tenantId}, ${seat.seatId}, ${key}, ${memberId}, ${exportId}) on conflict do nothing`;
}

/**
 * `indicator`: who is on a job is told to those who see the application. A record that is not there for the viewer (strict mode) has no
 * say: a refusal would tell of it, and its ATS, which has the mark, decides about what it fetches.
 */
function standingsOf(
  tx: Sql,
  indicator: Viewer,
  { atsNo, jobId }: Pick<Press, 'atsNo' | 'jobId'>,
  memberIds: readonly number[],
): Statement<Standing> {
  const { tenantId } = indicator;
  const application = {
    atsNo: tx`a.ats_no`,
    jobId: tx`a.job_id`,
    isRestricted: tx`coalesce(a.access_restricted, false)`,
  };
  return tx<Standing>`
    select l.member_id, bool_or(coalesce(c.do_not_contact, false)) as do_not_contact,
      coalesce(bool_or(o.id is not null), false) as is_on_job,
      (array_agg(o.stage order by o.stage_at desc nulls last) filter (where o.stage is not null))[1] as stage
    from candidate_member l
    join candidate c on c.tenant_id = l.tenant_id and c.ats_no = l.ats_no and c.id = l.candidate_id
    left join lateral (
      select a.id, s.stage, s.stage_at from application a
      left join lateral (
        select t.stage, t.ats_created_at as stage_at from stage t
        where t.tenant_id = a.tenant_id and t.ats_no = a.ats_no and t.application_id = a.id
        order by t.ats_created_at desc, t.id desc limit 1
      ) s on true
      where a.tenant_id = ${tenantId} and a.ats_no = l.ats_no and a.candidate_id = l.candidate_id and a.job_id = ${jobId}
        and ${visibleJob(tx, indicator, application)}
    ) o on true
    where l.tenant_id = ${tenantId} and l.ats_no = ${atsNo} and l.member_id = any(${memberIds}::bigint[])
      and ${visibleCandidate(tx, indicator, { atsNo: tx`l.ats_no`, candidateId: tx`l.candidate_id` })}
    group by l.member_id`;
}

function refused(person: string, code: RefusalCode, message = new Refusal(code).message): ExportOutcome {
  return { person, code, message };
}

function quotaReached({ most, resetsAt }: ExportQuota): string {
  const day = new Date(resetsAt).toLocaleDateString('en', { month: 'long', day: 'numeric', timeZone: 'UTC' });
  return `You reached ${most} exports this month. Resets on ${day}.`;
}

function nameOf({ firstName, lastName }: MemberRecord): string {
  return [firstName, lastName].filter(Boolean).join(' ');
}
