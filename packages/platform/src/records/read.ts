import { RECORD_KINDS, type RecordKind } from '@carrick/protocol';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import type { AtsScope } from './hooks.ts';
import { KINDS } from './kinds.ts';
import { keyArrays, keyOf, STATEMENTS } from './statements.ts';

/** A stored record in wire terms. The key is in storage terms (KINDS). */
export interface StoredRecord {
  readonly key: readonly string[];
  readonly record: Readonly<Record<string, unknown>>;
}

type Row = Readonly<Record<string, unknown>>;

/** What is stored under some keys; absent ones are left out. */
export async function getRecords(
  tx: Tx,
  { tenantId, atsNo }: AtsScope,
  kind: RecordKind,
  keys: readonly (readonly string[])[],
): Promise<StoredRecord[]> {
  const rows = await tx.prepared<Row>(STATEMENTS[kind].get, [tenantId, atsNo, ...keyArrays(kind, keys)]);
  return rows.map((row) => toStored(kind, row));
}

export interface DumpedRecord extends StoredRecord {
  readonly tenantId: number;
  readonly atsNo: number;
  readonly kind: RecordKind;
}

const PAGE = 1_000;

/** Every tenant of the deployment. Work that crosses tenants goes through them one by one, under row-level security. */
export async function tenantIds(ctx: Context): Promise<readonly number[]> {
  const rows = await ctx.db.lookup<{ tenant_id: number }>`select tenant_id from tenant_ids() as tenant_id`;
  return rows.map((row) => row.tenant_id);
}

/** Every stored record, tenant by tenant, read page by page. For comparing two sides: nobody's access decides here. */
export async function* dumpRecords(ctx: Context): AsyncGenerator<DumpedRecord> {
  for (const tenantId of await tenantIds(ctx)) {
    const instances = await ctx.db.read(
      tenantId,
      async (tx) => tx<{ ats_no: number }>`
      select ats_no from ats_instance where tenant_id = ${tenantId} order by ats_no`,
    );
    for (const { ats_no: atsNo } of instances) {
      for (const kind of RECORD_KINDS) yield* dumpKind(ctx, { tenantId, atsNo }, kind);
    }
  }
}

/** Those of one kind of one ATS. */
export async function* dumpKind(
  ctx: Context,
  scope: AtsScope,
  kind: RecordKind,
): AsyncGenerator<DumpedRecord> {
  let after: readonly string[] = KINDS[kind].key.map(({ type }) => (type === 'bigint' ? '-1' : ''));
  for (;;) {
    const params = [scope.tenantId, scope.atsNo, ...after, PAGE];
    const rows = await ctx.db.read(scope.tenantId, async (tx) =>
      tx.prepared<Row>(STATEMENTS[kind].page, params),
    );
    for (const row of rows) yield { ...scope, kind, ...toStored(kind, row) };
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = keyOf(kind, last);
  }
}

/** Fields that are null were not sent, or were sent as null: on the wire that is the same. */
function toStored(kind: RecordKind, row: Row): StoredRecord {
  const record: Record<string, unknown> = {};
  for (const { field } of KINDS[kind].fields) {
    const value = row[field];
    if (value !== null) record[field] = value;
  }
  if (kind === 'job') Object.assign(record, row.extra);
  return { key: keyOf(kind, row), record };
}
