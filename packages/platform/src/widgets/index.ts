export { widgetProfileRoutes } from './profile/routes.ts';
export { widgetRoutes } from './routes.ts';
export { closeWidgetSessions } from './session.ts';
