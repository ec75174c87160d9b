export { forgetProjectNews, mayHear, PROJECTS_LANE, type ProjectNews } from './news.ts';
export { projectRoutes } from './routes.ts';
