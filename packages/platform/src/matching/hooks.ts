import type { Tx } from '../kernel/db.ts';
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
  after(tx: Tx, changes: MatchChanges): Promise<unknown>;
}
