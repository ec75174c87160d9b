/** The door of what is told to a seat about its own work: the bell's notices, and what is worth doing. */
export { noticeRoutes } from './routes.ts';
