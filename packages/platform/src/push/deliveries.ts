import type {
  DeliveryAnswer,
  DeliveryAttempt,
  DeliveryState,
  DeliverySummary,
  DestinationSummary,
  NotificationType,
} from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Statement, Tx } from '../kernel/db.ts';
import { wakeReaders } from '../kernel/outbox.ts';
import { reopenDestination } from '../tenancy/index.ts';
import type { DestinationKey } from './store.ts';

export interface DeliveryFilter {
  readonly state?: DeliveryState;
  readonly atsNo?: number;
  readonly since?: number;
  /** Only what stands behind this one in the list. */
  readonly before?: DeliveryPosition;
  readonly most: number;
}

/** Where a delivery stands in the order of the list. */
export interface DeliveryPosition {
  readonly createdAt: number;
  readonly notificationId: string;
}

interface DeliveryRow {
  notification_id: string;
  ats_no: number;
  type: NotificationType;
  state: DeliveryState;
  created_at: number;
  expires_at: number;
  attempts: number;
  attempted_at: number | null;
  next_at: number;
  status: number | null;
  failure: string | null;
  detail: string | null;
}

/** What was sent to the organisation's ATSs, the newest first. */
export async function listDeliveries(
  ctx: Context,
  tenantId: number,
  { state, atsNo, since = 0, before, most }: DeliveryFilter,
): Promise<DeliverySummary[]> {
  const rows = await ctx.db.read(tenantId, async (tx) =>
    deliveryRows(
      tx,
      tx`d.created_at >= ${since} and (${state ?? null}::text is null or d.state = ${state ?? null})
         and (${atsNo ?? null}::int is null or d.ats_no = ${atsNo ?? null})
         and (${before?.createdAt ?? null}::bigint is null
              or (d.created_at, d.notification_id) < (${before?.createdAt ?? null}::bigint, ${before?.notificationId ?? null}::text))
         order by d.created_at desc, d.notification_id desc limit ${most}`,
    ),
  );
  return rows.map(summaryOf);
}

/** One delivery with every attempt; null where the organisation has none of this id. */
export async function readDelivery(
  ctx: Context,
  tenantId: number,
  notificationId: string,
): Promise<DeliveryAnswer | null> {
  if (notificationId.includes('\u0000')) return null;
  const [[row], log] = await ctx.db.read(tenantId, (tx) =>
    tx.flight([
      deliveryRows(tx, tx`d.notification_id = ${notificationId}`),
      tx<{ [K in keyof DeliveryAttempt]: DeliveryAttempt[K] }>`
        select at, ms, host, status, failure, detail from delivery_attempt
        where tenant_id = ${tenantId} and notification_id = ${notificationId} order by attempt_no`,
    ]),
  );
  return row ? { ...summaryOf(row), log: [...log] } : null;
}

function deliveryRows(tx: Tx, condition: Statement): Statement<DeliveryRow> {
  return tx<DeliveryRow>`
    select d.notification_id, d.ats_no, n.type, d.state, d.created_at, n.expires_at, d.attempts, d.attempted_at, d.next_at,
      d.status, d.failure, d.detail
    from delivery d
    join notification n on n.tenant_id = d.tenant_id and n.notification_id = d.notification_id
    where d.tenant_id = ${tx.tenantId} and ${condition}`;
}

function summaryOf(row: DeliveryRow): DeliverySummary {
  return {
    id: row.notification_id,
    atsNo: row.ats_no,
    type: row.type,
    state: row.state,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    attempts: row.attempts,
    attemptedAt: row.attempted_at,
    nextAt: row.state === 'pending' ? row.next_at : null,
    status: row.status,
    failure: row.failure,
    detail: row.detail,
  };
}

/** Which deliveries of an ATS shall be made again. */
export type Resent =
  | { readonly notificationId: string }
  | { readonly since: number; readonly onlyDead: boolean };

/**
 * Sends again, at once and then by the schedule, under the same ids. Who asks for it means the ATS to be reached: a destination that
 * was given up begins anew. @returns how many; those that have expired are none
 */
export async function resend(
  ctx: Context,
  { tenantId, atsNo }: DestinationKey,
  what: Resent,
): Promise<number> {
  const now = ctx.clock.now();
  const count = await ctx.db.transaction(tenantId, async (tx) => {
    const which =
      'notificationId' in what
        ? tx`d.notification_id = ${what.notificationId}`
        : tx`d.created_at >= ${what.since} and (not ${what.onlyDead}::boolean or d.state = 'dead')`;
    const resent = await tx`
      update delivery d set state = 'pending', attempts = 0, first_attempted_at = null, next_at = ${now}, failure = null,
        detail = null, status = null
      from notification n
      where d.tenant_id = ${tenantId} and d.ats_no = ${atsNo} and ${which}
        and n.tenant_id = d.tenant_id and n.notification_id = d.notification_id and n.expires_at > ${now}`;
    await tx.commitWith(resent.count > 0 ? reopenDestination(tx, atsNo, now) : []);
    return resent.count;
  });
  if (count > 0) await wakeReaders(ctx.db);
  return count;
}

/** A destination that was given up is sent to again, with what it missed. @returns whether there is such a destination */
export async function enableDestination(ctx: Context, { tenantId, atsNo }: DestinationKey): Promise<boolean> {
  const results = await ctx.db.pipeline(tenantId, (tx) => reopenDestination(tx, atsNo, ctx.clock.now()));
  await wakeReaders(ctx.db);
  return (results.at(-1)?.count ?? 0) > 0;
}

interface DestinationRow {
  ats_no: number;
  name: string;
  failures: number;
  opened_at: number | null;
  succeeded_at: number | null;
  disabled_at: number | null;
  reason: string | null;
  pending: number;
  dead: number;
}

/** How the organisation's ATSs fare, those that were ever notified. */
export async function listDestinations(ctx: Context, tenantId: number): Promise<DestinationSummary[]> {
  const rows = await ctx.db.read(
    tenantId,
    async (tx) => tx<DestinationRow>`
      select d.ats_no, i.name, d.failures, d.opened_at, d.succeeded_at, d.disabled_at, d.reason,
        count(*) filter (where e.state = 'pending') as pending, count(*) filter (where e.state = 'dead') as dead
      from destination d
      join ats_instance i on i.tenant_id = d.tenant_id and i.ats_no = d.ats_no
      left join delivery e on e.tenant_id = d.tenant_id and e.ats_no = d.ats_no and e.state <> 'delivered'
      where d.tenant_id = ${tenantId}
      group by d.tenant_id, d.ats_no, i.name
      order by d.ats_no`,
  );
  return rows.map((row) => ({
    atsNo: row.ats_no,
    name: row.name,
    state: row.disabled_at !== null ? 'disabled' : row.opened_at !== null ? 'open' : 'well',
    reason: row.reason,
    failures: row.failures,
    succeededAt: row.succeeded_at,
    since: row.disabled_at ?? row.opened_at,
    pending: row.pending,
    dead: row.dead,
  }));
}
