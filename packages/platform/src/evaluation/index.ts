/** The door of trials: the engine against people whose truth is known. */
export { createScratchDatabase } from './scratch-database.ts';
export { type MatchTrial, openTrial, type TrialDecision } from './trial.ts';
