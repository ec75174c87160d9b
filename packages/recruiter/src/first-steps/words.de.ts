import type { Translation } from '../language.ts';
import { plural } from '../numbers.ts';
import type { FirstStepsWords } from './words.ts';

export const de: Translation<FirstStepsWords> = {
  title: 'Erste Schritte',
  failed: 'Die ersten Schritte konnten nicht geladen werden',
  done: 'Erledigt',
  open: 'Offen',
  progress: (done, all) => `${done} von ${all} erledigt`,
  steps: {
    'past-applicants': 'Ihre früheren Bewerbungen',
    connect: 'ATS verbinden',
    sync: 'Erste Synchronisierung',
    match: 'Erste Zuordnung',
    export: 'Erster Export',
  },
  hints: {
    'past-applicants':
      'Personen, die sich einmal beworben haben und weiterkamen, soweit Sie sie sehen dürfen.',
    connect: 'Die Verwaltung schaltet die Integration ein.',
    sync: 'Ihr ATS sendet Kandidaten, Bewerbungen und Stellen.',
    match: 'Eine Person aus Ihrem ATS wird im Verzeichnis erkannt.',
    export: 'Senden Sie eine Person aus ihrem Profil zu einer Stelle Ihres ATS.',
  },
  people: (count) => plural(count, { one: 'Person', other: 'Personen' }),
  records: (count, isMore) =>
    `${isMore ? 'über ' : ''}${plural(count, { one: 'Kandidat', other: 'Kandidaten' })}`,
};
