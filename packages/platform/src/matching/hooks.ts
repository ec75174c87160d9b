import type { Tx } from '../kernel/db.ts';
import type { AtsScope } from '../records/index.ts';

/** Told which candidates' links changed, inside the transaction that changed them (tenant already set). */
export interface MatchHook {
  after(
    tx: Tx,
    changes: AtsScope & { readonly candidateIds: readonly string[]; readonly memberIds: readonly number[] },
  ): Promise<unknown>;
}
