import type { Translation } from '../language.ts';
import { wholeNumber } from '../numbers.ts';
import { terms } from '../terms.ts';
import type { PartnerWords } from './words.ts';

export const de: Translation<PartnerWords> = {
  title: 'Partnerkonsole',
  navigation: 'Partnerkonsole',
  skip: 'Zum Inhalt',
  signIn: 'In der Partnerkonsole anmelden',
  signInHelp: 'Für Hersteller eines ATS. Kein Zugang? Fragen Sie den Betreiber dieser Plattform.',
  signInButton: 'Anmelden',
  refused: 'E-Mail und Passwort gehören nicht zusammen. Prüfen Sie beides und versuchen Sie es noch einmal.',
  missing: 'Geben Sie E-Mail und Passwort ein.',
  tooMany: 'Zu viele Versuche. Warten Sie einige Minuten und versuchen Sie es noch einmal.',
  signOut: 'Abmelden',
  failed: 'Das konnte nicht geladen werden',
  failedChange: 'Das hat nicht geklappt. Nichts wurde geändert; versuchen Sie es noch einmal.',
  customers: 'Kunden',
  log: 'Anfragen',
  back: 'Alle Kunden',

  finding: (count, waiting) =>
    count === 0
      ? 'Noch kein Kunde'
      : `${count === 1 ? '1 Kunde' : `${wholeNumber(count)} Kunden`}${waiting > 0 ? `, ${wholeNumber(waiting)} davon warten auf Sie` : ''}`,
  noCustomers:
    'Legen Sie den ersten Kunden an: Er erhält einen eigenen Schlüssel und ein eigenes Geheimnis, mit denen alles aufgerufen wird.',
  columns: {
    customer: 'Kunde',
    foreignId: 'Ihre Nummer',
    key: 'Schlüssel',
    integrations: 'Integrationen',
    lastCall: 'Letzter Aufruf',
  },
  noOrganisation: 'Noch mit keiner Firma verbunden',
  noCall: 'Nie',
  none: '–',
  integrations: {
    ONE_CLICK_EXPORT: 'One-Click Export',
    IN_ATS_INDICATOR: 'Hinweis „Im ATS“',
    PROFILE_PLUGIN: 'Profil-Widget',
    CSA_API: 'Nachrichten, Notizen und Plätze',
  },
  status: { REQUESTED: 'Angefragt', PARTNER_READY: 'Partner bereit', ENABLED: 'Eingeschaltet' },
  turn: (each) =>
    each.status === 'REQUESTED'
      ? `Sie sind an der Reihe: Senden Sie ${each.missing.join(', ')}`
      : each.status === 'PARTNER_READY'
        ? 'Der Kunde ist an der Reihe: Seine Administration schaltet ein'
        : each.missing.length > 0
          ? `Läuft; noch zu senden: ${each.missing.join(', ')}`
          : 'Läuft',
  asked: (organisation, when) =>
    `${organisation} wartet darauf, dass Sie die Einrichtung abschließen; daran erinnert wurde am ${when}.`,
  access: { blocked: 'Vom Betreiber gesperrt', pending: 'Vom Betreiber noch nicht freigegeben', enabled: '' },

  add: 'Kunden anlegen',
  addForeignId: 'Ihre Nummer des Kunden',
  addName: 'Name, den Personen sehen, wenn sie zustimmen',
  addNameHint: '{ATS} – {Kunde}, höchstens 50 Zeichen',
  addDescription: 'Beschreibung',
  addButton: 'Anlegen',
  added: 'Der Kunde ist angelegt',
  fillIn: 'Füllen Sie alle drei Felder aus.',

  own: 'Ihre Anwendung',
  ownHint:
    'Mit diesem Schlüssel legen Ihre Systeme Kunden an und ändern sie. Daten der Kunden kann er nicht lesen.',
  key: 'Schlüssel (Client-ID)',
  secret: 'Geheimnis',
  secretHint: 'Es wird nur gezeigt, wenn es entsteht. Wer es verloren hat, erzeugt ein neues.',
  newSecret: 'Das neue Geheimnis',
  secretOnce: 'Es wird nur dieses eine Mal gezeigt. Bewahren Sie es jetzt auf.',
  stored: 'Ich habe es aufbewahrt',
  copy: 'Kopieren',
  copyOf: (what) => `Kopieren: ${what}`,
  copied: 'Kopiert',
  rotate: 'Neues Geheimnis erzeugen',
  overlap: 'Das alte gilt noch',
  overlaps: {
    0: 'gar nicht: Es endet sofort',
    3600000: '1 Stunde',
    86400000: '1 Tag',
    604800000: '7 Tage',
  },
  rotateConfirm: 'Das alte Geheimnis endet sofort, und Aufrufe damit schlagen fehl. Fortfahren?',
  yes: 'Ja, das alte beenden',
  cancel: 'Abbrechen',
  bothGood: (until) => `Zwei Geheimnisse gelten: das neue, und das alte bis ${until}.`,
  oneGood: 'Ein Geheimnis gilt.',
  secretSeen: 'Das ATS benutzt das neue, und Mitteilungen werden damit unterschrieben.',
  secretUnseen: 'Das ATS benutzt das neue noch nicht: X-LI-Signature verwendet weiter das alte.',

  origins: 'Seiten, die die Widgets zeigen dürfen',
  originsHint:
    'Protokoll und Server, mit Port, wenn er ungewöhnlich ist: https://ats.example.com. Kein Pfad, kein Schrägstrich am Ende; http nur für diesen Rechner. Höchstens 20.',
  origin: 'Neue Adresse',
  noOrigins: 'Keine: Die Widgets erscheinen auf keiner Seite.',
  redirects: 'Rücksprungadressen',
  redirectsHint: 'Wohin eine Person zurückkehrt, nachdem sie zugestimmt hat, dass Ihr ATS für sie handelt.',
  redirect: 'Neue Rücksprungadresse',
  noRedirects: 'Keine: Noch kann niemand zustimmen.',
  addOne: 'Hinzufügen',
  remove: 'Entfernen',
  removeOf: (what) => `${what} entfernen`,
  saved: 'Gespeichert',

  callback: 'Callback-Adresse',
  noCallback:
    'Ihr ATS hat noch keine CALLBACK_URL gesetzt. Es tut das mit den Einstellungen der Integration.',
  test: 'Testereignis senden',
  testHint:
    'Ein Ereignis vom Typ TEST_EVENT ohne Bedeutung, unterschrieben wie jedes andere und einmal gesendet.',
  testAnswered: (status, ms) =>
    status >= 200 && status < 300
      ? `Angekommen: Antwort ${status} nach ${wholeNumber(ms)} ms`
      : `Antwort ${status} nach ${wholeNumber(ms)} ms; alles außer 2xx wird noch einmal versucht`,
  failures: {
    TIMED_OUT: 'Keine rechtzeitige Antwort',
    ADDRESS_REFUSED: 'Diese Adresse darf nicht aufgerufen werden',
    NAME_NOT_RESOLVED: 'Der Name des Servers wurde nicht gefunden',
    NOT_CONNECTED: 'Nicht erreichbar',
    CUT_OFF: 'Die Antwort brach ab',
    TLS_REFUSED: 'Das Zertifikat wurde nicht angenommen',
  },
  sent: 'Gesendet',
  signedText: (header) => `Was ${header} unterschreibt`,

  embed: 'Auf Ihrer Seite',
  embedHint:
    'Setzen Sie das erste Element einmal in die Seite und das zweite dorthin, wo das Widget stehen soll.',
  profileWidget: 'Profil-Widget',
  setupWidget: 'Einrichtungs-Widget',

  deliveries: 'Mitteilungen',
  noDeliveries: 'Dem ATS dieses Kunden wurde noch nichts gesendet.',
  deliveryState: { pending: 'Unterwegs', delivered: 'Zugestellt', dead: 'Nicht zugestellt' },

  logFinding: (failed, count) =>
    count === 0
      ? 'Noch kein Aufruf'
      : failed === 0
        ? `Die letzten ${wholeNumber(count)} Aufrufe gelangen`
        : `Bei ${wholeNumber(failed)} der letzten ${wholeNumber(count)} Aufrufe schlug etwas fehl`,
  onlyFailed: 'Nur Fehlgeschlagenes',
  logColumns: {
    at: 'Zeit',
    call: 'Aufruf',
    answer: 'Antwort',
    records: 'Datensätze',
    id: 'Kennung der Anfrage',
  },
  records: (records, failed) =>
    failed > 0 ? `${wholeNumber(failed)} von ${wholeNumber(records)} fehlgeschlagen` : wholeNumber(records),
  rule: 'Die Regel',
  ruleOf: (what) => `Die Regel: ${what}`,
  updated: (time) => `Stand ${time}`,
  product: terms.product,
};
