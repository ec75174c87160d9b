import type { Translation } from '../language.ts';
import { wholeNumber } from '../numbers.ts';
import { terms } from '../terms.ts';
import type { JobWords } from './words.ts';

export const de: Translation<JobWords> = {
  nav: 'Stellen',
  title: 'Stellen',
  documentTitle: `Stellen · ${terms.product}`,
  lead: 'Was Ihr ATS gesendet hat, soweit Sie es sehen dürfen.',
  states: { open: 'Offen', closed: 'Geschlossen' },
  stateCount: (name, count) => `${name} (${wholeNumber(count)})`,
  views: 'Welche Stellen',
  find: 'Nach Titel oder Nummer suchen',
  noPlace: '–',
  failed: 'Die Stellen konnten nicht geladen werden',
  columns: {
    job: 'Stelle',
    place: 'Ort',
    applications: 'Bewerbungen',
    source: 'Quelle',
    synced: 'Synchronisiert',
  },
  applications: (count) =>
    count === 0 ? 'Noch keine' : count === 1 ? '1 Bewerbung' : `${wholeNumber(count)} Bewerbungen`,
  stage: (stage, count) => `${stage ?? 'Noch keine Stufe'}: ${wholeNumber(count)}`,
  noAts: 'Für Ihren Vertrag ist kein ATS eingeschaltet.',
  none: { open: 'Keine offene Stelle.', closed: 'Keine geschlossene Stelle.' },
  noMatch: (text) => `Keine Stelle passt zu „${text}“.`,
  earlier: 'Zurück',
  later: 'Weiter',
  pages: 'Seiten',
};
