/** The door of the reports. */
export { reportRoutes } from './routes.ts';
