import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { Tx } from '../kernel/db.ts';
import type { WorkHandler } from '../kernel/outbox.ts';
import type { AtsScope } from '../records/index.ts';
import { lockDirectory } from './locks.ts';
import type { Matcher } from './matcher.ts';
import { settle } from './settle.ts';
import { holdCandidates } from './stored-candidates.ts';

/** Work: match these candidates, which are stored and could not be matched at once. */
export const REMATCH_LANE = 'rematch';

const Payload = Type.Object({ atsNo: Type.Integer(), candidateIds: Type.Array(Type.String()) });

export async function appendRematch(
  { outbox }: Matcher,
  tx: Tx,
  { atsNo }: AtsScope,
  candidateIds: readonly string[],
): Promise<void> {
  await outbox.append(tx, REMATCH_LANE, { atsNo, candidateIds });
}

export function rematchWorker(matcher: Matcher): WorkHandler {
  return async (tx, payload) => {
    if (!Value.Check(Payload, payload) || tx.tenantId === null) throw new Error('not a payload of this lane');
    const { atsNo, candidateIds } = payload;
    const scope = { tenantId: tx.tenantId, atsNo };
    await lockDirectory(tx, []);
    const stored = await holdCandidates(tx, scope, candidateIds);
    const candidates = stored.map(({ id, fields }) => matcher.candidate(id, fields));
    await Promise.all(
      await settle(matcher, tx, scope, candidates, { isOfBatch: false, areKeysWritten: false }),
    );
  };
}
