/**
 * What the vendor's documents tell an ATS to do and how they tell one to test it, each by its document and line, with the cases of
 * the certification that prove it. A statement holds when all of them pass.
 */
export interface Statement {
  readonly line: string;
  readonly says: string;
  readonly cases: readonly string[];
}

export const STATEMENTS: readonly Statement[] = [
  { line: '000:18', says: 'all historical jobs, closed ones included', cases: ['RSC-201'] },
  { line: '000:19', says: 'jobs as they are created and updated', cases: ['RSC-102', 'CHANGED-JOB'] },
  { line: '000:25', says: 'open jobs are available when exporting', cases: ['RSC-201', 'CHANGED-JOB'] },
  {
    line: '000:35',
    says: 'all historical candidates; the person of each is stored',
    cases: ['RSC-202', 'INDICATOR'],
  },
  {
    line: '000:36',
    says: 'candidates as they are created, updated and deleted',
    cases: ['NEW-CANDIDATE', 'CHANGED-CANDIDATE', 'RSC-502', 'INDICATOR'],
  },
  {
    line: '000:37',
    says: 'candidates are linked with their applications',
    cases: ['APPLICATION', 'RSC-203'],
  },
  { line: '000:45', says: 'a manual link overrides the algorithm', cases: ['RSC-304'] },
  { line: '000:49', says: 'the widget stands on the record it is for', cases: ['RSC-304-WIDGET'] },
  { line: '000:50', says: 'the candidate is marked as in the ATS', cases: ['INDICATOR'] },
  { line: '000:51', says: 'up-to-date candidate data', cases: ['CHANGED-CANDIDATE'] },
  { line: '000:61', says: 'all historical candidate notes', cases: ['HISTORY-DETAILS'] },
  { line: '000:62', says: 'candidate notes as they are created and updated', cases: ['CANDIDATE-NOTE'] },
  { line: '000:68', says: 'up-to-date candidate notes', cases: ['CANDIDATE-NOTE', 'RSC-501'] },
  { line: '000:78', says: 'all historical applications', cases: ['RSC-203'] },
  {
    line: '000:79',
    says: 'applications as they are submitted, updated and deleted',
    cases: ['APPLICATION', 'RSC-504'],
  },
  { line: '000:80', says: 'candidates are linked with applications', cases: ['APPLICATION'] },
  {
    line: '000:81',
    says: 'applications name earlier jobs by the ATS’s id',
    cases: ['RSC-203', 'APPLICATION'],
  },
  { line: '000:87', says: 'up-to-date application data', cases: ['APPLICATION', 'RSC-503'] },
  { line: '000:97', says: 'all historical application notes and feedback', cases: ['HISTORY-DETAILS'] },
  { line: '000:98', says: 'application notes and feedback as they come', cases: ['APPLICATION'] },
  { line: '000:104', says: 'up-to-date application notes and feedback', cases: ['APPLICATION', 'RSC-503'] },
  { line: '000:114', says: 'the historical stages', cases: ['HISTORY-DETAILS'] },
  { line: '000:115', says: 'stages as they change', cases: ['APPLICATION'] },
  { line: '000:121', says: 'up-to-date stage', cases: ['APPLICATION'] },
  { line: '000:131', says: 'all access rules of the past', cases: ['RSC-104', 'RSC-401'] },
  { line: '000:132', says: 'access rules as they are created and updated', cases: ['RSC-401'] },
  { line: '000:133', says: 'users as they are added and removed', cases: ['RSC-403', 'RSC-404'] },
  { line: '000:139', says: 'secured jobs are seen by the right users only', cases: ['RSC-401', 'RSC-403'] },
  {
    line: '000:140',
    says: 'applications for secured jobs are seen by the right users only',
    cases: ['RSC-402', 'RSC-403'],
  },
  {
    line: '001:45',
    says: 'export and indicator can be reached by a signed-in recruiter',
    cases: ['RSC-301', 'INDICATOR'],
  },
  {
    line: '001:64',
    says: 'key, organisation and contract of the customer are kept',
    cases: ['RSC-101-STORED'],
  },
  { line: '001:68', says: 'calls are made with the customer’s own credentials', cases: ['RSC-103'] },
  { line: '002:110', says: 'phone, profile address, company and title are sent', cases: ['NEW-CANDIDATE'] },
  { line: '003:4', says: 'the plugin stands on the setup page', cases: ['RSC-105'] },
  { line: '003:5', says: 'integrations are named after the customer asked for them', cases: ['RSC-101'] },
  { line: '003:6', says: 'configurations are sent', cases: ['RSC-104'] },
  {
    line: '003:74',
    says: 'at most 100 a batch, a second between calls on integrations',
    cases: ['QUOTA-BATCH', 'QUOTA-PACE'],
  },
  { line: '003:117', says: 'the status of each record is looked at', cases: ['REFUSED'] },
  { line: '003:151', says: 'without access lists the visibility defaults are set', cases: ['RSC-104'] },
  { line: '003:157', says: 'a switch by the customer reaches the ATS', cases: ['RSC-101'] },
  {
    line: '003:173',
    says: 'signature and type are checked before anything is fetched',
    cases: ['PUSH-SIGNATURE', 'PUSH-UNKNOWN'],
  },
];
