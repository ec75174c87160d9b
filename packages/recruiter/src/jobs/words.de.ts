import type { Translation } from '../language.ts';
import { terms, wholeNumber } from '../messages.ts';
import type { en } from './words.ts';

export const de: Translation<typeof en> = {
  nav: 'Stellen',
  title: 'Stellen',
  documentTitle: `Stellen · ${terms.product}`,
  lead: 'Was Ihr ATS geschickt hat, soweit Sie es sehen dürfen.',
  states: { open: 'Offen', closed: 'Geschlossen' },
  stateCount: (name: string, count: number) => `${name} (${wholeNumber(count)})`,
  views: 'Welche Stellen',
  find: 'Nach Titel oder Kennung suchen',
  columns: {
    job: 'Stelle',
    place: 'Ort',
    applications: 'Bewerbungen',
    source: 'Quelle',
    synced: 'Abgeglichen',
  },
  applications: (count: number) =>
    count === 0 ? 'Noch keine' : count === 1 ? '1 Bewerbung' : `${wholeNumber(count)} Bewerbungen`,
  stage: (stage: string | null, count: number) => `${stage ?? 'Noch ohne Stufe'}: ${wholeNumber(count)}`,
  noAts: 'Für Ihren Vertrag ist kein ATS eingeschaltet.',
  none: { open: 'Keine offene Stelle.', closed: 'Keine geschlossene Stelle.' },
  noMatch: (text: string) => `Keine Stelle passt zu „${text}“.`,
  earlier: 'Zurück',
  later: 'Weiter',
  pages: 'Seiten',
};
