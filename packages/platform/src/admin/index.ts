export { audit } from './audit.ts';
export { notifiableAt } from './integrations.ts';
export { readAdministrators } from './people.ts';
export { adminRoutes } from './routes.ts';
export { notifyPartner } from './switch.ts';
