import type { Translation } from '../language.ts';
import type { AccountWords } from './account-words.ts';

export const de: Translation<AccountWords> = {
  forgot: 'Passwort vergessen?',
  forgotTitle: 'Neues Passwort',
  forgotHint:
    'Geben Sie die E-Mail an, mit der Sie sich anmelden. Gehört ein Platz dazu, geht binnen einer Minute ein Link dorthin; er gilt eine Stunde.',
  send: 'Link senden',
  sent: 'Gehört zu dieser E-Mail ein Platz, ist ein Link unterwegs. Sehen Sie in Ihrem Postfach nach.',
  toSignIn: 'Zur Anmeldung',
  chooseTitle: 'Passwort wählen',
  chooseHint: 'Mindestens zehn Zeichen. Wer mit dem alten angemeldet war, ist es nicht mehr.',
  newPassword: 'Neues Passwort',
  save: 'Passwort speichern',
  saved: 'Gespeichert. Melden Sie sich mit dem neuen Passwort an.',
  tooShort: 'Ein Passwort hat mindestens zehn Zeichen.',
  spent: 'Dieser Link wurde schon benutzt oder ist zu alt. Fordern Sie einen neuen an.',
  tooMany: 'Zu viele Versuche. Warten Sie etwas und versuchen Sie es noch einmal.',
  failed: 'Das hat nicht geklappt. Nichts wurde geändert; versuchen Sie es noch einmal.',
  with: (provider) => `Anmelden mit ${provider}`,
  or: 'oder',
  problems: {
    unavailable:
      'Der Anmeldedienst antwortet nicht. Versuchen Sie es noch einmal oder nehmen Sie Ihr Passwort.',
    expired: 'Die Anmeldung hat zu lange gedauert. Versuchen Sie es noch einmal.',
    refused: 'Der Anmeldedienst hat Ihre E-Mail nicht bestätigt.',
    'no-seat': 'Zu Ihrer E-Mail gehört kein eingeschalteter Platz. Fragen Sie die Verwaltung Ihres Vertrags.',
  },
  contracts: 'Vertrag wählen',
  contractsHint: 'Sie arbeiten in einem zur Zeit. Neu anmelden müssen Sie sich nicht.',
  current: 'Sie sind hier',
  contractsFailed: 'Die Verträge konnten nicht geladen werden',
  changeContract: 'Vertrag wechseln',
  language: 'Sprache',
  help: 'Hilfe',
};
