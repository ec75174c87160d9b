/** The door of matching. */
export { amongRivals, probabilityOf } from './certainty.ts';
export type { MatchDecisions } from './decisions.ts';
export { type MatchingHooks, matchingHooks } from './engine.ts';
export type { MatchHook } from './hooks.ts';
export { lockDirectory } from './locks.ts';
export { matchedMembers } from './matches.ts';
export { membersByProfileUrl } from './members-by-profile-url.ts';
export { WEIGHTS } from './model.ts';
export { decidesMatches, openProposals } from './proposals.ts';
export { PROPOSE_LANE } from './propose-work.ts';
export { REMATCH_LANE } from './rematch-work.ts';
export { identifierStandings, sharedKinds } from './why-not.ts';
