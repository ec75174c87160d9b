import type { Translation } from '../language.ts';
import type { SearchWords } from './words.ts';

export const de: Translation<SearchWords> = {
  stages: 'Erreichte Stufe',
  stageNames: {
    APPLIED: 'Beworben',
    SCREEN: 'Vorauswahl',
    INTERVIEW: 'Gespräch',
    OFFER: 'Angebot',
    HIRED: 'Eingestellt',
    REJECTED: 'Abgelehnt',
    DECLINED: 'Abgesagt',
    ARCHIVED: 'Archiviert',
    OTHER: 'Andere Stufe',
  },
  stageChip: (stage) => `Erreicht: ${stage}`,
  applied: 'Zuletzt beworben',
  appliedNames: {
    month: 'In den letzten 30 Tagen',
    halfYear: 'Vor 30 Tagen bis 6 Monaten',
    year: 'Vor 6 bis 12 Monaten',
    longer: 'Vor über einem Jahr',
  },
  appliedChip: (span) => `Beworben: ${span}`,
  reasons: 'Geschlossen, weil',
  reasonChip: (reason) => `Geschlossen: ${reason}`,
  sort: 'Sortieren',
  sorts: { relevance: 'Beste zuerst', name: 'Nachname', lastApplied: 'Zuletzt beworben' },
  firstSync: 'Die erste Synchronisierung läuft – die Zahlen wachsen noch',
  connect: 'Dafür muss Ihr ATS verbunden sein',
  switchedOff: 'Für diesen Vertrag ausgeschaltet',
  onlyInAts: (ats) => `Nur in ${ats}`,
  lastApplied: 'Zuletzt beworben',
  noProfile: (ats) => `Nur aus ${ats} bekannt: Es gibt kein Profil.`,
};
