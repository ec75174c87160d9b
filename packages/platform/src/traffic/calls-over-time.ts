import type { RestliMethod, SyncCall } from '@carrick/protocol';
import type { Statement, Tx } from '../kernel/db.ts';

/** Calls of one round come close together; what is longer is a pause between two rounds. */
const LEAST_PAUSE_MS = 30_000;
const PAUSES_FROM_MS = 7 * 24 * 3_600_000;
/** The usual pause is made of the latest calls only, so that a busy week costs no more than a quiet one. */
const MOST_CALLS = 20_000;
const LATEST = 20;
/** Methods that ask for records; the others bring them. */
const READING: string[] = ['get', 'batch_get', 'get_all', 'finder'] satisfies RestliMethod[];

export interface CallSpan {
  readonly span: number;
  readonly resource: string;
  readonly accepted: number;
  readonly failed: number;
}
export interface CallTiming {
  readonly span: number;
  readonly calls: number;
  readonly p50: number;
  readonly p95: number;
}
export interface CallPauses {
  readonly pause: number | null;
  readonly pauses: number;
  readonly last_at: number | null;
  readonly last_status: number | null;
}

/**
 * How an application of this organisation called, out of the request log: records and times by span of time since `from`, the usual
 * pause between two rounds, the latest calls.
 */
export function readCallsOverTime(
  tx: Tx,
  applicationId: number,
  { from, spanMs, now }: { readonly from: number; readonly spanMs: number; readonly now: number },
) {
  const calls: Statement = tx`
    select r.* from api_request r
    where r.tenant_id = ${tx.tenantId} and r.application_id = ${applicationId} and r.at >= ${from}`;
  const isSent = tx`coalesce(r.method, '') <> all(${READING}::text[])`;
  return tx.flight([
    tx<CallSpan>`
      select ((r.at - ${from}) / ${spanMs})::int as span, r.resource,
        coalesce(sum(r.records - r.failed) filter (where ${isSent}), 0)::bigint as accepted,
        coalesce(sum(r.failed) filter (where ${isSent}), 0)::bigint as failed
      from (${calls}) r group by 1, 2`,
    tx<CallTiming>`
      select ((r.at - ${from}) / ${spanMs})::int as span, count(*) as calls,
        percentile_cont(0.5) within group (order by r.ms) as p50, percentile_cont(0.95) within group (order by r.ms) as p95
      from (${calls}) r group by 1`,
    tx<CallPauses>`
      with latest as (
        select r.at, r.status from api_request r
        where r.tenant_id = ${tx.tenantId} and r.application_id = ${applicationId} and r.at >= ${now - PAUSES_FROM_MS}
        order by r.at desc limit ${MOST_CALLS}
      ), gap as (select at - lag(at) over (order by at) as pause from latest)
      select percentile_cont(0.5) within group (order by g.pause) as pause, count(g.pause) as pauses,
        (select max(at) from latest) as last_at, (select status from latest order by at desc limit 1) as last_status
      from gap g where g.pause >= ${LEAST_PAUSE_MS}`,
    tx<{ [K in keyof SyncCall]: SyncCall[K] }>`
      select r.request_id as "requestId", r.at, r.method, r.resource, r.status, r.records, r.failed, r.ms
      from api_request r where r.tenant_id = ${tx.tenantId} and r.application_id = ${applicationId}
      order by r.at desc limit ${LATEST}`,
  ]);
}
