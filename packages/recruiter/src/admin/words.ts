/** The words of the admin settings: integrations, access, errors and the audit log, with codes as sentences. */
import type {
  AdminIntegration,
  AuditAction,
  ContractFeature,
  PreviewReason,
} from '@carrick/protocol/administration';
import type { DeliverySummary } from '@carrick/protocol/deliveries';
import type { ExportState } from '@carrick/protocol/exports';
import { inLanguage } from '../language.ts';
import { terms, wholeNumber } from '../messages.ts';
import type { Standing } from './codes.ts';

export const SECTIONS = [
  'ats',
  'people',
  'preview',
  'sync',
  'errors',
  'exports',
  'deliveries',
  'erasure',
  'audit',
] as const;
export type Section = (typeof SECTIONS)[number];

const en = {
  title: 'Admin settings',
  panel: 'Admin settings',
  sections: {
    ats: 'ATS Integration',
    people: 'People and access',
    preview: 'Preview as user',
    sync: 'Sync health',
    errors: 'API errors',
    exports: 'Exports',
    deliveries: 'Deliveries',
    erasure: 'Erasure requests',
    audit: 'Audit log',
  } satisfies Record<Section, string>,
  leads: {
    ats: 'What your ATS and your recruiters share, for the company and for your contract.',
    people: 'Who has a seat on your contract, and which access rules your ATS sends.',
    preview:
      'Which jobs somebody sees, and why. Nobody is signed in, and every look stands in the audit log.',
    sync: 'What your ATS sends, how fast, and what is missing.',
    errors: 'Calls of your ATS that failed, what to do about them, and examples to pass on.',
    exports: 'Who was exported to which job, by whom, and whether your ATS has fetched it.',
    deliveries: 'What your ATS was told, and whether it got there.',
    erasure:
      'When somebody asks to be forgotten: what is stored is counted, erased everywhere, and certified.',
    audit: 'Who changed what, and who looked through whose eyes.',
  } satisfies Record<Section, string>,
  failed: 'This could not be loaded',
  failedChange: 'That did not work. Nothing was changed; try again.',
  forbidden: 'Only an administrator of this contract can change ATS settings',
  forbiddenAsk: (names: string) => `Ask ${names}.`,
  forbiddenNobody: 'This contract has no administrator. Ask whoever set up your company here.',
  saved: 'Saved',

  integrations: {
    ONE_CLICK_EXPORT: 'One-Click Export',
    IN_ATS_INDICATOR: 'In-ATS indicator',
    PROFILE_PLUGIN: 'Profile widget',
    CSA_API: 'Messages, notes, seats and stub profiles',
  } satisfies Record<AdminIntegration['type'], string>,
  hangs: {
    ONE_CLICK_EXPORT: 'Recruiters add a person to a job in {ATS}.',
    IN_ATS_INDICATOR: '“In {ATS}”, the past applicants’ spotlight, and the history on profiles.',
    PROFILE_PLUGIN: 'The live profile inside {ATS}.',
    CSA_API:
      '{ATS} reads what recruiters of this contract write, and receives stub profiles. It works with or without company-level access.',
  } satisfies Record<AdminIntegration['type'], string>,
  standing: {
    'not-requested': 'Not requested',
    requested: 'Requested',
    ready: 'Partner ready',
    enabled: 'Enabled',
    disabled: 'Disabled',
    action: 'Action needed',
  } satisfies Record<Standing, string>,
  steps: ['Requested', 'Partner ready', 'Enabled'],
  stepsOf: (name: string) => `Progress of ${name}`,
  turn: {
    requested: (ats: string) => `${ats}’s turn`,
    ready: 'Your turn',
    disabled: 'Your turn',
    enabled: 'Running',
    action: (ats: string) => `${ats}’s turn`,
  },
  waiting: (ats: string) => `Waiting for ${ats} to finish its setup`,
  parts: {
    integrationName: 'its name',
    CALLBACK_URL: 'its callback address',
    JOB_POSTING_VIEWERS: 'who sees jobs',
    APPLICATION_VIEWERS: 'who sees applications',
  } satisfies Record<AdminIntegration['missing'][number], string>,
  missing: (parts: string) => `Still to come: ${parts}.`,
  changed: (by: string | null) => (by ? `Switched by ${by}` : 'Switched by the operator'),
  requested: 'Requested',
  company: 'Company-level access',
  companyHint: (organisation: string) => `For every contract of ${organisation}.`,
  contract: 'Contract-level access',
  contractHint: (contract: string) => `For ${contract} only.`,
  noneHere: (ats: string) => `${ats} has not asked for anything at this level.`,
  allOn: (level: string) => `Switch on all that is ready: ${level}`,
  allOnShort: 'Switch on all that is ready',
  remove: 'Remove request',
  removeOf: (name: string) => `Remove request: ${name}`,
  removed: 'The request is removed',
  notifyPartner: 'Notify partner',
  notified: (isMailed: boolean) =>
    isMailed
      ? 'The partner was told by mail and in its console'
      : 'The partner was told in its console; it left no e-mail address here',
  toldAt: 'Partner told',
  shared: 'What data is shared',
  sharedOf: (ats: string) => `${ats} sends to ${terms.product}`,
  sharedBack: (ats: string) => `${terms.product} sends to ${ats}`,
  optional: 'optional',
  groups: {
    company: [
      {
        name: 'Jobs',
        fields: 'Title, date, state, address, description, id in the ATS',
        optional: null,
        use: 'Choosing the right job in an export',
      },
      {
        name: 'Applications',
        fields: 'Applicant’s first and last name, e-mail, job and time, source, stages',
        optional: 'Interview feedback, notes, resumes',
        use: 'Past applicants and the history on profiles',
      },
      {
        name: 'Candidate identity',
        fields: 'First and last name, id in the ATS, e-mail, time of the record',
        optional: 'Phone numbers, addresses, profile address',
        use: 'Recognising people: “In {ATS}”',
      },
    ],
    contract: [],
  },
  back: {
    company: [
      {
        name: 'Stub profiles of exported people',
        fields: 'Name, current employer, location, profile address, member id',
        optional: null,
        use: 'Only of people who allow sharing with other systems; never e-mail or phone',
      },
    ],
    contract: [
      {
        name: 'Recruiters’ messages and notes, seats',
        fields: 'Author, time, text; private notes to their owner only',
        optional: null,
        use: 'Your history beside the candidate in {ATS}',
      },
      {
        name: 'Stub profiles after a reply',
        fields: 'Name, employer, location, profile address, member id',
        optional: 'E-mail and phone, after the person said yes',
        use: 'A record in {ATS} of who answered',
      },
    ],
  },
  columns: { what: 'What', fields: 'Fields', use: 'What for' },
  controller:
    'Your company is the controller of the personal data in its ATS, and of the copies of stub profiles that are exported to it.',
  onTitle: (names: string) => `Switch on ${names}?`,
  onText: (ats: string) => `From now on data flows between ${terms.product} and ${ats}, both ways:`,
  onConfirm: 'Switch on',
  switchedOn: (name: string) => `${name}: switched on`,
  offTitle: (names: string) => `Switch off ${names}?`,
  offText: (ats: string) => `Stops at once. ${ats} is told.`,
  offLast: (ats: string) => `Nothing of ${ats} syncs any more after this.`,
  offKeepSyncing: (ats: string) =>
    `${ats} keeps syncing: other company-level features are on. What it sent can be erased once they are all off.`,
  offRest: (ats: string) =>
    `“In ${ats}”, the past applicants and the history on profiles disappear; messages and notes are still retrieved where contract-level access is on.`,
  keep: 'Keep what was synced',
  keepHint: 'It is hidden, and there again when you switch on.',
  erase: 'Erase what was synced',
  eraseHint: (records: string) =>
    `${records}, with links, files and everything made of them. It cannot be undone; the ATS itself keeps its own.`,
  recordsOf: ({
    jobs,
    candidates,
    applications,
  }: {
    jobs: number;
    candidates: number;
    applications: number;
  }) =>
    `${wholeNumber(candidates)} candidates, ${wholeNumber(applications)} applications and ${wholeNumber(jobs)} jobs`,
  eraseType: (ats: string) => `Type “${ats}” to erase`,
  offConfirm: 'Switch off',
  eraseConfirm: 'Switch off and erase',
  switchedOff: (name: string) => `${name}: switched off`,
  erased: (rows: number) => `Switched off, and ${wholeNumber(rows)} rows erased`,
  cancel: 'Cancel',
  close: 'Close',

  banner: (jobs: number) =>
    `Jobs without access rules are hidden from everybody${jobs > 0 ? ` (${wholeNumber(jobs)} now)` : ''}. Choose who sees them, or let your ATS send rules.`,
  openToAll: 'Show them to every seat',
  viewersOpen: 'Jobs and applications without an access rule: every seat sees them.',
  hideFromAll: 'Hide them from everybody',
  check: 'Configuration',
  callback: { yes: 'Callback address present', no: 'No callback address yet' },
  callbackOptional: 'No callback address of its own: that of the export is used',
  aclDefault: { open: 'Without rule: every seat', hidden: 'Without rule: nobody' },
  tooMany: (count: number) =>
    `There are ${wholeNumber(count)} integrations. All of them work, but more than 10 to 15 are hard to survey: remove the requests you do not need.`,
  noAts: 'Ask your ATS vendor to show you its setup page',
  noAtsSteps: [
    'Open your ATS and find its page for this integration; its guide says where.',
    'Choose company-level or contract-level access there. The request appears here.',
    'Your vendor finishes its setup; then you switch it on, here.',
  ],
  providers: 'Supported providers',
  findProvider: 'Find your provider',
  noProvider: (q: string) => `No provider matches “${q}”. Ask whoever runs this platform to add it.`,
  noProviders: 'No provider is registered on this platform yet.',
  guide: 'Activation guide',
  guideOf: (name: string) => `Activation guide of ${name}`,
  noGuide: 'No guide given; ask the vendor',
  connected: 'Connected',

  features: 'Features of this contract',
  featuresHint: (contract: string) => `Only for ${contract}; other contracts keep theirs.`,
  feature: {
    export: 'Export to the ATS',
    indicator: 'In-ATS indicator',
    'bare-indicator': 'Indicator without a visible application',
    spotlight: 'Past applicants’ spotlight',
    'possible-matches': 'Possible matches',
    widget: 'Profiles inside the ATS',
  } satisfies Record<ContractFeature, string>,
  featureHint: {
    export: 'Off: nobody on this contract exports.',
    indicator: 'Off: nothing of any ATS is shown: no indicator, history or spotlight.',
    'bare-indicator':
      'Off (strict): whoever may see none of a person’s applications is not told that the person is in the ATS: not in search, counts, cards, profiles, files or updates.',
    spotlight: 'Off: the spotlight cannot be chosen; the indicator stays.',
    'possible-matches': 'Off: nobody is asked whether two records are one person.',
    widget: 'Off: beside a record in the ATS nothing of its profile is shown.',
  } satisfies Record<ContractFeature, string>,
  offFor: (ats: string) => `Off for ${ats}.`,
  onFor: (ats: string) => `Switch on for ${ats}`,
  featureDone: (name: string, isOn: boolean) => `${name}: ${isOn ? 'on' : 'off'} for this contract`,

  notice: {
    delivered: 'Notice delivered',
    pending: 'Notice under way',
    retrying: 'Notice not delivered',
    dead: 'Notice not delivered',
  },
  attempts: 'Attempts',
  answered: (status: number | null) => `Answered ${status}`,
  failures: {
    TIMED_OUT: 'No answer in time',
    ADDRESS_REFUSED: 'The address is not one that may be called',
    NAME_NOT_RESOLVED: 'The name of the host was not found',
    NOT_CONNECTED: 'Not reachable',
    CUT_OFF: 'The answer broke off',
    TLS_REFUSED: 'The certificate was not accepted',
    REFUSED: 'Refused by the ATS',
    DISABLED: 'Not tried: the destination was switched off',
    UNREACHABLE: 'Not reachable',
    NO_CALLBACK_URL: 'No callback address',
  },
  sendAgain: 'Send again',
  sentAgain: 'On its way again',
  noAttempt: 'No attempt yet',

  seats: (count: number) => (count === 1 ? '1 seat' : `${wholeNumber(count)} seats`),
  seatColumns: {
    name: 'Name',
    email: 'E-mail',
    role: 'Role',
    consented: 'ATS user bound',
    rules: 'Access rules',
    change: 'Change',
  },
  seatActions: {
    off: 'Switch off',
    on: 'Switch on',
    makeAdmin: 'Make administrator',
    endAdmin: 'Make recruiter',
    letDecide: 'Let decide matches',
    endDecide: 'End deciding matches',
  },
  seatAction: (action: string, name: string) => `${action}: ${name}`,
  seatOff: (name: string) => `${name} is switched off and signed out`,
  seatOn: (name: string) => `${name} is switched on`,
  seatAdmin: (name: string) => `${name} is an administrator now`,
  seatRecruiter: (name: string) => `${name} is a recruiter now`,
  seatDecides: (name: string) => `${name} decides who is who now`,
  seatDecidesNot: (name: string) => `${name} no longer decides who is who`,
  invite: 'Invite somebody',
  inviteHint: 'The seat exists at once. The person chooses a password by a link that is good for seven days.',
  inviteEmail: 'E-mail',
  inviteFirstName: 'First name',
  inviteLastName: 'Last name',
  inviteButton: 'Invite',
  inviteMissing: 'Enter an e-mail and both names.',
  invited: (email: string, isMailed: boolean) =>
    isMailed ? `${email} is invited by mail` : `A seat for ${email} is there; hand on the link`,
  inviteLink: 'This deployment sends no mail. Hand on this link:',
  ownSeat: 'You',
  admin: 'Administrator',
  recruiter: 'Recruiter',
  inactive: 'Switched off',
  consented: { yes: 'Consented', no: 'Not yet' },
  ruleCount: (count: number) => (count === 0 ? 'none' : wholeNumber(count)),
  rules: 'Access rules',
  direction: 'Read the rules by',
  byGroup: 'Group',
  byPerson: 'Person',
  noRules: 'Your ATS has sent no access rules.',
  everyone: 'Everyone',
  jobsOf: 'Jobs',
  peopleOf: 'People',
  more: (count: number) => `and ${wholeNumber(count)} more`,
  moreGroups: (count: number) => `${wholeNumber(count)} more groups are not listed.`,
  noSeat: 'no seat on this contract',
  previewOf: (name: string) => `Preview as ${name}`,

  person: 'Person',
  featureOf: 'What they are looking at',
  previewFeatures: { indicator: 'Applications and history', export: 'Jobs in the export dialog' },
  job: 'Job, by title or id',
  show: 'Preview',
  previewHint:
    'Choose a person, then “Preview”: each job with whether that person sees it, and by which rule.',
  previewResult: (seat: string, visible: number, hidden: number) =>
    `${seat} sees ${wholeNumber(visible)} of ${wholeNumber(visible + hidden)} jobs`,
  noJobs: 'No job matches.',
  visible: 'Visible',
  hidden: 'Hidden',
  closedJob: 'closed',
  neverSent: 'A job that was never sent',
  reason: (reason: PreviewReason, seat: string): string => {
    switch (reason.code) {
      case 'integration-off':
        return 'this feature of the ATS is not switched on';
      case 'contract-off':
        return 'this contract does without this feature';
      case 'everyone':
        return 'a rule opens it to everyone';
      case 'rule':
        return `rule ${reason.aclId}, ${reason.people === 1 ? '1 person' : `${wholeNumber(reason.people)} people`}, ${
          reason.isNamed ? `${seat} among them` : `${seat} not among them`
        }`;
      case 'unknown-job':
        return 'applications name it, but the ATS has not sent the job';
      case 'restricted':
        return 'the ATS marks it as restricted and names nobody';
      case 'default-open':
        return 'it has no rule, and jobs without a rule are open to every seat';
      case 'default-hidden':
        return 'it has no rule, and jobs without a rule are hidden from everybody';
    }
  },
  justListed: 'At most fifty are listed, hidden ones first.',

  ranges: { 1: '1 hour', 24: '24 hours', 168: '7 days', 2160: '90 days' },
  range: 'Time',
  errorsFinding: (failed: number, requests: number) =>
    requests === 0
      ? 'Your ATS has not called in this time'
      : failed === 0
        ? `All ${wholeNumber(requests)} calls went well`
        : `${wholeNumber(failed)} of ${wholeNumber(requests)} calls had something that failed`,
  affected: (records: number) => (records === 1 ? '1 record' : `${wholeNumber(records)} records`),
  calls: (count: number) => (count === 1 ? '1 call' : `${wholeNumber(count)} calls`),
  remedies: {
    INVALID_RECORD:
      'A field is missing or has the wrong form. The vendor corrects the field named below and sends the record again.',
    INVALID_ACCESS_TOKEN: 'The vendor fetches a new token with its current client id and secret.',
    EXPIRED_ACCESS_TOKEN: 'The vendor fetches a new token; a token lives for 30 minutes.',
    REVOKED_ACCESS_TOKEN: 'The vendor fetches a new token; the old one was taken back.',
    EMPTY_ACCESS_TOKEN: 'The vendor sends its token with every call.',
    ACCESS_DENIED:
      'The call is not one that this application may make. The vendor checks which application it calls with.',
    INTEGRATION_NOT_ENABLED: 'Nothing of this ATS is switched on. Switch it on under ATS Integration.',
    CONTEXT_NOT_OWNED:
      'The call names a company or contract of somebody else. The vendor corrects the integrationContext.',
    NOT_FOUND: 'The record was deleted or never sent. Usually harmless; else the vendor sends it again.',
    THROTTLED: 'The vendor spreads its calls over time; records that waited are sent again.',
    '400': 'The call cannot be read. The vendor compares it with the reference of the API.',
    '401': 'The vendor fetches a new token with its current client id and secret.',
    '403':
      'The call is not allowed: nothing of this ATS is switched on, or it names a company or contract of somebody else.',
    '404': 'The record was deleted or never sent. Usually harmless; else the vendor sends it again.',
    '422':
      'A field is missing or has the wrong form. The vendor corrects the field named below and sends the record again.',
    '429': 'The vendor spreads its calls over time; records that waited are sent again.',
    INTERNAL: 'A fault here. Give the request id below to whoever runs this platform.',
  },
  anyRemedy: 'Pass the examples below to your vendor: request id, record and rule tell what to correct.',
  examples: 'Examples',
  exampleColumns: { at: 'Time', request: 'Request id', key: 'Record', field: 'Field', rule: 'Rule' },

  exportStates: {
    sending: 'On its way',
    waiting: 'Waiting for the ATS',
    'not-picked-up': 'Not picked up',
    complete: 'Complete',
    withdrawn: 'No longer allowed',
  } satisfies Record<ExportState, string>,
  anyState: 'All',
  noExports: 'Nobody was exported yet.',
  closedAccount: 'A closed account',
  exportedJob: (title: string, id: string, ats: string) => `${title} – ${id} in ${ats}`,
  exportedBy: (name: string, when: string) => `by ${name}, ${when}`,
  fetchedAt: (when: string) => `fetched ${when}`,

  deliveryStates: { all: 'All', pending: 'Under way', delivered: 'Delivered', dead: 'Not delivered' },
  state: 'State',
  noDeliveries: 'Nothing was sent yet. Your ATS is told when you switch an integration.',
  noneOfState: 'None of this state.',
  destination: {
    well: 'Gets through',
    open: 'Failing; tried from time to time',
    disabled: 'Switched off after a whole schedule failed',
  },
  enable: 'Start sending again',
  enabled: 'Deliveries start again',
  destinations: 'Destinations',
  pendingCount: (pending: number, dead: number) =>
    `${wholeNumber(pending)} under way, ${wholeNumber(dead)} not delivered`,
  types: {
    INTEGRATION_STATUS_CHANGE: 'An integration changed',
    EXPORT_CANDIDATE_PROFILE: 'A person was exported',
    SHARED_CONTACT_WITHDRAWN: 'Shared contact data is to be deleted',
  } satisfies Record<DeliverySummary['type'], string>,

  action: {
    'integration-requested': 'Asked for an integration',
    'integration-on': 'Switched on',
    'integration-off': 'Switched off',
    'integration-removed': 'Removed the request for',
    'partner-notified': 'Notified the partner',
    'viewers-opened': 'Opened jobs without a rule to every seat',
    'viewers-closed': 'Hid jobs without a rule from everybody',
    'records-erased': 'Erased what was synced',
    'feature-on': 'Switched on for the contract',
    'feature-off': 'Switched off for the contract',
    previewed: 'Previewed as',
    'seat-on': 'Switched on the seat of',
    'seat-off': 'Switched off the seat of',
    'administrator-on': 'Made an administrator:',
    'administrator-off': 'No administrator any more:',
    'matching-on': 'Lets decide who is who:',
    'matching-off': 'No longer decides who is who:',
    'erasure-asked': 'Asked for an erasure',
    'erasure-confirmed': 'Confirmed an erasure',
    'people-exported': 'Exported people found to a file',
  } satisfies Record<AuditAction, string>,
  rows: (count: number) => `${wholeNumber(count)} rows`,
  anyAction: 'Everything',
  filter: 'Show',
  csv: 'Download CSV',
  noEntries: 'Nothing yet.',
  older: 'Older',
  newest: 'Newest',
} as const;

export const words = inLanguage('admin', en);
export type AdminWords = typeof en;
