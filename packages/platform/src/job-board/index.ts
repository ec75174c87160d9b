export { setBoardFedElsewhere } from './feed.ts';
export { jobBoardRoutes } from './routes.ts';
