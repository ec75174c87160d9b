/** The door of consent to share contact data. */
export { answeredConsents } from './answered.ts';
export {
  askConsent,
  type Consent,
  type ConsentChange,
  type ConsentHook,
  consentsOfMember,
  giveConsent,
  type OwnConsent,
  readConsents,
  refuseConsent,
  type SharedContact,
  sharedWith,
  withdrawConsent,
} from './consent.ts';
export { CONSENT_TEXT_VERSION, CONSENT_TEXTS, type Language } from './texts.ts';
