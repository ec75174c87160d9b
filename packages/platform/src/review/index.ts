export { readPossible } from './possible.ts';
export { reviewRoutes } from './routes.ts';
