import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { Statement, Tx } from '../kernel/db.ts';
import type { AtsScope } from '../records/index.ts';
import type { FirstLook } from './first-look.ts';
import type { KeyRow } from './key-rows.ts';
import type { Matcher } from './matcher.ts';

/** Work behind the commit: what must be decided anew once everybody sees what has changed. */
export const REMATCH_LANE = 'rematch';

const Cause = Type.Union([
  Type.Literal('candidate'),
  Type.Literal('member'),
  Type.Literal('application'),
  Type.Literal('identifier'),
  Type.Literal('verdict'),
  Type.Literal('model'),
]);

/**
 * What changed may have been missed by transactions that ask for nothing: they began before it was committed. Late work is asked
 * for once more when it comes up; the second request comes up when all of them have ended.
 */
const IsLate = Type.Optional(Type.Boolean());

const CandidatesWork = Type.Object({
  what: Type.Optional(Type.Literal('candidates')),
  atsNo: Type.Integer(),
  candidateIds: Type.Array(Type.String()),
  cause: Type.Optional(Cause),
  /** Key rows that may have gone with what has changed. */
  gone: Type.Optional(
    Type.Array(Type.Object({ owner: Type.String(), key: Type.String(), kind: Type.Integer() })),
  ),
  isLate: IsLate,
});

const KeysWork = Type.Object({
  what: Type.Literal('keys'),
  atsNo: Type.Integer(),
  /** Key, whether it was weak in the eyes of who asks, and the candidates who were decided by that. */
  keys: Type.Array(Type.Tuple([Type.String(), Type.Boolean(), Type.Array(Type.String())])),
});

const SweepWork = Type.Object({
  what: Type.Literal('sweep'),
  atsNo: Type.Integer(),
  after: Type.String(),
  cause: Cause,
  /** Only candidates with an address there. */
  domain: Type.Optional(Type.String()),
  isLate: IsLate,
});

const Payload = Type.Union([KeysWork, SweepWork, CandidatesWork]);
export type KeysWork = Static<typeof KeysWork>;
export type CandidatesWork = Static<typeof CandidatesWork>;
export type SweepWork = Static<typeof SweepWork>;

/** @throws Error for a payload that is none of them */
export function rematchWork(payload: unknown): KeysWork | SweepWork | CandidatesWork {
  if (!Value.Check(Payload, payload)) throw new Error('not a payload of this lane');
  return payload;
}

/** Why a candidate was decided anew: kept in the log of links. */
export type MatchCause = Static<typeof Cause>;

interface RematchOptions {
  readonly cause?: MatchCause;
  readonly gone?: readonly KeyRow[];
  readonly isLate?: boolean;
}

/** These candidates are decided anew. */
export function appendRematch(
  { outbox }: Matcher,
  tx: Tx,
  { atsNo }: AtsScope,
  candidateIds: readonly string[],
  { cause, gone = [], isLate = false }: RematchOptions = {},
): Statement {
  const work: CandidatesWork = {
    what: 'candidates',
    atsNo,
    candidateIds: [...candidateIds],
    ...(cause ? { cause } : {}),
    ...(gone.length > 0 ? { gone: [...gone] } : {}),
    ...(isLate ? { isLate } : {}),
  };
  return outbox.append(tx, REMATCH_LANE, work);
}

/** All candidates of an ATS are decided anew, page by page. */
export function appendSweep(
  { outbox }: Matcher,
  tx: Tx,
  { atsNo }: AtsScope,
  cause: MatchCause,
  domain?: string,
): Statement {
  const work: SweepWork = {
    what: 'sweep',
    atsNo,
    after: '',
    cause,
    isLate: true,
    ...(domain ? { domain } : {}),
  };
  return outbox.append(tx, REMATCH_LANE, work);
}

/**
 * Whether the identifiers that these decisions lean on are one family's is counted behind the commit: of several transactions that
 * bring new names to one identifier, none of which sees the others, the last to commit has its request done when all can be seen.
 */
export function appendRecheck(
  { outbox }: Matcher,
  tx: Tx,
  { atsNo }: AtsScope,
  looks: readonly FirstLook[],
  gone: readonly KeyRow[],
): Statement[] {
  const asked = new Map<string, [key: string, isWeak: boolean, ids: string[]]>();
  for (const { candidate, leaned } of looks) {
    for (const { key, isWeak } of leaned) {
      const known = asked.get(key);
      if (known) known[2].push(candidate.id);
      else asked.set(key, [key, isWeak, [candidate.id]]);
    }
  }
  for (const { key } of gone) if (!asked.has(key)) asked.set(key, [key, false, []]);
  if (asked.size === 0) return [];
  const work: KeysWork = { what: 'keys', atsNo, keys: [...asked.values()] };
  return [outbox.append(tx, REMATCH_LANE, work)];
}
