/**
 * What the vendor's documents tell an ATS to do and how they tell one to test it, each by its documents and lines, with what proves it:
 * cases of the certification, which have to pass; calls on the wire, of which at least one has to be there and none refused; texts in
 * the source of the setup page. A statement holds when all of them do.
 */
export interface Statement {
  readonly lines: string;
  readonly says: string;
  readonly cases?: readonly string[];
  readonly calls?: readonly string[];
  readonly setup?: readonly string[];
}

const JOBS: readonly Statement[] = [
  { lines: '000:18, 002:146', says: 'all historical jobs, closed ones included', cases: ['RSC-201'] },
  {
    lines: '000:19, 002:147',
    says: 'jobs as they are created and updated',
    cases: ['RSC-102', 'CHANGED-JOB'],
  },
  { lines: '000:25', says: 'open jobs are available when exporting', cases: ['RSC-201', 'CHANGED-JOB'] },
  { lines: '001:35, 002:24, 002:71', says: 'job posting comes first', cases: ['JOB-FIRST'] },
  { lines: '002:82', says: 'the required fields of a job posting', cases: ['FIELDS-JOB'] },
  {
    lines: '002:88, 002:91',
    says: 'jobs are created, updated and closed as posting tasks',
    calls: ['POST v2/simpleJobPostings batch_create'],
  },
  {
    lines: '002:104',
    says: 'the state of a posting task is asked by its id',
    calls: ['GET v2/simpleJobPostingTasks batch_get'],
  },
];

const CANDIDATES: readonly Statement[] = [
  {
    lines: '000:35, 002:153',
    says: 'all historical candidates; the person of each is stored',
    cases: ['RSC-202', 'INDICATOR'],
  },
  {
    lines: '000:36, 002:108, 002:155',
    says: 'candidates as they are created, updated and deleted',
    cases: ['NEW-CANDIDATE', 'CHANGED-CANDIDATE', 'RSC-502', 'INDICATOR'],
  },
  {
    lines: '000:37, 002:157',
    says: 'candidates are linked with their applications',
    cases: ['APPLICATION', 'RSC-203'],
  },
  {
    lines: '000:39, 002:159',
    says: 'candidates are matched by what is sent of them, or by hand in the ATS',
    cases: ['INDICATOR', 'RSC-304', 'RSC-304-WIDGET'],
  },
  { lines: '000:45', says: 'a manual link overrides the algorithm', cases: ['RSC-304'] },
  { lines: '000:49', says: 'the widget stands on the record it is for', cases: ['RSC-304-WIDGET'] },
  { lines: '000:50', says: 'the candidate is marked as in the ATS', cases: ['INDICATOR'] },
  { lines: '000:51', says: 'up-to-date candidate data', cases: ['CHANGED-CANDIDATE'] },
  { lines: '002:110', says: 'phone, profile address, company and title are sent', cases: ['NEW-CANDIDATE'] },
  {
    lines: '002:112, 002:115',
    says: 'candidates are created and updated in batches by PUT',
    calls: ['PUT v2/atsCandidates batch_update'],
  },
  {
    lines: '002:126, 002:129',
    says: 'matches are read back',
    cases: ['INDICATOR', 'RSC-304'],
    calls: ['GET v2/atsCandidates batch_get'],
  },
  {
    lines: '000:61, 002:165',
    says: 'all historical candidate notes',
    cases: ['HISTORY-DETAILS'],
    calls: ['PUT v2/atsCandidates/notes batch_update'],
  },
  {
    lines: '000:62, 002:166',
    says: 'candidate notes as they are created and updated',
    cases: ['CANDIDATE-NOTE'],
  },
  { lines: '000:68', says: 'up-to-date candidate notes', cases: ['CANDIDATE-NOTE', 'RSC-501'] },
];

const APPLICATIONS: readonly Statement[] = [
  { lines: '000:78, 002:171', says: 'all historical applications', cases: ['RSC-203'] },
  {
    lines: '000:79, 002:173',
    says: 'applications as they are submitted, updated and deleted',
    cases: ['APPLICATION', 'RSC-504'],
  },
  { lines: '000:80, 002:175', says: 'candidates are linked with applications', cases: ['APPLICATION'] },
  {
    lines: '000:81, 002:177',
    says: 'applications name earlier jobs by the ATS’s id',
    cases: ['RSC-203', 'APPLICATION'],
  },
  { lines: '000:87', says: 'up-to-date application data', cases: ['APPLICATION', 'RSC-503'] },
  {
    lines: '001:21, 001:56',
    says: 'applications are managed by the middleware’s own calls alone',
    calls: ['PUT v2/atsApplications batch_update', 'DELETE v2/atsApplications batch_delete'],
  },
  {
    lines: '000:97, 002:183',
    says: 'all historical application notes and feedback',
    cases: ['HISTORY-DETAILS'],
    calls: [
      'PUT v2/atsApplications/notes batch_update',
      'PUT v2/atsApplications/interviewFeedback batch_update',
    ],
  },
  {
    lines: '000:98, 002:185',
    says: 'application notes and feedback as they come',
    cases: ['APPLICATION', 'RSC-503'],
  },
  { lines: '000:104', says: 'up-to-date application notes and feedback', cases: ['APPLICATION', 'RSC-503'] },
  {
    lines: '000:114, 002:191',
    says: 'the historical stages',
    cases: ['HISTORY-DETAILS'],
    calls: ['PUT v2/atsApplications/stages batch_update'],
  },
  { lines: '000:115, 002:193', says: 'stages as they change', cases: ['APPLICATION'] },
  { lines: '000:121', says: 'up-to-date stage', cases: ['APPLICATION', 'RSC-503'] },
];

