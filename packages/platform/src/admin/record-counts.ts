import { ProtocolError, RECORD_KINDS, type RecordCounts } from '@carrick/protocol';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { Context } from '../kernel/context.ts';
import type { Route } from '../kernel/http.ts';
import { authenticate, type Caller } from '../tenancy/index.ts';

const Counts = Type.Object({
  counts: Type.Array(
    Type.Object({
      kind: Type.Union(RECORD_KINDS.map((kind) => Type.Literal(kind))),
      year: Type.Integer({ minimum: 1900, maximum: 2999 }),
      count: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
    }),
    { maxItems: 2_000 },
  ),
});

/** How an ATS says how much it holds. Not part of the wire that is documented elsewhere: ours. */
export function recordCountRoutes(ctx: Context): Route[] {
  return [
    {
      method: 'PUT',
      path: '/ats/record-counts',
      async handler(request) {
        const caller = await authenticate(ctx, request);
        if (caller.syncRefusal)
          throw new ProtocolError('INTEGRATION_NOT_ENABLED', caller.syncRefusal.message);
        await storeCounts(ctx, caller, readCounts(request.body));
        return { status: 204 };
      },
    },
  ];
}

function readCounts(body: Buffer): RecordCounts['counts'] {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new ProtocolError('BAD_REQUEST', 'The body is not JSON');
  }
  if (!Value.Check(Counts, value)) {
    const problem = Value.Errors(Counts, value).First();
    throw new ProtocolError(
      'INVALID_RECORD',
      `${problem?.path || '/counts'} ${problem?.message ?? 'is wrong'}`,
    );
  }
  return value.counts;
}

/** Replaces what the ATS said before; of a kind and year that it names twice, the last one counts. */
async function storeCounts(
  ctx: Context,
  { tenantId, atsNo }: Caller,
  counts: RecordCounts['counts'],
): Promise<void> {
  const unique = [...new Map(counts.map((each) => [`${each.kind} ${each.year}`, each])).values()];
  await ctx.db.pipeline(tenantId, (tx) => [
    tx`delete from ats_record_count where tenant_id = ${tenantId} and ats_no = ${atsNo}`,
    tx`insert into ats_record_count (tenant_id, ats_no, kind, year, records, counted_at)
       select ${tenantId}, ${atsNo}::int, c.kind, c.year, c.count, ${ctx.clock.now()}
       from jsonb_to_recordset(${JSON.stringify(unique)}::text::jsonb) as c (kind text, year int, count bigint)`,
  ]);
}
