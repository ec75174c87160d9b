import { FakeClock } from '../../kernel/clock.ts';
import type { Context } from '../../kernel/context.ts';
import { silentLog } from '../../kernel/log.ts';
import { openOutbox } from '../../kernel/outbox.ts';
import { type TestDatabase, testContext, testDatabase } from '../../kernel/testing.ts';
import type { AtsScope, RecordHook } from '../hooks.ts';
import { type DumpedRecord, dumpRecords } from '../read.ts';
import type { RecordStore } from '../sync.ts';
import { nameOf } from './sample-records.ts';

export { applicationRecord, candidateRecord, nameOf } from './sample-records.ts';

export interface TestStore {
  readonly store: RecordStore;
  readonly ctx: Context;
  readonly clock: FakeClock;
  readonly database: TestDatabase;
  /** A new organisation with `count` ATSs. */
  organisation(count?: number): Promise<readonly AtsScope[]>;
  close(): Promise<void>;
}

/** A store over a database of its own; `hooks` stand for the slices that follow the records. */
export async function testStore(hooks: readonly RecordHook[] = []): Promise<TestStore> {
  const database = await testDatabase();
  const clock = new FakeClock();
  const ctx = testContext(database, clock);
  const outbox = openOutbox(database.db, clock, silentLog);
  let organisations = 0;
  return {
    store: { ctx, outbox, hooks },
    ctx,
    clock,
    database,
    async organisation(count = 1) {
      organisations += 1;
      const urn = `urn:li:organization:${organisations}`;
      const [row] = await ctx.db.lookup<{ tenant_id: number }>`
        select create_organisation(${urn}, ${urn}, 'US', ${clock.now()}) as tenant_id`;
      const tenantId = Number(row?.tenant_id);
      const numbers = Array.from({ length: count }, (_, index) => index + 1);
      await ctx.db.pipeline(tenantId, (tx) =>
        numbers.map(
          (atsNo) => tx<object>`
          insert into ats_instance (tenant_id, ats_no, application_id, name, created_at)
          values (${tenantId}, ${atsNo}, ${organisations * 100 + atsNo}, ${`ATS ${atsNo}`}, ${clock.now()})`,
        ),
      );
      return numbers.map((atsNo) => ({ tenantId, atsNo }));
    },
    async close() {
      await outbox.stop();
      await database.drop();
    },
  };
}

/** What one ATS holds: record by `kind` and key. */
export async function dumped(
  ctx: Context,
  { tenantId, atsNo }: AtsScope,
): Promise<Map<string, DumpedRecord['record']>> {
  const found = new Map<string, DumpedRecord['record']>();
  for await (const each of dumpRecords(ctx)) {
    if (each.tenantId === tenantId && each.atsNo === atsNo)
      found.set(nameOf(each.kind, each.key), each.record);
  }
  return found;
}
