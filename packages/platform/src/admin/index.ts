export { audit } from './audit.ts';
export { adminRoutes } from './routes.ts';
