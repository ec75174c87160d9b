/** The words of the reports. */
import { type ReportDays, SAME_SEARCH_MS, SAVED_MINUTES } from '@carrick/protocol/reports';
import { inLanguage } from '../language.ts';
import { wholeNumber } from '../messages.ts';
import { plural, span } from '../numbers.ts';

const en = {
  nav: 'Reports',
  title: 'Reports',
  lead: 'How your contract uses exports, past applicants and messages.',
  failed: 'The report could not be loaded',
  period: 'Period',
  usage: 'Usage',
  periods: { 7: '7 days', 30: '30 days', 90: '90 days', 365: '12 months' } satisfies Record<
    ReportDays,
    string
  >,
  csv: 'Download CSV',
  none: 'Nothing happened in this time',
  day: 'Day',
  exports: 'Exports',
  exportsFinding: (complete: number, all: number) =>
    all === 0
      ? 'Nobody was exported in this time'
      : `${wholeNumber(complete)} of ${wholeNumber(all)} are complete`,
  exportsComplete: 'Complete',
  completedExports: 'Completed exports',
  searches: 'Searches with the spotlight',
  searchesFinding: (count: number) =>
    count === 0
      ? 'Nobody searched among past applicants in this time'
      : `${count === 1 ? 'Once' : `${wholeNumber(count)} times`} “Past applicants” was chosen`,
  searchesFormula: `Pages and filters that one recruiter adds within ${span(SAME_SEARCH_MS)} count as one search.`,
  views: 'Past applicants looked at',
  viewsFinding: (count: number) =>
    count === 0
      ? 'Nobody looked at a past applicant in this time'
      : `${count === 1 ? 'Once' : `${wholeNumber(count)} times`}; one recruiter, one person and one day make one`,
  messages: 'Messages and answers',
  messagesFinding: (past: string | null, others: string | null) =>
    past === null && others === null
      ? 'Nobody was written to in this time'
      : `Answered: past applicants ${past ?? '–'}, others ${others ?? '–'}`,
  toPastApplicants: 'To past applicants',
  toOthers: 'To others',
  sent: 'Sent',
  answered: 'Answered',
  rate: 'Share answered',
  ratio: (answered: number, sent: number, share: string) =>
    `${wholeNumber(answered)} of ${wholeNumber(sent)} · ${share}`,
  saved: 'Time saved, estimated',
  time: 'Time',
  savedFinding: (time: string) => `About ${time}`,
  savedNothing: 'Nothing to count yet',
  formula: (exports: number, views: number) =>
    `${plural(exports, { one: 'completed export', other: 'completed exports' })} × ${wholeNumber(SAVED_MINUTES.export)} minutes of typing + ${plural(views, { one: 'look', other: 'looks' })} at past applicants × ${wholeNumber(SAVED_MINUTES.pastApplicantView)} minutes of searching the ATS`,
  estimateHint: 'The minutes are assumptions of ours, not measured at your company.',
  recruiters: 'By recruiter',
  recruitersHint: 'Administrators only.',
  recruiter: 'Recruiter',
  visibleOnly: 'Counted is what you may see: exports to jobs that are hidden from you are not in it.',
} as const;

export const words = inLanguage('reports', en);
export type ReportWords = typeof en;
