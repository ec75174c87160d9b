import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { Tx } from '../kernel/db.ts';
import type { WorkHandler } from '../kernel/outbox.ts';
import type { AtsScope } from '../records/index.ts';
import { lockShared, writeCandidateKeys } from './key-rows.ts';
import type { Matcher } from './matcher.ts';
import { settle } from './settle.ts';
import { holdCandidates, readCandidates } from './stored-candidates.ts';

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
    const wanted = { by: 'id', atsNo, candidateIds } as const;
    // Keys are locked before rows, as everybody does; a batch that changes a candidate in between matches it itself.
    const seen = [...(await readCandidates(matcher, tx, wanted)).values()].flat();
    await lockShared(
      tx,
      seen.flatMap(({ keys }) => keys.map(({ key }) => key)),
    );
    const held = (await holdCandidates(matcher, tx, wanted)).get(atsNo) ?? [];
    await Promise.all([writeCandidateKeys(tx, scope, held).send(), settle(matcher, tx, scope, held)]);
  };
}
