export { appRoute, openRoute } from './app-route.ts';
export { atsWords } from './me.ts';
export { answer, Refusal, type RefusalCode } from './refusal.ts';
export { sessionRoutes } from './routes.ts';
export { liveSessions, readCookie, type Session } from './session.ts';
