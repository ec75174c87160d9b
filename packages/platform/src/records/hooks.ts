import type { RecordKind } from '@carrick/protocol';
import type { Statement, Tx } from '../kernel/db.ts';

/** One ATS of one organisation. */
export interface AtsScope {
  readonly tenantId: number;
  readonly atsNo: number;
}

/** One key of a batch in storage terms: the columns of the kind's key after tenant and ATS, in their order. */
export interface RecordChange {
  readonly key: readonly string[];
  /** The validated record for an upsert; absent for a deletion. */
  readonly record?: Readonly<Record<string, unknown>>;
  /** Of a candidate: the member it is linked to by hand from now on, null where that link is lifted; absent, it stays. */
  readonly manualMember?: number | null;
  /** Of what was sent, before anything was made of it; absent, it is not known. */
  readonly digest?: string;
}

export interface RecordBatch extends AtsScope {
  readonly kind: RecordKind;
  readonly change: 'upsert' | 'delete';
  readonly items: readonly RecordChange[];
}

/** A batch, and whom it concerns. */
export interface RecordChanges extends RecordBatch {
  /** Candidates whose records, applications or application history change: as linked before the write and after it. */
  readonly candidateIds: readonly string[];
  readonly jobIds: readonly string[];
  /** Members who were linked to a candidate that is deleted, or who are assigned to an ACL or released from it. */
  readonly memberIds: readonly number[];
}

/**
 * A slice's part in the batch's own transaction; handed over by the composition root, so that records import no feature.
 * Queries issued before the first `await` travel in the same flight as the batch statement.
 */
export interface RecordHook {
  readonly kinds: readonly RecordKind[];
  /** Queued before the batch statement: locks. */
  before?(tx: Tx, batch: RecordBatch): Promise<unknown>;
  /** Statements behind the batch's, in its flight: for what nobody has to wait for. */
  behind?(tx: Tx, batch: RecordBatch): readonly Statement[];
  /** Queued behind the batch statement, when it is known whom the batch concerns; the transaction commits when it resolves. A rejection refuses the whole batch. */
  after?(tx: Tx, changes: RecordChanges): Promise<unknown>;
}
