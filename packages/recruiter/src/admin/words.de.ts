import type { Translation } from '../language.ts';
import { wholeNumber } from '../numbers.ts';
import { terms } from '../terms.ts';
import type { AdminWords } from './words.ts';

export const de: Translation<AdminWords> = {
  title: 'Verwaltung',
  panel: 'Verwaltung',
  sections: {
    ats: 'ATS-Integration',
    people: 'Personen und Zugriff',
    preview: 'Ansicht einer Person',
    sync: 'Synchronisierung',
    errors: 'API-Fehler',
    exports: 'Exporte',
    deliveries: 'Zustellungen',
    erasure: 'Löschanträge',
    audit: 'Protokoll',
  },
  leads: {
    ats: 'Was Ihr ATS und Ihre Recruiter teilen, für die Firma und für Ihren Vertrag.',
    people: 'Wer einen Platz in Ihrem Vertrag hat und welche Zugriffsregeln Ihr ATS sendet.',
    preview:
      'Welche Stellen jemand sieht und warum. Niemand wird angemeldet, und jeder Blick steht im Protokoll.',
    sync: 'Was Ihr ATS sendet, wie schnell, und was fehlt.',
    errors: 'Fehlgeschlagene Aufrufe Ihres ATS, was dagegen hilft, und Beispiele zum Weitergeben.',
    exports: 'Wer zu welcher Stelle exportiert wurde, von wem, und ob Ihr ATS die Daten abgeholt hat.',
    deliveries: 'Was Ihrem ATS mitgeteilt wurde und ob es ankam.',
    erasure:
      'Wenn jemand vergessen werden möchte: Was gespeichert ist, wird gezählt, überall gelöscht und nachgewiesen.',
    audit: 'Wer was geändert und wer durch wessen Augen gesehen hat.',
  },
  failed: 'Das konnte nicht geladen werden',
  failedChange: 'Das hat nicht geklappt. Nichts wurde geändert; versuchen Sie es noch einmal.',
  forbidden: 'Nur die Administration dieses Vertrags kann die Einstellungen des ATS ändern',
  forbiddenAsk: (names) => `Fragen Sie ${names}.`,
  forbiddenNobody:
    'Dieser Vertrag hat keine Administration. Fragen Sie, wer Ihre Firma hier eingerichtet hat.',
  saved: 'Gespeichert',

  integrations: {
    ONE_CLICK_EXPORT: 'One-Click Export',
    IN_ATS_INDICATOR: 'Hinweis „Im ATS“',
    PROFILE_PLUGIN: 'Profil-Widget',
    CSA_API: 'Nachrichten, Notizen, Plätze und Kurzprofile',
  },
  hangs: {
    ONE_CLICK_EXPORT: 'Recruiter fügen eine Person einer Stelle in {ATS} hinzu.',
    IN_ATS_INDICATOR: '„In {ATS}“, die früheren Bewerbungen in der Suche und der Verlauf in Profilen.',
    PROFILE_PLUGIN: 'Das aktuelle Profil innerhalb von {ATS}.',
    CSA_API:
      '{ATS} liest, was Recruiter dieses Vertrags schreiben, und erhält Kurzprofile. Das geht mit und ohne Zugriff auf Firmenebene.',
  },
  standing: {
    'not-requested': 'Nicht angefragt',
    requested: 'Angefragt',
    ready: 'Partner bereit',
    enabled: 'Eingeschaltet',
    disabled: 'Ausgeschaltet',
    action: 'Es fehlt etwas',
  },
  steps: ['Angefragt', 'Partner bereit', 'Eingeschaltet'],
  stepsOf: (name) => `Fortschritt von ${name}`,
  turn: {
    requested: (ats) => `${ats} ist an der Reihe`,
    ready: 'Sie sind an der Reihe',
    disabled: 'Sie sind an der Reihe',
    enabled: 'Läuft',
    action: (ats) => `${ats} ist an der Reihe`,
  },
  waiting: (ats) => `Wartet, bis ${ats} fertig eingerichtet ist`,
  parts: {
    integrationName: 'der Name',
    CALLBACK_URL: 'die Callback-Adresse',
    JOB_POSTING_VIEWERS: 'wer Stellen sieht',
    APPLICATION_VIEWERS: 'wer Bewerbungen sieht',
  },
  missing: (parts) => `Es fehlt noch: ${parts}.`,
  changed: (by) => (by ? `Geschaltet von ${by}` : 'Geschaltet vom Betreiber'),
  requested: 'Angefragt',
  company: 'Zugriff auf Firmenebene',
  companyHint: (organisation) => `Für alle Verträge von ${organisation}.`,
  contract: 'Zugriff auf Vertragsebene',
  contractHint: (contract) => `Nur für ${contract}.`,
  noneHere: (ats) => `${ats} hat auf dieser Ebene nichts angefragt.`,
  allOn: (level) => `Alles einschalten, was bereit ist: ${level}`,
  allOnShort: 'Alles einschalten, was bereit ist',
  remove: 'Anfrage entfernen',
  removeOf: (name) => `Anfrage entfernen: ${name}`,
  removed: 'Die Anfrage ist entfernt',
  notifyPartner: 'Partner erinnern',
  notified: (isMailed) =>
    isMailed
      ? 'Der Partner wurde per Mail und in seiner Konsole erinnert'
      : 'Der Partner wurde in seiner Konsole erinnert; eine E-Mail-Adresse hat er hier nicht hinterlegt',
  toldAt: 'Partner erinnert',
  shared: 'Welche Daten geteilt werden',
  sharedOf: (ats) => `${ats} sendet an ${terms.product}`,
  sharedBack: (ats) => `${terms.product} sendet an ${ats}`,
  optional: 'optional',
  groups: {
    company: [
      {
        name: 'Stellen',
        fields: 'Titel, Datum, Status, Adresse, Beschreibung, Nummer im ATS',
        optional: null,
        use: 'Die richtige Stelle für einen Export wählen',
      },
      {
        name: 'Bewerbungen',
        fields: 'Vor- und Nachname, E-Mail, Stelle und Zeitpunkt, Quelle, Stufen',
        optional: 'Feedback aus Gesprächen, Notizen, Lebensläufe',
        use: 'Frühere Bewerbungen und der Verlauf in Profilen',
      },
      {
        name: 'Angaben zur Person',
        fields: 'Vor- und Nachname, Nummer im ATS, E-Mail, Zeitpunkt des Datensatzes',
        optional: 'Telefonnummern, Anschriften, Profiladresse',
        use: 'Personen wiedererkennen: „In {ATS}“',
      },
    ],
    contract: [],
  },
  back: {
    company: [
      {
        name: 'Kurzprofile exportierter Personen',
        fields: 'Name, jetziger Arbeitgeber, Ort, Profiladresse, Mitgliedsnummer',
        optional: null,
        use: 'Nur von Personen, die die Weitergabe an andere Systeme erlauben; nie E-Mail oder Telefon',
      },
    ],
    contract: [
      {
        name: 'Nachrichten und Notizen der Recruiter, Plätze',
        fields: 'Verfasser, Zeitpunkt, Text; private Notizen nur für ihre Verfasser',
        optional: null,
        use: 'Ihr Verlauf neben der Person in {ATS}',
      },
      {
        name: 'Kurzprofile nach einer Antwort',
        fields: 'Name, Arbeitgeber, Ort, Profiladresse, Mitgliedsnummer',
        optional: 'E-Mail und Telefon, wenn die Person zugestimmt hat',
        use: 'Ein Datensatz in {ATS} für alle, die geantwortet haben',
      },
    ],
  },
  columns: { what: 'Was', fields: 'Felder', use: 'Wofür' },
  controller:
    'Ihre Firma ist verantwortlich für die personenbezogenen Daten in ihrem ATS und für die Kopien der Kurzprofile, die dorthin exportiert werden.',
  onTitle: (names) => `${names} einschalten?`,
  onText: (ats) => `Von jetzt an fließen Daten zwischen ${terms.product} und ${ats}, in beide Richtungen:`,
  onConfirm: 'Einschalten',
  switchedOn: (name) => `${name}: eingeschaltet`,
  offTitle: (names) => `${names} ausschalten?`,
  offText: (ats) => `Das wirkt sofort. ${ats} wird benachrichtigt.`,
  offLast: (ats) => `Danach wird von ${ats} nichts mehr synchronisiert.`,
  offKeepSyncing: (ats) =>
    `${ats} synchronisiert weiter: Andere Funktionen auf Firmenebene sind eingeschaltet. Löschen lässt sich, was gesendet wurde, wenn alle aus sind.`,
  offRest: (ats) =>
    `„In ${ats}“, die früheren Bewerbungen und der Verlauf in Profilen verschwinden; Nachrichten und Notizen werden weiter abgeholt, wo der Zugriff auf Vertragsebene eingeschaltet ist.`,
  keep: 'Synchronisiertes behalten',
  keepHint: 'Es ist verborgen und wieder da, wenn Sie einschalten.',
  erase: 'Synchronisiertes löschen',
  eraseHint: (records) =>
    `${records}, mit Verbindungen, Dateien und allem, was daraus entstand. Das lässt sich nicht rückgängig machen; das ATS behält seine eigenen Daten.`,
  recordsOf: ({ jobs, candidates, applications }) =>
    `${wholeNumber(candidates)} Kandidaten, ${wholeNumber(applications)} Bewerbungen und ${wholeNumber(jobs)} Stellen`,
  eraseType: (ats) => `Zum Löschen „${ats}“ eintippen`,
  offConfirm: 'Ausschalten',
  eraseConfirm: 'Ausschalten und löschen',
  switchedOff: (name) => `${name}: ausgeschaltet`,
  erased: (rows) => `Ausgeschaltet, und ${wholeNumber(rows)} Zeilen gelöscht`,
  cancel: 'Abbrechen',
  close: 'Schließen',

  banner: (jobs) =>
    `Stellen ohne Zugriffsregel sind für alle verborgen${jobs > 0 ? ` (zurzeit ${wholeNumber(jobs)})` : ''}. Wählen Sie, wer sie sieht, oder lassen Sie Ihr ATS Regeln senden.`,
  openToAll: 'Allen Plätzen zeigen',
  viewersOpen: 'Stellen und Bewerbungen ohne Zugriffsregel: Alle Plätze sehen sie.',
  hideFromAll: 'Vor allen verbergen',
  check: 'Einrichtung',
  callback: { yes: 'Callback-Adresse vorhanden', no: 'Noch keine Callback-Adresse' },
  callbackOptional: 'Keine eigene Callback-Adresse: Die des Exports wird benutzt',
  aclDefault: { open: 'Ohne Regel: alle Plätze', hidden: 'Ohne Regel: niemand' },
  tooMany: (count) =>
    `Es gibt ${wholeNumber(count)} Integrationen. Alle funktionieren, aber mehr als 10 bis 15 sind schwer zu überblicken: Entfernen Sie Anfragen, die Sie nicht brauchen.`,
  noAts: 'Lassen Sie sich vom Hersteller Ihres ATS die Einrichtungsseite zeigen',
  noAtsSteps: [
    'Öffnen Sie Ihr ATS und dort die Seite für diese Integration; die Anleitung sagt, wo sie ist.',
    'Wählen Sie dort Zugriff auf Firmen- oder Vertragsebene. Die Anfrage erscheint hier.',
    'Der Hersteller richtet alles ein; dann schalten Sie es hier ein.',
  ],
  providers: 'Unterstützte Anbieter',
  findProvider: 'Anbieter suchen',
  noProvider: (q) =>
    `Kein Anbieter passt zu „${q}“. Bitten Sie den Betreiber dieser Plattform, ihn aufzunehmen.`,
  noProviders: 'Auf dieser Plattform ist noch kein Anbieter eingetragen.',
  guide: 'Anleitung zum Einschalten',
  guideOf: (name) => `Anleitung zum Einschalten von ${name}`,
  noGuide: 'Keine Anleitung hinterlegt; fragen Sie den Hersteller',
  connected: 'Verbunden',

  features: 'Funktionen dieses Vertrags',
  featuresHint: (contract) => `Nur für ${contract}; andere Verträge behalten ihre.`,
  feature: {
    export: 'Export ins ATS',
    indicator: 'Hinweis „Im ATS“',
    spotlight: 'Frühere Bewerbungen in der Suche',
    'bare-indicator': 'Hinweis ohne sichtbare Bewerbung',
    'possible-matches': 'Mögliche Zuordnungen',
    widget: 'Profile innerhalb des ATS',
  },
  featureHint: {
    export: 'Aus: Niemand in diesem Vertrag exportiert.',
    indicator: 'Aus: Von keinem ATS ist etwas zu sehen, weder Hinweis noch Verlauf noch frühere Bewerbungen.',
    spotlight: 'Aus: Die früheren Bewerbungen lassen sich nicht auswählen; der Hinweis bleibt.',
    'bare-indicator':
      'Aus (streng): Wer keine Bewerbung einer Person sehen darf, erfährt nicht, dass die Person im ATS ist: weder in der Suche noch in Zahlen, Karten, Profilen, Dateien oder Aktualisierungen.',
    'possible-matches': 'Aus: Niemand wird gefragt, ob zwei Datensätze eine Person sind.',
    widget: 'Aus: Neben einem Datensatz im ATS ist nichts von seinem Profil zu sehen.',
  },
  offFor: (ats) => `Aus für ${ats}.`,
  onFor: (ats) => `Für ${ats} einschalten`,
  featureDone: (name, isOn) => `${name}: für diesen Vertrag ${isOn ? 'ein' : 'aus'}geschaltet`,

  notice: {
    delivered: 'Mitteilung zugestellt',
    pending: 'Mitteilung unterwegs',
    retrying: 'Mitteilung nicht zugestellt',
    dead: 'Mitteilung nicht zugestellt',
  },
  attempts: 'Versuche',
  answered: (status) => `Antwort ${status}`,
  failures: {
    TIMED_OUT: 'Keine rechtzeitige Antwort',
    ADDRESS_REFUSED: 'Diese Adresse darf nicht aufgerufen werden',
    NAME_NOT_RESOLVED: 'Der Name des Servers wurde nicht gefunden',
    NOT_CONNECTED: 'Nicht erreichbar',
    CUT_OFF: 'Die Antwort brach ab',
    TLS_REFUSED: 'Das Zertifikat wurde nicht angenommen',
    REFUSED: 'Vom ATS abgelehnt',
    DISABLED: 'Nicht versucht: Das Ziel war ausgeschaltet',
    UNREACHABLE: 'Nicht erreichbar',
    NO_CALLBACK_URL: 'Keine Callback-Adresse',
  },
  sendAgain: 'Noch einmal senden',
  sentAgain: 'Wieder unterwegs',
  noAttempt: 'Noch kein Versuch',

  seats: (count) => (count === 1 ? '1 Platz' : `${wholeNumber(count)} Plätze`),
  seatColumns: {
    name: 'Name',
    email: 'E-Mail',
    role: 'Rolle',
    consented: 'ATS-Konto verknüpft',
    rules: 'Zugriffsregeln',
    change: 'Ändern',
  },
  seatActions: {
    off: 'Ausschalten',
    on: 'Einschalten',
    makeAdmin: 'In die Administration aufnehmen',
    endAdmin: 'Aus der Administration nehmen',
    letDecide: 'Zuordnungen entscheiden lassen',
    endDecide: 'Zuordnungen nicht mehr entscheiden lassen',
  },
  seatAction: (action, name) => `${action}: ${name}`,
  seatOff: (name) => `${name} ist ausgeschaltet und abgemeldet`,
  seatOn: (name) => `${name} ist eingeschaltet`,
  seatAdmin: (name) => `${name} gehört jetzt zur Administration`,
  seatRecruiter: (name) => `${name} gehört nicht mehr zur Administration`,
  seatDecides: (name) => `${name} entscheidet jetzt, wer wer ist`,
  seatDecidesNot: (name) => `${name} entscheidet nicht mehr, wer wer ist`,
  invite: 'Jemanden einladen',
  inviteHint:
    'Den Platz gibt es sofort. Die Person wählt ihr Passwort über einen Link, der sieben Tage gilt.',
  inviteEmail: 'E-Mail',
  inviteFirstName: 'Vorname',
  inviteLastName: 'Nachname',
  inviteButton: 'Einladen',
  inviteMissing: 'Geben Sie die E-Mail und beide Namen ein.',
  invited: (email, isMailed) =>
    isMailed
      ? `${email} ist per Mail eingeladen`
      : `Der Platz für ${email} ist da; geben Sie den Link weiter`,
  inviteLink: 'Diese Installation versendet keine Mails. Geben Sie diesen Link weiter:',
  ownSeat: 'Sie',
  admin: 'Administration',
  recruiter: 'Recruiting',
  inactive: 'Ausgeschaltet',
  consented: { yes: 'Zugestimmt', no: 'Noch nicht' },
  ruleCount: (count) => (count === 0 ? 'keine' : wholeNumber(count)),
  rules: 'Zugriffsregeln',
  direction: 'Regeln ordnen nach',
  byGroup: 'Gruppe',
  byPerson: 'Person',
  noRules: 'Ihr ATS hat keine Zugriffsregeln gesendet.',
  everyone: 'Alle',
  jobsOf: 'Stellen',
  peopleOf: 'Personen',
  more: (count) => `und ${wholeNumber(count)} weitere`,
  moreGroups: (count) => `${wholeNumber(count)} weitere Gruppen sind nicht aufgeführt.`,
  noSeat: 'kein Platz in diesem Vertrag',
  previewOf: (name) => `Ansicht von ${name}`,

  person: 'Person',
  featureOf: 'Worauf sie schaut',
  previewFeatures: { indicator: 'Bewerbungen und Verlauf', export: 'Stellen im Exportfenster' },
  job: 'Stelle, nach Titel oder Nummer',
  show: 'Ansehen',
  previewHint:
    'Wählen Sie eine Person, dann „Ansehen“: jede Stelle, ob diese Person sie sieht und nach welcher Regel.',
  previewResult: (seat, visible, hidden) =>
    `${seat} sieht ${wholeNumber(visible)} von ${wholeNumber(visible + hidden)} Stellen`,
  noJobs: 'Keine Stelle passt.',
  visible: 'Sichtbar',
  hidden: 'Verborgen',
  closedJob: 'geschlossen',
  neverSent: 'Eine Stelle, die nie gesendet wurde',
  reason: (reason, seat) => {
    switch (reason.code) {
      case 'integration-off':
        return 'diese Funktion des ATS ist nicht eingeschaltet';
      case 'contract-off':
        return 'dieser Vertrag verzichtet auf diese Funktion';
      case 'everyone':
        return 'eine Regel öffnet sie für alle';
      case 'rule':
        return `Regel ${reason.aclId}, ${reason.people === 1 ? '1 Person' : `${wholeNumber(reason.people)} Personen`}, ${
          reason.isNamed ? `${seat} ist darunter` : `${seat} ist nicht darunter`
        }`;
      case 'unknown-job':
        return 'Bewerbungen nennen sie, aber das ATS hat die Stelle nicht gesendet';
      case 'restricted':
        return 'das ATS kennzeichnet sie als beschränkt und nennt niemanden';
      case 'default-open':
        return 'sie hat keine Regel, und Stellen ohne Regel sind für alle Plätze offen';
      case 'default-hidden':
        return 'sie hat keine Regel, und Stellen ohne Regel sind für alle verborgen';
    }
  },
  justListed: 'Höchstens fünfzig sind aufgeführt, verborgene zuerst.',

  ranges: { 1: '1 Stunde', 24: '24 Stunden', 168: '7 Tage', 2160: '90 Tage' },
  range: 'Zeitraum',
  errorsFinding: (failed, requests) =>
    requests === 0
      ? 'Ihr ATS hat sich in diesem Zeitraum nicht gemeldet'
      : failed === 0
        ? `Alle ${wholeNumber(requests)} Aufrufe gelangen`
        : `Bei ${wholeNumber(failed)} von ${wholeNumber(requests)} Aufrufen schlug etwas fehl`,
  affected: (records) => (records === 1 ? '1 Datensatz' : `${wholeNumber(records)} Datensätze`),
  calls: (count) => (count === 1 ? '1 Aufruf' : `${wholeNumber(count)} Aufrufe`),
  remedies: {
    INVALID_RECORD:
      'Ein Feld fehlt oder hat die falsche Form. Der Hersteller berichtigt das unten genannte Feld und sendet den Datensatz noch einmal.',
    INVALID_ACCESS_TOKEN:
      'Der Hersteller holt ein neues Token mit seiner jetzigen Client-ID und dem Geheimnis.',
    EXPIRED_ACCESS_TOKEN: 'Der Hersteller holt ein neues Token; ein Token gilt 30 Minuten.',
    REVOKED_ACCESS_TOKEN: 'Der Hersteller holt ein neues Token; das alte wurde zurückgezogen.',
    EMPTY_ACCESS_TOKEN: 'Der Hersteller sendet sein Token bei jedem Aufruf mit.',
    ACCESS_DENIED:
      'Diesen Aufruf darf die Anwendung nicht machen. Der Hersteller prüft, mit welcher Anwendung er aufruft.',
    INTEGRATION_NOT_ENABLED:
      'Von diesem ATS ist nichts eingeschaltet. Schalten Sie es unter ATS-Integration ein.',
    CONTEXT_NOT_OWNED:
      'Der Aufruf nennt eine fremde Firma oder einen fremden Vertrag. Der Hersteller berichtigt den integrationContext.',
    NOT_FOUND:
      'Der Datensatz wurde gelöscht oder nie gesendet. Meist harmlos; sonst sendet ihn der Hersteller noch einmal.',
    THROTTLED: 'Der Hersteller verteilt seine Aufrufe; was warten musste, wird noch einmal gesendet.',
    '400': 'Der Aufruf ist nicht lesbar. Der Hersteller vergleicht ihn mit der Beschreibung der API.',
    '401': 'Der Hersteller holt ein neues Token mit seiner jetzigen Client-ID und dem Geheimnis.',
    '403':
      'Der Aufruf ist nicht erlaubt: Von diesem ATS ist nichts eingeschaltet, oder er nennt eine fremde Firma oder einen fremden Vertrag.',
    '404':
      'Der Datensatz wurde gelöscht oder nie gesendet. Meist harmlos; sonst sendet ihn der Hersteller noch einmal.',
    '422':
      'Ein Feld fehlt oder hat die falsche Form. Der Hersteller berichtigt das unten genannte Feld und sendet den Datensatz noch einmal.',
    '429': 'Der Hersteller verteilt seine Aufrufe; was warten musste, wird noch einmal gesendet.',
    INTERNAL:
      'Ein Fehler auf unserer Seite. Geben Sie dem Betreiber dieser Plattform die Kennung der Anfrage, die unten steht.',
  },
  anyRemedy:
    'Geben Sie die Beispiele unten dem Hersteller weiter: Kennung, Datensatz und Regel sagen, was zu berichtigen ist.',
  examples: 'Beispiele',
  exampleColumns: {
    at: 'Zeit',
    request: 'Kennung der Anfrage',
    key: 'Datensatz',
    field: 'Feld',
    rule: 'Regel',
  },

  exportStates: {
    sending: 'Unterwegs',
    waiting: 'Wartet auf das ATS',
    'not-picked-up': 'Nicht abgeholt',
    complete: 'Abgeschlossen',
    withdrawn: 'Nicht mehr erlaubt',
  },
  anyState: 'Alle',
  noExports: 'Noch wurde niemand exportiert.',
  closedAccount: 'Ein geschlossenes Konto',
  exportedJob: (title, id, ats) => `${title} – ${id} in ${ats}`,
  exportedBy: (name, when) => `von ${name}, ${when}`,
  fetchedAt: (when) => `abgeholt ${when}`,

  deliveryStates: {
    all: 'Alle',
    pending: 'Unterwegs',
    delivered: 'Zugestellt',
    dead: 'Nicht zugestellt',
  },
  state: 'Status',
  noDeliveries:
    'Noch wurde nichts gesendet. Ihr ATS wird benachrichtigt, wenn Sie eine Integration schalten.',
  noneOfState: 'Keine in diesem Status.',
  destination: {
    well: 'Erreichbar',
    open: 'Gestört; wird von Zeit zu Zeit versucht',
    disabled: 'Ausgeschaltet, nachdem alle Versuche fehlschlugen',
  },
  enable: 'Wieder senden',
  enabled: 'Es wird wieder gesendet',
  destinations: 'Ziele',
  pendingCount: (pending, dead) => `${wholeNumber(pending)} unterwegs, ${wholeNumber(dead)} nicht zugestellt`,
  types: {
    INTEGRATION_STATUS_CHANGE: 'Eine Integration hat sich geändert',
    EXPORT_CANDIDATE_PROFILE: 'Eine Person wurde exportiert',
    SHARED_CONTACT_WITHDRAWN: 'Geteilte Kontaktdaten sind zu löschen',
  },

  action: {
    'integration-requested': 'Integration angefragt:',
    'integration-on': 'Eingeschaltet:',
    'integration-off': 'Ausgeschaltet:',
    'integration-removed': 'Anfrage entfernt:',
    'partner-notified': 'Partner erinnert',
    'viewers-opened': 'Stellen ohne Regel allen Plätzen gezeigt',
    'viewers-closed': 'Stellen ohne Regel vor allen verborgen',
    'records-erased': 'Synchronisiertes gelöscht:',
    'feature-on': 'Für den Vertrag eingeschaltet:',
    'feature-off': 'Für den Vertrag ausgeschaltet:',
    previewed: 'Ansicht geprüft von',
    'seat-on': 'Platz eingeschaltet:',
    'seat-off': 'Platz ausgeschaltet:',
    'administrator-on': 'In die Administration aufgenommen:',
    'administrator-off': 'Aus der Administration genommen:',
    'matching-on': 'Entscheidet jetzt, wer wer ist:',
    'matching-off': 'Entscheidet nicht mehr, wer wer ist:',
    'erasure-asked': 'Löschung beantragt',
    'erasure-confirmed': 'Löschung bestätigt',
    'people-exported': 'Gefundene Personen in eine Datei exportiert',
  },
  rows: (count) => `${wholeNumber(count)} Zeilen`,
  anyAction: 'Alles',
  filter: 'Zeigen',
  csv: 'CSV herunterladen',
  noEntries: 'Noch nichts.',
  older: 'Ältere',
  newest: 'Neueste',
};
