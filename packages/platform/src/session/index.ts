export { accountRoutes } from './account-routes.ts';
export { appRoute, openRoute } from './app-route.ts';
export { atsWords } from './me.ts';
export { oidcRoutes } from './oidc.ts';
export { mailResets, PASSWORD_LANE, type PasswordLinks } from './password-links.ts';
export { answer, Refusal, type RefusalCode } from './refusal.ts';
export { sessionRoutes } from './routes.ts';
export { liveSessions, type Session } from './session.ts';
export { checkSignIn } from './sign-in.ts';
