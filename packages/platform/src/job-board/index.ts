export { jobBoardRoutes } from './routes.ts';
