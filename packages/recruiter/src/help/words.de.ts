import type { Translation } from '../language.ts';
import { terms } from '../terms.ts';
import type { HelpWords } from './words.ts';

export const de: Translation<HelpWords> = {
  title: 'Hilfe',
  lead: 'Kurze Antworten. Den Rest weiß eine Administratorin oder ein Administrator Ihres Vertrags.',
  contents: 'Auf dieser Seite',
  sections: {
    activation: {
      title: 'Ihr ATS aktivieren',
      questions: {
        who: {
          q: 'Wer kann es einschalten?',
          a: 'Wer Ihren Vertrag verwaltet: Bild oben, Verwaltung, ATS-Integration. Zur Firmenebene gehören Export, ATS-Anzeige und Profil-Widget, zur Vertragsebene Nachrichten, Notizen und Plätze.',
        },
        order: {
          q: 'In welcher Reihenfolge?',
          a: 'Ihr ATS fragt die Integration an, sein Hersteller richtet sie ein, dann wird sie eingeschaltet. Bis der Hersteller fertig ist, sagt der Schalter, wer am Zug ist, und kann nach zehn Minuten erinnern.',
        },
        grows: {
          q: 'Wann erscheinen frühere Bewerbungen?',
          a: 'Sobald die ersten Datensätze eintreffen. Während der ersten Synchronisierung wachsen die Zahlen noch; die Suche sagt es.',
        },
      },
    },
    exporting: {
      title: 'Personen ins ATS exportieren',
      questions: {
        how: {
          q: 'Wie exportiere ich jemanden?',
          a: 'Wählen Sie „Exportieren nach …“ im Profil, im Menü einer Zeile, für ausgewählte Personen oder mit der Taste e, dann die Stelle nach Titel oder Nummer. Abgeschlossen ist es, wenn Ihr ATS das Profil abgeholt hat; Sie erfahren es.',
        },
        missing: {
          q: 'Warum fehlt eine Stelle in der Liste?',
          a: 'Es stehen nur offene Stellen da, und nur die, die Sie im ATS sehen dürfen. Eine neue Stelle kommt mit der nächsten Synchronisierung.',
        },
        cannot: {
          q: 'Warum kann ich diese Person nicht exportieren?',
          a: 'Ihre Einstellungen erlauben keine Weitergabe, Ihr ATS kennzeichnet sie mit „nicht kontaktieren“, oder der Export ist für Ihren Vertrag ausgeschaltet.',
        },
        gone: {
          q: 'Ich habe exportiert, und im ATS ist niemand.',
          a: 'Die Übersicht der Exporte im Profil sagt, ob Ihr ATS benachrichtigt wurde und das Profil abgeholt hat. Die Verwaltung kann noch einmal senden.',
        },
      },
    },
    data: {
      title: 'Was mit Daten geschieht',
      questions: {
        what: {
          q: 'Was wird geteilt?',
          a: 'Ein Export sendet Name, Arbeitgeber, Ort, Profiladresse und Kennung; E-Mail und Telefon nur nach Zustimmung der Person. Ihr ATS sendet Stellen, Kandidaten, Bewerbungen, Stufen, Notizen und Feedback. Die ganze Liste steht vor dem Einschalten da.',
        },
        sees: {
          q: 'Wer sieht es?',
          a: 'Stellen, Bewerbungen, Notizen und Feedback folgen den Zugriffsregeln Ihres ATS, in jeder Liste und jeder Zahl. Private Notizen sieht nur, wer sie schrieb.',
        },
        erase: {
          q: 'Jemand möchte vergessen werden.',
          a: 'Die Verwaltung löscht die Person unter Verwaltung, Löschanträge, und erhält eine Bescheinigung. Der Datensatz im ATS muss auch dort gelöscht werden. Mitglieder können sich auf ihrer eigenen Seite selbst löschen.',
        },
      },
    },
    common: {
      title: 'Häufige Fragen',
      questions: {
        wrong: {
          q: 'Das sind zwei verschiedene Personen.',
          a: 'Öffnen Sie „Warum zugeordnet“ im ATS-Reiter und wählen Sie „Nicht das richtige Profil“. Die beiden werden nie wieder automatisch verbunden; Sie können es rückgängig machen.',
        },
        absent: {
          q: 'Andere sehen eine Bewerbung, die ich nicht sehe.',
          a: 'Die Stelle ist im ATS geschützt, und Sie sind nicht in der Gruppe. Die Verwaltung findet den Grund unter Vorschau als Benutzer.',
        },
        keys: {
          q: 'Kann ich allein mit der Tastatur arbeiten?',
          a: 'Ja. Mit ? erscheint die Liste der Tasten; einzelne Tasten lassen sich dort abschalten.',
        },
        password: {
          q: 'Passwort vergessen, oder mehrere Verträge?',
          a: 'Die Anmeldeseite schickt Ihnen einen Link. Mit Plätzen in mehreren Verträgen wechseln Sie im Menü Ihres Bildes, ohne sich neu anzumelden.',
        },
      },
    },
  },
  toAdmin: 'Verwaltung',
  page: (title) => `${title} · ${terms.product}`,
};
