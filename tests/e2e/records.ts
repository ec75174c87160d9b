import type { OutgoingRecord } from '@carrick/connector';
import type { RecordKind } from '@carrick/protocol';
import { CROWD_APPLICANTS, LONG_FEEDBACK, MARKUP, MEMBERS, type MemberLine } from './people.ts';

/** What the ATS sends, in an order that shows nothing before its access rule is known. */
export interface Batch {
  readonly kind: Exclude<RecordKind, 'job'>;
  readonly parentId: string | null;
  readonly records: readonly OutgoingRecord[];
}

export const at = (day: string): number => Date.parse(`${day}T12:00:00Z`);
const ACL = { atsEntityAclId: 'board-only', atsEntityType: 'JOB_POSTING' };
const rebekkah = { firstName: 'Rebekkah', lastName: 'Morris' };
const jordan = { firstName: 'Jordan', lastName: 'Lee' };

const job = (id: string, title: string): OutgoingRecord => ({
  id,
  record: {
    title,
    description: `${title}, for a company that exists in tests only. `.repeat(4),
    location: 'Chicago, IL',
    companyApplyUrl: `https://jobs.example/${id}`,
    listedAt: at('2024-01-02'),
    availability: 'PUBLIC',
  },
});

export const JOBS: readonly OutgoingRecord[] = [
  job('JX1200', 'Senior Account Manager'),
  job('JX2320', 'Account Manager'),
  job('SB220', 'Sales'),
  job('SEC1', 'Chief Executive'),
];

function candidate({ id, firstName, lastName, ...rest }: MemberLine): OutgoingRecord {
  return {
    id: `c-${id}`,
    record: {
      firstName,
      lastName,
      emailAddresses: rest.emails,
      atsCreatedAt: at('2023-03-03'),
      atsLastModifiedAt: at('2026-01-08'),
      externalProfileUrl: `https://ats.example/candidates/${id}`,
      ...(id === 'm1' && {
        currentJobTitle: 'Account manager',
        currentCompanyName: 'Freshing',
        phoneNumbers: [{ number: '+1 312 555 0123' }],
        addresses: [{ line1: '14 W Lake St', city: 'Chicago', postalCode: '60601', country: 'US' }],
      }),
    },
  };
}

function application(
  id: string,
  person: string,
  jobId: string,
  appliedOn: string,
  closedAs?: string,
): OutgoingRecord {
  const { firstName = '', lastName = '' } = MEMBERS.find((member) => member.id === person) ?? {};
  const title = JOBS.find((each) => each.id === jobId)?.record.title;
  return {
    id,
    record: {
      atsCandidateId: `c-${person}`,
      atsJobPostingId: jobId,
      atsJobPostingName: title,
      firstName,
      lastName,
      atsCreatedAt: at(appliedOn),
      atsLastModifiedAt: at(appliedOn),
      ...(closedAs !== undefined && { dispositionReason: closedAs }),
    },
  };
}

const stage = (id: string, name: string, day: string): OutgoingRecord => ({
  id,
  record: { stage: name, atsCreatedAt: at(day) },
});

export const note = (id: string, text: string, day: string, author = rebekkah): OutgoingRecord => ({
  id,
  record: { note: text, author, atsCreatedAt: at(day) },
});

const feedback = (id: string, text: string, day: string, more: object = {}): OutgoingRecord => ({
  id,
  record: { feedback: text, interviewer: jordan, atsCreatedAt: at(day), ...more },
});

/** `assignee` is the one recruiter who may see the job SEC1. */
export function makeBatches(assignee: string): Batch[] {
  const acl = (key: object): OutgoingRecord => ({ id: JSON.stringify(key), record: {} });
  const applicants = MEMBERS.filter(({ id }) => id === 'm1' || id === 'm5' || id === 'm4');
  return [
    { kind: 'entityAcl', parentId: null, records: [acl({ ...ACL, atsEntityId: 'SEC1' })] },
    { kind: 'entityAclAssignee', parentId: null, records: [acl({ ...ACL, assignee })] },
    { kind: 'candidate', parentId: null, records: [...applicants, ...CROWD_APPLICANTS].map(candidate) },
    {
      kind: 'candidateNote',
      parentId: 'c-m1',
      records: [note('cn-1', 'Prefers calls after five.', '2023-05-04')],
    },
    {
      kind: 'application',
      parentId: null,
      records: [
        application('a-1', 'm1', 'JX1200', '2025-12-01'),
        application('a-2', 'm1', 'JX2320', '2024-09-28', 'Position filled'),
        application('a-3', 'm1', 'SB220', '2023-04-23', 'Not a fit'),
        application('a-4', 'm1', 'SEC1', '2024-02-01', 'Withdrawn'),
        application('a-5', 'm5', 'SEC1', '2025-10-01'),
        ...CROWD_APPLICANTS.map(({ id }) => application(`a-${id}`, id, 'JX2320', '2025-05-05')),
      ],
    },
    {
      kind: 'stage',
      parentId: 'a-1',
      records: [stage('s-1', 'Applied', '2025-12-01'), stage('s-2', 'Phone screen', '2026-01-08')],
    },
    {
      kind: 'stage',
      parentId: 'a-2',
      records: [
        stage('s-1', 'Applied', '2024-09-28'),
        stage('s-2', 'In review', '2024-10-15'),
        stage('s-3', 'Phone screen', '2024-11-01'),
        stage('s-4', 'On-site interview', '2024-11-12'),
      ],
    },
    { kind: 'stage', parentId: 'a-3', records: [stage('s-1', 'Review', '2023-04-23')] },
    { kind: 'stage', parentId: 'a-4', records: [stage('s-1', 'Phone screen', '2024-02-10')] },
    { kind: 'stage', parentId: 'a-5', records: [stage('s-1', 'On-site interview', '2025-10-20')] },
    ...CROWD_APPLICANTS.map(
      ({ id }): Batch => ({
        kind: 'stage',
        parentId: `a-${id}`,
        records: [stage('s-1', 'Phone screen', '2025-06-06')],
      }),
    ),
    {
      kind: 'interviewFeedback',
      parentId: 'a-2',
      records: [
        feedback('f-1', LONG_FEEDBACK, '2024-11-06', {
          interviewType: 'PHONE_SCREEN',
          evaluations: [{ attribute: 'Communication', result: 'Strong' }],
        }),
        feedback('f-2', 'Very experienced and ready for the next step.', '2024-11-12', {
          interviewType: 'ONSITE',
        }),
        feedback('f-3', 'Bring in again to meet the rest of the team.', '2024-11-12', {
          interviewType: 'ONSITE',
        }),
      ],
    },
    {
      kind: 'applicationNote',
      parentId: 'a-1',
      records: [note('n-1', 'The call went well, can start in spring.', '2026-01-08')],
    },
    {
      kind: 'applicationNote',
      parentId: 'a-2',
      records: [note('n-1', 'Would be good for our company; keep in mind.', '2024-10-22')],
    },
    { kind: 'applicationNote', parentId: 'a-3', records: [note('n-1', MARKUP, '2023-04-24')] },
    {
      kind: 'applicationNote',
      parentId: 'a-5',
      records: [note('n-1', 'For the board only: salary agreed.', '2025-10-21')],
    },
  ];
}
