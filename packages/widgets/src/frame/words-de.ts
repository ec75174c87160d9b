import type { FrameWords } from './words.ts';

export const de: FrameWords = {
  loading: 'Wird geladen …',
  signIn: 'Anmelden',
  signInWhy: {
    hcm: 'Melden Sie sich an, um zu sehen, was Ihr Team über diese Person weiß.',
    onboarding: 'Melden Sie sich als Administrator an, um dieses Produkt zu verbinden.',
  },
  signInHow: 'Es öffnet sich ein Fenster. Danach geht es hier weiter.',
  signInBlocked:
    'Das Fenster ging nicht auf. Erlauben Sie Pop-ups für diese Seite und versuchen Sie es noch einmal.',
  waiting: 'Es wird auf das andere Fenster gewartet …',
  again: 'Noch einmal versuchen',
  noSeat: 'Um mehr zu sehen, brauchen Sie hier einen Platz.',
  foreign: 'Sie sind angemeldet, aber nicht mit einem Platz dieses Unternehmens.',
  otherAccount: 'Anderes Konto verwenden',
  unreachable: 'Keine Antwort. Prüfen Sie Ihre Verbindung; es ging nichts verloren.',
  failed: 'Das hat nicht geklappt.',
  badContext:
    'Das kann hier nicht gezeigt werden. Die Seite nennt einen Kunden, der nicht zu ihrem Schlüssel passt.',
  notEnabled: 'Dieses Widget ist für Ihr Unternehmen nicht eingeschaltet. Ein Administrator kann das tun.',
};
