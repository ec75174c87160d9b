import { MOST_WAITING } from '@carrick/protocol/notices';
import type { Translation } from '../language.ts';
import { upTo, wholeNumber } from '../numbers.ts';
import type { HomeWords } from './words.ts';

export const de: Translation<HomeWords> = {
  title: 'Was sich lohnt',
  failed: 'Was sich lohnt, konnte nicht geladen werden',
  nothing: 'Nichts wartet auf Sie. Ein guter Anfang ist eine Suche.',
  toSearch: 'Personen suchen',
  pastApplicants: 'Frühere Bewerbungen für Ihre offenen Stellen',
  pastApplicantsOf: (job) => `Frühere Bewerbungen für ${job}`,
  matches: (count) =>
    count === 1 ? '1 Zuordnung ist zu prüfen' : `${upTo(MOST_WAITING, count)} Zuordnungen sind zu prüfen`,
  answers: (count) =>
    count === 1 ? '1 Nachricht wurde beantwortet' : `${wholeNumber(count)} Nachrichten wurden beantwortet`,
  complete: (count) =>
    count === 1 ? '1 Export ist abgeschlossen' : `${wholeNumber(count)} Exporte sind abgeschlossen`,
  failedExports: (count) =>
    count === 1 ? '1 Export wurde nicht abgeholt' : `${wholeNumber(count)} Exporte wurden nicht abgeholt`,
  completeHint: 'Ihre der letzten sieben Tage',
  failedHint:
    'Ihr ATS hat die Daten nicht abgeholt. Senden Sie sie beim Profil noch einmal, oder fragen Sie die Verwaltung.',
  matchesHint: 'Sagen Sie, wer wer ist; was Sie entscheiden, gilt',
  answersHint: 'Noch nicht gelesen',
};
