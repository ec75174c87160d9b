import type { NotificationType } from '@carrick/protocol';
import { ProtocolError } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Statement, Tx } from '../kernel/db.ts';
import type { AtsScope, IntegrationKey } from './integrations.ts';

const DAY_MS = 24 * 3_600_000;
/** How long an expired id is told from one that never was. */
const FORGET_EXPIRED_MS = 30 * DAY_MS;
const FORGET_PAGE = 5_000;

export interface NewNotification {
  /** The id that the ATS gives to the finder; opaque, at most 255 characters. */
  readonly notificationId: string;
  readonly atsNo: number;
  readonly type: NotificationType;
  /** Whose callback URL it goes to. Without one of its own, to that of the customer's ONE_CLICK_EXPORT. */
  readonly integration: IntegrationKey;
  /** What it is about, for whoever answers the finder. */
  readonly subject: object;
}

/**
 * Tells the ATS, once the transaction has committed; then call `outbox.signal()`. Without a callback URL nothing is sent, but
 * the id can be fetched. It holds the ATS's row to the end, which puts the notifications into commit order: so it belongs
 * into the last flight of the transaction.
 */
export function notify(tx: Tx, { clock, config }: Context, notification: NewNotification): Statement {
  const { notificationId, atsNo, type, integration, subject } = notification;
  const at = clock.now();
  const expiresAt = at + config.notificationDays * DAY_MS;
  return tx`
    with told as (
      insert into notification (tenant_id, notification_id, ats_no, type, subject, created_at, expires_at)
      values (${tx.tenantId}, ${notificationId}, ${atsNo}, ${type}, ${JSON.stringify(subject)}::text::jsonb, ${at}, ${expiresAt})
    ), target as (
      select 1 from integration_configuration
      where tenant_id = ${tx.tenantId} and ats_no = ${atsNo} and configuration_key = 'CALLBACK_URL'
        and (integration_type = 'ONE_CLICK_EXPORT'
             or (integration_type = ${integration.type} and context_urn = ${integration.contextUrn}))
      limit 1
    ), numbered as (
      insert into destination as d (tenant_id, ats_no, last_no, wake_at)
      select ${tx.tenantId}, ${atsNo}::int, 1, ${at}::bigint from target
      on conflict (tenant_id, ats_no) do update set last_no = d.last_no + 1, wake_at = least(d.wake_at, excluded.wake_at)
      returning last_no
    )
    insert into delivery
      (tenant_id, notification_id, ats_no, delivery_no, integration_type, context_urn, state, created_at, next_at)
    select ${tx.tenantId}, ${notificationId}, ${atsNo}::int, last_no, ${integration.type}, ${integration.contextUrn}, 'pending',
      ${at}::bigint, ${at}::bigint
    from numbered`;
}

/**
 * What a notification is about.
 * @throws ProtocolError REQUEST_EXPIRED; NOT_FOUND for an id that is unknown, another ATS's or of another type
 */
export async function findNotification(
  ctx: Context,
  { tenantId, atsNo }: AtsScope,
  type: NotificationType,
  notificationId: string,
): Promise<{ readonly subject: unknown; readonly createdAt: number; readonly expiresAt: number }> {
  if (notificationId.includes('\u0000')) throw new ProtocolError('NOT_FOUND', NO_REQUEST);
  const [row] = await ctx.db.read(
    tenantId,
    async (tx) => tx<{ subject: unknown; created_at: number; expires_at: number }>`
      select subject, created_at, expires_at from notification
      where tenant_id = ${tenantId} and notification_id = ${notificationId} and ats_no = ${atsNo} and type = ${type}`,
  );
  if (!row) throw new ProtocolError('NOT_FOUND', NO_REQUEST);
  if (ctx.clock.now() >= row.expires_at) throw new ProtocolError('REQUEST_EXPIRED');
  return { subject: row.subject, createdAt: row.created_at, expiresAt: row.expires_at };
}

export const NO_REQUEST = 'There is no request with this id';

/**
 * Deliveries to the ATS begin anew, because it set its callback URL or a person said so: what it missed while it was
 * disabled or had none, and what waits, is due now. Deliveries first, then the destination: the order in which the sender locks them.
 */
export function reopenDestination(tx: Tx, atsNo: number, at: number): Statement[] {
  return [
    tx`update delivery d set state = 'pending', attempts = 0, first_attempted_at = null, failure = null, next_at = ${at}
       where d.tenant_id = ${tx.tenantId} and d.ats_no = ${atsNo} and d.state = 'dead' and d.failure in ('DISABLED', 'NO_CALLBACK_URL')
         and exists (
           select from notification n
           where n.tenant_id = d.tenant_id and n.notification_id = d.notification_id and n.expires_at > ${at}
         )`,
    tx`update delivery set next_at = ${at}
       where tenant_id = ${tx.tenantId} and ats_no = ${atsNo} and state = 'pending' and next_at > ${at}`,
    tx`update destination set failures = 0, opened_at = null, probe_at = null, disabled_at = null, reason = null,
         resets = resets + 1, last_no = last_no + 1, wake_at = least(wake_at, ${at})
       where tenant_id = ${tx.tenantId} and ats_no = ${atsNo}`,
  ];
}

/** Deletes what expired long ago, with its deliveries. @returns how many notifications */
export async function forgetNotifications(ctx: Context): Promise<number> {
  for (let total = 0; ; ) {
    const [row] = await ctx.db.lookup<{ deleted: number }>`
      select forget_notifications(${ctx.clock.now() - FORGET_EXPIRED_MS}, ${FORGET_PAGE}) as deleted`;
    total += row?.deleted ?? 0;
    if ((row?.deleted ?? 0) < FORGET_PAGE) return total;
  }
}
