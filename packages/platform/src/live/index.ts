export { forgetNews } from './forget-news.ts';
export { matchNews } from './match-news.ts';
export { consentNews, tellOfPerson } from './person-news.ts';
export { liveRoutes } from './routes.ts';
