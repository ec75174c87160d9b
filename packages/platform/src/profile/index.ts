export { recordView } from './profile.ts';
export { profileRoutes } from './routes.ts';
