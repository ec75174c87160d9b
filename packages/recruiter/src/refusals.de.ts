import type { ErrorCode } from '@carrick/protocol/errors';
import type { RefusalCode } from '@carrick/protocol/refusals';

/** Of the protocol's own codes, those that can stand in an answer to the app; ATSs get the others. */
type OfProtocol = Extract<
  ErrorCode,
  'BODY_TOO_LARGE' | 'CONFLICT' | 'INTERNAL' | 'THROTTLED' | 'UNAVAILABLE'
>;

/** What the server refuses, in German, by its code. A function where the server's sentence holds what the code does not say. */
export const refusals: Readonly<Record<RefusalCode | OfProtocol, string | ((said: string) => string)>> = {
  BAD_REQUEST: 'Diese Anfrage ist nicht zu lesen.',
  SIGNED_OUT: 'Melden Sie sich an, um weiterzumachen.',
  WRONG_PASSWORD: 'E-Mail oder Passwort stimmt nicht.',
  SEAT_INACTIVE: 'Ihr Zugang ist abgeschaltet. Die Administration Ihres Vertrags kann ihn einschalten.',
  LINK_SPENT: 'Dieser Link wurde schon benutzt oder ist zu alt. Fordern Sie einen neuen an.',
  PASSWORD_TOO_SHORT: 'Ein Passwort hat mindestens 10 Zeichen.',
  SEAT_TAKEN: 'Mit dieser Adresse gibt es in Ihrem Vertrag schon einen Zugang.',
  FOREIGN_ORIGIN: 'Diese Anfrage kam nicht aus der App selbst.',
  MAY_NOT_DECIDE:
    'Ihr Zugang entscheidet nicht über Zuordnungen. Die Administration Ihres Vertrags kann es erlauben.',
  ADMINISTRATORS_ONLY: 'Das darf nur die Administration Ihres Vertrags.',
  NO_SUCH_INTEGRATION: 'Diese Integration gibt es nicht.',
  NO_SUCH_SEAT: 'Diesen Zugang gibt es in Ihrem Vertrag nicht.',
  OWN_SEAT: 'Den eigenen Zugang ändert oder löscht jemand anderes aus der Administration.',
  NOT_READY: 'Der Anbieter ist mit der Einrichtung noch nicht fertig.',
  STILL_ENABLED: 'Eine eingeschaltete Integration kann nicht entfernt werden.',
  STILL_SYNCING: 'Daten können gelöscht werden, sobald aus diesem ATS nichts mehr übertragen wird.',
  NAME_DIFFERS: 'Der eingegebene Name ist nicht der Name dieses ATS.',
  NO_SUCH_ERASURE: 'Diesen Antrag gibt es nicht.',
  NOTHING_TO_ERASE: 'Zu dieser Person ist nichts gespeichert.',
  ERASURE_CONFIRMED: 'Dieser Antrag ist schon bestätigt.',
  TOO_SOON: 'Der Anbieter wurde vor weniger als zehn Minuten benachrichtigt.',
  NO_SUCH_CUSTOMER: 'Diesen Kunden haben Sie nicht.',
  NOT_VALID: (said) => `So kann das nicht gespeichert werden: ${said}`,
  CUSTOMER_EXISTS: 'Einen Kunden mit dieser Kennung gibt es schon.',
  NO_CALLBACK_URL: 'Das ATS dieses Kunden hat noch keine Callback-URL angegeben.',
  NO_SUCH_DELIVERY: 'Diese Zustellung gibt es nicht.',
  MESSAGES_OFF: 'Hier werden noch keine E-Mails verschickt, also auch keine Nachrichten.',
  MESSAGE_NOT_VALID: 'Schreiben Sie einen Betreff und eine Nachricht.',
  MESSAGE_TOO_LONG: 'Das ist zu lang.',
  MESSAGE_EMPTY: 'Schreiben Sie eine Nachricht von höchstens 20.000 Zeichen.',
  SEND_TIME_NOT_VALID: 'Wählen Sie einen Zeitpunkt, der innerhalb des nächsten Jahres liegt.',
  TEMPLATE_NOT_VALID: 'Geben Sie der Vorlage einen Namen und einen Text.',
  TOO_MANY_TEMPLATES:
    'Mehr als 200 Vorlagen behält ein Zugang nicht. Löschen Sie eine, dann speichern Sie diese.',
  MESSAGE_DO_NOT_CONTACT:
    'Ihr ATS führt diese Person unter „nicht kontaktieren“; deshalb wird nichts gesendet.',
  MESSAGE_NO_ADDRESS:
    'Dieser Person kann nicht geschrieben werden: Es ist keine Adresse bekannt, oder es sind keine Nachrichten erwünscht.',
  MESSAGE_NO_CREDITS:
    'Ihre Nachrichten dieses Monats sind aufgebraucht. Mit jeder Antwort kommt eine zurück.',
  MESSAGE_TOO_MANY:
    'Sie haben in der letzten Stunde vielen Personen geschrieben. Warten Sie etwas, dann senden Sie diese Nachricht.',
  THREAD_CLOSED: 'Diese Person hat abgelehnt; das Gespräch ist beendet. Sie können ein neues beginnen.',
  NOTE_NOT_VALID: 'Schreiben Sie eine Notiz von höchstens 10.000 Zeichen.',
  NO_SUCH_NOTE: 'Diese Notiz gibt es nicht mehr, oder sie ist nicht Ihre.',
  TAG_NOT_VALID: 'Ein Schlagwort hat 1 bis 60 Zeichen.',
  NO_SUCH_CONVERSATION: 'Dieses Gespräch gibt es nicht.',
  NO_SUCH_PROJECT: 'Dieses Projekt gibt es nicht.',
  NO_SUCH_STAGE: 'Diese Stufe wurde inzwischen entfernt.',
  NO_SUCH_SEARCH: 'Diese gespeicherte Suche gibt es nicht mehr.',
  TOO_MANY_SAVED: 'Sie haben schon 50 Suchen gespeichert. Löschen Sie eine, dann speichern Sie diese.',
  NO_SUCH_JOB: 'Diese Stelle gibt es nicht.',
  STAGE_IN_USE: 'In einer Stufe, die Sie entfernt haben, ist noch jemand; Archivierte zählen mit.',
  MAY_NOT_HIDE: 'Nur wem ein Projekt gehört, kann es privat machen.',
  MERGED_ALREADY:
    'Einer dieser Datensätze wurde schon mit einem anderen zusammengeführt. Machen Sie das zuerst rückgängig: Zuordnungen, Zusammengeführt.',
  NOT_FOUND: 'Dieses Profil ist nicht mehr verfügbar.',
  EXPORT_NOT_PERMITTED: 'Die Einstellungen dieser Person erlauben keinen Export mehr.',
  EXPORT_OFF: 'Der Export in dieses ATS ist für Ihren Vertrag nicht eingeschaltet.',
  EXPORT_JOB_REQUIRED: 'Wählen Sie die Stelle, zu der exportiert wird.',
  EXPORT_JOB_UNAVAILABLE:
    'Diese Stelle ist nicht mehr offen, oder Sie dürfen sie nicht mehr sehen. Wählen Sie eine andere.',
  EXPORT_DO_NOT_CONTACT:
    'Ihr ATS führt diese Person unter „nicht kontaktieren“; deshalb wird nichts exportiert.',
  EXPORT_ALREADY_ON_JOB: 'Diese Person ist schon auf dieser Stelle.',
  EXPORT_QUOTA_REACHED: 'Ihre Exporte dieses Monats sind aufgebraucht.',
  EXPORT_TOO_MANY_PEOPLE: 'Höchstens 25 Personen können auf einmal exportiert werden.',
  WIDGET_BAD_CONTEXT:
    'Das kann hier nicht gezeigt werden: Schlüssel, Kunde und Zugang gehören nicht zusammen.',
  WIDGET_NO_SEAT: 'Um mehr zu sehen, brauchen Sie hier einen Zugang.',
  WIDGET_TOO_FAST: 'Zu viele Anfragen. Warten Sie einen Augenblick, dann versuchen Sie es noch einmal.',
  WIDGET_OFF: 'Dieses Widget ist für Ihr Unternehmen nicht eingeschaltet.',
  TOO_MANY_TESTS: 'Zu viele Tests. Warten Sie ein paar Minuten.',
  TOO_MANY_ATTEMPTS:
    'Zu viele Versuche mit dieser E-Mail. Warten Sie ein paar Minuten, dann versuchen Sie es noch einmal.',
  BODY_TOO_LARGE: 'Das ist zu groß.',
  CONFLICT: 'Inzwischen hat sich hier etwas geändert. Laden Sie die Seite neu.',
  INTERNAL: 'Auf dem Server ist etwas schiefgegangen.',
  THROTTLED: 'Zu viele Anfragen. Warten Sie etwas, dann versuchen Sie es noch einmal.',
  UNAVAILABLE: 'Der Server startet gerade oder wird beendet. Versuchen Sie es gleich noch einmal.',
};
