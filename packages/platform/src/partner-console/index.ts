export { type PartnerDoors, partnerConsoleRoutes } from './routes.ts';
