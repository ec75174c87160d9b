import type { Translation } from '../language.ts';
import { wholeNumber } from '../numbers.ts';
import type { ProfileWords } from './words.ts';

export const de: Translation<ProfileWords> = {
  pane: {
    previous: 'Vorige Person',
    next: 'Nächste Person',
    place: (place, reach) => `${wholeNumber(place)} von ${wholeNumber(reach)}`,
    reached: (name, place) => `${name}, ${place}`,
    stepFailed: 'Die nächsten Personen konnten nicht geladen werden',
    fullPage: 'Ganze Seite öffnen',
    close: 'Schließen',
  },
  standing: {
    label: 'Projekte und Bewerbungen',
    inYourAts: (ats) => `In Ihrem ${ats}`,
    noApplication: 'Noch keine Bewerbung',
    moreProjects: (count) => (count === 1 ? '1 weiteres Projekt' : `${wholeNumber(count)} weitere Projekte`),
  },
  feedback: {
    tab: (count) => `Feedback (${wholeNumber(count)})`,
    title: 'Feedback aus Gesprächen',
    none: 'Noch kein Feedback',
    noneHint: (ats) => `Was in ${ats} nach Gesprächen über diese Person geschrieben wird, steht hier.`,
  },
  attachments: {
    tab: (count) => `Anlagen (${wholeNumber(count)})`,
    title: 'Dateien',
    none: 'Noch keine Dateien',
    noneHint: (ats) => `Lebensläufe und andere Dateien dieser Person aus ${ats} stehen hier.`,
    ofCandidate: (ats) => `Beim Datensatz in ${ats}`,
    view: (file) => `${file} ansehen`,
    download: 'Herunterladen',
    downloadOf: (file) => `${file} herunterladen`,
    close: 'Schließen',
  },
};
