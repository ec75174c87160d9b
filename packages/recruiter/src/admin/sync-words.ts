/** The words of the page on the synchronisation's health. */
import type { SyncHealth, SyncState, SyncWarning } from '@carrick/protocol/sync-health';
import { inLanguage } from '../language.ts';
import { span, wholeDay, wholeNumber, wholeShare } from '../numbers.ts';

type Kind = SyncHealth['kinds'][number]['kind'];

const kinds = {
  job: 'Jobs',
  entityAcl: 'Access rules',
  entityAclAssignee: 'People in access rules',
  candidate: 'Candidates',
  candidateNote: 'Notes on candidates',
  application: 'Applications',
  stage: 'Stages',
  interviewFeedback: 'Interview feedback',
  applicationNote: 'Notes on applications',
} satisfies Record<Kind, string>;

const en = {
  ats: 'ATS',
  noAts: 'No ATS is connected yet. As soon as one is, this page shows what it sends.',
  state: {
    'up-to-date': 'Up to date',
    syncing: 'Syncing',
    delayed: 'Delayed',
    attention: 'Needs attention',
    off: 'Off',
  } satisfies Record<SyncState, string>,
  remedy: (state: SyncState, { usualPauseMs, lastCallAt }: SyncHealth): string => {
    switch (state) {
      case 'up-to-date':
      case 'syncing':
        return 'Nothing to do.';
      case 'delayed':
        return lastCallAt === null
          ? 'Your ATS has never called. Ask your vendor to start the first sync.'
          : `Your ATS usually calls every ${span(usualPauseMs)} and has been silent for more than twice that. Ask your vendor whether its connector runs.`;
      case 'attention':
        return 'Records are refused. See below what of, and pass the examples under API errors to your vendor.';
      case 'off':
        return 'Nothing of this ATS is switched on. Switch it on under ATS Integration.';
    }
  },
  lastCall: (when: string | null) => (when === null ? 'Never called' : `Last call ${when}`),
  kinds,

  received: 'What came in',
  receivedOf: (accepted: number) =>
    accepted === 0 ? 'Nothing in this time' : `${wholeNumber(accepted)} accepted in this time`,
  kindFacts: (stored: number, last: string | null, failed: number, lagMs: number | null) =>
    [
      `${wholeNumber(stored)} here`,
      last === null ? 'never received' : `last received ${last}`,
      failed > 0 && `${wholeNumber(failed)} refused`,
      lagMs !== null && `here ${span(lagMs)} after a change`,
    ]
      .filter(Boolean)
      .join(' · '),
  time: 'Time',
  accepted: 'Accepted',

  funnel: 'From candidate to past applicant',
  funnelFinding: (linked: number, candidates: number) =>
    candidates === 0
      ? 'No candidates yet'
      : `${wholeShare(linked / candidates)} of the candidates are linked with a profile`,
  funnelSteps: {
    candidates: 'Candidates',
    identifiable: 'With e-mail, phone or profile address',
    linked: 'Linked with a profile',
    pastApplicants: 'Past applicants',
  },
  step: 'Step',
  count: 'Number',
  shareOf: (value: number, most: number) =>
    most === 0 ? wholeNumber(value) : `${wholeNumber(value)} · ${wholeShare(value / most)}`,

  refused: 'What was refused',
  refusedFinding: (records: number) =>
    records === 0 ? 'Nothing was refused in this time' : `${wholeNumber(records)} records were refused`,
  toErrors: 'Examples and remedies under API errors',
  code: 'Code',
  records: 'Records',
  remedyHead: 'What to do',

  speed: 'How fast calls are answered',
  speedFinding: (p95: number | null) =>
    p95 === null ? 'No calls in this time' : `At most ${wholeNumber(Math.round(p95))} ms for 95 of 100 calls`,
  ms: (value: number) => `${wholeNumber(Math.round(value))} ms`,
  p50: 'Half of the calls',
  p95: '95 of 100 calls',

  completeness: 'Did the history arrive?',
  completenessFinding: (missing: number, countedAt: string | null) =>
    countedAt === null
      ? 'Your ATS has not said how much it holds, so only what is here can be shown'
      : missing === 0
        ? `Everything that your ATS counted is here, as of ${countedAt}`
        : `${wholeNumber(missing)} records that your ATS counted are missing here, as of ${countedAt}`,
  matrix: 'Records by year and kind',
  year: 'Year',
  cell: (ours: number, theirs: number | null) =>
    theirs === null ? wholeNumber(ours) : `${wholeNumber(ours)} / ${wholeNumber(theirs)}`,
  cellHint: 'Here / in the ATS',

  warnings: 'Worth a look',
  warning: (warning: SyncWarning): string => {
    switch (warning.code) {
      case 'never-sent':
        return `${kinds[warning.kind]}: your ATS has never sent any.`;
      case 'mostly-empty':
        return `${kinds[warning.kind]}: ${warning.field} is empty in ${wholeShare(warning.empty / warning.of)} of ${wholeNumber(warning.of)}. Is it mapped in the ATS?`;
      case 'links-changed':
        return warning.share > warning.usual
          ? `Of the last day’s ${wholeNumber(warning.of)} candidates ${wholeShare(warning.share)} were linked, of those before ${wholeShare(warning.usual)}. Were addresses of members sent on purpose?`
          : `Of the last day’s ${wholeNumber(warning.of)} candidates only ${wholeShare(warning.share)} were linked, of those before ${wholeShare(warning.usual)}. Are e-mail and phone still the candidates’ own?`;
      case 'short-history':
        return `The oldest application is of ${wholeDay(warning.since)}. Past applicants are worth most with two years or more.`;
    }
  },

  quotas: 'Use of today’s quotas',
  noQuotas: 'Nothing was counted today.',
  quota: (used: number, most: number) => `${wholeNumber(used)} of ${wholeNumber(most)}`,
  limits: { 'requests-per-day': 'calls', 'records-per-day': 'records' },

  latest: 'Latest calls',
  noCalls: 'No call yet.',
  columns: { at: 'Time', call: 'Call', status: 'Answer', records: 'Records', id: 'Request id' },
  callRecords: (records: number, failed: number) =>
    failed > 0 ? `${wholeNumber(failed)} of ${wholeNumber(records)} failed` : wholeNumber(records),
} as const;

export const words = inLanguage('sync', en);
export type SyncWords = typeof en;
