/** The door of consent to share contact data. */
export {
  type AskedBy,
  askConsent,
  type Consent,
  type ConsentChange,
  type ConsentHook,
  type ConsentScope,
  consentsOfMember,
  giveConsent,
  type OwnConsent,
  readConsents,
  refuseConsent,
  type SharedContact,
  withdrawConsent,
} from './consent.ts';
export { CONSENT_TEXT_VERSION, CONSENT_TEXTS, type ConsentText, LANGUAGES, type Language } from './texts.ts';
