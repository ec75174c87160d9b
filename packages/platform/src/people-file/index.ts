export { peopleFileRoutes } from './routes.ts';
