import {
  RESOURCES,
  REST_RESOURCES,
  type RecordKind,
  type RestliMethod,
  resourceAddress,
  type SyncCall,
} from '@carrick/protocol';
import type { Statement, Tx } from '../kernel/db.ts';

/** Calls of one round come close together; what is longer is a pause between two rounds. */
const LEAST_PAUSE_MS = 30_000;
const PAUSES_FROM_MS = 7 * 24 * 3_600_000;
/** The usual pause is made of the latest calls only, so that a busy week costs no more than a quiet one. */
const MOST_CALLS = 20_000;
const LATEST = 20;
/** Methods that ask for records; the others bring them. */
const READING: string[] = ['get', 'batch_get', 'get_all', 'finder'] satisfies RestliMethod[];

export interface SpanRow {
  readonly span: number;
  readonly resource: string;
  readonly accepted: number;
  readonly failed: number;
}
export interface TimingRow {
  readonly span: number;
  readonly calls: number;
  readonly p50: number;
  readonly p95: number;
}
export interface PauseRow {
  readonly pause: number | null;
  readonly pauses: number;
  readonly last_at: number | null;
  readonly last_status: number | null;
}

/** What an application's calls say, out of the request log: one flight with what else the page reads. */
export function trafficStatements(
  tx: Tx,
  applicationId: number,
  { from, spanMs, now }: { readonly from: number; readonly spanMs: number; readonly now: number },
) {
  const calls: Statement = tx`
    select r.* from api_request r
    where r.tenant_id = ${tx.tenantId} and r.application_id = ${applicationId} and r.at >= ${from}`;
  const isSent = tx`coalesce(r.method, '') <> all(${READING}::text[])`;
  return [
    tx<SpanRow>`
      select ((r.at - ${from}) / ${spanMs})::int as span, r.resource,
        coalesce(sum(r.records - r.failed) filter (where ${isSent}), 0)::bigint as accepted,
        coalesce(sum(r.failed) filter (where ${isSent}), 0)::bigint as failed
      from (${calls}) r group by 1, 2`,
    tx<TimingRow>`
      select ((r.at - ${from}) / ${spanMs})::int as span, count(*) as calls,
        percentile_cont(0.5) within group (order by r.ms) as p50, percentile_cont(0.95) within group (order by r.ms) as p95
      from (${calls}) r group by 1`,
    tx<PauseRow>`
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
  ] as const;
}

/** Which kind of record a resource of either dialect takes; others are calls and no records. */
export const KIND_OF_RESOURCE: ReadonlyMap<string, string> = new Map([
  ...RESOURCES.map((each): [string, string] => [resourceAddress(each, 'v2'), each.kind]),
  ...REST_RESOURCES.map((each): [string, string] => [resourceAddress(each, 'rest'), each.kind]),
]);

/** Accepted records of a kind, span by span. */
export function acceptedOf(rows: readonly SpanRow[], kind: RecordKind, spans: number): number[] {
  const accepted = Array.from({ length: spans }, () => 0);
  for (const row of rows)
    if (KIND_OF_RESOURCE.get(row.resource) === kind && row.span < spans)
      accepted[row.span] = (accepted[row.span] ?? 0) + row.accepted;
  return accepted;
}
