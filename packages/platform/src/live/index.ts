export { matchNews } from './match-news.ts';
export { liveRoutes } from './routes.ts';
