import { SAME_SEARCH_MS, SAVED_MINUTES } from '@carrick/protocol/reports';
import type { Translation } from '../language.ts';
import { plural, span, wholeNumber } from '../numbers.ts';
import type { ReportWords } from './words.ts';

export const de: Translation<ReportWords> = {
  nav: 'Berichte',
  title: 'Berichte',
  lead: 'Wie Ihr Vertrag Exporte, frühere Bewerbungen und Nachrichten nutzt.',
  failed: 'Der Bericht konnte nicht geladen werden',
  period: 'Zeitraum',
  usage: 'Nutzung',
  periods: { 7: '7 Tage', 30: '30 Tage', 90: '90 Tage', 365: '12 Monate' },
  csv: 'CSV herunterladen',
  none: 'In diesem Zeitraum ist nichts geschehen',
  day: 'Tag',
  exports: 'Exporte',
  exportsFinding: (complete, all) =>
    all === 0
      ? 'In diesem Zeitraum wurde niemand exportiert'
      : `${wholeNumber(complete)} von ${wholeNumber(all)} sind abgeschlossen`,
  exportsComplete: 'Abgeschlossen',
  completedExports: 'Abgeschlossene Exporte',
  searches: 'Suchen mit dem Spotlight',
  searchesFinding: (count) =>
    count === 0
      ? 'In diesem Zeitraum hat niemand unter früheren Bewerbungen gesucht'
      : `${count === 1 ? 'Einmal' : `${wholeNumber(count)}-mal`} wurde „Frühere Bewerbungen“ gewählt`,
  searchesFormula: `Seiten und Filter, die jemand innerhalb von ${span(SAME_SEARCH_MS)} wählt, zählen als eine Suche.`,
  views: 'Frühere Bewerbungen angesehen',
  viewsFinding: (count) =>
    count === 0
      ? 'In diesem Zeitraum hat niemand frühere Bewerbungen angesehen'
      : `${count === 1 ? 'Einmal' : `${wholeNumber(count)}-mal`}; je Recruiter, Person und Tag zählt es einmal`,
  messages: 'Nachrichten und Antworten',
  messagesFinding: (past, others) =>
    past === null && others === null
      ? 'In diesem Zeitraum wurde niemand angeschrieben'
      : `Beantwortet: von Personen mit früherer Bewerbung ${past ?? '–'}, von anderen ${others ?? '–'}`,
  toPastApplicants: 'An Personen mit früherer Bewerbung',
  toOthers: 'An andere Personen',
  sent: 'Gesendet',
  answered: 'Beantwortet',
  rate: 'Anteil beantwortet',
  ratio: (answered, sent, share) => `${wholeNumber(answered)} von ${wholeNumber(sent)} · ${share}`,
  saved: 'Gesparte Zeit, geschätzt',
  time: 'Zeit',
  savedFinding: (time) => `Etwa ${time}`,
  savedNothing: 'Noch nichts zu zählen',
  formula: (exports, views) =>
    `${plural(exports, { one: 'abgeschlossener Export', other: 'abgeschlossene Exporte' })} × ${wholeNumber(SAVED_MINUTES.export)} Minuten Abtippen + ${plural(views, { one: 'Blick', other: 'Blicke' })} auf frühere Bewerbungen × ${wholeNumber(SAVED_MINUTES.pastApplicantView)} Minuten Suche im ATS`,
  estimateHint: 'Die Minuten sind unsere Annahme, nicht bei Ihnen gemessen.',
  recruiters: 'Nach Recruiter',
  recruitersHint: 'Nur für die Administration.',
  recruiter: 'Recruiter',
  visibleOnly: 'Gezählt wird, was Sie sehen dürfen: Exporte zu Stellen, die für Sie verborgen sind, fehlen.',
};
