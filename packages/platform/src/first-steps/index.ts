/** The door of the first steps. */
export { firstStepRoutes } from './routes.ts';
