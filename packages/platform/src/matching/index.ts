/** The door of matching. */
export type { Decider, MatchDecisions, Verdict } from './decisions.ts';
export { type MatchingHooks, matchingHooks } from './engine.ts';
export type { MatchHook } from './hooks.ts';
export { matchedMembers } from './matches.ts';
export { REMATCH_LANE } from './rematch.ts';
