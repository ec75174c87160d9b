import type { Translation } from '../language.ts';
import { wholeNumber } from '../numbers.ts';
import type { ProjectWords } from './words.ts';

/** The list and the home page; the rest of the projects stands in English yet. */
export const de: Translation<ProjectWords> = {
  nav: 'Projekte',
  list: {
    title: 'Projekte',
    lead: 'Personen, die Sie in Betracht ziehen, Stufe für Stufe, mit Ihren Kollegen.',
    create: 'Neues Projekt',
    failed: 'Die Projekte konnten nicht geladen werden',
    sort: 'Sortieren',
    sorts: { used: 'Zuletzt von mir benutzt', created: 'Angelegt', name: 'Name' },
    current: 'Aktuell',
    archived: 'Archiviert',
    views: 'Welche Projekte',
    columns: {
      name: 'Projekt',
      stages: 'Personen je Stufe',
      owner: 'Gehört',
      created: 'Angelegt',
      used: 'Zuletzt benutzt',
    },
    mine: 'Ihnen',
    never: 'Noch nicht',
    private: 'Privat',
    privateHint: 'Nur Sie sehen es',
    empty: 'Noch keine Projekte',
    emptyHint:
      'Ein Projekt hält die Personen, die Sie für eine Stelle in Betracht ziehen. Beginnen Sie eines, oder speichern Sie jemanden aus der Suche.',
    emptyArchive: 'Nichts ist archiviert',
    recent: 'Zuletzt benutzte Projekte',
    allProjects: 'Alle Projekte',
  },
  bar: {
    nobody: 'Noch niemand',
    stage: (name, count) => `${name}: ${wholeNumber(count)}`,
    active: (count) => (count === 1 ? '1 aktive Person' : `${wholeNumber(count)} aktive Personen`),
  },
};
