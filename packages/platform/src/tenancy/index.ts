export { watchCallers } from './access-token.ts';
export type { CheckCallback } from './answer-configurations.ts';
export { type DetailsProblem, detailsProblem } from './application-details.ts';
export { type AuthorizationRequest, issueCode, readAuthorizationRequest } from './authorization-code.ts';
export { authenticate, type Caller } from './caller.ts';
export {
  deleteConfigurations,
  getConfigurations,
  openToEverySeat,
  putConfigurations,
} from './configurations.ts';
export {
  type AtsScope,
  deleteIntegration,
  type Integration,
  type IntegrationKey,
  listIntegrations,
  nameIntegrations,
  requestIntegrations,
  setIntegrationStatus,
  switchIntegration,
} from './integrations.ts';
export {
  findNotification,
  forgetNotifications,
  type NewNotification,
  notify,
  reopenDestination,
} from './notification.ts';
export {
  bindAts,
  createCustomerApplication,
  createPartner,
  describeProvider,
  findAts,
  findOauthApplication,
  listCustomerApplications,
  type OauthApplication,
  setApplicationAccess,
  setJsSdkDomains,
} from './oauth-application.ts';
export { APPLICATION_ACCESS, findSecrets } from './oauth-client.ts';
export { describeWaiting, waitingOf } from './onboarding-status.ts';
export { numberOf, requireOpenContract, requireOpenSeat } from './open-contracts.ts';
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
  setDecidesMatches,
  TenancyError,
} from './organisation.ts';
export { createPartnerUser, setPartnerUser } from './partner-user.ts';
export {
  changeApplication,
  LONGEST_ROTATION_OVERLAP_MS,
  provisionApplication,
  rotatePartnerSecret,
  rotateSecret,
} from './provisioned-application.ts';
export { oauthRoutes, onboardingRoutes } from './routes.ts';
