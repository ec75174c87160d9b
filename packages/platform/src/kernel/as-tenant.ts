import type { Tx } from './db.ts';

/**
 * A step of a transaction that concerns several tenants, for one of them: row-level security shows that tenant's rows, and
 * none's afterwards. Steps follow each other; they do not overlap.
 */
export async function asTenant<T>(tx: Tx, tenantId: number, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (tx.tenantId !== null) throw new Error(`the transaction belongs to tenant ${tx.tenantId} already`);
  const tenantTx: Tx = Object.assign(
    <Row extends object>(...statement: Parameters<Tx>) => tx<Row>(...statement),
    {
      prepared: tx.prepared,
      tenantId,
      flight: tx.flight,
      commitWith: tx.commitWith,
      savepoint: tx.savepoint,
      leftOut: tx.leftOut,
      leaveOut: tx.leaveOut,
    },
  );
  const isSet = tx`select set_config('carrick.tenant_id', ${String(tenantId)}, true)`.send();
  const [, result] = await Promise.all([isSet, work(tenantTx)]);
  await tx`select set_config('carrick.tenant_id', '', true)`;
  return result;
}
