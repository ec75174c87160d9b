/** The words of what is worth doing, on the home page. */
import { MOST_WAITING } from '@carrick/protocol/notices';
import { inLanguage } from '../language.ts';
import { wholeNumber } from '../messages.ts';
import { upTo } from '../numbers.ts';

const en = {
  title: 'Worth doing',
  failed: 'What is worth doing could not be loaded',
  nothing: 'Nothing waits for you. A search is a good start.',
  toSearch: 'Find people',
  pastApplicants: 'Past applicants for your open jobs',
  pastApplicantsOf: (job: string) => `Past applicants for ${job}`,
  matches: (count: number) =>
    count === 1 ? '1 match waits for review' : `${upTo(MOST_WAITING, count)} matches wait for review`,
  answers: (count: number) =>
    count === 1 ? '1 message was answered' : `${wholeNumber(count)} messages were answered`,
  complete: (count: number) =>
    count === 1 ? '1 export is complete' : `${wholeNumber(count)} exports are complete`,
  failedExports: (count: number) =>
    count === 1 ? '1 export was not picked up' : `${wholeNumber(count)} exports were not picked up`,
  completeHint: 'Yours of the last seven days',
  failedHint: 'Your ATS did not fetch it. Open the person to send it again, or tell your admin.',
  matchesHint: 'Say who is who; what you decide holds',
  answersHint: 'Not read yet',
} as const;

export const words = inLanguage('home', en);
export type HomeWords = typeof en;
