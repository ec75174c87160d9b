/** The door of the reports. */
export { reportRoutes } from './routes.ts';
export { noteSpotlightUse } from './spotlight-use.ts';
