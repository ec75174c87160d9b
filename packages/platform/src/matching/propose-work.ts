import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { Statement, Tx } from '../kernel/db.ts';
import type { AtsScope } from '../records/index.ts';
import type { Matcher } from './matcher.ts';

/** Work behind everybody's back: whom candidates without a link may be. */
export const PROPOSE_LANE = 'propose';

const Payload = Type.Union([
  Type.Object({ atsNo: Type.Integer(), candidateIds: Type.Array(Type.String()) }),
  /** All candidates of the ATS behind this one. */
  Type.Object({ atsNo: Type.Integer(), after: Type.String() }),
]);
export type ProposeWork = Static<typeof Payload>;

export function appendProposing(
  { outbox }: Matcher,
  tx: Tx,
  { atsNo }: AtsScope,
  candidateIds: readonly string[],
): Statement[] {
  return candidateIds.length > 0 ? [outbox.append(tx, PROPOSE_LANE, { atsNo, candidateIds })] : [];
}

export function appendProposeSweep({ outbox }: Matcher, tx: Tx, { atsNo }: AtsScope, after = ''): Statement {
  return outbox.append(tx, PROPOSE_LANE, { atsNo, after });
}

/** @throws Error for a payload that is none of them */
export function proposeWork(payload: unknown): ProposeWork {
  if (!Value.Check(Payload, payload)) throw new Error('not a payload of this lane');
  return payload;
}
