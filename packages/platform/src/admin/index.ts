export { adminRoutes } from './routes.ts';
export { audit } from './audit.ts';
