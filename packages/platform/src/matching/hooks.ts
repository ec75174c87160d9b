import type { Statement, Tx } from '../kernel/db.ts';
import type { AtsScope } from '../records/index.ts';

export interface MatchChanges extends AtsScope {
  /** Whether these candidates were sent in this transaction; otherwise something happened to members, or they were matched late. */
  readonly isOfBatch: boolean;
  readonly candidateIds: readonly string[];
  /** Those linked before and those linked now. */
  readonly memberIds: readonly number[];
  /** Those who lost a candidate. */
  readonly formerMemberIds: readonly number[];
}

/** Told which candidates' links changed, inside the transaction that changed them (tenant already set). */
export interface MatchHook {
  /** What is to be written because of it. Travels behind the links and is not waited for: COMMIT leaves with it. */
  after(tx: Tx, changes: MatchChanges): readonly Statement[];
}
