import { MOST_WAITING } from '@carrick/protocol/notices';
import type { Translation } from '../language.ts';
import { upTo, wholeNumber } from '../numbers.ts';
import type { NoticeWords } from './words.ts';

export const de: Translation<NoticeWords> = {
  title: 'Mitteilungen',
  bell: (unread) => (unread === 0 ? 'Mitteilungen' : `Mitteilungen, ${wholeNumber(unread)} ungelesen`),
  failed: 'Die Mitteilungen konnten nicht geladen werden',
  none: 'Keine Mitteilungen. Hier erscheinen Exporte, Antworten, Bitten aus dem Team und Zuordnungen, die zu prüfen sind.',
  unread: 'Neu',
  markRead: 'Alle als gelesen markieren',
  markFailed: 'Die Mitteilungen konnten nicht als gelesen markiert werden.',
  'export-complete': (job) => `Export abgeschlossen – ${job}`,
  'export-failed': (job) => `Export wurde nicht abgeholt – ${job}`,
  shared: (by) => `– ${by} bittet um Ihre Einschätzung`,
  reply: 'Hat Ihre Nachricht beantwortet',
  matches: (count) =>
    count === 1 ? '1 Zuordnung ist zu prüfen' : `${upTo(MOST_WAITING, count)} Zuordnungen sind zu prüfen`,
  actions: {
    'integration-requested': (by) => `${by} hat eine Integration angefragt`,
    'integration-on': (by) => `${by} hat eine Integration eingeschaltet`,
    'integration-off': (by) => `${by} hat eine Integration ausgeschaltet`,
    'integration-removed': (by) => `${by} hat die Anfrage einer Integration entfernt`,
  },
};
