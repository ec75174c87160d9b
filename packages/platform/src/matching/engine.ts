import type { Context } from '../kernel/context.ts';
import type { Outbox, WorkHandler } from '../kernel/outbox.ts';
import type { MemberHook } from '../members/index.ts';
import type { RecordHook } from '../records/index.ts';
import { type MatchDecisions, matchDecisions } from './decisions.ts';
import type { MatchHook } from './hooks.ts';
import { createMatcher } from './matcher.ts';
import { memberHook } from './member-hook.ts';
import { recordHook } from './record-hook.ts';
import { rematchWorker } from './rematch.ts';

/** Matching as the composition root sees it. */
export interface MatchingHooks {
  /** For the batch engine: candidates. */
  readonly record: RecordHook;
  /** For every writer of members. */
  readonly member: MemberHook;
  /** For the outbox, lane REMATCH_LANE. */
  readonly rematch: WorkHandler;
  /** For who lets people decide. */
  readonly decisions: MatchDecisions;
}

/** `hooks` are told of every link that changes, by hand or not, in the transaction that changes it. */
export function matchingHooks(ctx: Context, outbox: Outbox, hooks: readonly MatchHook[]): MatchingHooks {
  const matcher = createMatcher(ctx, outbox, hooks);
  return {
    record: recordHook(matcher),
    member: memberHook(matcher),
    rematch: rematchWorker(matcher),
    decisions: matchDecisions(matcher),
  };
}
