/** The languages of everything that members read. */
export type Language = 'en' | 'de';

/** What a member agrees to, word for word; a consent keeps the version that was shown. */
interface ConsentText {
  readonly title: string;
  /** `{recruiter}` and `{organisation}` stand for names. */
  readonly question: string;
  readonly onlyThisCompany: string;
  readonly email: string;
  readonly phone: string;
  readonly phoneMayBeEmpty: string;
  readonly no: string;
  readonly yes: string;
  readonly whatIsShared: string;
  /** Behind the link: paragraphs. */
  readonly explanation: readonly string[];
}

/**
 * A text that was shown is never changed: a new one gets a new version, and its test pins each.
 */
export const CONSENT_TEXT_VERSION = '2026-1';

export const CONSENT_TEXTS: Readonly<Record<Language, ConsentText>> = {
  en: {
    title: 'Share your contact info?',
    question:
      '{recruiter} would like to contact you to gather more information or schedule interviews. Would you like to share your contact info?',
    onlyThisCompany: 'Only this company gets your contact info: {organisation}.',
    email: 'Email',
    phone: 'Phone',
    phoneMayBeEmpty: 'may stay empty',
    no: 'No, don’t share',
    yes: 'Yes, please share',
    whatIsShared: 'What is shared and how do I withdraw?',
    explanation: [
      'If you say yes, {organisation} receives your name, your headline, your current employer and place, the address of your profile, and the e-mail address and phone number exactly as they stand in the two fields. Its recruiters see them, and so does its applicant tracking system.',
      'No other company receives them, neither its recruiters nor its systems.',
      'If you say no, or close this page, your e-mail address and phone number go nowhere. The conversation goes on all the same. If you do not answer, you are asked once more after your next reply, and then never again.',
      'You can stop sharing at any time on your own page, under “Companies that have your contact info”. From then on your contact info is no longer handed out, and the company’s system is told to delete it. What the company wrote down before is up to the company: ask it to delete that.',
    ],
  },
  de: {
    title: 'Kontaktdaten teilen?',
    question:
      '{recruiter} möchte Sie kontaktieren, um mehr zu erfahren oder Gespräche zu vereinbaren. Möchten Sie Ihre Kontaktdaten teilen?',
    onlyThisCompany: 'Nur dieses Unternehmen erhält Ihre Kontaktdaten: {organisation}.',
    email: 'E-Mail',
    phone: 'Telefon',
    phoneMayBeEmpty: 'kann leer bleiben',
    no: 'Nein, nicht teilen',
    yes: 'Ja, bitte teilen',
    whatIsShared: 'Was wird geteilt, und wie widerrufe ich?',
    explanation: [
      'Wenn Sie zustimmen, erhält {organisation} Ihren Namen, Ihre Profilzeile, Ihren aktuellen Arbeitgeber und Ort, die Adresse Ihres Profils sowie E-Mail-Adresse und Telefonnummer genau so, wie sie in den beiden Feldern stehen. Die Recruiter des Unternehmens sehen sie, und ebenso sein Bewerbermanagementsystem.',
      'Kein anderes Unternehmen erhält sie, weder dessen Recruiter noch dessen Systeme.',
      'Wenn Sie ablehnen oder diese Seite schließen, gehen E-Mail-Adresse und Telefonnummer nirgendwohin. Die Unterhaltung geht trotzdem weiter. Wenn Sie nicht antworten, werden Sie nach Ihrer nächsten Antwort noch einmal gefragt, danach nie wieder.',
      'Sie können das Teilen jederzeit auf Ihrer eigenen Seite unter „Unternehmen, die Ihre Kontaktdaten haben“ beenden. Von da an werden Ihre Kontaktdaten nicht mehr herausgegeben, und das System des Unternehmens wird aufgefordert, sie zu löschen. Was sich das Unternehmen vorher notiert hat, liegt bei ihm: Bitten Sie es um Löschung.',
    ],
  },
};
