import type { Translation } from '../language.ts';
import { span, wholeDay, wholeNumber, wholeShare } from '../numbers.ts';
import type { SyncWords } from './sync-words.ts';

const kinds = {
  job: 'Stellen',
  entityAcl: 'Zugriffsregeln',
  entityAclAssignee: 'Personen in Zugriffsregeln',
  candidate: 'Kandidaten',
  candidateNote: 'Notizen zu Kandidaten',
  application: 'Bewerbungen',
  stage: 'Stufen',
  interviewFeedback: 'Feedback aus Gesprächen',
  applicationNote: 'Notizen zu Bewerbungen',
};

export const de: Translation<SyncWords> = {
  ats: 'ATS',
  noAts: 'Noch ist kein ATS verbunden. Sobald eines verbunden ist, steht hier, was es sendet.',
  state: {
    'up-to-date': 'Auf dem neuesten Stand',
    syncing: 'Wird synchronisiert',
    delayed: 'Verzögert',
    attention: 'Braucht Aufmerksamkeit',
    off: 'Ausgeschaltet',
  },
  remedy: (state, { usualPauseMs, lastCallAt }) => {
    switch (state) {
      case 'up-to-date':
      case 'syncing':
        return 'Nichts zu tun.';
      case 'delayed':
        return lastCallAt === null
          ? 'Ihr ATS hat sich noch nie gemeldet. Bitten Sie den Hersteller, die erste Synchronisierung zu starten.'
          : `Ihr ATS meldet sich sonst im Abstand von ${span(usualPauseMs)} und schweigt jetzt mehr als doppelt so lange. Fragen Sie den Hersteller, ob sein Konnektor läuft.`;
      case 'attention':
        return 'Datensätze werden abgelehnt. Unten steht, welche; geben Sie die Beispiele unter API-Fehler dem Hersteller weiter.';
      case 'off':
        return 'Von diesem ATS ist nichts eingeschaltet. Schalten Sie es unter ATS-Integration ein.';
    }
  },
  lastCall: (when) => (when === null ? 'Noch nie gemeldet' : `Zuletzt gemeldet ${when}`),
  kinds,

  received: 'Was ankam',
  receivedOf: (accepted) =>
    accepted === 0 ? 'Nichts in diesem Zeitraum' : `${wholeNumber(accepted)} in diesem Zeitraum angenommen`,
  kindFacts: (stored, last, failed, lagMs) =>
    [
      `${wholeNumber(stored)} vorhanden`,
      last === null ? 'nie empfangen' : `zuletzt empfangen ${last}`,
      failed > 0 && `${wholeNumber(failed)} abgelehnt`,
      lagMs !== null && `nach einer Änderung hier in ${span(lagMs)}`,
    ]
      .filter(Boolean)
      .join(' · '),
  time: 'Zeit',
  accepted: 'Angenommen',

  funnel: 'Vom Kandidaten zur früheren Bewerbung',
  funnelFinding: (linked, candidates) =>
    candidates === 0
      ? 'Noch keine Kandidaten'
      : `${wholeShare(linked / candidates)} der Kandidaten sind mit einem Profil verbunden`,
  funnelSteps: {
    candidates: 'Kandidaten',
    identifiable: 'Mit E-Mail, Telefon oder Profiladresse',
    linked: 'Mit einem Profil verbunden',
    pastApplicants: 'Frühere Bewerbungen',
  },
  step: 'Schritt',
  count: 'Anzahl',
  shareOf: (value, most) =>
    most === 0 ? wholeNumber(value) : `${wholeNumber(value)} · ${wholeShare(value / most)}`,

  refused: 'Was abgelehnt wurde',
  refusedFinding: (records) =>
    records === 0
      ? 'In diesem Zeitraum wurde nichts abgelehnt'
      : records === 1
        ? '1 Datensatz wurde abgelehnt'
        : `${wholeNumber(records)} Datensätze wurden abgelehnt`,
  toErrors: 'Beispiele und Abhilfe unter API-Fehler',
  code: 'Code',
  records: 'Datensätze',
  remedyHead: 'Was zu tun ist',

  speed: 'Wie schnell Aufrufe beantwortet werden',
  speedFinding: (p95) =>
    p95 === null
      ? 'Keine Aufrufe in diesem Zeitraum'
      : `Höchstens ${wholeNumber(Math.round(p95))} ms bei 95 von 100 Aufrufen`,
  ms: (value) => `${wholeNumber(Math.round(value))} ms`,
  p50: 'Die Hälfte der Aufrufe',
  p95: '95 von 100 Aufrufen',

  completeness: 'Ist die Vorgeschichte angekommen?',
  completenessFinding: (missing, countedAt) =>
    countedAt === null
      ? 'Ihr ATS hat nicht gesagt, wie viel es hält; zu sehen ist nur, was hier liegt'
      : missing === 0
        ? `Alles, was Ihr ATS gezählt hat, ist hier, Stand ${countedAt}`
        : `${wholeNumber(missing)} Datensätze, die Ihr ATS gezählt hat, fehlen hier, Stand ${countedAt}`,
  matrix: 'Datensätze nach Jahr und Art',
  year: 'Jahr',
  cell: (ours, theirs) =>
    theirs === null ? wholeNumber(ours) : `${wholeNumber(ours)} / ${wholeNumber(theirs)}`,
  cellHint: 'Hier / im ATS',

  warnings: 'Einen Blick wert',
  warning: (warning) => {
    switch (warning.code) {
      case 'never-sent':
        return `${kinds[warning.kind]}: Ihr ATS hat noch nie welche gesendet.`;
      case 'mostly-empty':
        return `${kinds[warning.kind]}: ${warning.field} ist bei ${wholeShare(warning.empty / warning.of)} von ${wholeNumber(warning.of)} leer. Ist das Feld im ATS zugeordnet?`;
      case 'links-changed':
        return warning.share > warning.usual
          ? `Von den ${wholeNumber(warning.of)} Kandidaten des letzten Tages wurden ${wholeShare(warning.share)} verknüpft, von den früheren ${wholeShare(warning.usual)}. Wurden absichtlich Adressen von Mitgliedern gesendet?`
          : `Von den ${wholeNumber(warning.of)} Kandidaten des letzten Tages wurden nur ${wholeShare(warning.share)} verknüpft, von den früheren ${wholeShare(warning.usual)}. Gehören E-Mail und Telefon noch den Kandidaten selbst?`;
      case 'short-history':
        return `Die älteste Bewerbung ist vom ${wholeDay(warning.since)}. Frühere Bewerbungen nützen am meisten, wenn sie zwei Jahre oder mehr umfassen.`;
    }
  },

  quotas: 'Heute verbrauchte Kontingente',
  noQuotas: 'Heute wurde nichts gezählt.',
  quota: (used, most) => `${wholeNumber(used)} von ${wholeNumber(most)}`,
  limits: { 'requests-per-day': 'Aufrufe', 'records-per-day': 'Datensätze' },

  latest: 'Letzte Aufrufe',
  noCalls: 'Noch kein Aufruf.',
  columns: {
    at: 'Zeit',
    call: 'Aufruf',
    status: 'Antwort',
    records: 'Datensätze',
    id: 'Kennung der Anfrage',
  },
  callRecords: (records, failed) =>
    failed > 0 ? `${wholeNumber(failed)} von ${wholeNumber(records)} fehlgeschlagen` : wholeNumber(records),
};
