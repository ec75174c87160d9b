export { audit } from './audit.ts';
export { recordCountRoutes } from './record-counts.ts';
export { adminRoutes } from './routes.ts';
