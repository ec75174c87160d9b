import type { NotificationType } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import { unseal } from '../kernel/secrets.ts';
import type { Breaker } from './breaker.ts';
import type { Signer } from './sign.ts';

/** One customer's ATS, to which all its notifications go in one order. */
export interface DestinationKey {
  readonly tenantId: number;
  readonly atsNo: number;
}

export interface Delivery {
  readonly deliveryNo: number;
  readonly notificationId: string;
  readonly type: NotificationType;
  readonly expiresAt: number;
  /** Of this schedule, and of all. */
  readonly attempts: number;
  readonly tried: number;
  readonly firstAttemptedAt: number | null;
  /** The callback URL as it is configured now; null where there is none any more. */
  readonly url: string | null;
}

export interface LoadedDestination extends DestinationKey {
  readonly lastNo: number;
  readonly resets: number;
  readonly breaker: Breaker;
  readonly signer: Signer;
  /** The oldest that is pending, due or not. */
  readonly oldest: { readonly deliveryNo: number; readonly nextAt: number } | null;
  /** When the next one becomes due. */
  readonly nextAt: number | null;
  /** Those that are due, in their order. */
  readonly deliveries: readonly Delivery[];
}

/** What an attempt came to, or why there was none. */
export interface DeliveryResult {
  readonly tenantId: number;
  readonly notificationId: string;
  readonly state: 'pending' | 'delivered' | 'dead';
  readonly attempts: number;
  readonly tried: number;
  readonly firstAttemptedAt: number | null;
  readonly nextAt: number;
  readonly status: number | null;
  readonly failure: string | null;
  readonly detail: string | null;
  /** Null: nothing was sent. */
  readonly at: number | null;
  readonly ms: number;
  readonly host: string;
}

export interface DestinationResult extends DestinationKey, Breaker {
  readonly lastNo: number;
  readonly resets: number;
  /** It was open and is not any more: what waits is due now. */
  readonly hasRecovered: boolean;
  /** When there is something to do; null: it is not at rest. */
  readonly wakeAt: number | null;
}

export interface DueDestination extends DestinationKey {
  readonly lastNo: number;
}

export async function findDue(ctx: Context, most: number): Promise<DueDestination[]> {
  const rows = await ctx.db.lookup<{ tenant_id: number; ats_no: number; last_no: number }>`
    select tenant_id, ats_no, last_no from push_due(${ctx.clock.now()}, ${most})`;
  return rows.map((row) => ({ tenantId: row.tenant_id, atsNo: row.ats_no, lastNo: row.last_no }));
}

interface LoadRow {
  tenant_id: number;
  ats_no: number;
  last_no: number;
  failures: number;
  opened_at: number | null;
  probe_at: number | null;
  succeeded_at: number | null;
  disabled_at: number | null;
  reason: string | null;
  resets: number;
  client_id: string;
  client_secret: Uint8Array;
  former_secret: Uint8Array | null;
  former_until: number | null;
  secret_used_at: number | null;
  oldest_no: number | null;
  oldest_next_at: number | null;
  next_at: number | null;
  delivery_no: number | null;
  notification_id: string;
  type: NotificationType;
  expires_at: number;
  attempts: number;
  tried: number;
  first_attempted_at: number | null;
  url: string | null;
}

/** @param wanted with the numbers of the deliveries that are in hand already */
export async function loadDestinations(
  ctx: Context,
  wanted: readonly (DestinationKey & { readonly known: readonly number[] })[],
  most: number,
): Promise<LoadedDestination[]> {
  const now = ctx.clock.now();
  const rows = await ctx.db
    .lookup<LoadRow>`select * from push_load(${JSON.stringify(wanted)}, ${now}, ${most})`;
  const byDestination = Map.groupBy(rows, (row) => `${row.tenant_id}/${row.ats_no}`);
  return [...byDestination.values()].flatMap((all) => {
    const [head] = all;
    return head ? [loadedOf(ctx, head, all, now)] : [];
  });
}

function loadedOf(ctx: Context, head: LoadRow, rows: readonly LoadRow[], now: number): LoadedDestination {
  return {
    tenantId: head.tenant_id,
    atsNo: head.ats_no,
    lastNo: head.last_no,
    resets: head.resets,
    breaker: {
      failures: head.failures,
      openedAt: head.opened_at,
      probeAt: head.probe_at,
      succeededAt: head.succeeded_at,
      disabledAt: head.disabled_at,
      reason: head.reason,
    },
    signer: signerOf(ctx, head, now),
    oldest:
      head.oldest_no === null || head.oldest_next_at === null
        ? null
        : { deliveryNo: head.oldest_no, nextAt: head.oldest_next_at },
    nextAt: head.next_at,
    deliveries: rows.flatMap((row) =>
      row.delivery_no === null
        ? []
        : [
            {
              deliveryNo: row.delivery_no,
              notificationId: row.notification_id,
              type: row.type,
              expiresAt: row.expires_at,
              attempts: row.attempts,
              tried: row.tried,
              firstAttemptedAt: row.first_attempted_at,
              url: row.url,
            },
          ],
    ),
  };
}

function signerOf(ctx: Context, row: LoadRow, now: number): Signer {
  const open = (sealed: Uint8Array) => unseal(ctx.keys.clientSecret, sealed, row.client_id);
  const isFormerGood = row.former_secret !== null && row.former_until !== null && now < row.former_until;
  return {
    secret: open(row.client_secret),
    formerSecret: isFormerGood && row.former_secret ? open(row.former_secret) : null,
    isSecretKnown: row.secret_used_at !== null,
  };
}

/** @returns the destinations that were written; the others were held by somebody and come again */
export async function recordResults(
  ctx: Context,
  results: readonly DeliveryResult[],
  destinations: readonly DestinationResult[],
): Promise<(DestinationKey & { readonly isAtRest: boolean })[]> {
  const rows = await ctx.db.lookup<{ tenant_id: number; ats_no: number; is_at_rest: boolean }>`
    select * from push_record(${JSON.stringify(results)}, ${JSON.stringify(destinations)}, ${ctx.clock.now()})`;
  return rows.map((row) => ({ tenantId: row.tenant_id, atsNo: row.ats_no, isAtRest: row.is_at_rest }));
}
