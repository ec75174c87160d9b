/** The words of the list of jobs. */
import { inLanguage } from '../language.ts';
import { terms, wholeNumber } from '../messages.ts';

const en = {
  nav: 'Jobs',
  title: 'Jobs',
  documentTitle: `Jobs · ${terms.product}`,
  lead: 'What your ATS sent, as far as you may see it.',
  states: { open: 'Open', closed: 'Closed' },
  stateCount: (name: string, count: number) => `${name} (${wholeNumber(count)})`,
  views: 'Which jobs',
  find: 'Find by title or id',
  failed: 'The jobs could not be loaded',
  columns: { job: 'Job', place: 'Place', applications: 'Applications', source: 'Source', synced: 'Synced' },
  noPlace: '–',
  applications: (count: number) =>
    count === 0 ? 'None yet' : count === 1 ? '1 application' : `${wholeNumber(count)} applications`,
  stage: (stage: string | null, count: number) => `${stage ?? 'No stage yet'}: ${wholeNumber(count)}`,
  noAts: 'No ATS is switched on for your contract.',
  none: { open: 'No open job.', closed: 'No closed job.' },
  noMatch: (text: string) => `No job matches “${text}”.`,
  earlier: 'Previous',
  later: 'Next',
  pages: 'Pages',
} as const;

export const words = inLanguage('jobs', en);
export type JobWords = typeof en;
