export { appRoute, openRoute } from './app-route.ts';
export { FORM_STYLE_SOURCE, formPage, signInPage } from './form-page.ts';
export { atsWords } from './me.ts';
export { answer, Refusal, type RefusalCode } from './refusal.ts';
export { sessionRoutes, signInThrottle } from './routes.ts';
export { liveSessions, type Session, type SignOutHook } from './session.ts';
export { checkSignIn } from './sign-in.ts';
export { sessionOf, signInStep } from './sign-in-step.ts';
