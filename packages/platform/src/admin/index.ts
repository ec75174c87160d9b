export { audit } from './audit.ts';
export { notifiableAt } from './integrations.ts';
export { readAdministrators } from './people.ts';
export { recordCountRoutes } from './record-counts.ts';
export { adminRoutes } from './routes.ts';
export { notifyPartner } from './switch.ts';
