/** The words of a person's pane, of what stands below the header, and of the tabs of feedback and files; they load with them. See messages.ts. */
import { inLanguage } from '../language.ts';
import { wholeNumber } from '../messages.ts';

const en = {
  pane: {
    previous: 'Previous person',
    next: 'Next person',
    place: (place: number, reach: number) => `${wholeNumber(place)} of ${wholeNumber(reach)}`,
    reached: (name: string, place: string) => `${name}, ${place}`,
    stepFailed: 'The next people could not be loaded',
    fullPage: 'Open full page',
    close: 'Close',
  },
  standing: {
    label: 'Projects and applications',
    inYourAts: (ats: string) => `In your ${ats}`,
    noApplication: 'No application yet',
    moreProjects: (count: number) => (count === 1 ? '1 more project' : `${wholeNumber(count)} more projects`),
  },
  feedback: {
    tab: (count: number) => `Feedback (${wholeNumber(count)})`,
    title: 'Interview feedback',
    none: 'No interview feedback yet',
    noneHint: (ats: string) => `What interviewers write in ${ats} about this person appears here.`,
  },
  attachments: {
    tab: (count: number) => `Attachments (${wholeNumber(count)})`,
    title: 'Files',
    none: 'No files yet',
    noneHint: (ats: string) => `Résumés and other files of this person in ${ats} appear here.`,
    ofCandidate: (ats: string) => `With the record in ${ats}`,
    view: (file: string) => `View ${file}`,
    download: 'Download',
    downloadOf: (file: string) => `Download ${file}`,
    close: 'Close',
  },
} as const;

export const words = inLanguage('profile', en);
export type ProfileWords = typeof en;
