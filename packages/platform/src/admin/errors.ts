import type { ErrorGroup, ErrorsAnswer } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';

const HOUR_MS = 3_600_000;
const MOST = 50;

/** What the ATSs' calls failed of lately, out of the request log: by code, the most affected records first. */
export async function readErrors(
  ctx: Context,
  tx: Tx,
  hours: number,
  atsNo: number | null,
): Promise<ErrorsAnswer> {
  const since = ctx.clock.now() - hours * HOUR_MS;
  const ofAts = tx`(${atsNo}::int is null or r.application_id = (
    select i.application_id from ats_instance i where i.tenant_id = ${tx.tenantId} and i.ats_no = ${atsNo}::int
  ))`;
  const [[totals], errors] = await tx.flight([
    tx<{ requests: number; failed: number; records: number }>`
      select count(*) as requests, count(*) filter (where r.failed > 0 or r.status >= 400) as failed,
        coalesce(sum(r.records), 0)::bigint as records
      from api_request r where r.tenant_id = ${tx.tenantId} and r.at >= ${since} and ${ofAts}`,
    tx<{ [K in keyof ErrorGroup]: ErrorGroup[K] }>`
      with failure as (
        select r.request_id, r.at, r.resource, r.status, coalesce(r.code, r.status::text) as code, r.rule, null::text as key,
          null::text as field, greatest(r.records, 1) as records
        from api_request r
        where r.tenant_id = ${tx.tenantId} and r.at >= ${since} and r.status >= 400 and ${ofAts}
        union all
        select r.request_id, r.at, r.resource, (f ->> 'status')::int, coalesce(f ->> 'code', f ->> 'status'), f ->> 'rule',
          f ->> 'key', f ->> 'field', 1
        from api_request r cross join lateral jsonb_array_elements(r.failures) f
        where r.tenant_id = ${tx.tenantId} and r.at >= ${since} and r.status < 400 and r.failed > 0 and ${ofAts}
      )
      select code, min(status) as status, mode() within group (order by rule) as rule,
        count(distinct request_id) as requests, sum(records)::bigint as records, max(at) as "lastAt",
        array_agg(distinct resource) as resources,
        to_jsonb((array_agg(
          jsonb_build_object('requestId', request_id, 'at', at, 'key', key, 'field', field, 'rule', rule) order by at desc
        ))[1:10]) as samples
      from failure group by code
      order by sum(records) desc, code limit ${MOST}`,
  ]);
  return {
    hours,
    requests: totals?.requests ?? 0,
    failedRequests: totals?.failed ?? 0,
    records: totals?.records ?? 0,
    errors: [...errors],
    answeredAt: ctx.clock.now(),
  };
}
