/** The door of the review of matches. */
export { type Deciding, decide, lift } from './decide.ts';
export { readPossible } from './possible.ts';
export { waitingMatches } from './queue.ts';
export { reviewRoutes } from './routes.ts';
