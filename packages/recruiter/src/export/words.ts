/** The words of the export; they load with it. See messages.ts. */

import type { EXPORTED_FIELDS } from '@carrick/protocol/exports';
import { inLanguage } from '../language.ts';
import { locale, messages, wholeNumber } from '../messages.ts';

const list = new Intl.ListFormat(locale, { type: 'conjunction' });
const days = new Intl.DateTimeFormat(locale, { month: 'long', day: 'numeric', timeZone: 'UTC' });

const FIELDS: Readonly<Record<(typeof EXPORTED_FIELDS)[number], string>> = {
  name: 'name',
  employer: 'current employer',
  location: 'location',
  profileUrl: 'profile URL',
  memberId: 'member id',
};

const en = {
  title: 'Export to your ATS',
  close: 'Close',
  ats: 'ATS',
  job: 'Job name',
  jobHint: 'Search by Job name or ID',
  jobLabel: (title: string, id: string) => `${title} - ${id}`,
  clearJob: 'Clear the job',
  open: 'Open',
  sent: (fields: readonly (typeof EXPORTED_FIELDS)[number][]) =>
    `What is sent: ${list.format(fields.map((field) => FIELDS[field]))}. No e-mail address and no phone number.`,
  cancel: 'Cancel',
  export: 'Export',
  exporting: 'Exporting…',
  anyway: 'Export anyway',
  anywayQuestion: 'Export anyway?',
  jobs: (count: number) => (count === 1 ? '1 job' : `${wholeNumber(count)} jobs`),
  jobsFound: 'Jobs found',
  searching: 'Searching…',
  noJobs: (ats: string) => `No open jobs have been synced from ${ats} yet`,
  noMatch: (query: string) => `No job matches '${query}'`,
  jobsFailed: 'The jobs could not be loaded.',
  optionsFailed: 'The export could not be prepared',
  missingJobs: 'Not seeing the jobs you expect?',
  whyOnlyOpen: 'Only open jobs are listed.',
  whyAllowed: (ats: string) => `You see only jobs that you are allowed to see in ${ats}.`,
  whyDelay: 'A new job takes up to five minutes to arrive.',
  lastSync: (count: string, time: string) => `Last job sync: ${time}, ${count}.`,
  neverSynced: 'No job has arrived yet.',
  tellAdmin: 'Tell your admin',
  askSubject: (ats: string) => `Export to ${ats}: a job is missing`,
  askBody: (ats: string) =>
    `Hello,\n\nI do not see the job I want to export to in ${ats}. Could you check that it is open, that I am allowed to see it, and that jobs are synced?\n`,
  several: (count: number) => `${wholeNumber(count)} people`,
  some: (can: number, all: number) => `${wholeNumber(can)} of ${wholeNumber(all)} people can be exported.`,
  notAllowed: (names: readonly string[]) =>
    `${list.format(names)} ${names.length === 1 ? 'does' : 'do'} not allow it.`,
  quota: (used: number, most: number) =>
    `${wholeNumber(used)} of ${wholeNumber(most)} exports used this month`,
  quotaReached: (most: number, resetsAt: number) =>
    `You reached ${wholeNumber(most)} exports this month. Resets on ${days.format(resetsAt)}.`,
  began: (who: string, ats: string) => `Exporting ${who} to ${ats}…`,
  sending: (ats: string) => `Exporting to ${ats}…`,
  waiting: (ats: string) => `Sent, waiting for ${ats}`,
  notPickedUp: (ats: string) => `${ats} did not pick this up.`,
  withdrawn: 'This person’s settings no longer allow exporting. Nothing was sent.',
  complete: 'Export complete',
  by: (name: string) => `by ${name}`,
  sendAgain: 'Send again',
  sentAgain: 'Sent again',
  resendFailed: 'It could not be sent again',
  dismiss: 'Dismiss',
  helpSubject: (ats: string) => `Export to ${ats} was not picked up`,
  helpBody: (job: string, reference: string) =>
    `Hello,\n\nan export to the job ${job} did not reach our ATS. Its reference is ${reference}.\n`,
  summary: 'Export summary',
  none: 'Nobody on your contract has exported this person.',
  summaryFailed: 'The export summary could not be loaded',
  seeMore: 'See more',
  seeLess: 'See less',
  missing: 'Not seeing profiles in your ATS?',
  usualDelay: (ats: string) =>
    `${ats} usually fetches an export within a minute. It is complete here once it has done so.`,
  receivedBy: 'Told at',
  nobodyTold: 'Nobody: the ATS has given no address',
  lastAnswer: 'Last answer',
  noAnswer: 'None yet',
  failed: (failure: string) => `failed: ${failure}`,
  status: (status: number) => `HTTP ${status}`,
  fetched: 'Fetched by the ATS',
  notFetched: 'Not yet',
  reference: 'Reference',
  closedTitle: 'Closed profiles',
  closedHint:
    'These people were exported to your ATS and closed their account since. Whether their data stays there is for your company to decide.',
  closedNone: 'Nobody who was exported has closed the account.',
  closedFailed: 'The closed profiles could not be loaded',
  closedOn: 'Account closed',
  dueOn: 'Your ATS is told by',
  atsAsked: 'Your ATS asked',
  recordIn: (ats: string, record: string) => `${ats}: ${record}`,
  noRecord: 'no record was tied to the person',
  decide: { DELETED: 'We deleted the data', KEPT: 'We keep the data' },
  decisions: { DELETED: 'Data deleted', KEPT: 'Data kept' },
  decided: 'Your decision is on record',
  decideFailed: 'Your decision could not be saved',
  copy: messages.states.copy,
  copied: messages.states.copied,
  openedElsewhere: messages.profile.opensElsewhere,
} as const;

export const words = inLanguage('export', en);
export type ExportWords = typeof en;
