export { openChallenge } from './challenge.ts';
export {
  type DeliveryFilter,
  enableDestination,
  listDeliveries,
  listDestinations,
  type Resent,
  readDelivery,
  resend,
} from './deliveries.ts';
export { deliveryRoutes } from './routes.ts';
export { openSender } from './sender.ts';
export { openTestEvent } from './test-event.ts';
