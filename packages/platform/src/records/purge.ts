import { RECORD_KINDS } from '@carrick/protocol';
import { purgeAttachments } from './attachments.ts';
import { KINDS } from './kinds.ts';
import { tenantIds } from './read.ts';
import { RECORDS_LANE, type RecordStore } from './sync.ts';

const DAY_MS = 24 * 3_600_000;
/** A child whose parent never came, and the answer of a posting task. */
const KEPT_MS = 30 * DAY_MS;
const EVENTS_KEPT_MS = 3 * DAY_MS;

const PARENTS: Readonly<Record<string, string>> = {
  candidate_id: 'candidate',
  application_id: 'application',
};

/** Deletes what has had its time: notes, feedback and stages without a parent, old posting tasks, old events. Daily is often enough. */
export async function purgeRecords({ ctx, outbox }: RecordStore): Promise<void> {
  const before = ctx.clock.now() - KEPT_MS;
  for (const tenantId of await tenantIds(ctx)) {
    await ctx.db.pipeline(tenantId, (tx) => [
      ...ORPHANS.map((text) => tx.prepared<object>(text, [tenantId, before])),
      ...purgeAttachments(tx, tenantId, ctx.clock.now()),
      tx<object>`delete from job_task where tenant_id = ${tenantId} and created_at < ${before}`,
      outbox.purge(tx, RECORDS_LANE, ctx.clock.now() - EVENTS_KEPT_MS),
    ]);
  }
}

const ORPHANS: readonly string[] = RECORD_KINDS.flatMap((kind) => {
  const { table, key } = KINDS[kind];
  const column = key[0]?.column ?? '';
  const parent = PARENTS[column];
  if (!parent) return [];
  return [
    `delete from ${table} c where c.tenant_id = $1 and c.received_at < $2 and not exists (
       select from ${parent} p where p.tenant_id = c.tenant_id and p.ats_no = c.ats_no and p.id = c.${column}
     )`,
  ];
});
