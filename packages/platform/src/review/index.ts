export { type Deciding, decide, lift } from './decide.ts';
export { readPossible } from './possible.ts';
export { reviewRoutes } from './routes.ts';
