export { authenticate, type Caller } from './access-token.ts';
export {
  type AtsScope,
  COMPANY_INTEGRATIONS,
  CONTRACT_INTEGRATIONS,
  type Integration,
  type IntegrationType,
  openToEverySeat,
  setConfiguration,
  setIntegrationStatus,
} from './integrations.ts';
export {
  bindAts,
  createCustomerApplication,
  createPartner,
  findOauthApplication,
  listCustomerApplications,
  type OauthApplication,
} from './oauth-application.ts';
export {
  type Contract,
  createContract,
  createOrganisation,
  createSeat,
  findOrganisation,
  listContracts,
  listSeats,
  type Organisation,
  type Seat,
  TenancyError,
} from './organisation.ts';
export { oauthRoutes } from './routes.ts';