const ACCESS: readonly Statement[] = [
  {
    lines: '000:131, 002:199',
    says: 'all access rules of the past',
    cases: ['RSC-104', 'RSC-401'],
    calls: ['PUT v2/atsEntityAcls batch_update', 'PUT v2/atsEntityAclAssignees batch_update'],
  },
  { lines: '000:132, 002:201', says: 'access rules as they are created and updated', cases: ['RSC-401'] },
  {
    lines: '000:133, 002:203',
    says: 'users as they are added and removed',
    cases: ['RSC-403', 'RSC-404'],
    calls: ['DELETE v2/atsEntityAclAssignees batch_delete'],
  },
  { lines: '000:139', says: 'secured jobs are seen by the right users only', cases: ['RSC-401', 'RSC-403'] },
  {
    lines: '000:140',
    says: 'applications for secured jobs are seen by the right users only',
    cases: ['RSC-402', 'RSC-403', 'RSC-404'],
  },
];

const INTEGRATION: readonly Statement[] = [
  {
    lines: '001:44, 001:45, 002:33, 002:34',
    says: 'a recruiter signs in, and reaches export and indicator',
    cases: ['RSC-301', 'INDICATOR'],
  },
  {
    lines: '001:57, 002:96',
    says: 'calls are authorized by client credentials',
    calls: ['POST oauth/v2/accessToken'],
  },
  {
    lines: '001:60, 002:45',
    says: 'the five modules',
    cases: ['RSC-101', 'RSC-203', 'RSC-301', 'RSC-401', 'RSC-501'],
  },
  {
    lines: '001:64, 003:3, 003:16',
    says: 'a customer has an application of its own; its key, organisation and contract are kept',
    cases: ['RSC-101-STORED', 'RSC-103'],
  },
  {
    lines: '000:7, 001:51, 001:68, 002:140, 003:17',
    says: 'calls are made on behalf of the customer with its own credentials',
    cases: ['RSC-103'],
  },
  {
    lines: '001:78, 002:63',
    says: 'the required fields of every kind',
    cases: ['FIELDS-JOB', 'FIELDS-CANDIDATE', 'FIELDS-APPLICATION', 'FIELDS-NOTE'],
  },
  { lines: '002:100', says: 'one token for all calls until it expires', cases: ['QUOTA-TOKEN'] },
  {
    lines: '003:4, 003:21, 003:46',
    says: 'the plugin stands on the setup page, under the customer’s key',
    cases: ['RSC-105'],
  },
  {
    lines: '003:27, 003:48, 003:54, 003:57',
    says: 'the plugin names the integrations that are supported, its width and its callback',
    setup: [
      'data-supported-bundled-integration-types="RECRUITER_SYSTEM_CONNECT_COMPANY,RECRUITER_SYSTEM_CONNECT_CONTRACT"',
      'data-onintegrate="handleIntegrations"',
      'data-width="600"',
    ],
  },
  {
    lines: '003:34, 003:60, 003:63',
    says: 'what the callback hands over is stored',
    cases: ['RSC-101', 'RSC-101-STORED'],
    setup: ['ONE_CLICK_EXPORT', 'IN_ATS_INDICATOR', 'PROFILE_PLUGIN', 'CSA_API'],
  },
  {
    lines: '003:5, 003:35, 003:71, 003:73, 003:88',
    says: 'the server creates the integrations at once, with a name for the customer',
    cases: ['RSC-101'],
    calls: ['POST v2/atsIntegrations batch_partial_update'],
  },
  {
    lines: '003:74',
    says: 'at most 100 a batch, a second between calls on integrations',
    cases: ['QUOTA-BATCH', 'QUOTA-PACE'],
  },
  { lines: '003:117, 003:118', says: 'the status of each record is looked at', cases: ['REFUSED'] },
  {
    lines: '003:6, 003:120, 003:126, 003:156, 003:158',
    says: 'configurations are sent, the callback address among them',
    cases: ['RSC-104'],
    calls: ['PUT v2/atsIntegrations/configurations batch_update'],
  },
  { lines: '003:151', says: 'without access lists the visibility defaults are set', cases: ['RSC-104'] },
  {
    lines: '003:7, 003:153, 003:157, 003:159',
    says: 'a switch by the customer reaches the ATS, which shows it',
    cases: ['RSC-101'],
    setup: ['Enabled'],
  },
  {
    lines: '003:173',
    says: 'signature and type are checked before anything is fetched',
    cases: ['PUSH-SIGNATURE', 'PUSH-UNKNOWN'],
  },
  {
    lines: '003:174, 003:175',
    says: 'what a notification announces is fetched by its id',
    calls: ['GET v2/atsIntegrations finder', 'GET v2/exportedCandidates finder'],
  },
  {
    lines: '003:196, 003:197',
    says: 'the states of integrations can also be read by hand',
    calls: ['GET v2/atsIntegrations batch_get'],
  },
  {
    lines: '001:11, 001:12, 001:13, 002:51',
    says: 'messages, notes and stub profiles are asked for',
    cases: ['MESSAGES', 'SHARED-CONTACT'],
    calls: ['GET v2/conversationEvents finder', 'GET v2/prospectNotes finder', 'GET v2/mailStubs finder'],
  },
];

export const STATEMENTS: readonly Statement[] = [
  ...JOBS,
  ...CANDIDATES,
  ...APPLICATIONS,
  ...ACCESS,
  ...INTEGRATION,
];
